"""Published numbers for the histogram beside the class limits of an indicator."""

from dataclasses import dataclass

from indicators.models import Indicator
from indicators.periods import period_label


@dataclass(frozen=True)
class Place:
    """A level and a period with published numbers; `value` is how the select names it."""

    level: str
    period: str
    label: str

    @property
    def value(self) -> str:
        """Level and period in one."""
        return f"{self.level}/{self.period}"


def histogram_places(indicator: Indicator) -> list[Place]:
    """Levels (without the city) and periods of the public edition, newest period first. 1 query."""
    edition = indicator.current_edition
    if edition is None:
        return []
    rows = edition.figures.filter(value__isnull=False, area__level__rank__gt=0).order_by(
        "-period__code", "area__level__rank"
    )
    found = rows.values_list("area__level__slug", "area__level__name_plural", "period__code").distinct()
    return [
        Place(slug, period, f"{name}, {period_label(period, indicator.reference)}")
        for slug, name, period in dict.fromkeys(found)
    ]


def histogram_numbers(indicator: Indicator, level: str, period: str) -> list[float]:
    """All published numbers of a level and period, ascending; none for what there is not. 1 query."""
    if indicator.current_edition is None:
        return []
    figures = indicator.current_edition.figures.at_level(level).for_period(period).filter(value__isnull=False)
    return sorted(float(value) for value in figures.values_list("value", flat=True))
