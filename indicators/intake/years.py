"""Periods as people write them: 2024, 31.12.2024, 2024/25, Stand 2024, a date cell, a number cell."""

import re
from datetime import date

from areas.intake.codes import as_text

EARLIEST, LATEST = 1900, 2100
_FOOTNOTE = re.compile(r"(?:\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\s*\*+|\s+\d{1,2}\))$")
_WORDS = r"(?:(?:schul)?jahr|stand|stichtag|zum|am|ende|dezember|sept(?:ember|\.)?)"
_YEAR = re.compile(rf"(?:{_WORDS}:?\s*)*((?:19|20)\d\d)", re.IGNORECASE)
_LAST_DAY = re.compile(rf"(?:{_WORDS}:?\s*)*(?:31\.\s?(?:12\.|dez(?:ember|\.))\s?)((?:19|20)\d\d)", re.IGNORECASE)
_TWO_YEARS = re.compile(rf"(?:{_WORDS}:?\s*)*((?:19|20)\d\d)\s?/\s?((?:19|20)?\d\d)", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")


def period_of(cell: object) -> str:
    """Code of the period that a cell names; other text as it stands.

    >>> period_of(2024.0), period_of("31.12.2024"), period_of("2024/25"), period_of("Stand: 2024 1)")
    ('2024', '2024', '2024', '2024')
    >>> period_of(date(2024, 12, 31)), period_of(date(2024, 6, 30))
    ('2024', '2024-06-30')
    """
    if isinstance(cell, date):
        if (cell.month, cell.day) in ((1, 1), (12, 31)):
            return str(cell.year)
        return f"{cell:%Y-%m-%d}"
    text = _FOOTNOTE.sub("", " ".join(as_text(cell).split()))
    for form in (_YEAR, _LAST_DAY):
        if found := form.fullmatch(text):
            return found[1]
    if (found := _TWO_YEARS.fullmatch(text)) and (int(found[1]) + 1) % 100 == int(found[2][-2:]):
        return found[1]
    return text


def is_period(cell: object, known: frozenset[str] = frozenset()) -> bool:
    """Whether a cell names a year, or a period that is known by its code."""
    code = period_of(cell)
    return code in known or (len(code) == 4 and code.isdigit() and EARLIEST <= int(code) <= LATEST)


def years_in(text: str) -> list[str]:
    """Years mentioned in a text, each once, in their order.

    >>> years_in("Arbeitslose 2018 bis 2024 (Stand 31.12.2024)")
    ['2018', '2024']
    """
    text = re.sub(r"\b\d{1,2}\.\s?\d{1,2}\.\s?(?=(?:19|20)\d\d)", "", text)
    return list(dict.fromkeys(_ANY_YEAR.findall(text)))
