"""Words of spreadsheets that the portal understands: names of levels, areas and indicators, titles of columns."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from areas.intake.codes import pad
from areas.naming import fold

from .known import Known, KnownIndicator
from .mapping import (
    AREA_BOTH,
    AREA_CODE,
    AREA_LEVEL,
    AREA_NAME,
    COMMENT,
    DENOMINATOR,
    INDICATOR,
    JOINT_WITH,
    NUMERATOR,
    PERIOD,
    STATUS,
    UNIT,
    VALUE,
)

# Titles of columns, folded; the first word that fits decides.
TITLES = {
    AREA_LEVEL: "ebene gliederungsebene gebietsebene raumebene level",
    INDICATOR: "indikator merkmal kennzahl indikatorname kennziffer variable indicator",
    PERIOD: "jahr zeit zeitraum periode stichtag berichtsjahr stand zeitbezug year datum schuljahr",
    NUMERATOR: "zahler",
    DENOMINATOR: "nenner bezugsgrosse basis grundgesamtheit",
    STATUS: "status wertstatus zeichen",
    COMMENT: "bemerkung bemerkungen anmerkung anmerkungen kommentar fussnote fussnoten hinweis notiz",
    UNIT: "einheit masseinheit mengeneinheit unit",
    JOINT_WITH: "gemeinsam_mit gemeinsam zusammengefasst",
    VALUE: "wert werte value quote anteil rate anzahl ergebnis zahl",
    AREA_CODE: "schlussel nummer nr code kennung gebietsschlussel id schlusselnummer gebietsnummer ags",
    AREA_NAME: "name gebiet bezeichnung gebietsname raum ort bezirksname",
}
_UNIT = re.compile(
    r"\s*(?:[(\[][^)\]]*[)\]]|\bin\s+(?:%|prozent|euro|jahren|tausend|promille)|\bje\s+[\d.]+\s.*|[,:;–-]?\s*%)\s*$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?|\*+|\s\d{1,2}\))\s*$")
_PERIOD = re.compile(
    r"\b(?:zum|am|stand|jahr|ende|stichtag)?:?\s*(?:\d{1,2}\.\s?\d{1,2}\.\s?)?(?:19|20)\d\d(?:/(?:19|20)?\d\d)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """What a title names: an indicator, and as which part of it."""

    indicator: str
    role: str
    exact: bool = True


class Vocabulary:
    """Everything known, ready for looking up by what stands in cells."""

    def __init__(self, known: Known):
        self.known = known
        self.codes: dict[str, set[str]] = defaultdict(set)  # level -> codes
        self.names: dict[str, set[str]] = defaultdict(set)  # level -> folded names
        self.pairs: set[tuple[str, str, str]] = set()
        for area in known.areas:
            self.codes[area.level].add(area.code)
            self.names[area.level].add(fold(area.name))
            self.pairs.add((area.level, area.code, fold(area.name)))
        self.all_names = frozenset().union(*self.names.values()) if self.names else frozenset()
        self.periods = frozenset(known.periods)
        self.patterns = {level.slug: level.code_pattern for level in known.levels}

    @cached_property
    def levels(self) -> dict[str, str]:
        """Folded words -> slug of the level."""
        words = {}
        for level in self.known.levels:
            for word in (level.slug, level.name, level.name_plural):
                if word:
                    words[fold(word)] = level.slug
        return words

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Folded names and slugs -> slug."""
        words = {}
        for indicator in self.known.indicators:
            words.setdefault(fold(indicator.name), indicator.slug)
            words[fold(indicator.slug)] = indicator.slug
        return words

    @cached_property
    def by_slug(self) -> dict[str, KnownIndicator]:
        """Indicators by their slug."""
        return {i.slug: i for i in self.known.indicators}

    def code_at(self, text: str, level: str) -> bool:
        """Whether a text is the code of an area at a level, also when leading zeros were lost."""
        codes = self.codes[level]
        return text in codes or (pad(text, self.patterns.get(level, "")) or "") in codes

    def level_in(self, text: str) -> str:
        """The level that a text speaks of, the longest word first."""
        folded = fold(text)
        for word in sorted(self.levels, key=len, reverse=True):
            if re.search(rf"\b{re.escape(word)}(?:e|s|es|en|n)?\b", folded):
                return self.levels[word]
        return ""

    def indicator_of(self, text: str) -> str:
        """The indicator that a text names, without its unit, period and footnotes; else empty."""
        for form in (text, bare_title(text)):
            if slug := self.indicators.get(fold(form), ""):
                return slug
        return ""

    def indicator_in(self, text: str) -> str:
        """The indicator whose name occurs in a longer text, such as a title; the longest name wins."""
        folded = f" {fold(text)} "
        found = [w for w in self.indicators if len(w) > 4 and f" {w} " in folded]
        return self.indicators[max(found, key=len)] if found else ""

    def part_of(self, text: str, among: set[str]) -> Part | None:
        """The numerator or denominator that a title names, for the indicators in question."""
        folded = fold(bare_title(text))
        for slug in sorted(among):
            indicator = self.by_slug.get(slug)
            if indicator and folded and folded == fold(indicator.numerator):
                return Part(slug, NUMERATOR)
            if indicator and folded and folded == fold(indicator.denominator):
                return Part(slug, DENOMINATOR)
        return None

    def role_of(self, title: str) -> str:
        """The role that the title of a column names; `""` when it names none."""
        folded = fold(bare_title(title))
        if not folded:
            return ""
        words = folded.split()
        for role, names in TITLES.items():
            if folded in names.split() or any(word in names.split() for word in words):
                return role
        if folded in self.levels:
            return AREA_BOTH
        return next((AREA_CODE for w in words if w.endswith(("nummer", "schlussel", "nr", "kennziffer"))), "")


def bare_title(text: str) -> str:
    """A title without unit, period and footnote marks.

    >>> bare_title("Arbeitslosenquote in % 1)"), bare_title("Arbeitslose 31.12.2024"), bare_title("Anteil ab 65 (%)")
    ('Arbeitslosenquote', 'Arbeitslose', 'Anteil ab 65')
    """
    text = " ".join(text.split())
    before = None
    while before != text and text:
        before = text
        text = _FOOTNOTE.sub("", text)
        text = _UNIT.sub("", text).strip()
        text = _PERIOD.sub(" ", text).strip(" ,;:-–")
    return " ".join(text.split())
