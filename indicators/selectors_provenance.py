"""Where a published figure comes from: how it was made, from which delivered values, and where those stood.

Nothing is guessed: the figure is computed once more by the functions that publishing uses, from the values that its
release saw, with the rules and the division of then. Where that does not give the published number, `is_exact` says so.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from areas.models import Area, AreaLevel, Source
from indicators.delivered import delivered_of, delivered_values
from indicators.grounds import Ground, Grounds, grounds_seen
from indicators.models import (
    Figure,
    IndexResult,
    Indicator,
    IndicatorEdition,
    IndicatorHistory,
    Period,
    Release,
    ReleaseEvent,
    Value,
)
from indicators.origins import Origin, origin_of
from indicators.selectors_derived import Derivation, derivation
from indicators.statistics.aggregation import Combined
from indicators.statistics.ranking import publish_rounded
from indicators.statistics.upwards import Combination, Delivered, Key, combination
from indicators.statuses import SECRET, WITH_VALUE

DELIVERED, COMBINED, DERIVED, MISSING, INDEX = "delivered", "combined", "derived", "missing", "index"


@dataclass(frozen=True)
class Rules:
    """What of the catalogue decided about the number, as it was when the figure was computed."""

    aggregation: str
    factor: int
    decimals: int
    weight: Indicator | None


@dataclass(frozen=True)
class PartLine:
    """One part of a combined figure: its value, and what it counts with.

    `is_public` says whether readers can see this number on the site anyway; else only staff is shown it. `told` is the
    status that readers are told, None where they are told nothing: a delivered zero may be secret too.
    """

    key: Key
    area: Area
    value: Decimal | None
    status: str
    numerator: Decimal | None
    denominator: Decimal | None
    weight: Decimal | None
    origin: Origin | None
    is_public: bool
    told: str | None

    @property
    def product(self) -> Decimal | None:
        """Value times weight; None where one of them is not known."""
        return None if self.value is None or self.weight is None else self.value * self.weight

    @property
    def counts(self) -> bool:
        """Whether the part takes part in a weighted mean."""
        return self.value is not None and bool(self.weight)


@dataclass(frozen=True)
class Provenance:
    """Everything that is known about where one published figure comes from."""

    figure: Figure
    edition: IndicatorEdition
    indicator: Indicator
    rules: Rules
    making: str
    origin: Origin | None
    level: AreaLevel | None
    parts: tuple[PartLine, ...]
    result: Combined | None
    raw: Decimal | None
    partners: tuple[Area, ...]
    events: tuple[ReleaseEvent, ...]
    weight_edition: IndicatorEdition | None
    weight_sources: tuple[Source, ...]
    derivation: Derivation | None = None
    index: IndexResult | None = None
    is_secret: bool = False

    @property
    def release(self) -> Release:
        """The release that published the figure."""
        return self.edition.release

    @property
    def rounded(self) -> Decimal | None:
        """What the shown values give, rounded as published."""
        return publish_rounded(self.raw, self.rules.decimals)

    @property
    def is_exact(self) -> bool:
        """Whether what is shown here gives the published number."""
        return self.is_secret or self.rounded == self.figure.value

    @property
    def source(self) -> Source:
        """Source of the figure."""
        return self.figure.source_or(self.indicator.source)

    @property
    def missing(self) -> tuple[PartLine, ...]:
        """Parts without a number."""
        return tuple(part for part in self.parts if part.value is None)

    @property
    def sum_of_products(self) -> Decimal:
        """Numerator of a weighted mean."""
        return sum((part.product for part in self.parts if part.counts), Decimal(0))

    @property
    def sum_of_weights(self) -> Decimal:
        """Denominator of a weighted mean."""
        return sum((part.weight for part in self.parts if part.counts), Decimal(0))


def figure_at(edition: IndicatorEdition, *, level: str, code: str, period: str) -> Figure | None:
    """One figure of an edition with its area. 1 query."""
    found = edition.figures.filter(area__level__slug=level, area__code=code, period__code=period)
    return found.select_related("area__level", "area__parent", "period", "source").defer("area__geometry").first()


def provenance(edition: IndicatorEdition, figure: Figure) -> Provenance:
    """The whole way back of one figure of an edition. About 15 queries, whatever the number of parts."""
    release, indicator = edition.release, edition.indicator
    rules = rules_at(indicator, release.published_at)
    if rules.aggregation == Indicator.Aggregation.COMPUTED and (made := derivation(edition, figure)):
        return _derived(edition, figure, rules, made)
    key = (figure.area.level.slug, figure.area.code)
    index = edition.index_results.filter(area=figure.area_id, period=figure.period_id).first()
    grounds = _grounds(release)
    rows = {} if index else _values(release, indicator, figure.period, grounds)
    own = rows.get(key)
    made, weighed_by = None, set()
    if own is None and index is None:
        delivered = {k: delivered_of(row) for k, row in rows.items()}
        made, weighed_by = _combination(release, rules, key, delivered, figure=figure, grounds=grounds)
    ground = grounds.of(indicator.pk, figure.period.code)
    parts = _parts(edition, figure, made, rows, rules=rules, ground=ground) if made else ()
    making = DELIVERED if own else COMBINED if made and made.result.value is not None else MISSING
    return Provenance(
        figure=figure,
        edition=edition,
        indicator=indicator,
        rules=rules,
        making=INDEX if index else making,
        origin=origin_of(own) if own else None,
        level=AreaLevel.objects.filter(slug=made.level).first() if made else None,
        parts=parts,
        result=made.result if made else None,
        raw=_raw(own, made, index),
        partners=_partners(figure),
        events=tuple(release.events.select_related("user")),
        weight_edition=_weight_edition(rules, release),
        weight_sources=tuple(Source.objects.filter(slug__in=weighed_by)) if weighed_by else (),
        index=index,
        is_secret=_is_secret(figure, own, made),
    )


def _derived(edition: IndicatorEdition, figure: Figure, rules: Rules, made: Derivation) -> Provenance:
    return Provenance(
        figure=figure,
        edition=edition,
        indicator=edition.indicator,
        rules=rules,
        making=DERIVED,
        origin=None,
        level=None,
        parts=(),
        result=None,
        raw=made.result.value,
        partners=_partners(figure),
        events=tuple(edition.release.events.select_related("user")),
        weight_edition=None,
        weight_sources=(),
        derivation=made,
        is_secret=figure.status in SECRET,
    )


def _raw(own: Value | None, made: Combination | None, index: IndexResult | None) -> Decimal | None:
    """The number before rounding."""
    if index is not None:
        return index.score
    return own.value if own else made.result.value if made else None


def _is_secret(figure: Figure, own: Value | None, made: Combination | None) -> bool:
    """Whether the figure tells less than what it was made of, because that is secret: no number, or a rounded one."""
    if figure.status in SECRET:
        return True
    if own is not None:
        return figure.status != own.status
    result = made.result if made else None
    if result is None or result.value is None:
        return False
    return figure.status == "estimated" and not result.is_estimate


def rules_at(indicator: Indicator, moment: datetime.datetime | None) -> Rules:
    """The deciding rules of an indicator at a moment; from its history where they were changed since. 1-2 queries."""
    then = None
    if moment is not None:
        changes = IndicatorHistory.objects.filter(pgh_obj=indicator.pk, pgh_created_at__gt=moment)
        then = changes.order_by("pgh_created_at", "pgh_id").first()
    then = then or indicator
    weight = Indicator.objects.select_related("source").filter(pk=then.weight_id).first() if then.weight_id else None
    return Rules(then.aggregation, then.factor, then.decimals, weight)


def _grounds(release: Release) -> Grounds:
    """The divisions of the day on which the release was published, by the values that it saw."""
    moment = release.published_at
    return grounds_seen(release, timezone.localtime(moment).date() if moment else None)


def _values(release: Release, indicator: Indicator, period: Period, grounds: Grounds) -> dict[Key, Value]:
    rows = Value.objects.visible_to(release).filter(indicator=indicator, period=period)
    rows = rows.select_related(
        *("area__level", "source", "release", "upload__source", "upload__accepted_by", "upload__created_by"),
        "edit__user",
    )
    found = {}
    for row in rows.defer("area__geometry", "upload__mapping"):
        key = grounds.key_of(indicator.pk, period.code, row.area_id, (row.area.level.slug, row.area.code))
        if key is not None:
            found[key] = row
    return found


def _combination(
    release: Release, rules: Rules, key: Key, values: Mapping[Key, Delivered], *, figure: Figure, grounds: Grounds
) -> tuple[Combination | None, set[str]]:
    """How the figure was combined, and the slugs of the sources of the weights that were used."""
    division = grounds.of(figure.edition.indicator_id, figure.period.code).division
    if key not in division.parts:
        return None, set()
    weights: Mapping[Key, Delivered] = {}
    if rules.weight is not None:
        period = figure.period.code
        weighed = delivered_values(release, [rules.weight], period=period, key_of=grounds.key_of)
        weights = grounds.fitting(figure.edition.indicator, period, weighed[rules.weight.pk].get(period, {}))
    made = combination(key, values, division=division, rule=rules.aggregation, factor=rules.factor, weights=weights)
    used = [(division.smallest, code) for whole in (made.keys if made else ()) for code in division.parts[whole]]
    return made, {weights[part].source for part in used if part in weights}


def _parts(
    edition: IndicatorEdition,
    figure: Figure,
    made: Combination,
    rows: Mapping[Key, Value],
    *,
    rules: Rules,
    ground: Ground,
) -> tuple[PartLine, ...]:
    codes = [code for _level, code in made.keys]
    figures = edition.figures.filter(area__level__slug=made.level, area__code__in=codes, period=figure.period_id)
    told = dict(figures.values_list("area__code", "status"))
    weighed = _public_weights(rules, made, figure.period_id, edition.release)
    areas = Area.objects.filter(pk__in=[ground.areas[key] for key in made.keys])
    by_code = {a.code: a for a in areas.select_related("level").defer("geometry")}
    return tuple(
        _part(key, part, by_code[key[1]], rows.get(key), told=told.get(key[1]), weighed=key[1] in weighed)
        for key, part in zip(made.keys, made.parts, strict=True)
    )


def _part(key: Key, part, area: Area, row: Value | None, *, told: str | None, weighed: bool) -> PartLine:
    status = row.status if row else "missing"
    is_missing = part.value is None and status not in SECRET
    is_public = is_missing or (told == status and status in WITH_VALUE and weighed)
    return PartLine(
        key=key,
        area=area,
        value=part.value,
        status=status,
        numerator=part.numerator,
        denominator=part.denominator,
        weight=part.weight,
        origin=origin_of(row) if row else None,
        is_public=is_public,
        told=status if is_missing else told,
    )


def _public_weights(rules: Rules, made: Combination, period_id: int, release: Release) -> set[str]:
    """Codes of the parts whose weight can be seen on the site, or for which none is needed."""
    codes = {code for _level, code in made.keys}
    edition = _weight_edition(rules, release)
    if edition is None:
        return codes if rules.aggregation != Indicator.Aggregation.WEIGHTED_MEAN else set()
    found = edition.figures.filter(area__level__slug=made.level, area__code__in=codes, period=period_id)
    return set(found.filter(value__isnull=False).values_list("area__code", flat=True))


def _weight_edition(rules: Rules, release: Release) -> IndicatorEdition | None:
    if rules.weight is None or rules.aggregation != Indicator.Aggregation.WEIGHTED_MEAN:
        return None
    editions = rules.weight.editions.filter(release__withdrawn_at__isnull=True).select_related("release")
    if release.published_at is not None:
        editions = editions.filter(release__published_at__lte=release.published_at)
    return editions.order_by("-release__published_at").first()


def _partners(figure: Figure) -> Sequence[Area]:
    codes = [code for code in figure.joint_with.split("+") if code and code != figure.area.code]
    if not codes:
        return ()
    same = Area.objects.filter(level=figure.area.level_id, code__in=codes, valid__overlap=figure.area.valid)
    return tuple(same.defer("geometry").select_related("level").order_by("code"))
