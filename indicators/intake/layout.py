"""Recognising how a spreadsheet is laid out, and saying why."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .doubts import doubts_of, open_questions
from .findings import Finding
from .grid import Book
from .known import Known
from .mapping import (
    DENOMINATOR,
    LONG,
    NUMBERS,
    NUMERATOR,
    SHEET_PER_INDICATOR,
    SHEET_PER_YEAR,
    TOTAL_WORDS,
    WIDE_BY_INDICATOR,
    Mapping,
    Table,
)
from .numbers import NumberRules
from .reasons import reasons_of
from .sheets import View, look_at
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Proposal:
    """A mapping that seems to fit, why, and how sure that is (0 to 1; below 0.5 the planner decides)."""

    mapping: Mapping
    notes: tuple[Finding, ...] = ()
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


def recognise(book: Book, known: Known) -> Proposal:
    """The mapping that the cells of `book` suggest. It never fails; a low confidence leaves the work to the planner."""
    words = Vocabulary(known)
    views = [look_at(sheet, words, book.name) for sheet in book.visible if sheet.row_count]
    tables = [view for view in views if view.is_table]
    if not tables:
        return _nothing(views, words)
    layout = _layout(tables)
    mapping = _mapping(layout, tables, words)
    questions = open_questions(mapping, tables, words)
    notes = [note for view in tables for note in doubts_of(view, mapping)] + [q.finding for q in questions]
    confidence = max(0.0, 1.0 - sum(q.weight for q in questions))
    reasons = [_sentence(layout, tables[0])]
    for view in tables[:8]:
        reasons += reasons_of(view, words, len(views) > 1)
    left_out = [view.sheet.name for view in views if not view.is_table]
    if left_out:
        reasons.append(_("Ohne Tabelle und deshalb nicht gelesen: %(names)s.") % {"names": ", ".join(left_out)})
    return Proposal(mapping, tuple(notes), round(confidence, 2), tuple(reasons))


def _sentence(layout: str, view: View) -> str:
    numbers = view.columns.having(*NUMBERS)
    if layout == WIDE_BY_INDICATOR and len(view.columns.indicators) < 2:
        if len(numbers) == 1:
            return _("Jede Zeile ist ein Gebiet mit einem Wert.")
        if view.columns.having(NUMERATOR, DENOMINATOR):
            return _("Jede Zeile ist ein Gebiet mit Zähler und Nenner.")
    return {
        "long": _("Jede Zeile enthält einen Wert (lange Tabelle)."),
        "wide_by_indicator": _("Jede Zeile ist ein Gebiet, jede Spalte ein Indikator."),
        "wide_by_year": _("Jede Zeile ist ein Gebiet, jede Spalte ein Jahr."),
        "sheet_per_indicator": _("Jedes Blatt enthält einen Indikator."),
        "sheet_per_year": _("Jedes Blatt enthält ein Jahr."),
    }[layout]


def _layout(tables: list[View]) -> str:
    if len(tables) > 1:
        periods = [view.period for view in tables]
        indicators = [view.indicator for view in tables]
        if all(periods) and len(set(periods)) == len(tables):
            return SHEET_PER_YEAR
        if all(indicators) and len(set(indicators)) == len(tables):
            return SHEET_PER_INDICATOR
    return tables[0].layout


def _mapping(layout: str, views: list[View], words: Vocabulary) -> Mapping:
    first = views[0]
    levels = {_level(view) for view in views}
    indicators = {view.indicator for view in views}
    periods = {view.period for view in views}
    decimals = {view.shown.decimal for view in views} - {""}
    torn = any(view.shown.against for view in views)
    return Mapping(
        layout=layout,
        tables=tuple(_table(v, len(levels) > 1, len(indicators) > 1, len(periods) > 1) for v in views),
        level=_level(first) if len(levels) == 1 else "",
        indicator=first.indicator if len(indicators) == 1 else "",
        period=first.period if len(periods) == 1 else "",
        numbers=NumberRules(decimal=decimals.pop() if len(decimals) == 1 and not torn else ""),
        level_words=_level_words(words),
        indicator_words=_indicator_words(views, words),
        fill_down=any(view.fills_down for view in views),
        total_words=(*TOTAL_WORDS, *_whole(words, levels)),
    )


def _level(view: View) -> str:
    """The level of the areas; none when two fit equally well, for then only the planner knows."""
    return "" if view.places.rival else view.places.level


def _table(view: View, own_level: bool, own_indicator: bool, own_period: bool) -> Table:
    return replace(
        view.table,
        level=_level(view) if own_level else "",
        indicator=view.indicator if own_indicator else "",
        period=view.period if own_period else "",
    )


def _level_words(words: Vocabulary) -> dict[str, str]:
    return {
        word: level.slug
        for level in words.known.levels
        for word in (level.name, level.name_plural)
        if word and word != level.slug
    }


def _indicator_words(views: list[View], words: Vocabulary) -> dict[str, str]:
    """Names of the catalogue, and what the sample calls them, if a column names indicators."""
    columns = [c for view in views for c in view.columns.having("indicator")]
    if not columns:
        return {}
    found = {str(cell).strip(): words.indicator_of(str(cell)) for column in columns for cell in column.cells}
    names = {i.name: i.slug for i in words.known.indicators}
    return names | {word: slug for word, slug in found.items() if slug and word != slug}


def _whole(words: Vocabulary, levels: set[str]) -> list[str]:
    """The city's own name is a total in a table of its parts."""
    single = [a for a in words.known.areas if len(words.codes[a.level]) == 1 and a.level not in levels]
    return list(dict.fromkeys(a.name.casefold() for a in single))


def _nothing(views: list[View], words: Vocabulary) -> Proposal:
    """No areas were recognised: the planner has to say everything."""
    tables = tuple(view.table for view in views[:1]) or (Table(),)
    questions = open_questions(Mapping(tables=tables), [], words)
    return Proposal(
        Mapping(layout=LONG, tables=tables),
        tuple(q.finding for q in questions),
        0.1,
        (_("In der Datei wurden keine Gebiete des Portals erkannt; bitte ordnen Sie die Spalten selbst zu."),),
    )
