"""One cell of the grid for typing: what a planner wrote, and what it says. No models, no database."""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .numbers import NumberReader, NumberRules, Reading

WITH_VALUE = frozenset({"reported", "zero", "estimated", "joint"})
SIGNS = {
    "zero": "–",
    "suppressed": ".",
    "suppressed_secondary": ".",
    "missing": ".",
    "not_yet": "...",
    "not_applicable": "x",
}
LARGEST = Decimal(10) ** 14  # what the database holds before the comma
STORED = Decimal("0.000001")  # and behind it
MOST_DECIMALS = 6
LONGEST_COMMENT = 2000
LONGEST_PARTNERS = 200
# Text in a form is German: "1.234" is a thousand and "12.3" is refused instead of guessed.
RULES = NumberRules(decimal=",")
_POINT = re.compile(r"[-−]?\d+\.(\d{1,2}|\d{4,6})").fullmatch


@dataclass(frozen=True)
class State:
    """Everything that a stored value says."""

    value: Decimal | None
    status: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    joint_with: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Typed:
    """One changed cell as the browser sends it: all as text, `seen` is the fingerprint of what was shown.

    `status` is empty when the text itself says it; `computed` asks for the rate from numerator and denominator.
    """

    area: str
    period: str
    seen: str = ""
    text: str = ""
    status: str = ""
    numerator: str = ""
    denominator: str = ""
    joint_with: str = ""
    comment: str = ""
    computed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Codes of area and period."""
        return self.area, self.period


@dataclass(frozen=True)
class CellRules:
    """What reading depends on: of the indicator unit and factor, of the level the codes of its areas."""

    unit: str = ""
    factor: int = 100
    codes: frozenset[str] = frozenset()


class CellFault(ValueError):
    """What is written in a cell cannot be read; the message is for planners."""


def number_text(number: Decimal | None, decimals: int = 0) -> str:
    """A stored number in full, German, with at least `decimals` decimals; nothing is rounded.

    >>> number_text(Decimal("1234.500000"), 1), number_text(Decimal("-3"), 1), number_text(None)
    ('1.234,5', '−3,0', '')
    """
    if number is None:
        return ""
    places = max(decimals, -number.normalize().as_tuple().exponent, 0)
    text = f"{number:,.{places}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return text.replace("-", "−")


def cell_text(state: State | None, decimals: int) -> str:
    """What a cell shows and what copying it gives: the number in full, or the table sign (DIN 55301).

    >>> cell_text(State(Decimal("12.3"), "estimated"), 1), cell_text(State(None, "not_yet"), 1), cell_text(None, 1)
    ('(12,3)', '...', '')
    """
    if state is None:
        return ""
    if state.status in SIGNS:
        return SIGNS[state.status]
    text = number_text(state.value, decimals)
    return f"({text})" if state.status == "estimated" else text


def fingerprint(draft: State | None, published: State | None) -> str:
    """Short mark of what is stored for a cell; it differs as soon as another person has changed anything."""
    told = repr([_plain(draft), _plain(published)])
    return hashlib.blake2s(told.encode(), digest_size=6).hexdigest()


def _plain(state: State | None) -> list[str] | None:
    if state is None:
        return None
    numbers = (state.value, state.numerator, state.denominator)
    return [*(number_text(number) for number in numbers), state.status, state.joint_with, state.comment]


class CellReader:
    """Reads typed cells of one grid. `reader(typed, published)` gives the state to store, None for an empty cell."""

    def __init__(self, rules: CellRules):
        self.rules = rules
        self._read = NumberReader(RULES)

    def __call__(self, typed: Typed, published: State | None = None) -> State | None:
        """Raises `CellFault`. An emptied cell that has a published value becomes "not known", never zero."""
        comment = typed.comment.strip()
        if len(comment) > LONGEST_COMMENT:
            raise CellFault(_("Die Bemerkung ist zu lang."))
        numerator = self._number(typed.numerator, _("Zähler"))
        denominator = self._number(typed.denominator, _("Nenner"))
        if denominator is not None and denominator < 0:
            raise CellFault(_("Der Nenner ist negativ."))
        if typed.computed:
            value = self._rate(numerator, denominator)
            status = typed.status if typed.status in {"estimated", "joint"} else ("reported" if value else "zero")
        else:
            value, status = self._value(typed)
        if status == "":
            if published is None and not comment and numerator is None and denominator is None:
                return None
            status = "missing"
        joint_with = self._partners(typed) if status == "joint" else ""
        if status == "zero" and value != 0:
            raise CellFault(_("„Genau null“ passt nicht zu dieser Zahl."))
        return State(value, status, numerator, denominator, joint_with, comment)

    def _value(self, typed: Typed) -> tuple[Decimal | None, str]:
        """Number and status; the status is empty for a cell with neither."""
        text, wanted = typed.text.strip(), typed.status
        if wanted and wanted not in WITH_VALUE and wanted not in SIGNS:
            raise CellFault(_("Diesen Status gibt es nicht."))
        if not text and not wanted:
            return None, ""
        reading = self._reading(text) if text else Reading(None, "missing")
        if not wanted or (reading.value is None and wanted in WITH_VALUE):
            if wanted in WITH_VALUE and not text:
                raise CellFault(_("Zu diesem Status gehört eine Zahl."))
            return reading.value, reading.status
        if wanted not in WITH_VALUE and reading.value is not None:
            raise CellFault(_("Zu diesem Status gehört keine Zahl."))
        if wanted not in WITH_VALUE:
            return None, wanted
        return reading.value, wanted

    def _reading(self, text: str) -> Reading:
        if _POINT(text):
            raise CellFault(_("Bitte mit Komma schreiben: %(text)s") % {"text": text.replace(".", ",")})
        reading = self._read(text)
        if reading.fault:
            raise CellFault(reading.fault)
        if reading.footnote:
            told = {"text": text[:40], "sign": reading.footnote}
            raise CellFault(_("„%(text)s“ trägt das Fußnotenzeichen %(sign)s; bitte als Bemerkung schreiben.") % told)
        unit = reading.unit.strip()
        if unit and unit != self.rules.unit:
            told = {"found": unit, "expected": self.rules.unit or _("keine Einheit")}
            raise CellFault(_("Die Einheit „%(found)s“ passt nicht; erwartet: %(expected)s.") % told)
        _check_size(reading.value)
        return reading

    def _number(self, text: str, name: str) -> Decimal | None:
        if not text.strip():
            return None
        reading = self._read(text.strip())
        if reading.fault or reading.value is None or reading.status == "estimated":
            raise CellFault(_("%(name)s: „%(text)s“ ist keine Zahl.") % {"name": name, "text": text.strip()[:40]})
        _check_size(reading.value)
        return reading.value

    def _rate(self, numerator: Decimal | None, denominator: Decimal | None) -> Decimal:
        if numerator is None or denominator is None:
            raise CellFault(_("Für die Berechnung fehlt der Zähler oder der Nenner."))
        if denominator == 0:
            raise CellFault(_("Der Nenner ist null; daraus lässt sich nichts berechnen."))
        rate = (numerator / denominator * self.rules.factor).quantize(STORED)
        _check_size(rate)
        return rate

    def _partners(self, typed: Typed) -> str:
        codes = [code.strip() for code in typed.joint_with.replace(",", "+").split("+") if code.strip()]
        if unknown := [code for code in codes if code not in self.rules.codes]:
            raise CellFault(_("Das Gebiet „%(code)s“ ist nicht bekannt.") % {"code": unknown[0][:20]})
        if typed.area not in codes or len(set(codes)) < 2:
            raise CellFault(_("Ein gemeinsamer Wert nennt dieses und mindestens ein weiteres Gebiet, etwa 001+002."))
        joined = "+".join(dict.fromkeys(codes))
        if len(joined) > LONGEST_PARTNERS:
            raise CellFault(_("Das sind zu viele Gebiete für einen gemeinsamen Wert."))
        return joined


def _check_size(number: Decimal | None) -> None:
    if number is None:
        return
    if not number.is_finite() or abs(number) >= LARGEST:
        raise CellFault(_("Diese Zahl ist zu groß."))
    if -number.normalize().as_tuple().exponent > MOST_DECIMALS:
        raise CellFault(_("Höchstens sechs Nachkommastellen; bitte selbst runden."))
