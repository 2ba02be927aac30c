"""Comparing what somebody typed with names. Pure text, no Django."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from areas.naming import fold

EXACT, PREFIX, WORD, INSIDE = range(4)
NEAR = 0.7  # similarity from which a name is worth suggesting
_STREET = re.compile(r"str\b")
_VOWELS = {"a": "[aàáâãäåæ]e?", "o": "[oòóôõöøœ]e?", "u": "[uùúûü]e?"}
_OTHERS = {"e": "[eèéêë]", "i": "[iìíîï]", "c": "[cç]", "n": "[nñ]", " ": "[^a-z0-9äöüß]+"}


def match_kind(query: str, name: str) -> int | None:
    """How a folded query matches a folded name: whole, beginning, beginning of a word, inside; None if not.

    >>> [match_kind(fold("hör"), fold(n)) for n in ("Hör", "Hörde", "Alt-Hörde", "Unerhört", "Asseln")]
    [0, 1, 2, 3, None]
    """
    if name == query:
        return EXACT
    if name.startswith(query):
        return PREFIX
    if f" {query}" in name:
        return WORD
    return INSIDE if query in name else None


def similarity(query: str, name: str) -> float:
    """Likeness of two folded names from 0 to 1; a name of several words is as near as its nearest word.

    >>> similarity("hombruhc", "hombruch") > NEAR
    True
    """
    return max(SequenceMatcher(None, query, part).ratio() for part in {name, *name.split()})


def fold_address(text: str) -> str:
    """A folded address in which `Str.` is written out, so that both spellings find each other.

    >>> fold_address("Rheinische Str. 5") == fold_address("Rheinische Straße 5")
    True
    """
    return _STREET.sub("strasse", fold(text))


def spelling_pattern(folded: str) -> str:
    """A regular expression for PostgreSQL that finds every text whose folded form contains `folded`, and some more."""
    folded = _STREET.sub("strasse", folded)
    parts: Iterable[str] = re.findall(r"strasse|ss|.", folded)
    spelled = {"strasse": r"str(a(ss|ß)e|\.|\y)", "ss": "(ss|ß)", **_VOWELS, **_OTHERS}
    return "".join(spelled.get(part, re.escape(part)) for part in parts)
