"""Which area of the portal a row is about. Nothing is guessed: what is not certain becomes a finding."""

import re
from collections import defaultdict
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.translation import gettext as _

from areas.naming import fold

from .catalogue import Catalogue, Level, Place
from .findings import ERROR, NOTE, WARNING

SIMILAR = 0.72  # share of letters in common (Ratcliff/Obershelp) from which a name is suggested
SUGGESTED = 3
SEARCHED = 300  # different unknown names for which similar ones are looked up; it takes a millisecond each
REMEMBERED = 200_000

_CODE_FIRST = re.compile(r"(\d{1,9})[\s:–-]+(\D.*)")
_CODE_LAST = re.compile(r"(\D.*?)\s*[(\[](\d{1,9})[)\]]")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?", re.ASCII)


class Remark(NamedTuple):
    """What is odd about the words of a row; becomes a finding where the row stands."""

    kind: str
    code: str
    found: str
    expected: str = ""
    suggestion: str = ""


class Match(NamedTuple):
    """The area meant, or None; and what is to be said about it."""

    place: Place | None
    remarks: tuple[Remark, ...] = ()


class AreaMatcher:
    """Finds areas by level and code, or by name.

    `answers` are what the planner said about doubtful words: the word as it stands in the file (code or name) to
    "level:code".
    """

    def __init__(self, catalogue: Catalogue, answers: dict[str, str] | None = None):
        self.levels = catalogue.levels
        self.answers = {key.strip().casefold(): value for key, value in (answers or {}).items()}
        self._by_slug = {level.slug: level for level in catalogue.levels}
        self._level_words = _level_words(catalogue.levels)
        self._by_code: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._by_number: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        for place in catalogue.places:
            self._by_code[place.level, place.code].append(place)
            if place.code.isdecimal():
                self._by_number[place.level, int(place.code)].add(place.code)
            self._by_name[place.level, fold(place.name)].add(place.code)
            self._names[place.level][fold(place.name)] = place.code
        self._codes = {
            level.slug: frozenset(p.code for p in catalogue.places if p.level == level.slug) for level in self.levels
        }
        self._memory: dict[tuple, Match] = {}
        self._searched = 0

    def __call__(self, level: str, code: str, name: str, year: int, is_number: bool = False) -> Match:
        """The area of a row in a year."""
        key = level, code, name, year, is_number
        match = self._memory.get(key)
        if match is None:
            match = self._match(level, code.strip(), " ".join(name.split()), year, is_number)
            if len(self._memory) < REMEMBERED:
                self._memory[key] = match
        return match

    def level(self, word: str) -> str:
        """Slug of a level by slug or name, one or many; "" when there is none of that name."""
        return self._level_words.get(fold(word), "")

    def codes_of(self, level: str) -> frozenset[str]:
        """All codes that a level has or had."""
        return self._codes[level]

    def _match(self, word: str, code: str, name: str, year: int, is_number: bool) -> Match:
        level = self.level(word) if word else ""
        if word and not level:
            return Match(None, (self._unknown_level(word),))
        answer = self.answers.get(code.casefold() if code else "") or self.answers.get(name.casefold())
        if answer:
            slug, _colon, answered = answer.partition(":")
            if (slug, answered) in self._by_code:
                return self._in_year(slug, answered, year, ())
        if not code:
            code, name = self._split(level, name)
        levels = [level] if level else [known.slug for known in self.levels]
        if code:
            return self._of_code(levels, code, name, year, is_number)
        if name:
            return self._of_name(levels, name, year)
        return Match(
            None, (Remark(ERROR, "area_missing", _("In dieser Zeile steht kein Gebiet."), _("Schlüssel oder Name")),)
        )

    def _split(self, level: str, name: str) -> tuple[str, str]:
        """Code and name where both stand in one cell: "023 Borsigplatz", "Borsigplatz (023)"."""
        if name.isdecimal():
            return name, ""
        if any(fold(name) in self._names[slug] for slug in ([level] if level else self._by_slug)):
            return "", name
        if found := _CODE_FIRST.fullmatch(name):
            return found[1], found[2].strip()
        if found := _CODE_LAST.fullmatch(name):
            return found[2], found[1].strip()
        return "", name

    def _of_code(self, levels: list[str], code: str, name: str, year: int, is_number: bool) -> Match:
        found = {slug: code for slug in levels if (slug, code) in self._by_code}
        remarks: list[Remark] = []
        if not found and (number := _WHOLE.fullmatch(code)):
            found, repaired = self._without_zeros(levels, int(number[1]))
            if found:
                remarks.append(_lost_zeros(code, repaired, is_number))
        if len(found) > 1 and name:
            named = {slug: real for slug, real in found.items() if real in self._by_name[slug, fold(name)]}
            found = named or found
        if len(found) > 1:
            return Match(None, (self._ambiguous(code, found),))
        if not found:
            return Match(None, (self._unknown_code(levels, code, name),))
        slug, real = next(iter(found.items()))
        if name:
            remarks += self._names_differ(slug, real, name)
        return self._in_year(slug, real, year, tuple(remarks))

    def _without_zeros(self, levels: list[str], number: int) -> tuple[dict[str, str], str]:
        """Codes that are this number with leading zeros; on each level only if there is exactly one."""
        found = {slug: next(iter(codes)) for slug in levels if len(codes := self._by_number[slug, number]) == 1}
        return found, " / ".join(sorted(set(found.values())))

    def _names_differ(self, level: str, code: str, name: str) -> list[Remark]:
        known = {fold(place.name) for place in self._by_code[level, code]}
        told = fold(name)
        if told in known or any(told in one or one in told for one in known):
            return []
        text = _("Schlüssel %(code)s mit dem Namen „%(name)s“") % {"code": code, "name": name[:80]}
        expected = _("%(code)s ist %(name)s") % {"code": code, "name": self._by_code[level, code][-1].name}
        others = self._by_name[level, told]
        if others:
            other = _("„%(name)s“ hat den Schlüssel %(code)s.") % {"name": name[:80], "code": ", ".join(sorted(others))}
            return [Remark(ERROR, "code_and_name", text, expected, other)]
        return [Remark(WARNING, "name_differs", text, expected, _("Prüfen Sie, ob das richtige Gebiet gemeint ist."))]

    def _of_name(self, levels: list[str], name: str, year: int) -> Match:
        told = fold(name)
        found = {slug: codes for slug in levels if (codes := self._by_name.get((slug, told)))}
        if len(found) == 1:
            slug, codes = next(iter(found.items()))
            current = self._current(slug, codes, year)
            if len(current) == 1:
                code = next(iter(current))
                return self._in_year(slug, code, year, self._spelling(slug, code, name))
            return Match(None, (self._ambiguous(name, {slug: ", ".join(sorted(codes))}),))
        if found:
            return Match(None, (self._ambiguous(name, {slug: ", ".join(sorted(c)) for slug, c in found.items()}),))
        return Match(None, (self._unknown_name(levels, name, told),))

    def _current(self, slug: str, codes: set[str], year: int) -> set[str]:
        """Of several codes with one name those that exist in the year."""
        if len(codes) == 1:
            return codes
        day = date(year, 12, 31)
        return {code for code in codes if any(place.in_force(day) for place in self._by_code[slug, code])}

    def _spelling(self, slug: str, code: str, name: str) -> tuple[Remark, ...]:
        names = {place.name.casefold() for place in self._by_code[slug, code]}
        if name.casefold() in names:
            return ()
        real = self._by_code[slug, code][-1].name
        text = _("„%(found)s“ wurde als „%(name)s“ (%(code)s) gelesen.")
        return (Remark(NOTE, "name_spelling", text % {"found": name[:80], "name": real, "code": code}),)

    def _in_year(self, slug: str, code: str, year: int, remarks: tuple[Remark, ...]) -> Match:
        """The version of an area that was in force at the end of a year, else within it."""
        versions = self._by_code[slug, code]
        if len(versions) == 1 and versions[0].valid_from is None and versions[0].valid_to is None:
            return Match(versions[0], remarks)
        first, last = date(year, 1, 1), date(year, 12, 31)
        for place in versions:
            if place.in_force(last):
                return Match(place, remarks)
        within = [p for p in versions if (p.valid_from or first) <= last and (p.valid_to is None or p.valid_to > first)]
        if within:
            return Match(within[-1], remarks)
        return Match(None, (*remarks, _not_in_force(versions, year)))

    def _ambiguous(self, word: str, found: dict[str, str]) -> Remark:
        meant = ", ".join(f"{self._by_slug[slug].name} {code}" for slug, code in found.items())
        return Remark(
            ERROR,
            "area_ambiguous",
            _("„%(word)s“ gibt es mehrfach: %(meant)s.") % {"word": word[:80], "meant": meant},
            _("die Ebene des Gebiets"),
            _("Geben Sie in der Zuordnung die Ebene an, oder ergänzen Sie eine Spalte mit der Ebene."),
        )

    def _unknown_level(self, word: str) -> Remark:
        names = ", ".join(level.name for level in self.levels)
        near = get_close_matches(fold(word), self._level_words, 1, SIMILAR)
        meant = self._by_slug[self._level_words[near[0]]].name if near else ""
        return Remark(
            ERROR,
            "unknown_level",
            _("Die Ebene „%(word)s“ ist nicht bekannt.") % {"word": word[:80]},
            names,
            _("Meinten Sie „%(name)s“?") % {"name": meant} if meant else "",
        )

    def _unknown_code(self, levels: list[str], code: str, name: str) -> Remark:
        elsewhere = [k for k in self.levels if k.slug not in levels and (k.slug, code) in self._by_code]
        told = fold(name)
        if name and (by_name := [k for k in self.levels if k.slug not in levels and self._by_name.get((k.slug, told))]):
            return self._mixed(f"{code} {name}", levels, by_name)
        if elsewhere and not name:
            return self._mixed(code, levels, elsewhere)
        text = _("Das Gebiet mit dem Schlüssel „%(code)s“ ist nicht bekannt.") % {"code": code[:40]}
        return Remark(ERROR, "unknown_area", text, self._expected(levels), self._similar(levels, told) if name else "")

    def _unknown_name(self, levels: list[str], name: str, told: str) -> Remark:
        elsewhere = [k for k in self.levels if k.slug not in levels and self._by_name.get((k.slug, told))]
        if elsewhere:
            return self._mixed(name, levels, elsewhere)
        text = _("Das Gebiet „%(name)s“ ist nicht bekannt.") % {"name": name[:80]}
        return Remark(ERROR, "unknown_area", text, self._expected(levels), self._similar(levels, told))

    def _mixed(self, word: str, levels: list[str], elsewhere: list[Level]) -> Remark:
        text = _("„%(word)s“ gehört zu einer anderen Ebene: %(levels)s.")
        return Remark(
            ERROR,
            "level_mix",
            text % {"word": word[:80], "levels": ", ".join(level.name for level in elsewhere)},
            self._expected(levels),
            _("Entfernen Sie die Zeile, oder geben Sie die Ebene in einer eigenen Spalte an."),
        )

    def _expected(self, levels: list[str]) -> str:
        if len(levels) > 1:
            return _("ein Gebiet der Stadt")
        level = self._by_slug[levels[0]]
        return _("ein Gebiet der Ebene %(level)s") % {"level": level.name}

    def _similar(self, levels: list[str], told: str) -> str:
        self._searched += 1
        if self._searched > SEARCHED:
            return ""
        names = {known: (slug, code) for slug in levels for known, code in self._names[slug].items()}
        near = [names[known] for known in get_close_matches(told, names, SUGGESTED, SIMILAR)]
        meant = [f"„{self._by_code[key][-1].name}“ ({key[1]})" for key in near]
        return _("Meinten Sie %(names)s?") % {"names": _(" oder ").join(meant)} if meant else ""


