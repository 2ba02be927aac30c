"""Two indicators against each other: pairs of published figures and how closely they go together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.models import ActionArea
from areas.models import AreaLevel
from atlas.asked import one_of
from atlas.links import area_path
from atlas.stand import Stand
from indicators.models import Figure, Indicator
from indicators.periods import period_label
from indicators.selectors import PeriodName
from indicators.standing import current_editions, editions_at
from indicators.statistics.correlation import Correlation, correlation


@dataclass(frozen=True)
class Side:
    """One of both values of an area."""

    value: object
    status: str
    joint_with: str = ""


@dataclass(frozen=True)
class Pair:
    """An area with both its values; either may be missing."""

    code: str
    name: str
    x: Side | None
    y: Side | None
    url: str
    is_plan: bool

    @property
    def is_complete(self) -> bool:
        """Whether both are known."""
        return bool(self.x and self.y and self.x.value is not None and self.y.value is not None)


@dataclass(frozen=True)
class CorrelationPage:
    """What the page shows; `observations` are complete pairs, areas with the same joint values once."""

    indicators: Sequence[Indicator]
    x: Indicator
    y: Indicator
    level: AreaLevel
    levels: Sequence[AreaLevel]
    period: PeriodName | None
    periods: Sequence[PeriodName]
    pairs: Sequence[Pair]
    observations: Sequence[Sequence[Pair]]
    city: Pair | None
    found: Correlation
    stand: Stand
    is_newest: bool

    @property
    def without(self) -> list[Pair]:
        """Areas that lack one of both values or both."""
        return [pair for pair in self.pairs if not pair.is_complete]


def correlation_page(query, stand: Stand) -> CorrelationPage:
    """What an address asks for (`x`, `y`, `ebene`, `zeit`). 6 queries.

    Raises `AskedWrongly` for what there is not. Counts are not offered: two of them go together everywhere, because
    large areas have more of everything.
    """
    current = current_editions()
    editions = current if stand.moment is None else editions_at(stand.moment)
    rates = Indicator.objects.filter(pk__in=editions).select_related("dimension", "source").prefetch_related("levels")
    known = [i for i in rates if not i.is_count]
    x, y = _both(query, known)
    levels = sorted({*x.levels.all()} & {*y.levels.all()}, key=lambda level: level.rank)
    levels = [level for level in levels if level.rank]
    usual = next((level.slug for level in levels if level.is_reporting), levels[-1].slug if levels else "")
    slug = one_of(query, "ebene", [level.slug for level in levels], default=usual)
    tables = _tables([editions[x.pk], editions[y.pk]], slug)
    tx, ty = tables[editions[x.pk]], tables[editions[y.pk]]
    codes = sorted(code for code in {*tx} & {*ty} if _has_values(tx[code]) and _has_values(ty[code]))
    code = one_of(query, "zeit", codes, default=codes[-1] if codes else "")
    plan = set(ActionArea.objects.in_force().filter(area__level__slug=slug).values_list("area__code", flat=True))
    pairs, city = _pairs(tx.get(code, {}), ty.get(code, {}), slug, plan)
    observations = _observations(pairs)
    values = [(float(group[0].x.value), float(group[0].y.value)) for group in observations]
    periods = [PeriodName(each, _label(each, x, y)) for each in codes]
    return CorrelationPage(
        indicators=known,
        x=x,
        y=y,
        level=next((level for level in levels if level.slug == slug), None),
        levels=levels,
        period=next((period for period in periods if period.code == code), None),
        periods=periods,
        pairs=pairs,
        observations=observations,
        city=city,
        found=correlation(*zip(*values, strict=True)) if values else Correlation(0, None, None),
        stand=stand,
        is_newest=all(editions[i.pk] == current.get(i.pk) for i in (x, y)),
    )


def rates_at(stand: Stand) -> list[str]:
    """Slugs of indicators that can be compared: with figures at a moment, and no counts."""
    editions = current_editions() if stand.moment is None else editions_at(stand.moment)
    return [i.slug for i in Indicator.objects.filter(pk__in=editions) if not i.is_count]


class NothingToCompare(Exception):
    """There are not two indicators with figures."""


def _both(query, known: Sequence[Indicator]) -> tuple[Indicator, Indicator]:
    if len(known) < 2:
        raise NothingToCompare
    by_slug = {indicator.slug: indicator for indicator in known}
    judged = [i for i in known if i.direction != Indicator.Direction.NEUTRAL] or known
    first = one_of(query, "x", by_slug, default=judged[0].slug)
    others = [i for i in (*judged, *known) if i.slug != first]
    return by_slug[first], by_slug[one_of(query, "y", by_slug, default=others[0].slug)]


def _label(code: str, x: Indicator, y: Indicator) -> str:
    """As both indicators write it; the plain year where they differ."""
    labels = {period_label(code, indicator.reference) for indicator in (x, y)}
    return labels.pop() if len(labels) == 1 else code


def _tables(editions: Sequence[int], level: str) -> dict:
    """{edition: {period: {(level, area code): (name, side)}}}. 1 query."""
    rows = Figure.objects.filter(edition__in=editions, area__level__slug__in=[level, "stadt"])
    rows = rows.values_list(
        *("edition_id", "period__code", "area__level__slug", "area__code", "area__name"),
        *("value", "status", "joint_with"),
    )
    tables = defaultdict(lambda: defaultdict(dict))
    for edition, period, slug, code, name, *side in rows.order_by("area__code"):
        tables[edition][period][slug, code] = name, Side(*side)
    return tables


def _has_values(table: dict) -> bool:
    return any(side.value is not None for (level, _code), (_name, side) in table.items() if level != "stadt")


def _pairs(tx: dict, ty: dict, level: str, plan: set[str]) -> tuple[list[Pair], Pair | None]:
    pairs, city = [], None
    for key in sorted({*tx} | {*ty}):
        x, y = tx.get(key), ty.get(key)
        url = area_path(*key)
        is_plan = key[0] == level and key[1] in plan
        pair = Pair(key[1], (x or y)[0], x and x[1], y and y[1], url, is_plan)
        if key[0] == level:
            pairs.append(pair)
        else:
            city = pair
    return pairs, city


def _observations(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Complete pairs; areas whose values are joint with the same areas on both sides are one observation."""
    groups: dict[tuple, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.is_complete:
            joint = pair.x.joint_with and pair.x.joint_with == pair.y.joint_with
            groups[pair.x.joint_with if joint else pair.code, bool(joint)].append(pair)
    return list(groups.values())
