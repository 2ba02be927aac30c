"""A computed figure in words: its formula, the figures it was made of, and the calculation, line by line."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.links import provenance_path
from indicators.models import Figure, Indicator
from indicators.periods import period_label
from indicators.selectors_derived import Derivation, InputLine
from indicators.selectors_provenance import Provenance
from indicators.statistics.formulas import OVER_TIME, RATIOS, Kind
from indicators.statuses import SECRET

Exact = Callable[[Decimal | None], str]


@dataclass(frozen=True)
class InputRow:
    """One used figure as its table row."""

    indicator: Indicator
    period: str
    place: str
    cell: str
    url: str


def how_it_was_derived(made: Derivation) -> str:
    """One or two sentences: from which formula, and why there is no number where there is none."""
    text = _("Diese Zahl ist aus anderen veröffentlichten Zahlen berechnet: %s.") % made.formula.sentence
    return f"{text} {_why_not(made)}" if made.result.value is None else text


def _why_not(made: Derivation) -> str:
    if made.result.status in SECRET:
        return _("Eine der Zahlen ist geheim; deshalb ist es auch diese.")
    if made.result.status == "not_applicable":
        return _("Hier ist sie nicht sinnvoll, etwa weil durch null zu teilen wäre.")
    if made.result.status == "not_yet":
        return _("Eine der Zahlen liegt noch nicht vor.")
    return _why_missing(made)


def _why_missing(made: Derivation) -> str:
    if not made.lines:
        return _("Hier gibt es nichts zu rechnen: Ein Zeitraum fehlt, oder dazwischen liegt ein Bruch in der Reihe.")
    if any(line.figure is None or line.figure.value is None for line in made.lines):
        return _("Eine der Zahlen ist nicht bekannt.")
    if len({line.figure.joint_with for line in made.lines}) > 1:
        return _("Die Zahlen gelten nicht für dasselbe Gebiet: Eine steht für mehrere Gebiete zusammen.")
    return _("Geschätzte Anzahlen werden nicht über die Zeit verglichen: Der Unterschied zeigte die Schätzung.")


def input_rows(found: Provenance) -> list[InputRow]:
    """The figures that a computed one was made of; [] for others."""
    made = found.derivation
    return [_row(line, made, found) for line in made.lines] if made else []


def _row(line: InputLine, made: Derivation, found: Provenance) -> InputRow:
    area, indicator = found.figure.area, line.indicator
    key = (indicator.slug, area.level.slug, area.code, line.period)
    return InputRow(
        indicator=indicator,
        period=period_label(line.period, indicator.reference),
        place=_place(line, made),
        cell=_cell(line.figure, indicator),
        url=provenance_path(*key, stand=found.release.slug) if line.figure else "",
    )


def _cell(figure: Figure | None, indicator: Indicator) -> str:
    if figure is None:
        return numbers.cell(None, "missing", indicator.decimals, get_language())
    cell = numbers.cell(figure.value, figure.status, indicator.decimals, get_language())
    return numbers.with_unit(cell, indicator.unit_label) if figure.value is not None else cell


def _place(line: InputLine, made: Derivation) -> str:
    """What the figure is in the formula."""
    kind = made.rule.kind
    if kind in RATIOS:
        return _("Nenner") if line.is_by else _("Zähler")
    if kind == Kind.SUM:
        return _("Summand")
    if kind == Kind.DIFFERENCE:
        return _("wird abgezogen") if line.is_by else _("Ausgangswert")
    if kind == Kind.MOVING_AVERAGE:
        return _("Jahr des Mittels")
    if kind in OVER_TIME:
        return _("früher") if line is made.lines[0] else _("später")
    return _("Anzahl")


def derived_steps(made: Derivation, exact: Exact) -> list[tuple[str, str]]:
    """From the used figures to the result before rounding, one line each: words and numbers."""
    result, kind = made.result, made.rule.kind
    factor = numbers.format_number(Decimal(made.rule.factor), 0, get_language())
    if kind in RATIOS:
        return [*_both_sums(made, exact), (_("Zähler durch Nenner, mal %s") % factor, exact(result.value))]
    if kind == Kind.DENSITY:
        return [(_("Fläche in km²"), exact(made.size)), (_("Anzahl durch Fläche"), exact(result.value))]
    if kind == Kind.SUM and result.numerator is not None:
        counts = [(_("Summe der Zähler"), exact(result.numerator)), (_("Nenner"), exact(result.denominator))]
        return [*counts, (_("Zähler durch Nenner, mal %s") % factor, exact(result.value))]
    words = {
        Kind.SUM: _("Summe"),
        Kind.DIFFERENCE: _("Ausgangswert weniger Abzug"),
        Kind.CHANGE: _("später minus früher"),
        Kind.CHANGE_PERCENT: _("Unterschied durch die frühere Zahl, mal 100"),
        Kind.INDEX: _("spätere Zahl durch die des Basiszeitraums, mal 100"),
        Kind.MOVING_AVERAGE: _("Summe der Jahre durch ihre Zahl"),
    }
    return [(words[kind], exact(result.value))]


def _both_sums(made: Derivation, exact: Exact) -> list[tuple[str, str]]:
    """Numerator and denominator where they are sums of several figures."""
    sums = []
    for words, is_by in ((_("Summe der Zähler"), False), (_("Summe der Nenner"), True)):
        values = [line.figure.value for line in made.lines if line.is_by is is_by]
        if len(values) > 1:
            sums.append((words, exact(sum(values, Decimal(0)))))
    return sums
