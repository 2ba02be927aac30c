"""Which indicator and which year a word of a spreadsheet means."""

import re
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.translation import gettext as _

from areas.naming import fold

from .catalogue import Measure
from .findings import ERROR
from .matching import SIMILAR, SUGGESTED, Remark

EARLIEST = 1945  # no comparable figures of today's city are older
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_YEAR = re.compile(r"(\d{4})(?:[.,]0+)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(?:(?:SJ|Schuljahr)\s*)?(\d{4})\s?[/–-]\s?(\d{2}|\d{4})", re.ASCII | re.IGNORECASE)
_SEPTEMBER = re.compile(r"sep(?:t|tember)?\.?\s*(\d{4})", re.ASCII | re.IGNORECASE)


class IndicatorMatcher:
    """Finds indicators by slug or name; `answers` are what the planner said: word -> slug."""

    def __init__(self, measures: tuple[Measure, ...], answers: dict[str, str] | None = None):
        self._by_slug = {measure.slug: measure for measure in measures}
        self._by_name: dict[str, list[Measure]] = {}
        for measure in measures:
            self._by_name.setdefault(fold(measure.name), []).append(measure)
        self.answers = {fold(word): slug for word, slug in (answers or {}).items()}
        self._memory: dict[str, tuple[Measure | None, Remark | None]] = {}

    def __call__(self, word: str) -> tuple[Measure | None, Remark | None]:
        """The indicator, or why there is none."""
        found = self._memory.get(word)
        if found is None:
            found = self._find(" ".join(word.split()))
            if len(self._memory) < 10_000:
                self._memory[word] = found
        return found

    def _find(self, word: str) -> tuple[Measure | None, Remark | None]:
        if not word:
            text = _("Es ist nicht gesagt, um welchen Indikator es geht.")
            return None, Remark(ERROR, "indicator_missing", text, _("ein Indikator des Katalogs"))
        for told in (word, _IN_BRACKETS.sub("", word)):
            slug = self.answers.get(fold(told), told)
            if slug in self._by_slug:
                return self._by_slug[slug], None
            named = self._by_name.get(fold(told), [])
            if len(named) == 1:
                return named[0], None
            if named:
                return None, self._unknown(word, _("Mehrere Indikatoren heißen so."))
        return None, self._unknown(word, self._similar(word))

    def _unknown(self, word: str, suggestion: str) -> Remark:
        text = _("Der Indikator „%(word)s“ ist nicht bekannt.") % {"word": word[:80]}
        return Remark(ERROR, "unknown_indicator", text, _("Name oder Kennung aus dem Katalog"), suggestion)

    def _similar(self, word: str) -> str:
        names = {fold(m.name): m for m in self._by_slug.values()} | {fold(s): m for s, m in self._by_slug.items()}
        near = [names[known] for known in get_close_matches(fold(word), names, SUGGESTED, SIMILAR)]
        meant = dict.fromkeys(f"„{measure.name}“" for measure in near)
        return _("Meinten Sie %(names)s?") % {"names": _(" oder ").join(meant)} if meant else ""


class Year(NamedTuple):
    """A year that a word means, or why it means none."""

    year: int
    remark: Remark | None = None


class YearReader:
    """Reads years, reference days and school years; `answers` are what the planner said: word -> code."""

    def __init__(self, today: date, answers: dict[str, str] | None = None):
        self.today = today
        self.answers = answers or {}
        self._memory: dict[tuple[str, str], Year] = {}

    def __call__(self, word: str, reference: str) -> Year:
        """The year; a day or a school year only where the indicator refers to such a one."""
        found = self._memory.get((word, reference))
        if found is None:
            found = self._read(self.answers.get(word, word).strip(), reference)
            if len(self._memory) < 10_000:
                self._memory[word, reference] = found
        return found

    def _read(self, word: str, reference: str) -> Year:
        if not word:
            text = _("Es ist nicht gesagt, um welches Jahr es geht.")
            return Year(0, Remark(ERROR, "period_missing", text, _("ein Jahr wie 2018")))
        year, remark = self._meant(word, reference)
        if remark:
            return Year(0, remark)
        if not EARLIEST <= year <= self.today.year:
            text = (
                _("Das Jahr %(year)s liegt in der Zukunft.")
                if year > self.today.year
                else _("Das Jahr %(year)s liegt zu weit zurück.")
            )
            expected = _("ein Jahr von %(first)s bis %(last)s") % {"first": EARLIEST, "last": self.today.year}
            return Year(0, Remark(ERROR, "year_out_of_range", text % {"year": year}, expected))
        return Year(year)

    def _meant(self, word: str, reference: str) -> tuple[int, Remark | None]:  # noqa: PLR0911
        if found := _YEAR.fullmatch(word):
            return int(found[1]), None
        if found := _SCHOOL_YEAR.fullmatch(word):
            return self._school_year(word, int(found[1]), found[2], reference)
        if found := _SEPTEMBER.fullmatch(word):
            return self._fitting(word, int(found[1]), reference, "september")
        if found := _DAY.fullmatch(word):
            year, month, day = (int(n) for n in ((found[3], found[2], found[1]) if found[3] else found.groups()[3:6]))
            if (month, day) == (12, 31):
                return self._fitting(word, year, reference, "year_end", "year")
            if (month, day) == (1, 1):
                return self._fitting(word, year, reference, "year")
            return self._fitting(word, year, reference, *(["september"] if month == 9 else []))
        return 0, _unreadable(word, _("ein Jahr wie 2018"))

    def _school_year(self, word: str, first: int, second: str, reference: str) -> tuple[int, Remark | None]:
        if int(second) not in (first + 1, (first + 1) % 100):
            return 0, _unreadable(word, _("ein Schuljahr wie 2018/19"))
        return self._fitting(word, first, reference, "school_year")

    @staticmethod
    def _fitting(word: str, year: int, reference: str, *allowed: str) -> tuple[int, Remark | None]:
        if reference in allowed:
            return year, None
        wanted = {
            "year_end": _("ein Jahr oder der 31. Dezember eines Jahres"),
            "year": _("ein Jahr wie 2018"),
            "september": _("ein Jahr oder der September eines Jahres"),
            "school_year": _("ein Schuljahr wie 2018/19 oder sein erstes Jahr"),
        }
        return 0, _unreadable(word, wanted.get(reference, _("ein Jahr wie 2018")))


def _unreadable(word: str, expected: str) -> Remark:
    text = _("„%(word)s“ passt nicht zum Zeitbezug des Indikators.") % {"word": word[:40]}
    return Remark(ERROR, "unknown_period", text, expected, _("Prüfen Sie die Spalte oder die Zuordnung."))
