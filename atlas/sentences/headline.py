"""Two or three sentences about an area, for its profile. Pure: facts in, text out."""

from collections.abc import Iterable
from decimal import Decimal

from atlas.numbers import with_unit

from .facts import SECRET, AreaFacts, FigureFacts
from .judging import judge_change, judge_distance, judge_ratio, judge_share, rounding_noise
from .wording import MAX_NUMBERS, amount, capital, count_numbers, is_rounded, is_share, phrases_of, words_of

_PLAIN = {"de": {"many": "viele"}, "en": {"many": "many"}}  # a comparison without an indicator


def area_headline(facts: AreaFacts) -> str:
    """Two or three sentences on what tells most about an area, with at most two numbers in digits.

    1. The indicator of the smallest priority that has a value leads: a share in words ("jede vierte", "weniger
       als jede zehnte"), a mean with its number; compared with the city in words.
    2. How it changed, unless a break, a change of joint publication or a missing value forbids it; then the next
       indicator of another dimension speaks instead. A change within rounding noise is "kaum verändert".
    3. Estimates and joint values are named. A missing or secret leading value is said, never passed over.

    Sentences beyond two numbers are dropped, except the first and those of rule 3, which carry none.
    """
    words = words_of(facts.language)
    candidates = sorted((f for f in facts.figures if f.priority is not None), key=lambda f: f.priority)
    known = [f for f in candidates if f.has_value]
    if not known:
        secret = bool(candidates) and all(f.status in SECRET for f in candidates)
        return words.no_values(facts.name, secret=secret)
    lead = known[0]
    honest = _reservations(facts, candidates, lead)
    first = figure_sentence(lead, language=facts.language)
    second = change_sentence(lead, language=facts.language) or _next(known, facts.language)
    optional = second if count_numbers(" ".join([first, second or "", *honest])) <= MAX_NUMBERS else ""
    return " ".join(part for part in [first, optional, *honest] if part)


def _reservations(facts: AreaFacts, candidates: list[FigureFacts], lead: FigureFacts) -> list[str]:
    """What has to be said about certainty: a silent better indicator, an estimate, a joint value."""
    words = words_of(facts.language)
    said = []
    if candidates[0] is not lead:
        silent = candidates[0]
        said.append(words.no_value_for(silent.name, secret=silent.status in SECRET))
    if lead.status == "estimated":
        said.append(words.ESTIMATED_VALUES)
    if lead.status == "joint":
        said.append(words.JOINT_VALUES)
    return said


def _next(known: Iterable[FigureFacts], language: str) -> str | None:
    lead, *others = known
    other = next((f for f in others if f.dimension != lead.dimension and f.status == lead.status), None)
    return figure_sentence(other, language=language) if other else None


def figure_sentence(
    figure: FigureFacts, *, language: str = "de", city: str = "", short: bool = False, compare: bool = True
) -> str:
    """One sentence about one value, compared with the city where its value is known.

    With `city` it speaks of the city and puts it first. An estimated count is told rounded. `short` uses the shorter
    nouns that suffice below the indicator's title. Raises `ValueError` for a figure without a value.
    """
    if not figure.has_value:
        raise ValueError(f"{figure.name} has no value to speak of")
    words, phrases = words_of(language), phrases_of(figure.headline, language)
    place = words.place_in(city) if city else words.HERE
    if is_share(figure.headline, phrases):
        judged = judge_share(figure.value, is_zero=figure.status == "zero")
        text = words.share(judged, phrases, place=place, place_first=bool(city), short=short)
    else:
        text = _numbered(figure, phrases, place, language)
    comparison = _comparison(figure, language) if compare and not city else ""
    if comparison and figure.differs is False:
        return words.untold(text)
    return words.compared(text, comparison) if comparison else f"{text}."


def _numbered(figure: FigureFacts, phrases: dict, place: str, language: str) -> str:
    rounded = is_rounded(figure.headline, figure.status)
    value = amount(figure.value, figure.decimals, language, rounded=rounded)
    if "{name}" in phrases["sentence"]:  # the general sentence does not know the unit
        value = with_unit(value, figure.unit)
    text = phrases.get("estimate", phrases["sentence"]) if rounded else phrases["sentence"]
    for mark, word in {"{place}": place, "{value}": value, "{name}": figure.name}.items():
        text = text.replace(mark, word)
    return capital(text)


def _comparison(figure: FigureFacts, language: str) -> str:
    """Empty for counts, zeros and where the city's value is unknown."""
    if figure.city_value is None or figure.headline.get("kind") == "count" or figure.status == "zero":
        return ""
    noise = rounding_noise(figure.decimals, is_estimate=figure.status == "estimated")
    return comparison_words(figure.value, figure.city_value, headline=figure.headline, language=language, noise=noise)


def comparison_words(
    value: Decimal,
    reference: Decimal,
    *,
    headline: dict | None = None,
    language: str = "de",
    noise: Decimal = Decimal(0),
) -> str:
    """How a value stands to a reference, ready for what it is compared with; empty where it cannot be said.

    Indicators whose phrases have `more` and `less` (ages, sizes) are compared by distance, all others by ratio.

    >>> comparison_words(Decimal("34.6"), Decimal("15.4"))
    'mehr als doppelt so viele wie'
    """
    words = words_of(language)
    phrases = phrases_of(_PLAIN if headline is None else headline, language)
    if {"more", "less", "same"} <= set(phrases):
        return words.distance(judge_distance(value, reference, noise=noise), phrases)
    judged = judge_ratio(value, reference, noise=noise)
    return words.ratio(judged, phrases) if judged else ""


def comparable(figure: FigureFacts) -> bool:
    """Whether the two periods may be compared: both known, no break, published for the same areas."""
    return (
        bool(figure.earlier_period)
        and figure.has_value
        and figure.earlier_value is not None
        and not figure.has_break
        and figure.joint_with == figure.earlier_joint_with
    )


def change_sentence(figure: FigureFacts, *, language: str = "de") -> str | None:
    """How a value changed since the earlier period; None where the two cannot be compared.

    >>> change_sentence(FigureFacts("Quote", {}, Decimal("34.6"), "estimated", earlier_period="2018",
    ...                             earlier_value=Decimal("42.8"), earlier_status="estimated"))
    'Seit 2018 ist der Wert deutlich gesunken.'
    """
    if not comparable(figure):
        return None
    if figure.change_differs is False:
        return words_of(language).change_untold(figure.earlier_period)
    is_estimate = "estimated" in (figure.status, figure.earlier_status)
    trend = judge_change(
        figure.earlier_value, figure.value, noise=rounding_noise(figure.decimals, is_estimate=is_estimate)
    )
    topic = phrases_of(figure.headline, language)["topic"]
    return words_of(language).change(trend, topic, figure.earlier_period)
