"""Making a release of what has changed in the city's folder since it was last published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Func, QuerySet, TextField
from django.db.models.functions import MD5

from areas.actions.findings import wrong_fields
from areas.citytables import refuse
from areas.models import Area, AreaLevel, AreaPart
from indicators.definitions import definitions_by_indicator
from indicators.dependencies import computed_from, inputs
from indicators.index_definitions import deciding_rules
from indicators.models import Formula, FormulaTerm, Indicator, LoadedFolder, Release, SecrecyRule, Value
from indicators.models.secrecy import SECRECY

COPIED = "übernommen: "  # begins the origin of values that are repeated only so that figures are computed again
_DECIDING = (
    *("aggregation", "weight_id", "decimals", "factor", "author_breaks", "default_classes", "reference"),
    *("counts", "min_cases", "reveals_id", "part_of_id", "breakdown", "cases_id", "concentration_id"),
)

_Key = tuple[int, str, str, str]  # indicator, level, area, period


@dataclass(frozen=True)
class Deciding:
    """Everything but values that published figures depend on."""

    division: tuple
    indicators: dict[int, tuple]


@dataclass(frozen=True)
class Supplement:
    """What a folder brings: the draft made of it (None when nothing differs), how much, and what it no longer has."""

    release: Release | None
    rows: int
    recomputed: int
    dropped: int


def deciding_state() -> Deciding:
    """The division and the catalogue's rules as they are now; compare before and after loading."""
    binary = "encode(ST_AsEWKB(%(expressions)s), 'hex')"
    shape = MD5(Func(F("geometry"), template=binary, output_field=TextField()))
    areas = Area.objects.in_force().annotate(shape=shape).order_by("pk").values_list("pk", "level", "code", "shape")
    parts = AreaPart.objects.order_by("whole", "part").values_list("whole", "part")
    levels = AreaLevel.objects.order_by("pk").values_list("pk", "slug", "rank", "is_smallest")
    offered: dict[int, list[int]] = {}
    links = Indicator.levels.through.objects.order_by("arealevel").values_list("indicator", "arealevel")
    for indicator, level in links:
        offered.setdefault(indicator, []).append(level)
    secret = {row[0]: row for row in SecrecyRule.objects.values_list(*SECRECY)}
    formulas = _formulas()
    rows = Indicator.objects.values_list("pk", "source_id", *_DECIDING)
    indices, defined = deciding_rules(), definitions_by_indicator()
    rules = {
        pk: (
            *(*map(str, rule), secret.get(source), *offered.get(pk, []), *formulas.get(pk, ())),
            *(indices.get(pk, ""), *defined.get(pk, ())),
        )
        for pk, source, *rule in rows
    }
    return Deciding((tuple(areas), tuple(parts), tuple(levels)), rules)


def _formulas() -> dict[int, tuple]:
    """What formulas say, by the indicator that they compute."""
    found: dict[int, tuple] = {}
    for pk, *said in Formula.objects.values_list("indicator", "kind", "periods_back", "base_period", "years"):
        found[pk] = tuple(map(str, said))
    terms = FormulaTerm.objects.order_by("formula", "role", "order", "input")
    for pk, role, used in terms.values_list("formula__indicator", "role", "input"):
        found[pk] += (role, used)
    return found


def last_digest() -> str:
    """Digest of the folder's state that was loaded last; empty when none was."""
    loaded = LoadedFolder.objects.first()
    if loaded:
        return loaded.digest
    release = _made_of_folder().order_by("-published_at").first()
    return release.content_digest if release else ""


