"""The rows of a profile: every indicator of the area's level with value, city, position and trend."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import FloatField, QuerySet
from django.db.models.functions import Cast

from areas.models import Area, AreaLevel
from atlas.charts.trend import TrendPoint, comparable_since
from atlas.profile_rows import DimensionRows, ProfileFigures, ProfileRow
from indicators.models import Figure, Indicator, SeriesBreak
from indicators.periods import period_label
from indicators.selectors import PeriodName
from indicators.series_breaks import breaks_by_indicator
from indicators.standing import editions_at
from indicators.statuses import Status


@dataclass(frozen=True)
class _Series:
    """What is published about one indicator: of this area, of the city, and of the compared level by period."""

    indicator: Indicator
    own: Mapping[str, Figure]
    city: Mapping[str, Figure]
    spread: Mapping[str, Sequence[float]]
    breaks: Sequence[SeriesBreak]

    @property
    def latest(self) -> str:
        """The newest period with anything about the level; an area without a value in it shows just that."""
        return max([*self.own, *self.spread], default="")


def profile_figures(
    area: Area, *, city: Area | None, compared: AreaLevel, moment: datetime.datetime | None = None
) -> ProfileFigures:
    """Latest figures of every indicator of the area's level. 4 queries, whatever the number of indicators.

    `compared` is the level whose areas make the spread: the area's own, or for the city the reporting level. With
    a moment: the figures that were public then (1 query more).
    """
    public, indicators = Figure.objects.current(), Indicator.objects.published()
    if moment is not None:
        editions = editions_at(moment)
        public = Figure.objects.filter(edition__in=editions.values())
        indicators = Indicator.objects.filter(pk__in=editions)
    indicators = indicators.filter(levels=area.level).select_related("dimension", "source", "formula")
    own, of_city = _by_indicator(public, area, city or area)
    spread, breaks = _spread(public, compared), breaks_by_indicator()
    series = [
        _Series(i, own.get(i.pk, {}), of_city.get(i.pk, {}), spread.get(i.pk, {}), breaks.get(i.pk, ()))
        for i in indicators
    ]
    usual = _most_common([s.latest for s in series if s.latest])
    rows = [_row(s, usual) for s in series if s.latest]
    since = _most_common([row.since.code for row in rows if row.since])
    return ProfileFigures(_grouped(rows), usual, since)


def _by_indicator(public: QuerySet[Figure], *areas: Area) -> list[dict[int, dict[str, Figure]]]:
    """Public figures of each area: {indicator: {period code: figure}}, oldest period first."""
    found = {area.pk: defaultdict(dict) for area in areas}
    rows = public.filter(area__in=found).select_related("edition", "period", "source")
    for figure in rows.defer("classes", "edition__breaks").order_by("period__start"):
        found[figure.area_id][figure.edition.indicator_id][figure.period.code] = figure
    return [found[area.pk] for area in areas]


def _spread(public: QuerySet[Figure], level: AreaLevel) -> dict[int, dict[str, list[float]]]:
    """Every published number of a level: {indicator: {period code: numbers}}."""
    rows = public.filter(area__level=level, value__isnull=False)
    grouped = rows.order_by().values_list("edition__indicator_id", "period__code")
    collected = grouped.annotate(numbers=ArrayAgg(Cast("value", FloatField())))
    found: dict[int, dict[str, list[float]]] = defaultdict(dict)
    for indicator, period, numbers in collected:
        found[indicator][period] = numbers
    return found


def _most_common(codes: Sequence[str]) -> str | None:
    return max(sorted(set(codes)), key=codes.count, default=None)


def _row(series: _Series, usual: str | None) -> ProfileRow:
    indicator, period = series.indicator, series.latest
    figure = series.own.get(period)
    comparable = _comparable_kind(indicator, series.own, figure)
    points, other_extent = _trend(comparable, series.breaks)
    of_city, _other = _trend(_comparable_kind(indicator, series.city, series.city.get(period)), series.breaks)
    first = comparable_since(points)
    has_change = len(points) - first > 1
    return ProfileRow(
        indicator=indicator,
        period=_name(period, indicator),
        figure=figure,
        city=series.city.get(period),
        spread=tuple(sorted(series.spread.get(period, ()))),
        trend=points,
        change=comparable[-1].value - comparable[first].value if has_change else None,
        since=_name(comparable[first].period.code, indicator) if has_change else None,
        series_break=_break_within(comparable, series.breaks),
        other_extent=other_extent,
        period_differs=period != usual,
        counted=next((f for f in reversed(series.own.values()) if f.status == Status.REPORTED), None),
        earlier=comparable[first if has_change else 0] if len(comparable) > 1 else None,
        city_trend=of_city,
    )


def _break_within(figures: Sequence[Figure], breaks: Sequence[SeriesBreak]) -> SeriesBreak | None:
    if len(figures) < 2:
        return None
    first, last = figures[0].period.start, figures[-1].period.start
    return next((b for b in breaks if first < b.period.start <= last), None)


def _comparable_kind(indicator: Indicator, own: Mapping[str, Figure], latest: Figure | None) -> list[Figure]:
    """Figures with a number, oldest first, made as the latest was; nothing where the latest itself has no number.

    A counted number next to an estimated one, or two estimated counts, would show a change of method.
    """
    if latest is None or latest.value is None:
        return []
    if indicator.hides_estimated_change and latest.status == Status.ESTIMATED:
        return [latest]
    estimated = latest.status == Status.ESTIMATED
    return [f for f in own.values() if f.value is not None and (f.status == Status.ESTIMATED) == estimated]


def _trend(series: Sequence[Figure], breaks: Sequence[SeriesBreak]) -> tuple[tuple[TrendPoint, ...], bool]:
    """Points of the line, and whether it stops because a value holds for other areas than the one before."""
    points, other_extent = [], False
    for i, figure in enumerate(series):
        before = series[i - 1] if i else None
        other = before is not None and before.joint_with != figure.joint_with
        broken = before is not None and any(before.period.start < b.period.start <= figure.period.start for b in breaks)
        other_extent = other_extent or other
        points.append(TrendPoint(figure.period.start.year, float(figure.value), not (other or broken)))
    return tuple(points), other_extent


def _name(code: str, indicator: Indicator) -> PeriodName:
    return PeriodName(code, period_label(code, indicator.reference))


def _grouped(rows: Sequence[ProfileRow]) -> tuple[DimensionRows, ...]:
    by_dimension: dict[int, list[ProfileRow]] = defaultdict(list)
    for row in rows:
        by_dimension[row.indicator.dimension_id].append(row)
    dimensions = {row.indicator.dimension_id: row.indicator.dimension for row in rows}
    ordered = sorted(dimensions.values(), key=lambda dimension: dimension.order)
    return tuple(DimensionRows(dimension, tuple(by_dimension[dimension.pk])) for dimension in ordered)
