"""English words for judgements. Same functions as `german`; no calculation here."""

from fractions import Fraction

from .judging import ABOUT, ALMOST, BETWEEN, LESS, MORE, NONE, SAME, Judgement, Trend

HERE, CITY_AVERAGE = "here", "the city average"
ROUND = "about"
ESTIMATED_VALUES = "The values are estimated."
PARTLY_ESTIMATED = "Some of the values are estimated."
JOINT_VALUES = "The values hold for several areas together."
FALLBACK = {
    "sentence": "For “{name}” the value {place} is {value}",
    "more": "higher",
    "less": "lower",
    "same": "about as high as",
    "topic": "the value",
}

_COUNTS = {
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
    20: "twenty",
    50: "fifty",
    100: "a hundred",
}
_RELATIONS = {ABOUT: "about", ALMOST: "almost", MORE: "more than", LESS: "fewer than"}
_PARTS = {Fraction(1, 2): "half", Fraction(2, 3): "two thirds", Fraction(3, 4): "three quarters"}
_PARTS |= {Fraction(9, 10): "nine tenths"}
_TIMES = {Fraction(3, 2): "one and a half times", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}
_FEWER = {Fraction(1, 2): "half", Fraction(1, 3): "a third", Fraction(1, 4): "a quarter", Fraction(1, 5): "a fifth"}
_DEGREES = {"slightly": " slightly", "plainly": "", "clearly": " markedly"}


def place_in(city: str) -> str:
    """`in Dortmund`."""
    return f"in {city}"


def share(judged: Judgement, words: dict, *, place: str, place_first: bool, short: bool) -> str:
    """A sentence without its full stop: how large a part of `words["noun"]` does or has what `rest` says."""
    noun = words.get("short_noun" if short else "noun", words["noun"])
    whole = words.get("short_whole" if short else "whole", words["whole"])
    does = f"{words['verb']} {words['rest']}"
    subject = _subject(judged, noun, whole)
    return _capital(f"{place}, {subject} {does}" if place_first else f"{subject} {place} {does}")


def _subject(judged: Judgement, noun: str, whole: str) -> str:
    if judged.relation == NONE:
        return f"no {noun}"
    if judged.relation == BETWEEN:
        more, fewer = _COUNTS[judged.part.denominator], _COUNTS[judged.smaller.denominator]
        return f"between one in {fewer} and one in {more} {noun}"
    relation = _RELATIONS[judged.relation]
    if judged.part in _PARTS:
        return f"{relation} {_PARTS[judged.part]} of {whole}"
    return f"{relation} one in {_COUNTS[judged.part.denominator]} {noun}"


def ratio(judged: Judgement, words: dict) -> str:
    """`more than twice as many as`, ready for what is compared with."""
    many = words.get("many", "many")
    if judged.relation == SAME:
        return f"about as {many} as"
    if judged.part is None:
        fewer = "less" if many == "much" else "fewer"
        return f"{_degree(judged)} {'more' if judged.relation.endswith('more') else fewer} than"
    relation = "less than" if judged.relation == LESS else _RELATIONS[judged.relation]
    return f"{relation} {(_TIMES | _FEWER)[judged.part]} as {many} as"


def distance(judged: Judgement, words: dict) -> str:
    """`markedly younger than`, ready for what is compared with."""
    if judged.relation == SAME:
        return words["same"]
    return f"{_degree(judged)} {words['more' if judged.relation.endswith('more') else 'less']} than"


def _degree(judged: Judgement) -> str:
    return "slightly" if judged.relation.startswith("slightly") else "markedly"


def change(trend: Trend, topic: str, since: str) -> str:
    """`Since 2018 the share has fallen markedly.`"""
    if trend.direction == "same":
        return f"Since {since} {topic} has hardly changed."
    verb = "risen" if trend.direction == "risen" else "fallen"
    return f"Since {since} {topic} has {verb}{_DEGREES[trend.degree]}."


def compared(text: str, comparison: str) -> str:
    """Statement and comparison in one sentence."""
    return f"{text}, {comparison} {CITY_AVERAGE}."


def untold(text: str) -> str:
    """The distance to the city may be chance, so nothing is compared."""
    return f"{text}; no difference from {CITY_AVERAGE} can be told from this."


def change_untold(since: str) -> str:
    """The difference of the two periods may be chance."""
    return f"Whether anything has changed since {since} cannot be told."


def no_values(area: str, *, secret: bool) -> str:
    """Nothing at all is known about an area."""
    if secret:
        return f"The values of {area} are kept secret so that nobody can be recognised."
    return f"No values are known yet for {area}."


def no_value_for(indicator: str, *, secret: bool) -> str:
    """The leading indicator has no value here."""
    if secret:
        return f"The value of “{indicator}” is kept secret here so that nobody can be recognised."
    return f"No value is known here for “{indicator}”."


def among(level_plural: str) -> str:
    """The level with its article, after a preposition.

    >>> among("Social areas")
    'the social areas'
    """
    return f"the {level_plural[:1].lower()}{level_plural[1:]}"


def some_known(count: int, total: int, level_plural: str) -> str:
    """For how many areas of the level there is a value; goes on in the same sentence.

    >>> some_known(10, 39, "Social areas")
    'The value is known for 10 of 39 social areas'
    """
    return f"The value is known for {count} of {total} {level_plural[:1].lower()}{level_plural[1:]}"


def value_range(level_plural: str, topic: str, low: tuple[str, str], high: tuple[str, str], known: str) -> str:
    """`In the social areas the share ranges from 3.5 % (…) to 36.8 % (…).`; pairs of number and names.

    `known` is what `some_known` says, empty where every area has a value; the same in the next functions.
    """
    where = f"{known}; among them" if known else f"In {among(level_plural)}"
    return f"{where} {topic} ranges from {low[0]} ({low[1]}) to {high[0]} ({high[1]})."


def extremes(level_plural: str, low: list[str], high: list[str], known: str) -> str:
    """Which areas have the lowest and highest value, without numbers."""
    where = f"{known}; among them" if known else f"Among {among(level_plural)}"
    return f"{where}, the lowest value is that of {listed(low)}, the highest that of {listed(high)}."


def fewest_and_most(phrases: dict, low: list[str], high: list[str], known: str) -> str:
    """The extremes of a count in its own words: `The fewest people live in …, the most in ….`"""
    text = f"{phrases['fewest']} in {listed(low)}, {phrases['most']} in {listed(high)}."
    return f"{known}: {text}" if known else text


def listed(names: list[str]) -> str:
    """One or two names; more than two stay unnamed."""
    return " and ".join(names) if len(names) <= 2 else "several areas"


def all_equal(level_plural: str, value: str, known: str) -> str:
    """Every known area has the same value."""
    if known:
        return f"{known}; among them it is the same everywhere: {value}."
    return f"In {among(level_plural)} the value is the same everywhere: {value}."


def only_one(name: str, value: str) -> str:
    """One area alone has a value."""
    return f"A value is known for {name} only: {value}."


def nothing_known(level_plural: str) -> str:
    """No area of the level has a value."""
    return f"No value is known in {among(level_plural)}."


def city_unknown(city: str) -> str:
    """The whole city has no value."""
    return f"No value is known for {city} as a whole."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
