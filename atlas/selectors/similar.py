"""Areas like another one: by chosen indicators of their latest common period."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from areas.models import Area
from atlas.asked import AskedWrongly
from atlas.links import area_path, similar_path
from atlas.profile_rows import ProfileRow
from atlas.stand import Stand
from indicators.models import Figure, Indicator, IndicatorEdition
from indicators.periods import period_label
from indicators.standing import current_editions, editions_at
from indicators.statistics.similarity import Alike, similar_areas

SHOWN = 8  # areas on the page
NEAR = 0.25  # standard deviations up to which two values are called nearly the same
NAMED = 3  # indicators that explain why two areas are alike


@dataclass(frozen=True)
class AlikeRow:
    """One similar area: nearly the same in `near`, furthest apart in `far` (True: higher there)."""

    code: str
    name: str
    distance: float
    near: Sequence[Indicator]
    far: Indicator | None
    far_is_higher: bool
    url: str
    similar_url: str


@dataclass(frozen=True)
class ComparedRow:
    """One indicator with the figures (value, status) of this area and of the similar ones, in their order."""

    indicator: Indicator
    cells: Sequence[tuple]


@dataclass(frozen=True)
class SimilarAreas:
    """What was compared, and with what result; everything left out is named."""

    area: Area
    offered: Sequence[Indicator]
    chosen: Sequence[Indicator]
    period: str = ""
    period_label: str = ""
    rows: Sequence[AlikeRow] = ()
    compared: Sequence[ComparedRow] = ()
    lacking: Sequence[Indicator] = ()
    flat: Sequence[Indicator] = ()
    untimely: Sequence[Indicator] = ()
    without: Sequence[str] = ()
    joint: Sequence[str] = ()
    every: Sequence[Alike] = field(default=())

    @property
    def used(self) -> list[Indicator]:
        """The indicators that were compared."""
        left_out = {i.pk for i in (*self.lacking, *self.flat, *self.untimely)}
        return [i for i in self.chosen if i.pk not in left_out]


def similar_to(area: Area, slugs: Collection[str], stand: Stand, *, shown: int = SHOWN) -> SimilarAreas:
    """Areas of the same level most like `area`; without `slugs` by one indicator of every theme. 5 queries.

    Raises `AskedWrongly` for an indicator that is not offered. Counts are not offered: large areas have more of all.
    """
    level = area.level.slug
    editions = current_editions() if stand.moment is None else editions_at(stand.moment)
    known = Indicator.objects.filter(pk__in=editions, levels=area.level).select_related("dimension")
    offered = [i for i in known.order_by("dimension__order", "order", "name") if not i.is_count]
    unknown = sorted(set(slugs) - {i.slug for i in offered})
    if unknown:
        raise AskedWrongly("merkmal", unknown[0], [i.slug for i in offered])
    wanted = [i for i in offered if i.slug in slugs] or offered
    by_edition = {editions[i.pk]: i for i in wanted}
    tables = _tables(by_edition, level) if slugs else _newest_tables(by_edition, level)
    chosen = wanted if slugs else _usual(wanted, tables)
    period = _latest_common(chosen, tables)
    timely = [i for i in chosen if period in tables[i.pk]]
    result = SimilarAreas(area, offered, chosen, untimely=[i for i in chosen if i not in timely])
    return _with_result(result, {i: tables[i.pk][period] for i in timely}, period, stand, shown) if timely else result


def similar_from_rows(area: Area, rows: Sequence[ProfileRow], stand: Stand, *, shown: int) -> SimilarAreas:
    """The usual comparison for a profile, from the rows that it has already. 1 query; none for the city."""
    known = [r for r in rows if r.figure and not r.indicator.is_count and r.spread] if area.level.rank else []
    newest = max((row.period.code for row in known), default="")
    usual: dict[int, ProfileRow] = {}
    for row in known:
        if row.period.code == newest:
            usual.setdefault(row.indicator.dimension_id, row)
    chosen = [row.indicator for row in usual.values()]
    page = SimilarAreas(area, chosen, chosen)
    if not chosen:
        return page
    tables = _tables({row.figure.edition_id: row.indicator for row in usual.values()}, area.level.slug, period=newest)
    told = {i: tables[i.pk][newest] for i in chosen if newest in tables[i.pk]}
    return _with_result(page, told, newest, stand, shown) if told else page


def _newest_tables(editions: dict[int, Indicator], level: str) -> dict:
    """The same for the newest period that any of them has: most readers ask for nothing else. 2 queries."""
    periods = IndicatorEdition.periods.through.objects.filter(indicatoredition__in=editions)
    newest = periods.order_by("-period__code").values_list("period__code", flat=True).first()
    tables = _tables(editions, level, period=newest or "")
    return tables if any(tables.values()) else _tables(editions, level)


def _tables(editions: dict[int, Indicator], level: str, *, period: str = "") -> dict:
    """{indicator: {period: {code: (name, value, status, joint)}}}; periods without any value are left out. 1 query."""
    rows = Figure.objects.filter(edition__in=editions, area__level__slug=level).order_by("area__code")
    rows = rows.filter(period__code=period) if period else rows
    rows = rows.values_list("edition_id", "period__code", "area__code", "area__name", "value", "status", "joint_with")
    tables = defaultdict(lambda: defaultdict(dict))
    for edition, of_period, code, *told in rows.iterator(chunk_size=5000):
        tables[editions[edition].pk][of_period][code] = tuple(told)
    return {
        pk: {period: table for period, table in periods.items() if any(told[1] is not None for told in table.values())}
        for pk, periods in tables.items()
    } | {i.pk: {} for i in editions.values() if i.pk not in tables}


def _usual(indicators: Sequence[Indicator], tables: dict) -> list[Indicator]:
    """Of every theme the first indicator that has values in the newest period of all."""
    newest = max((period for i in indicators for period in tables[i.pk]), default="")
    found: dict[int, Indicator] = {}
    for indicator in indicators:
        if newest in tables[indicator.pk]:
            found.setdefault(indicator.dimension_id, indicator)
    return list(found.values())


def _latest_common(indicators: Sequence[Indicator], tables: dict) -> str:
    """The newest period that most of the indicators have: all of them where there is one."""
    count: dict[str, int] = defaultdict(int)
    for indicator in indicators:
        for period in tables[indicator.pk]:
            count[period] += 1
    return max(count, key=lambda period: (count[period], period), default="")


def _with_result(page: SimilarAreas, told: dict, period: str, stand: Stand, shown: int) -> SimilarAreas:
    code, level = page.area.code, page.area.level.slug
    joint = sorted(
        {c for table in told.values() for c in table.get(code, ("", None, "", ""))[3].split("+") if c} - {code}
    )
    values = {
        i.slug: {c: float(row[1]) for c, row in table.items() if row[1] is not None and c not in joint}
        for i, table in told.items()
    }
    found, by_slug = similar_areas(code, values), {i.slug: i for i in told}
    names = {c: row[0] for table in told.values() for c, row in table.items()}
    nearest = list(found.alike[:shown])
    rows = [_row(alike, names, by_slug, level, stand) for alike in nearest]
    columns = [code, *(alike.code for alike in nearest)]
    empty = ("", None, "missing", "")
    compared = [
        ComparedRow(by_slug[slug], [told[by_slug[slug]].get(c, empty)[1:3] for c in columns]) for slug in found.used
    ]
    labels = {period_label(period, i.reference) for i in told}
    return SimilarAreas(
        area=page.area,
        offered=page.offered,
        chosen=page.chosen,
        period=period,
        period_label=labels.pop() if len(labels) == 1 else period,
        rows=rows,
        compared=compared,
        lacking=[by_slug[slug] for slug in found.lacking],
        flat=[by_slug[slug] for slug in found.flat],
        untimely=page.untimely,
        without=[names[c] for c in found.without],
        joint=[names.get(c, c) for c in joint],
        every=found.alike,
    )


def _row(alike: Alike, names: dict, by_slug: dict, level: str, stand: Stand) -> AlikeRow:
    ordered = sorted(alike.differences, key=lambda slug: (abs(alike.differences[slug]), slug))
    near = [by_slug[slug] for slug in ordered if abs(alike.differences[slug]) <= NEAR][:NAMED]
    far = ordered[-1] if ordered and abs(alike.differences[ordered[-1]]) > NEAR else ""
    return AlikeRow(
        code=alike.code,
        name=names[alike.code],
        distance=alike.distance,
        near=near,
        far=by_slug.get(far),
        far_is_higher=bool(far) and alike.differences[far] > 0,
        url=area_path(level, alike.code, stand=stand.asked),
        similar_url=similar_path(level, alike.code, stand=stand.asked),
    )
