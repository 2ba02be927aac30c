"""German words for judgements. Same functions as `english`; no calculation here."""

from fractions import Fraction

from .judging import ABOUT, ALMOST, BETWEEN, LESS, MORE, NONE, SAME, Judgement, Trend

HERE, CITY_AVERAGE = "hier", "im Durchschnitt der Stadt"
ROUND = "rund"
ESTIMATED_VALUES = "Die Werte sind geschätzt."
PARTLY_ESTIMATED = "Ein Teil der Werte ist geschätzt."
JOINT_VALUES = "Die Werte gelten für mehrere Gebiete zusammen."
FALLBACK = {
    "sentence": "Bei „{name}“ liegt der Wert {place} bei {value}",
    "more": "höher",
    "less": "niedriger",
    "same": "etwa so hoch wie",
    "topic": "der Wert",
}

_ORDINALS = {
    3: "dritte",
    4: "vierte",
    5: "fünfte",
    6: "sechste",
    7: "siebte",
    8: "achte",
    9: "neunte",
    10: "zehnte",
    20: "zwanzigste",
    50: "fünfzigste",
    100: "hundertste",
}
_RELATIONS = {ABOUT: "etwa", ALMOST: "fast", MORE: "mehr als", LESS: "weniger als"}
_PARTS = {Fraction(2, 3): "zwei Drittel", Fraction(3, 4): "drei Viertel", Fraction(9, 10): "neun Zehntel"}
_NOT_ONE = {"jede": "keine", "jedes": "kein", "jeder": "kein"}
_TIMES = {Fraction(3, 2): "anderthalbmal", 2: "doppelt", 3: "dreimal", 4: "viermal", 5: "fünfmal"}
_FEWER = {Fraction(1, 2): "halb", Fraction(1, 3): "ein Drittel", Fraction(1, 4): "ein Viertel"}
_FEWER |= {Fraction(1, 5): "ein Fünftel"}
_DEGREES = {"slightly": "leicht ", "plainly": "", "clearly": "deutlich "}


def place_in(city: str) -> str:
    """`in Dortmund`."""
    return f"in {city}"


def share(judged: Judgement, words: dict, *, place: str, place_first: bool, short: bool) -> str:
    """A sentence without its full stop: how large a part of `words["noun"]` does or has what `rest` says."""
    noun = words.get("short_noun" if short else "noun", words["noun"])
    whole = words.get("short_whole" if short else "whole", words["whole"])
    subject, is_plural = _subject(judged, words["each"], noun, whole)
    verb = words["verbs"] if is_plural else words["verb"]
    order = [place, verb, subject] if place_first else [subject, verb, place]
    return _capital(" ".join([*order, words["rest"]]))


def _subject(judged: Judgement, each: str, noun: str, whole: str) -> tuple[str, bool]:
    if judged.relation == NONE:
        return f"{_NOT_ONE[each]} {noun}", False
    if judged.relation == BETWEEN:
        low, high = judged.part.denominator, judged.smaller.denominator
        return f"etwa {each} {_ORDINALS[low]} bis {_ORDINALS[high]} {noun}", False
    relation = _RELATIONS[judged.relation]
    if judged.part == Fraction(1, 2):
        return f"{relation} die Hälfte {whole}", False
    if judged.part in _PARTS:
        return f"{relation} {_PARTS[judged.part]} {whole}", True
    return f"{relation} {each} {_ORDINALS[judged.part.denominator]} {noun}", False


def ratio(judged: Judgement, words: dict) -> str:
    """`mehr als doppelt so viele wie`, ready for what is compared with."""
    many = words.get("many", "viele")
    if judged.relation == SAME:
        return f"etwa so {many} wie"
    if judged.part is None:
        return f"{_degree(judged)} {'mehr' if judged.relation.endswith('more') else 'weniger'} als"
    relation = "gut" if judged.relation == MORE and judged.part < 1 else _RELATIONS[judged.relation]
    return f"{relation} {(_TIMES | _FEWER)[judged.part]} so {many} wie"


def distance(judged: Judgement, words: dict) -> str:
    """`deutlich jünger als`, ready for what is compared with."""
    if judged.relation == SAME:
        return words["same"]
    return f"{_degree(judged)} {words['more' if judged.relation.endswith('more') else 'less']} als"


def _degree(judged: Judgement) -> str:
    return "etwas" if judged.relation.startswith("slightly") else "deutlich"