def _level_words(levels: tuple[Level, ...]) -> dict[str, str]:
    words = {}
    for level in levels:
        for word in (level.name_plural, level.name, level.slug):
            if word:
                words[fold(word)] = level.slug
    return words


def _lost_zeros(code: str, real: str, is_number: bool) -> Remark:
    text = _("Der Schlüssel „%(code)s“ wurde als „%(real)s“ gelesen.") % {"code": code, "real": real}
    why = _("Tabellenprogramme lassen führende Nullen weg.") if is_number else _("Führende Nullen fehlen.")
    return Remark(NOTE, "code_without_zeros", text, real, why)


def _not_in_force(versions: list[Place], year: int) -> Remark:
    spans = [_span(place) for place in versions]
    text = _("%(name)s (%(code)s) gab es %(year)s nicht.")
    return Remark(
        ERROR,
        "area_not_valid",
        text % {"name": versions[-1].name, "code": versions[-1].code, "year": year},
        _("gültig %(spans)s") % {"spans": ", ".join(spans)},
        _("Prüfen Sie Jahr und Schlüssel; nach einer Neugliederung gelten andere Gebiete."),
    )


def _span(place: Place) -> str:
    parts = []
    if place.valid_from:
        parts.append(_("ab %(day)s") % {"day": f"{place.valid_from:%d.%m.%Y}"})
    if place.valid_to:
        parts.append(_("bis vor %(day)s") % {"day": f"{place.valid_to:%d.%m.%Y}"})
    return " ".join(parts)
