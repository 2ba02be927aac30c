"""The sentences under a map's title. Pure: facts in, text out. The long text is in `map_text`."""

from atlas.numbers import with_unit

from .facts import WITH_VALUE, AreaValue, FigureFacts, MapFacts
from .headline import figure_sentence
from .long_text import map_text
from .wording import NAMED, amount, is_rounded, is_share, phrases_of, words_of, written

__all__ = ["map_summary", "map_text"]


def map_summary(facts: MapFacts) -> str:
    """The city's value in plain words, then the range over the areas; says when values are estimates.

    At most two numbers in digits: a share is spoken of in words and leaves them to the range; a mean takes one
    for the city, then the areas with the extremes are named without numbers. Where areas lack a value, it says
    first how many are known; those two sizes are not counted as numbers.
    """
    words = words_of(facts.language)
    known = [area for area in facts.areas if area.value is not None]
    parts = []
    city = _city(facts)
    if city:
        parts.append(city)
    if len(facts.areas) > 1:
        parts.append(_spread(facts, known) if known else words.nothing_known(facts.level_plural))
    shown = known if len(facts.areas) > 1 else []
    statuses = [a.status for a in shown] + ([facts.city_status] if facts.city_value is not None else [])
    if not facts.tells_certainty:
        return " ".join(parts)
    if statuses and all(status == "estimated" for status in statuses):
        parts.append(words.ESTIMATED_VALUES)
    elif "estimated" in statuses:
        parts.append(words.PARTLY_ESTIMATED)
    return " ".join(parts)


def _city(facts: MapFacts) -> str:
    if facts.city_status is None:
        return ""
    if facts.city_value is None or facts.city_status not in WITH_VALUE:
        return words_of(facts.language).city_unknown(facts.city)
    figure = FigureFacts(
        name=facts.name,
        headline=facts.headline,
        value=facts.city_value,
        status=facts.city_status,
        decimals=facts.decimals,
        unit=facts.unit,
    )
    return figure_sentence(figure, language=facts.language, city=facts.city, short=True)


def _spread(facts: MapFacts, known: list[AreaValue]) -> str:
    words, phrases = words_of(facts.language), phrases_of(facts.headline, facts.language)
    low, high = min(a.value for a in known), max(a.value for a in known)
    lowest, highest = ([a for a in known if a.value == end] for end in (low, high))
    low_names, high_names = [a.name for a in lowest], [a.name for a in highest]
    if len(known) == 1:
        return words.only_one(low_names[0], _written(facts, lowest[0]))
    told = "" if len(known) == len(facts.areas) else words.some_known(len(known), len(facts.areas), facts.level_plural)
    if low == high:
        return words.all_equal(facts.level_plural, _written(facts, lowest[0]), told)
    if is_share(facts.headline, phrases) or facts.city_value is None:
        ends = (
            (_written(facts, lowest[0]), words.listed(low_names)),
            (_written(facts, highest[0]), words.listed(high_names)),
        )
        return words.value_range(facts.level_plural, phrases["topic"], *ends, told)
    if {"fewest", "most"} <= set(phrases) and max(len(lowest), len(highest)) <= NAMED:
        return words.fewest_and_most(phrases, low_names, high_names, told)
    return words.extremes(facts.level_plural, low_names, high_names, told)


def _written(facts: MapFacts, area: AreaValue) -> str:
    if is_rounded(facts.headline, area.status):
        return with_unit(amount(area.value, facts.decimals, facts.language, rounded=True), facts.unit)
    return written(area.value, facts.decimals, facts.unit, facts.language)
