"""Words of a spreadsheet that the portal cannot be sure of, put as questions to the planner."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.intake.catalogue import Catalogue
from indicators.intake.entries import Entry
from indicators.intake.mapping import AREA_LEVEL, Mapping
from indicators.intake.matching import AreaMatcher
from indicators.intake.wording import IndicatorMatcher
from indicators.intake.years import is_period

MOST_ASKED = 20  # areas that the page asks about at once
ASKED = {"area_ambiguous", "unknown_area"}  # remarks that an answer can settle


@dataclass(frozen=True)
class Word:
    """A word of the file, and what it could mean; `options` are pairs of value and label."""

    name: str
    word: str
    label: str
    options: list[tuple[str, str]]
    chosen: str = ""
    hint: str = ""

    @property
    def meant_name(self) -> str:
        """Name of the select box."""
        return f"{self.name}-meant"


def questions(raw: Iterable[Entry], mapping: Mapping, catalogue: Catalogue, year: int) -> list[Word]:
    """What only the planner can say about `raw`, entries read without the answers of `mapping`.

    Answers that she gave are shown as long as their words stand in the file. `year` is for entries without one.
    """
    entries = list(raw)
    find_indicator, find_area = IndicatorMatcher(catalogue.measures), AreaMatcher(catalogue)
    return [
        *_words(
            "indicator_word",
            _("Indikator „%(word)s“"),
            (e.indicator for e in entries),
            lambda word: find_indicator(word)[0] is not None,
            [(m.slug, m.name) for m in catalogue.measures],
            mapping.indicator_words,
        ),
        *_words(
            "level_word",
            _("Ebene „%(word)s“"),
            (e.level for e in entries),
            lambda word: bool(find_area.level(word)),
            [(level.slug, level.name) for level in catalogue.levels],
            mapping.level_words,
        ),
        *_areas(entries, mapping, catalogue, find_area, year),
    ]


def needs_level(mapping: Mapping) -> bool:
    """Whether nothing says on which level the areas of a table are."""
    return not mapping.level and any(
        not table.level and all(column.role != AREA_LEVEL for column in table.columns) for table in mapping.read_tables
    )


def _words(  # noqa: PLR0917
    prefix: str, label: str, words: Iterable[str], is_known: Callable, options: list, answers: dict[str, str]
) -> list[Word]:
    asked = [word for word in dict.fromkeys(words) if word and not is_known(word)]
    return [
        Word(f"{prefix}-{number}", word, label % {"word": word}, options, answers.get(word, ""))
        for number, word in enumerate(asked)
    ]


def _areas(entries: list[Entry], mapping: Mapping, catalogue: Catalogue, find: AreaMatcher, year: int) -> list[Word]:
    """Areas that nobody can find, or that there are several of; nothing while the level itself is the question."""
    asked: dict[str, tuple[str, str]] = {}  # word -> level, hint
    if needs_level(mapping):
        return []
    for entry in entries:
        word = (entry.area_code or entry.area_name).strip()
        level = mapping.level_words.get(entry.level, entry.level)
        when = int(entry.period) if entry.period.isascii() and is_period(entry.period) else year
        match = find(level, entry.area_code, entry.area_name, when, entry.code_is_number)
        hint = next((remark.suggestion or remark.found for remark in match.remarks if remark.code in ASKED), "")
        if word and match.place is None and hint:
            asked.setdefault(word, (find.level(level), hint))
        if len(asked) >= MOST_ASKED:
            break
    names = {level.slug: level.name for level in catalogue.levels}
    places = {(p.level, p.code): f"{p.code} {p.name}" for p in catalogue.places}
    words = []
    for number, (word, (level, hint)) in enumerate(asked.items()):
        options = [
            (f"{slug}:{code}", label if level else f"{names[slug]} {label}")
            for (slug, code), label in places.items()
            if level in ("", slug)
        ]
        label = _("Gebiet „%(word)s“") % {"word": word}
        words.append(Word(f"area_word-{number}", word, label, options, mapping.area_words.get(word, ""), hint))
    return words
