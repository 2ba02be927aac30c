"""Plain-language sentences made from figures, in German and English. Pure: no Django.

Rules: two numbers at most, a comparison, no jargon, never a judgement about people. docs/catalogue.md explains
the words that an indicator's file contributes and every convention of judging.
"""

from .facts import AreaFacts, AreaValue, FigureFacts, MapFacts
from .headline import area_headline, change_sentence, comparison_words, figure_sentence
from .maps import map_summary, map_text

__all__ = [
    "AreaFacts",
    "AreaValue",
    "FigureFacts",
    "MapFacts",
    "area_headline",
    "change_sentence",
    "comparison_words",
    "figure_sentence",
    "map_summary",
    "map_text",
]
