"""Figures of a membership's area and the city through time, and those that were frozen at its decision."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from actionplan.models import ActionArea, MembershipFigure
from areas.models import Area
from indicators.models import Figure, Period


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


def sides_of(area: Area, figures: QuerySet, indicators: Collection[int]) -> dict[int, list[Side]]:
    """By indicator the periods in which the area has a value, oldest first. 1 query.

    `figures` says which ones are public.
    """
    found = figures.filter(edition__indicator__in=indicators, value__isnull=False)
    found = found.filter(area__level__rank=0) | found.filter(area__code=area.code, area__level=area.level_id)
    rows: dict[int, dict[str, dict[bool, Figure]]] = {pk: {} for pk in indicators}
    for figure in found.select_related("period", "area__level", "edition").defer("area__geometry", "edition__breaks"):
        sides = rows[figure.edition.indicator_id].setdefault(figure.period.code, {})
        sides[figure.area.level.rank == 0] = figure
    return {
        pk: [Side(of[False].period, of[False], of.get(True)) for _code, of in sorted(by.items()) if False in of]
        for pk, by in rows.items()
    }


def side_when_joining(sides: Sequence[Side], joined: datetime.date) -> tuple[Side, bool]:
    """The newest side whose period had ended before a day, else the earliest; with whether it is only the earliest."""
    before = [side for side in sides if side.period.end < joined]
    return (before[-1], False) if before else (sides[0], True)


def first_of(memberships: Sequence[ActionArea]) -> ActionArea:
    """The membership with which an area joined first."""
    return min(memberships, key=lambda membership: membership.valid.lower)


def frozen_of(membership: ActionArea, *, moment: datetime.datetime | None = None) -> list[MembershipFigure]:
    """What stands frozen for a membership, of releases that are not withdrawn. 1 query.

    With a moment: only of releases that were public then.
    """
    rows = MembershipFigure.objects.filter(membership=membership, release__withdrawn_at__isnull=True)
    if moment is not None:
        rows = rows.filter(release__published_at__lte=moment)
    return list(rows.select_related("indicator__source", "period", "release"))


def side_frozen(row: MembershipFigure) -> Side:
    """A frozen row as a side; its figures are copies that no edition holds."""
    here = Figure(
        area_id=row.area_id,
        period=row.period,
        value=row.value,
        status=row.status,
        joint_with=row.joint_with,
        lower=row.lower,
        upper=row.upper,
        city_difference=row.city_difference,
    )
    city = Figure(period=row.period, value=row.city_value, status=row.city_status) if row.city_status else None
    return Side(row.period, here, city)
