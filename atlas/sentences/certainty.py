"""How sure a counted value is, in words: its interval, and differences that may be chance. Pure: numbers in, text out.

The phrases with `{…}` also go to the script of the map, which fills them in itself.
"""

from collections.abc import Mapping
from decimal import Decimal

from atlas.numbers import NARROW, NO_BREAK, format_number, with_unit

GERMAN = {
    "interval": f"Mit 95{NARROW}% Sicherheit liegt der Wert zwischen {{low}} und {{high}}.",
    "interval_short": "{low} bis {high}",
    "interval_before": f"mit 95{NARROW}% Sicherheit zwischen",
    "interval_unknown": "Intervall nicht bekannt",
    "city_untold": "Ein Unterschied zur Stadt lässt sich daran nicht erkennen; der Abstand kann Zufall sein.",
    "change_untold": "Ob sich seit {period} etwas verändert hat, lässt sich nicht erkennen; es kann Zufall sein.",
    "shaky": "wackelt",
    "shaky_city": "Der Abstand zur Stadt kann Zufall sein.",
    "shaky_change": "Die Veränderung kann Zufall sein.",
    "shaky_meaning": "der Abstand zur Stadt oder die Veränderung kann Zufall sein, weil wenige Fälle dahinterstehen",
}
ENGLISH = {
    "interval": f"With 95{NARROW}% certainty the value lies between {{low}} and {{high}}.",
    "interval_short": "{low} to {high}",
    "interval_before": f"with 95{NARROW}% certainty between",
    "interval_unknown": "Interval not known",
    "city_untold": "No difference from the city can be told from this; the distance may be chance.",
    "change_untold": "Whether anything has changed since {period} cannot be told; it may be chance.",
    "shaky": "shaky",
    "shaky_city": "The distance to the city may be chance.",
    "shaky_change": "The change may be chance.",
    "shaky_meaning": "the distance to the city or the change may be chance, because few cases stand behind it",
}


def certainty_words(language: str) -> Mapping[str, str]:
    """All phrases of a language; German for all but English."""
    return ENGLISH if language.startswith("en") else GERMAN


def shaky_sign(language: str) -> tuple[str, str]:
    """The mark of a difference that may be chance, and what it means, for the list of signs."""
    words = certainty_words(language)
    return words["shaky"], words["shaky_meaning"]


def interval_sentence(lower: Decimal | None, upper: Decimal | None, decimals: int, unit: str, language: str) -> str:
    """Between which numbers the value lies; "" without an interval.

    >>> interval_sentence(Decimal("0.6"), Decimal("6.3"), 1, "", "en").replace("\\u202f", " ")
    'With 95 % certainty the value lies between 0.6 and 6.3.'
    """
    if lower is None or upper is None:
        return ""
    low, high = format_number(lower, decimals, language), with_unit(format_number(upper, decimals, language), unit)
    return certainty_words(language)["interval"].format(low=low, high=high)


def interval_short(lower: Decimal | None, upper: Decimal | None, decimals: int, language: str) -> str:
    """Both limits for a table, without unit; "" without an interval.

    >>> interval_short(Decimal("0.6"), Decimal("6.3"), 1, "de").replace("\\u00a0", " ")
    '0,6 bis 6,3'
    """
    if lower is None or upper is None:
        return ""
    low, high = format_number(lower, decimals, language), format_number(upper, decimals, language)
    return certainty_words(language)["interval_short"].format(low=low, high=high).replace(" ", NO_BREAK)
