"""Where a figure comes from, in sentences and numbers as they stand on the page."""

from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.provenance_derived import derived_steps, how_it_was_derived
from indicators.models import Indicator
from indicators.selectors_provenance import COMBINED, DELIVERED, DERIVED, INDEX, Provenance
from indicators.statistics.aggregation import MIN_COVERAGE

SHOWN_DECIMALS = 6  # of a result before rounding; what the database keeps of a value


def exact(value: Decimal | None) -> str:
    """A number with all its decimals, without zeros at the end; `…` where more follow."""
    if value is None:
        return ""
    shown = value.quantize(Decimal(1).scaleb(-SHOWN_DECIMALS), rounding="ROUND_DOWN")
    more = "…" if shown != value else ""
    plain = shown.normalize()
    decimals = SHOWN_DECIMALS if more else max(0, -plain.as_tuple().exponent)
    return numbers.format_number(shown, decimals, get_language()) + more


def how_it_was_made(found: Provenance) -> str:
    """One or two sentences: delivered, combined from parts, or missing."""
    if found.making == DELIVERED:
        return _delivered(found)
    if found.making == COMBINED:
        return _combined(found)
    if found.making == DERIVED:
        return how_it_was_derived(found.derivation)
    if found.making == INDEX:
        return _index(found)
    return _missing(found)


def status_sentence(found: Provenance) -> str:
    """What the status of the figure means, "" for plainly reported ones."""
    texts = {
        "estimated": _("Sie ist eine Schätzung und steht deshalb in Klammern."),
        "joint": _("Sie gilt für mehrere Gebiete zusammen."),
        "zero": _("Sie ist genau null; in Tabellen steht dafür ein Strich."),
        "suppressed": _(
            "Die Zahl wird geheim gehalten, weil sie, allein oder mit anderen zusammen, Einzelne erkennen ließe."
        ),
        "suppressed_secondary": _("Die Zahl wird geheim gehalten, damit sich andere nicht aus ihr errechnen lassen."),
        "not_yet": _("Die Zahl liegt noch nicht vor."),
        "not_applicable": _("Eine Zahl wäre hier nicht sinnvoll."),
    }
    return texts.get(found.figure.status, "")


def steps(found: Provenance) -> list[tuple[str, str]]:
    """The calculation from the parts to the published number, one line each: words and numbers."""
    if found.making == DERIVED and found.is_exact and found.raw is not None:
        return [*derived_steps(found.derivation, exact), (_rounding(found), _rounded(found))]
    if found.making != COMBINED or not found.is_exact:
        return []
    rule = found.rules.aggregation
    if rule == Indicator.Aggregation.SUM:
        lines = [(_("Summe der Teile"), exact(found.raw))]
    elif rule == Indicator.Aggregation.RATIO:
        lines = _ratio(found)
    else:
        lines = _mean(found)
    return [*lines, (_rounding(found), _rounded(found))]


def _rounded(found: Provenance) -> str:
    return numbers.format_number(found.rounded, found.rules.decimals, get_language())


def _ratio(found: Provenance) -> list[tuple[str, str]]:
    top, bottom = exact(found.result.numerator), exact(found.result.denominator)
    return [
        (_("Summe der Zähler"), top),
        (_("Summe der Nenner"), bottom),
        (
            _("Zähler durch Nenner, mal %s") % numbers.format_number(Decimal(found.rules.factor), 0, get_language()),
            exact(found.raw),
        ),
    ]


def _mean(found: Provenance) -> list[tuple[str, str]]:
    return [
        (_("Summe von Wert mal Gewicht"), exact(found.sum_of_products)),
        (_("Summe der Gewichte"), exact(found.sum_of_weights)),
        (_("Das eine durch das andere"), exact(found.raw)),
    ]


def _rounding(found: Provenance) -> str:
    count = found.rules.decimals
    if not count:
        return _("Kaufmännisch gerundet auf eine ganze Zahl")
    text = ngettext(
        "Kaufmännisch gerundet auf %(count)s Nachkommastelle",
        "Kaufmännisch gerundet auf %(count)s Nachkommastellen",
        count,
    )
    return text % {"count": count}