def supplement(*, values: Sequence[Value], before: Deciding, digest: str, texts: dict[str, str]) -> Supplement:
    """Draft a release of the values that differ from what the folder published last, and remember the folder.

    Where only the rules of computing have changed since `before`, or the weight's values did, the visible
    values are repeated so that figures are computed again. What others published since stays in force.
    """
    published, now = _published_rows(), {_key(value): value for value in values}
    fresh = [value for key, value in now.items() if published.get(key) != _told(value)]
    again = _to_recompute(before, {value.indicator_id for value in fresh})
    LoadedFolder.objects.create(digest=digest)
    release = None
    if fresh or again.exists():
        release = Release.objects.create(content_digest=digest, **_numbered(texts))
        copies = _copies(release, again)
        for value in fresh:
            value.release = release
        Value.objects.bulk_create([*fresh, *copies], batch_size=5000)
    return Supplement(release, rows=len(fresh), recomputed=len(again), dropped=len(set(published) - set(now)))


def check_texts(texts: dict[str, str], where: str) -> None:
    """Raise `CityFilesError` for titles and slugs that a release cannot have."""
    refuse(wrong_fields(Release(**texts), where))


def _made_of_folder() -> QuerySet[Release]:
    return Release.objects.published().exclude(content_digest="")


def _key(value: Value) -> _Key:
    return value.indicator_id, value.area.level.slug, value.area.code, value.period.code


def _told(value: Value) -> tuple:
    return value.value, value.status, value.numerator, value.denominator, value.joint_with


def _published_rows() -> dict[_Key, tuple]:
    """The newest value that came from the folder, by indicator, area and period."""
    rows = Value.objects.filter(release__in=_made_of_folder()).exclude(origin__startswith=COPIED)
    rows = rows.order_by("release__published_at").values_list(
        *("indicator_id", "area__level__slug", "area__code", "period__code"),
        *("value", "status", "numerator", "denominator", "joint_with"),
    )
    return {row[:4]: row[4:] for row in rows}


def _to_recompute(before: Deciding, fresh: Iterable[int]) -> QuerySet[Indicator]:
    """Published indicators without new values whose figures would come out differently now."""
    after, fresh = deciding_state(), set(fresh)
    published = Indicator.objects.published().exclude(pk__in=fresh)
    published = published.exclude(aggregation=Indicator.Aggregation.COMPUTED)
    if after.division != before.division:
        return published
    changed = {pk for pk, rule in after.indicators.items() if before.indicators.get(pk) != rule}
    weighed = set(Indicator.objects.filter(weight__in=fresh).values_list("pk", flat=True))
    again = changed | weighed
    return published.filter(pk__in=again | _delivered_inputs(changed, again | fresh))


def _delivered_inputs(changed: set[int], repeated: set[int]) -> set[int]:
    """For each changed formula or index one published indicator that it needs, unless one is repeated anyway.

    Values repeated of it make a release compute it again; nobody delivers any for itself.
    """
    edges = computed_from()
    found: set[int] = set()
    with_values = set(Indicator.objects.published().filter(values__isnull=False).values_list("pk", flat=True))
    for pk in sorted(changed & edges.keys()):
        used = inputs([pk], edges) & with_values
        if used and not used & (repeated | found):
            found.add(min(used))
    return found


def _copies(release: Release, indicators: QuerySet[Indicator]) -> list[Value]:
    """The visible values of these indicators once more, with their origin."""
    copies = list(Value.objects.visible_to(release).filter(indicator__in=indicators))
    for copy in copies:
        copy.pk, copy._state.adding, copy.release = None, True, release
        copy.origin = f"{COPIED}{copy.origin.removeprefix(COPIED)}"[:160]
    return copies


def _numbered(texts: dict[str, str]) -> dict[str, str]:
    """Texts with the next free slug; a later release does not call itself the first."""
    number = 1
    while Release.objects.filter(slug=_with(texts["slug"], f"-{number}" if number > 1 else "", 50)).exists():
        number += 1
    if number == 1:
        return texts
    numbered = {**texts, "slug": _with(texts["slug"], f"-{number}", 50)}
    numbered["title"] = _with(texts["title"], f" (Ergänzung {number - 1})", 160)
    if texts.get("title_en"):
        numbered["title_en"] = _with(texts["title_en"], f" (supplement {number - 1})", 160)
    return numbered


def _with(text: str, suffix: str, longest: int) -> str:
    return text[: longest - len(suffix)] + suffix
