"""Reading the definitions of typologies and of rules "below the average", as the calculation takes them."""

from dataclasses import dataclass

from indicators.models import Indicator, Screening, ScreeningCriterion, Typology, TypologyIndicator
from indicators.models.screening import CRITERION, SCREENING
from indicators.models.typology import TYPOLOGY
from indicators.statistics.screening import Criterion, Kind, Side
from indicators.statistics.typology import Method, Rule

SIGNS = {Indicator.Direction.HIGHER_IS_WORSE: 1, Indicator.Direction.HIGHER_IS_BETTER: -1}  # neutral: no judgement


@dataclass(frozen=True)
class DefinedTypology:
    """A typology with its indicators in order and the rule made of them."""

    record: Typology
    indicators: tuple[Indicator, ...]
    rule: Rule


@dataclass(frozen=True)
class DefinedScreening:
    """A rule with its indicators and conditions in order."""

    record: Screening
    indicators: tuple[Indicator, ...]
    criteria: tuple[Criterion, ...]


def defined_typologies() -> list[DefinedTypology]:
    """All typologies that have indicators, in order. 3 queries."""
    rows = Typology.objects.select_related("level").prefetch_related("parts__indicator")
    return [_typology(row) for row in rows if row.parts.all()]


def defined_screenings() -> list[DefinedScreening]:
    """All rules that have conditions, in order. 3 queries."""
    rows = Screening.objects.select_related("level", "lower_level").prefetch_related("criteria__indicator")
    return [_screening(row) for row in rows if row.criteria.all()]


def screened_indicators() -> list[Indicator]:
    """The indicators by which the rules single out areas, in the order of the rules, each once. 3 queries."""
    return list({i.pk: i for defined in defined_screenings() for i in defined.indicators}.values())


def deciding_rows() -> tuple[list, ...]:
    """Everything of all definitions that results depend on, for digests. 4 queries."""
    parts = TypologyIndicator.objects.order_by("typology__slug", "order", "pk")
    criteria = ScreeningCriterion.objects.order_by("screening__slug", "order", "pk")
    return (
        list(Typology.objects.order_by("slug").values_list("pk", *TYPOLOGY)),
        list(parts.values_list("typology_id", "indicator__slug", "indicator__direction", "order")),
        list(Screening.objects.order_by("slug").values_list("pk", *SCREENING)),
        list(criteria.values_list(*CRITERION)),
    )


def definitions_by_indicator() -> dict[int, tuple]:
    """Each definition as plain values, under the first of its indicators: when that one is computed anew, so is it."""
    found: dict[int, tuple] = {}
    for defined in defined_typologies():
        told = (*(str(getattr(defined.record, name)) for name in TYPOLOGY), str(defined.rule))
        found[defined.indicators[0].pk] = found.get(defined.indicators[0].pk, ()) + told
    for defined in defined_screenings():
        told = (*(str(getattr(defined.record, name)) for name in SCREENING), str(defined.criteria))
        found[defined.indicators[0].pk] = found.get(defined.indicators[0].pk, ()) + told
    return found


def _typology(record: Typology) -> DefinedTypology:
    indicators = tuple(part.indicator for part in record.parts.all())
    rule = Rule(
        slugs=tuple(indicator.slug for indicator in indicators),
        signs=tuple(SIGNS.get(indicator.direction, 0) for indicator in indicators),
        method=Method(record.method),
        count=record.cluster_count,
        starts=record.starts,
        seed=record.seed,
    )
    return DefinedTypology(record, indicators, rule)


def _screening(record: Screening) -> DefinedScreening:
    rows = record.criteria.all()
    criteria = tuple(Criterion(c.indicator.slug, Kind(c.comparison), Side(c.side), c.threshold) for c in rows)
    return DefinedScreening(record, tuple(c.indicator for c in rows), criteria)
