"""An indicator to take away: all its values as a table, and what they mean."""

from collections.abc import Iterator

from django.utils.translation import override

from atlas.links import full_address, provenance_path
from atlas.records import number_text, sign_text, sure_text
from atlas.recut import extent_words
from indicators.models import Indicator, IndicatorEdition
from indicators.periods import period_label
from indicators.statuses import Status

# The same names as in the downloads of map and profile (atlas/records.py).
COLUMNS = (
    *("ebene", "gebiet", "name", "indikator", "zeit", "stand", "wert", "status", "zeichen"),
    *("intervall_von", "intervall_bis", "rang", "von", "abstand_zur_stadt", "abstand_sicher"),
    *("einheit", "gemeinsam_mit", "quelle", "veroeffentlichung", "herkunft", "zuschnitt"),
)


def value_rows(edition: IndicatorEdition) -> Iterator[list[str]]:
    """Head and one row for each published figure; numbers with decimal comma, nothing where there is none.

    Names of columns and texts are German in every language, statuses are the words of the interface for
    programs, so that both can be relied on. 1 query.
    """
    yield list(COLUMNS)
    indicator = edition.indicator
    figures = edition.figures.select_related("area__level", "period", "source").defer("area__geometry", "classes")
    with override("de"):
        for figure in figures.order_by("area__level__rank", "area__code", "period__code"):
            yield [
                figure.area.level.slug,
                figure.area.code,
                figure.area.name,
                indicator.slug,
                figure.period.code,
                period_label(figure.period.code, indicator.reference),
                number_text(figure.value, indicator.decimals),
                figure.status,
                sign_text(figure.status),
                number_text(figure.lower, indicator.decimals),
                number_text(figure.upper, indicator.decimals),
                number_text(figure.rank, 0),
                number_text(figure.rank_of, 0),
                number_text(figure.city_difference, indicator.decimals),
                sure_text(figure.differs),
                indicator.unit_long,
                figure.joint_with,
                figure.source_or(indicator.source).title,
                edition.release.slug,
                full_address(
                    provenance_path(
                        *(indicator.slug, figure.area.level.slug, figure.area.code, figure.period.code),
                        stand=edition.release.slug,
                    )
                ),
                extent_words(figure, {}),
            ]


def describe(indicator: Indicator, edition: IndicatorEdition | None) -> dict:
    """Meaning, origin and limits of an indicator's values, in German, as plain types. 3 queries."""
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
            "zaehler_ist": indicator.numerator_kind,
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
            "gerundet_auf_vielfache_von": edition.rounding_base if edition else None,
            "veroeffentlichung": edition.release.slug if edition else None,
            "status": {s.value: {"bedeutung": str(s.label), "zeichen": sign_text(s)} for s in Status},
        }
