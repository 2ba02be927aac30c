"""What a value cannot be: outside the limits of the catalogue, negative counts, shares above 100 %."""

from decimal import Decimal
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from ..catalogue import Measure
from ..collecting import Collection
from ..findings import ERROR, Finding
from .columns import Columns

_CHANGES = ("veränderung", "entwicklung")  # such values may be negative and above 100 %


class Bounds(NamedTuple):
    """What values must lie within; None: no limit."""

    negative: bool  # whether below zero is possible, also for numerators
    share: bool  # whether more than 100 is impossible
    lowest: float | None = None
    highest: float | None = None


def bounds_of(  # noqa: PLR0917
    name: str, unit: str, unit_long: str, is_count: bool, lowest: float | None = None, highest: float | None = None
) -> Bounds:
    """Limits that follow from what an indicator is, and those of the catalogue.

    >>> bounds_of("Arbeitslosenquote", "%", "% der Erwerbspersonen", False)
    Bounds(negative=False, share=True, lowest=None, highest=None)
    >>> bounds_of("Entwicklung der Einwohnerzahl", "%", "% seit 2010", False).negative
    True
    """
    told = f"{name} {unit_long}".lower()
    if any(word in told for word in _CHANGES):
        return Bounds(True, False, lowest, highest)
    counted = is_count or unit == "%" or unit.startswith("je 1.000")
    return Bounds(not counted, unit == "%" and unit_long.startswith("%"), lowest, highest)


def impossible(bounds: Bounds, name: str, value: Decimal | None, numerator: Decimal | None) -> str:
    """Why these numbers cannot be, in words; "" when they can."""
    below = [number for number in (value, numerator) if number is not None and number < 0]
    if below and not bounds.negative:
        return f"{german(below[0])} ist negativ; das kann „{name}“ nicht sein."
    if value is not None and value > 100 and bounds.share:
        return f"{german(value)} ist mehr als 100 %; das kann „{name}“ nicht sein."
    return ""


def german(number: Decimal | float) -> str:
    """A number for sentences: decimal comma, no needless zeros."""
    text = f"{number:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return "0" if text == "-0" else text


def check_ranges(columns: Columns, found: Collection) -> None:
    """Errors for impossible values, by indicator at once."""
    for measure, rows in columns.by_measure():
        limits = bounds_of(
            measure.name, measure.unit, measure.unit_long, measure.is_count, measure.lowest, measure.highest
        )
        values, numerators = columns.value[rows], columns.numerator[rows]
        for code, wrong, expected in _tests(limits, measure, values, numerators):
            for row in rows[np.flatnonzero(wrong)]:
                if found.is_full(ERROR, code):
                    found.count_more(ERROR, code)
                    continue
                shown = (
                    columns.numerator[row] if code == "negative" and not columns.value[row] < 0 else columns.value[row]
                )
                text = _("%(value)s bei „%(name)s“") % {"value": german(shown), "name": measure.name}
                hint = _("Prüfen Sie Komma, Einheit und Spalte.")
                found.add(Finding(ERROR, code, text, expected, hint, *columns.place(row)))


def _tests(limits: Bounds, measure: Measure, values: np.ndarray, numerators: np.ndarray) -> list[tuple]:
    tests = []
    if not limits.negative:
        tests.append(("negative", (values < 0) | (numerators < 0), _("keine negative Zahl")))
    if limits.share:
        tests.append(("share_over_100", values > 100, _("höchstens 100 %")))
    if limits.lowest is not None:
        wrong = (values < limits.lowest) & ((values >= 0) | limits.negative)
        tests.append(("too_low", wrong, _("mindestens %(limit)s") % {"limit": german(limits.lowest)}))
    if limits.highest is not None:
        wrong = (values > limits.highest) & ~(limits.share & (values > 100))
        tests.append(("too_high", wrong, _("höchstens %(limit)s") % {"limit": german(limits.highest)}))
    return tests
