"""What a cell says as a number: read exactly or refused, never changed."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from math import isfinite
from typing import NamedTuple

from django.utils.translation import gettext as _

from .grid import Percent
from .numerals import SPACES, Unreadable, bare, decimal_of, without_footnotes
from .signs import DEFAULT_SIGNS, ERRORS, sign_of

MAX_DECIMALS = 6  # of the column in the database
MAX_WHOLE = 14  # digits before the comma, of the column in the database
EXACT_DIGITS = 15  # significant digits that a spreadsheet keeps; what comes after is noise of its arithmetic
LONGEST_SHOWN = 30  # characters of a number in a message
REMEMBERED = 200_000  # readings kept per reader

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,13})(?:([.,])[0-9]{1,6})?").fullmatch


@dataclass(frozen=True)
class NumberRules:
    """How numbers and signs are meant in one kind of file. Signs are written as `signs.sign_of` gives them."""

    decimal: str = ""  # "," or "."; "" when the file does not show it: then "1.234" is a doubt
    signs: dict[str, str] = field(default_factory=lambda: dict(DEFAULT_SIGNS))  # sign -> status
    zero: str = "zero"  # status of a written 0: "zero" (exactly nothing) or "reported" (less than half a unit)
    brackets: str = "estimated"  # "(12,3)": "estimated", "negative" (book-keeping) or "refuse"
    round_to: int | None = None  # decimals to round to when a number has more than MAX_DECIMALS; None refuses


class Reading(NamedTuple):
    """What a cell says. With a `fault` there is no value; a `note` says what was done to read it."""

    value: Decimal | None
    status: str  # value of `indicators.statuses.Status`; "" with a fault
    unit: str = ""  # as written in the cell, "%" for percent cells
    fault: str = ""
    note: str = ""
    footnote: str = ""  # such as "1)" or "¹"
    advice: str = ""  # what can be done about the fault


class NumberReader:
    """Reads cells by one set of rules and remembers what it has seen.

    >>> reader = NumberReader(NumberRules(decimal=","))
    >>> reader("1.234,5").value, reader("12,5 %").unit, reader("–").status, reader("(7,1)").status
    (Decimal('1234.5'), '%', 'zero', 'estimated')
    """

    def __init__(self, rules: NumberRules | None = None):
        self.rules = rules or NumberRules()
        self._texts: dict[str, Reading] = {}
        self._floats: dict[float, Reading] = {}

    def __call__(self, cell: object) -> Reading:
        """What `cell` says; never raises."""
        kind = type(cell)
        if kind is str:
            return self._remembered(self._texts, cell, self._text)
        if kind is float:
            return self._remembered(self._floats, cell, self._float)
        return self._other(cell)

    @staticmethod
    def _remembered(memory: dict, cell: object, read: object) -> Reading:
        reading = memory.get(cell)
        if reading is None:
            reading = read(cell)
            if len(memory) < REMEMBERED:
                memory[cell] = reading
        return reading

    def _text(self, cell: str) -> Reading:
        plain = _PLAIN(cell)
        if plain and plain[1] in (None, self.rules.decimal):
            return self._number(Decimal(cell.replace(",", ".")))
        text = SPACES.sub(" ", cell).strip()
        inner, marks = without_footnotes(text)
        for sign, footnote in ((sign_of(text), ""), (sign_of(inner), " ".join(marks))):
            status = self.rules.signs.get(sign)
            if status is not None:
                return Reading(Decimal(0) if status == "zero" else None, status, footnote=footnote)
        try:
            self._check_signs(text)
            return self._worded(text)
        except Unreadable as error:
            return _fault(str(error))

    @staticmethod
    def _check_signs(text: str) -> None:
        """Refuses errors of formulas, and signs that the rules give no meaning."""
        if text.upper() in ERRORS:
            raise Unreadable(_("Die Zelle zeigt den Fehler %(text)s.") % {"text": text})
        if sign_of(text) in DEFAULT_SIGNS:
            raise Unreadable(_("Das Zeichen »%(sign)s« ist in der Vorlage nicht gedeutet.") % {"sign": text})

    def _worded(self, text: str) -> Reading:
        """Text with brackets, unit or footnote around the number."""
        parts = bare(text)
        if parts.brackets and self.rules.brackets == "refuse":
            raise Unreadable(_("»%(text)s« steht in Klammern.") % {"text": text})
        value = decimal_of(parts.body, self.rules.decimal)
        if parts.negative:
            value = -value
        if parts.brackets and self.rules.brackets == "negative":
            value = -abs(value)
        estimated = parts.brackets and self.rules.brackets == "estimated"
        return self._number(value, parts.unit, footnote=parts.footnote, status="estimated" if estimated else "")

    def _float(self, cell: float) -> Reading:
        if not isfinite(cell):
            return _fault(_("Die Zelle enthält keine endliche Zahl."))
        return self._number(Decimal(repr(cell)), noisy=True)

    def _other(self, cell: object) -> Reading:
        if isinstance(cell, Percent):
            return self._number(Decimal(cell), "%", noisy=True)
        if isinstance(cell, bool):
            return _fault(_("Die Zelle enthält einen Wahrheitswert (%(value)s).") % {"value": _truth(cell)})
        if isinstance(cell, int) or (isinstance(cell, Decimal) and cell.is_finite()):
            return self._number(Decimal(cell))
        if isinstance(cell, float | Decimal):
            return self._float(float(cell))
        if isinstance(cell, date | datetime | time | timedelta):
            return _fault(_dated(cell))
        return self._text("" if cell is None else str(cell))

    def _number(
        self, value: Decimal, unit: str = "", *, footnote: str = "", status: str = "", noisy: bool = False
    ) -> Reading:
        """A reading after checking that the database can hold the number exactly."""
        note = ""
        if value.as_tuple().exponent < -MAX_DECIMALS:
            exact = self._shortened(value, noisy)
            if exact is None:
                return _too_fine(value)
            if exact != value:
                note = _("%(found)s wurde als %(read)s gelesen.") % {"found": german(value), "read": german(exact)}
            value = exact
        if value.adjusted() >= MAX_WHOLE and value:
            return _fault(_("%(value)s hat mehr als 14 Stellen vor dem Komma.") % {"value": german(value)})
        if not value:
            value, status = Decimal(0), status or self.rules.zero
        return Reading(value, status or "reported", unit, "", note, footnote)

    def _shortened(self, value: Decimal, noisy: bool) -> Decimal | None:
        """The number with at most six decimals if only zeros or noise are lost, or if the rules say to round."""
        digits = len(value.as_tuple().digits)
        short = Context(prec=EXACT_DIGITS if noisy else max(digits, 1)).normalize(value)
        if short.as_tuple().exponent >= -MAX_DECIMALS:
            return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))
        if self.rules.round_to is None:
            return None
        places = Decimal(1).scaleb(-self.rules.round_to)
        return value.quantize(places, rounding="ROUND_HALF_UP", context=Context(prec=max(digits, 60)))


def read_number(cell: object, rules: NumberRules | None = None) -> Reading:
    """One cell; for many cells of a file make one `NumberReader`."""
    return NumberReader(rules)(cell)


def german(value: Decimal) -> str:
    """A number for messages: decimal comma, no grouping, its first digits when there are very many."""
    digits = f"{value:f}".replace(".", ",").replace("-", "−")
    return digits if len(digits) <= LONGEST_SHOWN else digits[:LONGEST_SHOWN] + "…"


def _fault(words: str, advice: str = "") -> Reading:
    return Reading(None, "", fault=words, advice=advice)


def _too_fine(value: Decimal) -> Reading:
    advice = _("Die Zuordnung sagt unter „Zeichen und besondere Zahlen“, wie zu runden ist.")
    return _fault(_("%(value)s hat mehr als 6 Nachkommastellen.") % {"value": german(value)}, advice)


def _truth(cell: bool) -> str:
    return _("WAHR") if cell else _("FALSCH")


def _dated(cell: object) -> str:
    if isinstance(cell, date):
        return _("Statt einer Zahl steht hier das Datum %(date)s; das Programm hat wohl eine Zahl umgewandelt.") % {
            "date": f"{cell:%d.%m.%Y}"
        }
    return _("Statt einer Zahl steht hier eine Uhrzeit oder Dauer (%(cell)s).") % {"cell": cell}
