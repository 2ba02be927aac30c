"""Reads a sentence back and checks its claim against the numbers, independently of how it was judged."""

import re
from fractions import Fraction

ORDINALS = {
    "dritte": 3,
    "vierte": 4,
    "fünfte": 5,
    "sechste": 6,
    "siebte": 7,
    "achte": 8,
    "neunte": 9,
    "zehnte": 10,
    "zwanzigste": 20,
    "fünfzigste": 50,
    "hundertste": 100,
}
COUNTS = dict(
    zip(
        ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "fifty", "a hundred"],
        ORDINALS.values(),
        strict=True,
    )
)
WHOLES = {
    "die hälfte": Fraction(1, 2),
    "half": Fraction(1, 2),
    "zwei drittel": Fraction(2, 3),
    "two thirds": Fraction(2, 3),
    "drei viertel": Fraction(3, 4),
    "three quarters": Fraction(3, 4),
    "neun zehntel": Fraction(9, 10),
    "nine tenths": Fraction(9, 10),
}
MULTIPLES = {
    "anderthalbmal": Fraction(3, 2),
    "one and a half times": Fraction(3, 2),
    "doppelt": 2,
    "twice": 2,
    "dreimal": 3,
    "three times": 3,
    "viermal": 4,
    "four times": 4,
    "fünfmal": 5,
    "five times": 5,
    "halb": Fraction(1, 2),
    "half": Fraction(1, 2),
    "ein drittel": Fraction(1, 3),
    "a third": Fraction(1, 3),
    "ein viertel": Fraction(1, 4),
    "a quarter": Fraction(1, 4),
    "ein fünftel": Fraction(1, 5),
    "a fifth": Fraction(1, 5),
}
RELATION = r"(?P<relation>etwa|about|fast|almost|mehr als|more than|weniger als|fewer than|less than|gut) "
ORDINAL = "|".join(ORDINALS)
COUNT = "|".join(COUNTS)


def check_share(sentence: str, share: Fraction) -> None:
    """Raises `AssertionError` when the share in words is not true."""
    text = sentence.lower()
    if found := re.match(rf"etwa jede[rs]? ({ORDINAL}) bis ({ORDINAL}) ", text):
        low, high = (ORDINALS[word] for word in found.groups())
        assert Fraction(1, high) <= share <= Fraction(1, low), sentence
        return
    if found := re.match(rf"between one in ({COUNT}) and one in ({COUNT}) ", text):
        high, low = (COUNTS[word] for word in found.groups())
        assert Fraction(1, high) <= share <= Fraction(1, low), sentence
        return
    parts = rf"(?:jede[rs]? (?P<ordinal>{ORDINAL})|one in (?P<count>{COUNT})|(?P<whole>{'|'.join(WHOLES)})) "
    found = re.match(RELATION + parts, text)
    assert found, sentence
    named = ORDINALS.get(found["ordinal"]) or COUNTS.get(found["count"])
    part = Fraction(1, named) if named else WHOLES[found["whole"]]
    assert _holds(found["relation"], share, part), sentence


def check_comparison(words: str, value, reference) -> None:
    """Raises `AssertionError` when a comparison by multiples is not true."""
    ratio = Fraction(value) / Fraction(reference)
    if words in ("etwa so viele wie", "about as many as"):
        assert Fraction("0.95") <= ratio <= Fraction("1.05"), words
        return
    if found := re.match(RELATION + rf"(?P<times>{'|'.join(MULTIPLES)}) (?:so|as) ", words.lower()):
        assert _holds(found["relation"], ratio, Fraction(MULTIPLES[found["times"]])), words
        return
    found = re.fullmatch(r"(etwas|deutlich|slightly|markedly) (mehr|weniger|more|fewer) (als|than)", words)
    assert found, words
    assert (ratio > 1) == (found[2] in ("mehr", "more")), words
    small = Fraction("0.8") <= ratio <= Fraction("1.2")
    assert small == (found[1] in ("etwas", "slightly")), words
    assert Fraction(1, 2) < ratio < Fraction(3, 2), words


def check_change(sentence: str, earlier, later) -> None:
    """Raises `AssertionError` when a change in words is not true."""
    assert sentence.startswith(("Seit 2018", "Since 2018"))
    if "kaum verändert" in sentence or "hardly changed" in sentence:
        assert abs(later - earlier) <= max(earlier / 100, type(earlier)("0.3")), sentence
        return
    if "gestiegen" in sentence or "risen" in sentence:
        assert later > earlier, sentence
    else:
        assert "gesunken" in sentence or "fallen" in sentence, sentence
        assert later < earlier, sentence
    relative = abs(later - earlier) / earlier
    if "leicht" in sentence or "slightly" in sentence:
        assert relative < type(earlier)("0.05"), sentence
    if "deutlich" in sentence or "markedly" in sentence:
        assert relative >= type(earlier)("0.15"), sentence


def _holds(relation: str, number: Fraction, named: Fraction) -> bool:
    if relation in ("mehr als", "more than", "gut"):
        return number > named
    if relation in ("weniger als", "fewer than", "less than"):
        return number < named
    if relation in ("fast", "almost"):
        return named * Fraction("0.9") <= number < named
    return abs(number - named) <= named * Fraction("0.09")
