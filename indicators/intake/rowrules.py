"""Which rows below the header hold no values: empty ones, totals, footnotes, repeated headers."""

import re

from .rowplan import Plan, text_of

_FOOTNOTE = re.compile(
    r"\d{1,2}\)|[⁰¹²³⁴⁵⁶⁷⁸⁹*†]|\(\d{1,2}\)|[a-z]\)|©|"
    r"(?:quellen?|anmerkung(?:en)?|hinweise?|stand|erläuterung(?:en)?|legende|zeichenerklärung|fußnoten?|datenquelle|"
    r"erstellt|berechnung|eigene|nachrichtlich|abruf|herausgeber|alle angaben|lesebeispiel)\b",
    re.IGNORECASE,
)
_SIGN_KEY = re.compile(r"(?:–|-|\.{1,3}|…|x|/|\*|0|\(\s?\))\s*(?:=|:|bedeutet)\s*\S", re.IGNORECASE)
LONGEST_NAME = 60  # characters of an area's name; what is longer is a note


def skip_reason(row: list, plan: Plan) -> str:
    """`empty`, `total`, `footnote`, `header`, or `""` for a row that holds values."""
    if _is_usual(row, plan):
        return ""
    numbers = [row[p] for p in plan.numbers]
    named = [row[p] for p in plan.named]
    no_numbers = not any(n != "" and (type(n) is not str or n.strip()) for n in numbers)
    if no_numbers and not any(text_of(cell) for cell in row):
        return "empty"
    key = next((text for cell in named if (text := text_of(cell))), "")
    if plan.skip_totals and type(key) is str and not key[:1].isdigit() and is_total(named, plan.total_words):
        return "total"
    if no_numbers:
        first = key or next((text for cell in row if (text := text_of(cell))), "")
        nothing_named = not key and not any(row[p] != "" for p in plan.repeating)
        return "footnote" if nothing_named or is_footnote(first) else ""
    return "header" if _is_header(row, plan) else ""


def _is_usual(row: list, plan: Plan) -> bool:
    """A code and a number, as in nearly all rows: quickly seen to hold values."""
    if not plan.numbers or not plan.named:
        return False
    key, number = row[plan.named[0]], row[plan.numbers[0]]
    return (
        (type(key) is not str or key[:1].isdigit())
        and (type(number) is not str or number[:1].isdigit())
        and key is not None
    )


def is_footnote(text: str) -> bool:
    """Whether a text below a table explains it.

    >>> is_footnote("1) vorläufige Zahlen"), is_footnote("x = nicht sinnvoll"), is_footnote("Aplerbeck")
    (True, True, False)
    """
    return bool(_FOOTNOTE.match(text) or _SIGN_KEY.match(text) or len(text) > LONGEST_NAME)


def is_total(named: list, words: frozenset[str]) -> bool:
    """Whether a row is named as a sum and carries no code.

    >>> words = frozenset({"summe", "insgesamt"})
    >>> is_total(["", "Dortmund insgesamt"], words), is_total(["011", "Insgesamt"], words), is_total(["Summe"], words)
    (True, False, True)
    """
    texts = [text for cell in named if (text := text_of(cell))]
    if any(text.isdigit() for text in texts):
        return False
    for text in texts:
        word = text.casefold().rstrip(" :*").replace("ß", "ss")
        if word in words or (" " in word and {word.split()[0], word.split()[-1]} & words):
            return True
    return False


def _is_header(row: list, plan: Plan) -> bool:
    """Whether the names of the columns are repeated, as at the top of each printed page."""
    return any(type(row[p]) is str and plan.titles.get(p) == row[p].strip() for p in plan.numbers if p in plan.titles)
