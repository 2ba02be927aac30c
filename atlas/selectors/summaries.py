"""Two sentences about an indicator on a level: the city in plain words, then the range over the areas."""

from collections.abc import Iterable

from django.utils.translation import get_language

from areas.models import AreaLevel
from atlas.sentences import AreaValue, MapFacts, map_summary
from indicators.models import Figure, Indicator
from indicators.statuses import Status


def summary(indicator: Indicator, level: AreaLevel, figures: Iterable[Figure], city: Figure | None) -> str:
    """The sentences for the figures of one period.

    They do not end with which values are estimates, because the page says so beside them (`is_estimated`); an
    estimated count is still told as one.
    """
    facts = MapFacts(
        name=indicator.label,
        headline=indicator.headline,
        city=city.area.name if city else "",
        level_plural=level.label_plural,
        areas=tuple(AreaValue(f.area.name, f.value, f.status, f.joint_with) for f in figures),
        period="",
        decimals=indicator.decimals,
        unit=indicator.unit_label,
        city_value=city.value if city else None,
        city_status=city.status if city else None,
        language=get_language(),
        tells_certainty=False,
    )
    return map_summary(facts)


def is_estimated(figures: Iterable[Figure]) -> bool:
    """Whether any of the figures is an estimate."""
    return any(figure.status == Status.ESTIMATED for figure in figures)
