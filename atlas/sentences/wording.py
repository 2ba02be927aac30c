"""Choosing the words: the language's module and the phrases that an indicator's file contributes."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import ModuleType

from atlas.numbers import format_number, with_unit

from . import english, german

MAX_NUMBERS = 2
NAMED = 2  # areas that share an extreme and are still named
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ESTIMATED_DIGITS = 3  # significant digits of an estimated count: more would look counted
_SHARE_WORDS = {"noun", "whole", "verb", "rest"}


def words_of(language: str) -> ModuleType:
    """`german`, or `english` for any English; other languages read German, the source language."""
    return english if language.startswith("en") else german


def phrases_of(headline: Mapping, language: str) -> dict:
    """The indicator's phrases in the language; the language's general ones where the file has none."""
    words = words_of(language)
    own = headline.get("en" if words is english else "de") or {}
    return {"topic": words.FALLBACK["topic"], **own} if own else dict(words.FALLBACK)


def is_share(headline: Mapping, phrases: Mapping) -> bool:
    """Whether the value is spoken of as a part of a whole (`every sixth person`)."""
    return headline.get("kind") == "share" and set(phrases) >= _SHARE_WORDS


def count_numbers(text: str) -> int:
    """How many numbers written in digits a text holds.

    >>> count_numbers("Seit 2018 sind es 1.234,5 je ha.")
    2
    """
    return len(_NUMBER.findall(text))


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def is_rounded(headline: Mapping, status: str) -> bool:
    """Whether sentences tell the value rounded: an estimated count, which is not exact to the last person."""
    return headline.get("kind") == "count" and status == "estimated"


def amount(value: Decimal, decimals: int, language: str, *, rounded: bool) -> str:
    """A number for running text; with `rounded` to three significant digits and said to be about that many.

    >>> amount(Decimal(600768), 0, "de", rounded=True), amount(Decimal(87), 0, "en", rounded=True)
    ('rund 601.000', 'about 87')
    """
    if not rounded:
        return format_number(value, decimals, language)
    places = max(value.adjusted() + 1 - ESTIMATED_DIGITS, -decimals)
    step = Decimal(1).scaleb(places)
    number = (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    return f"{words_of(language).ROUND} {format_number(number, decimals, language)}"


def written(value: Decimal, decimals: int, unit: str, language: str) -> str:
    """A number with its unit for running text; a bare `0` where nothing is left after rounding."""
    text = format_number(value, decimals, language)
    return with_unit(text if any(sign in "123456789" for sign in text) else "0", unit)
