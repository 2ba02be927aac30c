"""Amounts of money as cells of a document: to the cent, with "rund" where the source rounds, a word for unknown."""

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.reports.document import Cell, Number
from indicators.statuses import SIGNS, Status


def euros(amount: Decimal | None, *, about: bool = False) -> str:
    """An amount in a sentence, `5.000,00 Euro`; the words of the pages about money."""
    if amount is None:
        return _("Betrag nicht bekannt")
    text = numbers.with_unit(numbers.format_number(amount, 0 if about else 2, get_language()), "Euro")
    return _("rund %(amount)s") % {"amount": text} if about else text


def euro_cell(amount: Decimal | None, *, about: bool = False, note: str = "") -> Cell:
    """An amount in a column of euros: exactly nothing as its sign, an unknown one as the sign for unknown."""
    if amount is None:
        return Cell(SIGNS[Status.MISSING], None, note)
    if not amount and not about:
        return Cell(SIGNS[Status.ZERO], Number(amount, 2, sign=SIGNS[Status.ZERO]), note)
    decimals = 0 if about else 2
    text = numbers.format_number(amount, decimals, get_language())
    before = _("rund %(amount)s") % {"amount": ""} if about else ""
    return Cell(f"{before}{text}", Number(amount, decimals, before), note)


def count_cell(count: int, *, note: str = "") -> Cell:
    """A number of things."""
    text = numbers.format_number(Decimal(count), 0, get_language())
    return Cell(text, Number(Decimal(count)), note)