def _delivered(found: Provenance) -> str:
    if found.is_secret:
        return _("Der Wert für dieses Gebiet wurde geliefert, nicht berechnet.")
    text = _("Diese Zahl wurde so geliefert; das Portal hat sie nicht berechnet.")
    if found.raw is not None and found.rounded != found.raw:
        text += " " + _("Geliefert wurde %(exact)s, gezeigt wird der gerundete Wert.") % {"exact": exact(found.raw)}
    return text


def _combined(found: Provenance) -> str:
    words = {
        "count": len(found.parts),
        "level": found.level.label if len(found.parts) == 1 else found.level.label_plural,
        "weight": found.rules.weight.label if found.rules.weight else "",
    }
    rule = found.rules.aggregation
    if rule == Indicator.Aggregation.SUM:
        return (
            _("Für dieses Gebiet wurde keine Zahl geliefert. Sie ist die Summe aus %(count)s Teilen (%(level)s).")
            % words
        )
    if rule == Indicator.Aggregation.RATIO:
        text = _(
            "Für dieses Gebiet wurde keine Zahl geliefert. Sie ist aus %(count)s Teilen (%(level)s) berechnet: "
            "Summe der Zähler durch Summe der Nenner."
        )
        return text % words
    text = _(
        "Für dieses Gebiet wurde keine Zahl geliefert. Sie ist das Mittel aus %(count)s Teilen (%(level)s), gewichtet "
        "mit „%(weight)s“: Teile mit größerem Gewicht zählen stärker."
    )
    return " ".join(part for part in (text % words, _covered(found)) if part)


def _index(found: Provenance) -> str:
    if found.index.score is None:
        return _("Dieses Gebiet hat keinen Indexwert: %s.") % found.index.get_reason_display()
    text = _(
        "Diese Zahl ist ein Indexwert: aus %(count)s Indikatoren berechnet, nach der Regel, die auf der Seite des "
        "Index steht. Dort steht auch, was jeder von ihnen beiträgt. Ungerundet ist es %(exact)s."
    )
    return text % {"count": len(found.index.contributions), "exact": exact(found.raw)}


def _covered(found: Provenance) -> str:
    if not found.missing or found.result.coverage >= 1:
        return ""
    share = numbers.format_number(found.result.coverage * 100, 1, get_language())
    words = {"count": len(found.missing), "share": numbers.with_unit(share, "%")}
    text = ngettext(
        "Für %(count)s Teil fehlt die Zahl; die übrigen tragen %(share)s des Gewichts.",
        "Für %(count)s Teile fehlt die Zahl; die übrigen tragen %(share)s des Gewichts.",
        words["count"],
    )
    return text % words


def _missing(found: Provenance) -> str:
    if found.rules.aggregation == Indicator.Aggregation.NONE:
        return _("Für dieses Gebiet wurde keine Zahl geliefert, und aus kleineren Gebieten lässt sich keine berechnen.")
    if not found.parts:
        return _("Für dieses Gebiet wurde keine Zahl geliefert, auch nicht für Gebiete, aus denen es besteht.")
    if found.rules.aggregation == Indicator.Aggregation.WEIGHTED_MEAN:
        text = _(
            "Für dieses Gebiet wurde keine Zahl geliefert. Aus seinen Teilen wird keine berechnet: Entweder fehlt ein "
            "Gewicht, oder die Teile mit Zahl tragen weniger als %s des Gewichts."
        )
        share = numbers.format_number(MIN_COVERAGE * 100, 0, get_language())
        return text % numbers.with_unit(share, "%")
    return _(
        "Für dieses Gebiet wurde keine Zahl geliefert. Aus seinen Teilen wird keine berechnet, weil mindestens "
        "eine fehlt: Eine unvollständige Summe sähe aus wie eine vollständige."
    )
