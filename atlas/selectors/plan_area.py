"""Figures of an action area when it joined the plan and today, beside those of the city."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from actionplan.models import ActionArea
from areas.models import Area
from indicators.definitions import screened_indicators
from indicators.models import Figure, Indicator, Period, SeriesBreak
from indicators.series_breaks import breaks_by_indicator
from indicators.statistics.comparability import is_comparable


@dataclass(frozen=True)
class Side:
    """A figure of the area and that of the city in one period."""

    period: Period
    here: Figure
    city: Figure | None

    @property
    def distance(self) -> Decimal | None:
        """Area minus city, in units of the indicator."""
        return self.here.city_difference


@dataclass(frozen=True)
class ThenAndNow:
    """One indicator at both times. `is_earliest`: nothing is known from the time of joining, so the first known stands.
    `is_broken`: both times cannot be compared, because the series breaks or the ground differs.
    """

    indicator: Indicator
    then: Side | None
    now: Side
    is_earliest: bool
    is_broken: bool


def joined_on(memberships: Sequence[ActionArea]) -> datetime.date:
    """The day on which an area joined first."""
    return min(membership.valid.lower for membership in memberships)


def then_and_now(area: Area, joined: datetime.date, *, moment: datetime.datetime | None = None) -> list[ThenAndNow]:
    """The indicators by which the city's rules single out areas, in their order. 6 queries.

    "Then" is the newest period that had ended when the area joined. With a moment: figures that were public then
    (1 query more).
    """
    indicators = {i.pk: i for i in screened_indicators()}
    found = Figure.objects.public_at(moment).filter(edition__indicator__in=indicators, value__isnull=False)
    found = found.filter(area__level__rank=0) | found.filter(area__code=area.code, area__level=area.level)
    rows: dict[int, dict[str, dict[bool, Figure]]] = {pk: {} for pk in indicators}
    for figure in found.select_related("period", "area__level", "edition").defer("area__geometry", "edition__breaks"):
        sides = rows[figure.edition.indicator_id].setdefault(figure.period.code, {})
        sides[figure.area.level.rank == 0] = figure
    gaps = breaks_by_indicator()
    told = (_then_and_now(indicators[pk], of, joined, gaps.get(pk, ())) for pk, of in rows.items())
    return [one for one in told if one is not None]


def _then_and_now(
    indicator: Indicator, by_period: Mapping, joined: datetime.date, gaps: Sequence[SeriesBreak]
) -> ThenAndNow | None:
    sides = [
        Side(figures[False].period, figures[False], figures.get(True))
        for _code, figures in sorted(by_period.items())
        if False in figures
    ]
    if not sides:
        return None
    before = [side for side in sides if side.period.end < joined]
    now, then = sides[-1], before[-1] if before else sides[0]
    if then is now:
        return ThenAndNow(indicator, None, now, is_earliest=False, is_broken=False)
    gap = any(then.period.code < gap.period.code <= now.period.code for gap in gaps)
    same = is_comparable(then.here, now.here, is_count=indicator.hides_estimated_change)
    return ThenAndNow(indicator, then, now, is_earliest=not before, is_broken=gap or not same)
