"""The money of a year by area and per inhabitant, with the number of inhabitants that it is divided by."""

from dataclasses import dataclass
from decimal import Decimal

from actionplan.budget import CENT
from actionplan.selectors.money import AreaMoney, YearMoney
from areas.models import Area
from atlas.profile import POPULATION
from indicators.models import Figure
from indicators.periods import period_label

MOST_YEARS_APART = 3  # a number of inhabitants from further away says nothing about the year


@dataclass(frozen=True)
class Inhabitants:
    """The published number of inhabitants of an area nearest to a year: `label` names its day."""

    count: Decimal
    label: str
    is_estimated: bool


@dataclass(frozen=True)
class AreaRow:
    """Money of one area. Without `inhabitants` (none published near the year) there is no amount per inhabitant."""

    money: AreaMoney
    inhabitants: Inhabitants | None

    @property
    def per_inhabitant(self) -> Decimal | None:
        """Approved euros per inhabitant, to the cent; None where it cannot be said."""
        if self.inhabitants is None:
            return None
        return (self.money.granted / self.inhabitants.count).quantize(CENT)


def area_rows(money: YearMoney) -> list[AreaRow]:
    """The areas that got money in a year, with their inhabitants. 1 query."""
    known = _inhabitants([part.area for part in money.by_area], money.year)
    return [AreaRow(part, known.get((part.area.level_id, part.area.code))) for part in money.by_area]


def _inhabitants(areas: list[Area], year: int) -> dict[tuple[int, str], Inhabitants]:
    figures = Figure.objects.current().filter(
        edition__indicator__slug=POPULATION,
        value__gt=0,
        area__code__in=[area.code for area in areas],
        area__level__in={area.level_id for area in areas},
        period__end__year__range=(year - MOST_YEARS_APART, year + MOST_YEARS_APART),
    )
    read = ("area__level", "area__code", "value", "status", "period__code", "period__end__year")
    nearest: dict[tuple[int, str], tuple] = {}
    for level, code, *found in figures.values_list(*read, "edition__indicator__reference"):
        known = nearest.get((level, code))
        if known is None or _apart(found[3], year) < _apart(known[3], year):
            nearest[level, code] = tuple(found)
    return {
        key: Inhabitants(value, period_label(period, reference), status == "estimated")
        for key, (value, status, period, _ends, reference) in nearest.items()
    }


def _apart(ends: int, year: int) -> tuple[int, int]:
    """Years between; of two at the same distance the earlier one is nearer."""
    return abs(ends - year), ends
