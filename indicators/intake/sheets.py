"""One sheet understood: its table, what was recognised and why, and what stays open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .columns import Description, describe
from .conventions import Shown, shown_by
from .findings import column_letters
from .grid import Sheet
from .headers import Header, find_header
from .mapping import (
    AREA_BOTH,
    AREA_CODE,
    AREA_NAME,
    DENOMINATOR,
    IGNORE,
    INDICATOR,
    LONG,
    NUMBERS,
    NUMERATOR,
    PERIOD,
    VALUE,
    WIDE_BY_INDICATOR,
    WIDE_BY_YEAR,
    Mapping,
    Table,
)
from .placing import Places, find_places
from .rowplan import Plan, plan_of, text_of
from .rowrules import skip_reason
from .sampling import sample_of
from .vocabulary import Vocabulary
from .years import is_period, period_of, years_in

DEEPER = 3_000  # rows looked at for the writing of numbers


@dataclass
class View:
    """What is understood of one sheet."""

    sheet: Sheet
    places: Places
    header: Header
    columns: Description
    shown: Shown
    indicator: str = ""  # what the whole sheet is about
    period: str = ""
    indicator_from: str = ""  # where that was read
    period_from: str = ""
    fills_down: bool = False
    open: list[str] = field(default_factory=list)

    @property
    def is_table(self) -> bool:
        """Whether areas and numbers were found."""
        return self.places.first_row >= 0 and bool(self.columns.having(*NUMBERS))

    @property
    def layout(self) -> str:
        """Long, wide by indicator, or wide by year."""
        if self.columns.periods:
            return WIDE_BY_YEAR
        several = len(self.columns.indicators) > 1
        if self.columns.having(INDICATOR) or (self.columns.having(PERIOD) and not several):
            return LONG
        return WIDE_BY_INDICATOR

    @property
    def table(self) -> Table:
        """For the mapping."""
        none = self.header.last < self.header.first
        return Table(
            columns=tuple(c.as_column() for c in self.columns.columns),
            sheet=self.sheet.name,
            header_first=0 if none else self.header.first + 1,
            header_last=0 if none else self.header.last + 1,
            first_row=self.header.first_row + 1,
        )


def look_at(sheet: Sheet, words: Vocabulary, file_name: str) -> View:
    """Understands one sheet."""
    sample = sample_of(sheet)
    above = " ".join(text_of(c) for row in sample.rows[:8] for c in row if isinstance(c, str))
    hint = words.level_in(f"{sheet.name} {above}") or words.level_in(_words(file_name))
    places = find_places(sample, words, hint)
    header = find_header(sample, max(places.first_row, 0))
    view = View(sheet, places, header, Description(), Shown())
    _find_subject(view, words, file_name)
    view.columns = describe(sample, header, places, words, {view.indicator} - {""})
    _settle(view, words)
    plan = plan_of(view.table, Mapping())
    view.shown = shown_by(row[place] for row in _rows_with_values(sheet, plan) for place in plan.numbers)
    _find_gaps(view, sample.rows)
    return view


def _rows_with_values(sheet: Sheet, plan: Plan) -> Iterator[list]:
    for number, row in sheet.head(DEEPER):
        if number >= plan.first_row:
            full = row + [""] * (plan.width - len(row))
            if not skip_reason(full, plan):
                yield full


def _words(file_name: str) -> str:
    return re.sub(r"[_.\-]+", " ", file_name.rsplit(".", 1)[0])


def _find_subject(view: View, words: Vocabulary, file_name: str) -> None:
    """Indicator and period of the whole sheet: by its name, the titles above the table, the name of the file."""
    sources = [(view.sheet.name, _("Name des Blatts"))]
    sources += [(title, _("Titel über der Tabelle")) for title in view.header.titles]
    sources += [(_words(file_name), _("Name der Datei"))]
    for text, where in sources:
        slug = words.indicator_of(text) or words.indicator_in(text)
        if slug and not view.indicator:
            view.indicator, view.indicator_from = slug, where
        code = period_of(text) if is_period(text, words.periods) else ""
        years = [code] if code else years_in(text)
        if len(years) == 1 and not view.period:
            view.period, view.period_from = years[0], where


def _settle(view: View, words: Vocabulary) -> None:
    """Drops what is said twice, and sets aside number columns that nothing is known about."""
    described = view.columns
    for kind, role in (("period", PERIOD), ("indicator", INDICATOR)):
        if described.having(role):
            for column in described.having(*NUMBERS):
                setattr(column, kind, "")
    _set_aside(described, words)
    named, dated, numbers = described.indicators, described.periods, described.having(*NUMBERS)
    if len(named) == 1:
        view.indicator, view.indicator_from = named[0], _("Namen der Spalten")
    elif named or described.having(INDICATOR):
        view.indicator = ""
    for column in numbers:
        if column.indicator == view.indicator:
            column.indicator = ""  # said once for the whole sheet, so that value, numerator and denominator meet
    if len(dated) == 1 and all(c.period for c in numbers):
        view.period, view.period_from = dated[0], _("Namen der Spalten")
        for column in numbers:
            column.period = ""
    elif len(dated) > 1 or described.having(PERIOD):
        view.period = ""


def _set_aside(described: Description, words: Vocabulary) -> None:
    """Of several number columns without a known name only one called Wert or Anteil is a value."""
    unnamed = [c for c in described.having(VALUE) if not c.indicator and not c.period]
    plain = [c for c in unnamed if words.role_of(c.title) == VALUE or not c.title]
    others_are_named = bool(described.indicators or described.periods)
    if len(unnamed) == 1 and not others_are_named:
        return
    if plain and (not others_are_named or described.having(NUMERATOR, DENOMINATOR)):
        unnamed = [c for c in unnamed if c is not plain[0]]
    elif not others_are_named:
        return
    for column in unnamed:
        column.role = IGNORE


def _find_gaps(view: View, rows: list[list]) -> None:
    """Whether areas are written once above several rows, as with merged cells."""
    keys = [c for r, c in view.places.columns.items() if r in (AREA_CODE, AREA_NAME, AREA_BOTH)]
    numbers = [c.index for c in view.columns.having(*NUMBERS)]
    others = [c.index for c in view.columns.having(PERIOD, INDICATOR)]
    if not keys or not others:
        return
    below = rows[view.header.first_row :]
    gaps = [
        row
        for row in below
        if not any(text_of(row[k]) for k in keys)
        and any(text_of(row[o]) for o in others)
        and any(text_of(row[n]) for n in numbers)
    ]
    view.fills_down = len(gaps) * 4 >= len(below)


def span(columns: list[int]) -> str:
    """Columns (from 0) as people name them: `C`, `F–L`, `C, E, G`."""
    letters = [column_letters(c + 1) for c in columns]
    if len(columns) > 2 and columns == list(range(columns[0], columns[-1] + 1)):
        return f"{letters[0]}–{letters[-1]}"
    return ", ".join(letters)
