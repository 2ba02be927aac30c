"""What the cells of a row mean: amounts, days, words with a fixed meaning."""

import datetime
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from actionplan.budget import CENT
from areas.naming import fold
from indicators.intake.findings import Finding
from indicators.intake.grid import EMPTY, Percent
from indicators.intake.numbers import NumberReader, NumberRules, german

from .sheets import Row

_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?", re.ASCII)
_READ = NumberReader(NumberRules(decimal=","))
_EUROS = ("", "€", "Euro", "EUR")
LARGEST = Decimal(10) ** 12
KEY = re.compile(r"[\w./:+\-]{1,100}")


class Unclear(Exception):
    """A cell that cannot be taken; carries its finding."""

    def __init__(self, finding: Finding):
        super().__init__(finding.found)
        self.finding = finding


def needed(row: Row, column: str) -> str:
    """A text that has to be there. Raises `Unclear`."""
    text = row.text(column)
    if not text:
        raise Unclear(row.wrong(column, "empty", _("„%(name)s“ ist leer.") % {"name": column}, _("ein Eintrag")))
    return text


def key_of(row: Row) -> str:
    """The own key of a payment. Raises `Unclear`."""
    text = needed(row, "Kennung")
    if not KEY.fullmatch(text):
        expected = _("höchstens 100 Buchstaben, Ziffern oder . / : + - _")
        raise Unclear(row.wrong("Kennung", "key", _("„%(text)s“ ist keine Kennung.") % {"text": text[:40]}, expected))
    return text


def amount_of(row: Row) -> Decimal:
    """Euros to the cent, never zero. Raises `Unclear`."""
    column, expected = "Betrag", _("ein Betrag in Euro wie 1.250,50")
    cell = row.cells.get(column, EMPTY)
    reading = _READ(cell)
    if (
        isinstance(cell, Percent)
        or reading.value is None
        or reading.unit not in _EUROS
        or reading.status == "estimated"
    ):
        told = reading.fault or _("„%(text)s“ ist kein Betrag.") % {"text": str(cell)[:40] or " "}
        raise Unclear(row.wrong(column, "amount", told, expected))
    value = reading.value
    if value != value.quantize(CENT):
        told = _("%(value)s hat Bruchteile von Cent.") % {"value": german(value)}
        raise Unclear(row.wrong(column, "cents", told, _("höchstens zwei Nachkommastellen")))
    if value == 0:
        told = _("Der Betrag ist null; gebucht wird nur, was etwas bewegt.")
        raise Unclear(row.wrong(column, "zero", told, expected))
    if abs(value) >= LARGEST:
        raise Unclear(row.wrong(column, "too_large", _("Der Betrag ist zu groß."), expected))
    return value.quantize(CENT)


def day_of(row: Row, column: str) -> datetime.date | None:
    """A day; None for an empty cell. Raises `Unclear`."""
    cell = row.cells.get(column, EMPTY)
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = row.text(column)
    if not text:
        return None
    if found := _DAY.fullmatch(text):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        try:
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            pass
    told = _("„%(text)s“ ist kein Tag.") % {"text": text[:40]}
    raise Unclear(row.wrong(column, "day", told, _("ein Tag wie 01.05.2026")))


def choice_of(row: Row, column: str, choices: list[tuple[str, str]]) -> str:
    """The value of one of the choices by its German label; "" for an empty cell. Raises `Unclear`."""
    text = row.text(column)
    if not text:
        return ""
    for value, label in choices:
        if fold(text) in (fold(str(label)), fold(value)):
            return value
    labels = ", ".join(str(label) for _value, label in choices)
    told = _("„%(text)s“ ist hier nicht bekannt.") % {"text": text[:40]}
    raise Unclear(row.wrong(column, "choice", told, _("eines von: %(labels)s") % {"labels": labels}))


def list_of(row: Row, column: str) -> list[str]:
    """Texts that stand apart by semicolons."""
    return [" ".join(part.split()) for part in row.text(column).split(";") if part.strip()]
