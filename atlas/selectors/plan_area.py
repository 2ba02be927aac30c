"""Figures of an action area when it joined the plan and today, beside those of the city."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.models import ActionArea, MembershipFigure
from actionplan.selectors.membership_figures import (
    Side,
    first_of,
    frozen_of,
    side_frozen,
    side_when_joining,
    sides_of,
)
from areas.models import Area
from indicators.definitions import screened_indicators
from indicators.models import Figure, Indicator, SeriesBreak
from indicators.series_breaks import breaks_by_indicator
from indicators.statistics.comparability import is_comparable


@dataclass(frozen=True)
class ThenAndNow:
    """One indicator at both times. `is_earliest`: nothing is known from the time of joining, so the first known stands.
    `is_broken`: both times cannot be compared, because the series breaks or the ground differs.
    `is_frozen`: `then` is what was written down at the decision; `restated` is that period as it is public now.
    """

    indicator: Indicator
    then: Side | None
    now: Side
    is_earliest: bool
    is_broken: bool
    is_frozen: bool = False
    restated: Side | None = None

    @property
    def here_corrected(self) -> Figure | None:
        """The area's figure of then as it is public now, where it was corrected since."""
        return self.restated.here if self._differs("here") else None

    @property
    def city_corrected(self) -> Figure | None:
        """The same for the city."""
        return self.restated.city if self._differs("city") else None

    def _differs(self, which: str) -> bool:
        old, new = getattr(self.then, which, None), getattr(self.restated, which, None)
        return bool(old and new) and (old.value, old.status) != (new.value, new.status)


def joined_on(memberships: Sequence[ActionArea]) -> datetime.date:
    """The day on which an area joined first."""
    return first_of(memberships).valid.lower


def since_joining(
    area: Area, memberships: Sequence[ActionArea], *, moment: datetime.datetime | None = None
) -> list[ThenAndNow]:
    """Then as it is frozen for the area's first membership, and now. 7 queries, 1 more with a moment."""
    first = first_of(memberships)
    return then_and_now(area, first.valid.lower, frozen=frozen_of(first, moment=moment), moment=moment)


def then_and_now(
    area: Area,
    joined: datetime.date,
    *,
    frozen: Sequence[MembershipFigure] = (),
    moment: datetime.datetime | None = None,
) -> list[ThenAndNow]:
    """The indicators by which the city's rules single out areas, in their order, then those only frozen. 6 queries.

    "Then" is what is frozen; for an indicator of which nothing is, the newest public period that had ended when the
    area joined. With a moment: figures that were public then (1 query more).
    """
    kept = {row.indicator_id: row for row in frozen}
    indicators = {i.pk: i for i in screened_indicators()}
    indicators |= {pk: row.indicator for pk, row in kept.items() if pk not in indicators}
    found = sides_of(area, Figure.objects.public_at(moment), indicators)
    gaps = breaks_by_indicator()
    told = (_then_and_now(indicators[pk], sides, joined, gaps.get(pk, ()), kept.get(pk)) for pk, sides in found.items())
    return [one for one in told if one is not None]


def _then_and_now(
    indicator: Indicator,
    sides: Sequence[Side],
    joined: datetime.date,
    gaps: Sequence[SeriesBreak],
    kept: MembershipFigure | None,
) -> ThenAndNow | None:
    if not sides:
        return None
    now = sides[-1]
    if kept is None:
        then, is_earliest = side_when_joining(sides, joined)
        restated, only_once = None, then is now
    else:
        then, is_earliest = side_frozen(kept), kept.is_earliest
        restated = next((side for side in sides if side.period == kept.period), None)
        only_once = is_earliest and restated is now and then.here.value == now.here.value
    if only_once:
        return ThenAndNow(indicator, None, now, is_earliest=False, is_broken=False)
    gap = any(then.period.code < gap.period.code <= now.period.code for gap in gaps)
    same = is_comparable(then.here, now.here, is_count=indicator.hides_estimated_change)
    return ThenAndNow(
        indicator, then, now, is_earliest, is_broken=gap or not same, is_frozen=kept is not None, restated=restated
    )
