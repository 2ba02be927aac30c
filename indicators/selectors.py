"""Reading the catalogue and published figures, as plain dataclasses."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.models import Dimension, Figure, Indicator, IndicatorEdition, SeriesBreak
from indicators.periods import period_label
from indicators.series_breaks import breaks_by_indicator
from indicators.statistics.comparability import is_comparable


@dataclass(frozen=True)
class PeriodName:
    """A period's code (in addresses) and how it is written for an indicator."""

    code: str
    label: str


@dataclass(frozen=True)
class DimensionGroup:
    """Indicators that stand under one theme."""

    dimension: Dimension
    indicators: list[Indicator]


@dataclass(frozen=True)
class FigureTable:
    """All public figures of one indicator on one level: `figures[period code][area code]`."""

    edition: IndicatorEdition
    indicator: Indicator
    level: str
    periods: list[PeriodName]
    figures: dict[str, dict[str, Figure]]
    city: dict[str, Figure]
    limits: dict[str, dict[str, list[float]]]
    change_limits: dict[str, list[float]]
    breaks: list[SeriesBreak] = field(default_factory=list)

    @property
    def latest(self) -> PeriodName | None:
        """The newest period with figures on this level."""
        return self.periods[-1] if self.periods else None

    def change(self, area_code: str, earlier: str, later: str) -> Decimal | None:
        """Difference of the published values of two periods; None where they are not comparable."""
        return self._difference(
            self.figures.get(earlier, {}).get(area_code), self.figures.get(later, {}).get(area_code)
        )

    def city_change(self, earlier: str, later: str) -> Decimal | None:
        """The same for the whole city."""
        return self._difference(self.city.get(earlier), self.city.get(later))

    def earlier_than(self, period: str) -> str:
        """The nearest earlier period whose values are comparable with those of `period`; "" where there is none."""
        offered = (pair.split("-") for pair in self.change_limits)
        return max((earlier for earlier, later in offered if later == period), default="")

    def _difference(self, before: Figure | None, after: Figure | None) -> Decimal | None:
        if not is_comparable(before, after, is_count=self.indicator.hides_estimated_change):
            return None
        return after.value - before.value


def catalogue(*, with_data: bool | None = None) -> list[DimensionGroup]:
    """Indicators by dimension; with, without (or None: regardless of) published figures. 2 queries."""
    indicators = Indicator.objects.for_lists().prefetch_related("levels")
    if with_data is not None:
        indicators = indicators.published() if with_data else indicators.without_data()
    groups: dict[int, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        groups[indicator.dimension_id].append(indicator)
    dimensions = {i.dimension_id: i.dimension for of_one in groups.values() for i in of_one}
    ordered = sorted(dimensions.values(), key=lambda d: d.order)
    return [DimensionGroup(d, groups[d.pk]) for d in ordered]


def figure_table(edition: IndicatorEdition, level: str) -> FigureTable:
    """Every figure of an edition on one level, with the city's. 1 query plus one for the city and two for breaks."""
    indicator = edition.indicator
    table: dict[str, dict[str, Figure]] = defaultdict(dict)
    rows = edition.figures.at_level(level).select_related("area__parent", "period", "source").order_by("area__code")
    for figure in rows:
        table[figure.period.code][figure.area.code] = figure
    city_rows = edition.figures.at_level("stadt").select_related("period", "area__level")
    breaks = edition.breaks.get(level, {})
    gaps = breaks_by_indicator().get(indicator.pk, [])
    return FigureTable(
        edition=edition,
        indicator=indicator,
        level=level,
        periods=[PeriodName(code, period_label(code, indicator.reference)) for code in sorted(table)],
        figures=dict(table),
        city={f.period.code: f for f in city_rows},
        limits=breaks.get("methods", {}),
        change_limits=_unbroken(breaks.get("change", {}), [gap.period.code for gap in gaps]),
        breaks=gaps,
    )


def _unbroken(change_limits: dict[str, list[float]], gaps: Sequence[str]) -> dict[str, list[float]]:
    """Without pairs that a break of the series separates, also one that was only noted after publication."""
    pairs = {pair: pair.split("-") for pair in change_limits}
    return {p: change_limits[p] for p, (a, b) in pairs.items() if not any(a < gap <= b for gap in gaps)}