def change(trend: Trend, topic: str, since: str) -> str:
    """`Seit 2018 ist der Anteil deutlich gesunken.`"""
    if trend.direction == "same":
        return f"Seit {since} hat sich {topic} kaum verändert."
    verb = "gestiegen" if trend.direction == "risen" else "gesunken"
    return f"Seit {since} ist {topic} {_DEGREES[trend.degree]}{verb}."


def compared(text: str, comparison: str) -> str:
    """Statement and comparison in one sentence."""
    return f"{text}, {comparison} {CITY_AVERAGE}."


def untold(text: str) -> str:
    """The distance to the city may be chance, so nothing is compared."""
    return f"{text}; ein Unterschied zum Durchschnitt der Stadt lässt sich daran nicht erkennen."


def change_untold(since: str) -> str:
    """The difference of the two periods may be chance."""
    return f"Ob sich seit {since} etwas verändert hat, lässt sich nicht erkennen."


def no_values(area: str, *, secret: bool) -> str:
    """Nothing at all is known about an area."""
    if secret:
        return f"Die Werte für {area} bleiben geheim, damit niemand zu erkennen ist."
    return f"Für {area} sind noch keine Werte bekannt."


def no_value_for(indicator: str, *, secret: bool) -> str:
    """The leading indicator has no value here."""
    if secret:
        return f"Der Wert für „{indicator}“ bleibt hier geheim, damit niemand zu erkennen ist."
    return f"Für „{indicator}“ ist hier kein Wert bekannt."


def among(level_plural: str) -> str:
    """Dative plural with its article, for `in …` and `unter …`.

    >>> among("Sozialräume"), among("Statistische Unterbezirke")
    ('den Sozialräumen', 'den statistischen Unterbezirken')
    """
    return f"den {_dative(level_plural)}"


def _dative(level_plural: str) -> str:
    *adjectives, noun = level_plural.split()
    endings = [a.lower() + ("n" if a.endswith("e") else "") for a in adjectives]
    return " ".join([*endings, noun if noun.endswith(("n", "s")) else noun + "n"])


def some_known(count: int, total: int, level_plural: str) -> str:
    """For how many areas of the level there is a value; goes on in the same sentence.

    >>> some_known(10, 39, "Sozialräume")
    'Bekannt ist der Wert für 10 von 39 Sozialräumen'
    """
    return f"Bekannt ist der Wert für {count} von {total} {_dative(level_plural)}"


def value_range(level_plural: str, topic: str, low: tuple[str, str], high: tuple[str, str], known: str) -> str:
    """`In den Sozialräumen reicht der Anteil von 3,5 % (…) bis 36,8 % (…).`; pairs of number and names.

    `known` is what `some_known` says, empty where every area has a value; the same in the next functions.
    """
    where = f"{known}; unter ihnen" if known else f"In {among(level_plural)}"
    return f"{where} reicht {topic} von {low[0]} ({low[1]}) bis {high[0]} ({high[1]})."


def extremes(level_plural: str, low: list[str], high: list[str], known: str) -> str:
    """Which areas have the lowest and highest value, without numbers."""
    where = (
        f"{known}; den niedrigsten Wert unter ihnen" if known else f"Den niedrigsten Wert unter {among(level_plural)}"
    )
    return f"{where} {_has(low)} {listed(low)}, den höchsten {_has(high)} {listed(high)}."


def fewest_and_most(phrases: dict, low: list[str], high: list[str], known: str) -> str:
    """The extremes of a count in its own words: `Die wenigsten Menschen wohnen in …, die meisten in ….`"""
    text = f"{phrases['fewest']} in {listed(low)}, {phrases['most']} in {listed(high)}."
    return f"{known}: {text}" if known else text


def _has(names: list[str]) -> str:
    return "hat" if len(names) == 1 else "haben"


def listed(names: list[str]) -> str:
    """One or two names; more than two stay unnamed."""
    return " und ".join(names) if len(names) <= 2 else "mehrere Gebiete"


def all_equal(level_plural: str, value: str, known: str) -> str:
    """Every known area has the same value."""
    if known:
        return f"{known}; unter ihnen ist er überall gleich: {value}."
    return f"In {among(level_plural)} ist der Wert überall gleich: {value}."


def only_one(name: str, value: str) -> str:
    """One area alone has a value."""
    return f"Nur für {name} ist ein Wert bekannt: {value}."


def nothing_known(level_plural: str) -> str:
    """No area of the level has a value."""
    return f"In {among(level_plural)} ist kein Wert bekannt."


def city_unknown(city: str) -> str:
    """The whole city has no value."""
    return f"Für {city} insgesamt ist kein Wert bekannt."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
