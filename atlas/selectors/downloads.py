"""An indicator to take away: all its values as a table, and what they mean."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import override

from indicators.models import Indicator, IndicatorEdition
from indicators.periods import period_label
from indicators.statuses import SIGNS, Status

COLUMNS = (
    *("indikator", "ebene", "schluessel", "gebiet", "zeit", "stand", "wert", "status", "zeichen"),
    *("rang", "rang_von", "abstand_zur_stadt", "gemeinsam_mit", "veroeffentlichung"),
)


def value_rows(edition: IndicatorEdition) -> Iterator[list[str]]:
    """Head and one row for each published figure; numbers with decimal comma, nothing where there is none.

    Column names and statuses are German in every language, so that programs can rely on them. 1 query.
    """
    yield list(COLUMNS)
    indicator = edition.indicator
    figures = edition.figures.select_related("area__level", "period").defer("area__geometry", "classes")
    with override("de"):
        for figure in figures.order_by("area__level__rank", "area__code", "period__code"):
            yield [
                indicator.slug,
                figure.area.level.slug,
                figure.area.code,
                figure.area.name,
                figure.period.code,
                period_label(figure.period.code, indicator.reference),
                _number(figure.value, indicator.decimals),
                str(Status(figure.status).label),
                SIGNS.get(figure.status, ""),
                _number(figure.rank, 0),
                _number(figure.rank_of, 0),
                _number(figure.city_difference, indicator.decimals),
                figure.joint_with,
                edition.release.slug,
            ]


def _number(value: Decimal | int | None, decimals: int) -> str:
    return "" if value is None else f"{value:.{decimals}f}".replace(".", ",")


def describe(indicator: Indicator) -> dict:
    """Meaning, origin and limits of an indicator's values, in German, as plain types. 3 queries."""
    edition = indicator.current_edition
    with override("de"):
        return {
            "indikator": indicator.slug,
            "name": indicator.name,
            "definition": indicator.definition,
            "dimension": indicator.dimension.name,
            "einheit": indicator.unit_long,
            "nachkommastellen": indicator.decimals,
            "richtung": str(indicator.get_direction_display()),
            "zaehler": indicator.numerator,
            "nenner": indicator.denominator,
            "zeitbezug": str(indicator.get_reference_display()),
            "zusammenfassung": str(indicator.get_aggregation_display()),
            "gewicht": indicator.weight.name if indicator.weight else "",
            "brueche": [{"ab": gap.period.code, "grund": gap.reason} for gap in indicator.breaks.all()],
            "anmerkung": indicator.note,
            "quelle": {
                "titel": indicator.source.title,
                "herausgeber": indicator.source.publisher,
                "stand": indicator.source.state,
                "lizenz": indicator.source.licence,
                "anmerkung": indicator.source.note,
            },
            "veroeffentlichung": edition.release.slug if edition else None,
            "status": {str(status.label): SIGNS.get(status, "") for status in Status},
        }
