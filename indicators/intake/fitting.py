"""A saved mapping for this year's file: columns are found again by their names, new years are taken in."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from areas.naming import fold

from .findings import ERROR, NOTE, WARNING, Finding, column_letters
from .grid import Book, Sheet
from .headers import MOST_ROWS
from .known import Known
from .layout import recognise
from .mapping import NUMBERS, SHEET_PER_YEAR, WIDE_BY_YEAR, Column, Mapping, Table
from .sampling import Sample, sample_of
from .vocabulary import bare_title
from .years import is_period, period_of, years_in


@dataclass(frozen=True)
class Fitted:
    """The mapping as it fits this file, and what differs from the template. Warnings mean: look at it."""

    mapping: Mapping
    notes: tuple[Finding, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether everything that the template names was found."""
        return all(note.kind not in (WARNING, ERROR) for note in self.notes)


def entitled(mapping: Mapping, book: Book) -> Mapping:
    """The mapping with the names that stand above its columns in `book`: by these they are found again next year."""
    return replace(mapping, tables=tuple(_entitled(table, book) for table in mapping.tables))


def _entitled(table: Table, book: Book) -> Table:
    sheet = book.sheet(table.sheet)
    if sheet is None or not table.header_first:
        return table
    titles = _titles(sample_of(sheet), table.header_first, table.header_last)
    return replace(table, columns=tuple(replace(c, title=titles.get(c.index, "")[:200]) for c in table.columns))


def fit(mapping: Mapping, book: Book, known: Known) -> Fitted:
    """The template `mapping` fitted to `book`. What the planner decided about signs and numbers stays hers."""
    notes: list[Finding] = []
    tables = []
    for table in mapping.tables:
        sheet = _sheet_of(table, mapping, book)
        if sheet is not None:
            tables.append(_fitted(replace(table, sheet=sheet.name), sample_of(sheet), mapping, notes))
        elif table.is_read:
            notes.append(_missing_sheet(table, mapping))
    if mapping.layout == SHEET_PER_YEAR:
        tables += _new_years(mapping, tables, book, notes)
    fitted = replace(mapping, tables=tuple(tables))
    if mapping.period:
        fitted = replace(fitted, period=_period(fitted, book, known, notes))
    return Fitted(fitted, tuple(notes))


def _sheet_of(table: Table, mapping: Mapping, book: Book) -> Sheet | None:
    """The sheet of that name; the only sheet of a file may be called otherwise, unless its name is the year."""
    sheet = book.sheet(table.sheet)
    if sheet is None and len(mapping.tables) == len(book.visible) == 1 and not table.period:
        return book.visible[0]
    return sheet


def _period(mapping: Mapping, book: Book, known: Known, notes: list[Finding]) -> str:
    """The year that this file speaks of, instead of that of the template; never silently another one.

    What stands above the figures themselves goes before titles and names. A file that names no year, or two, is an
    error: only the planner can know.
    """
    in_title = {recognise(book, known).mapping.period} - {""}
    told = _years_above(mapping) or in_title
    if told | in_title == {mapping.period}:
        return mapping.period
    names = {"then": mapping.period, "now": ", ".join(sorted(told | in_title))}
    if len(told | in_title) == 1:
        found = _("Die Vorlage ist für %(then)s, die Datei nennt %(now)s.") % names
        expected = _("gelesen als %(now)s; bitte prüfen") % names
        notes.append(Finding(WARNING, "period_differs", found, expected))
        return names["now"]
    found = _("Die Vorlage ist für %(then)s, die Datei nennt kein Jahr.") % names
    if told:
        found = _("Die Vorlage ist für %(then)s, die Datei nennt mehrere Jahre: %(now)s.") % names
    advice = _("Geben Sie das Jahr in der Zuordnung an, oder im Titel oder Namen der Datei.")
    notes.append(Finding(ERROR, "period_differs", found, _("ein Jahr, für das alle Zahlen gelten"), advice))
    return mapping.period


def _years_above(mapping: Mapping) -> set[str]:
    """Years in the names of those columns whose figures take their year from the whole file."""
    titles = [
        column.title
        for table in mapping.read_tables
        for column in table.columns
        if column.role in NUMBERS and not column.period and not table.period
    ]
    return {years[0] for title in titles if len(years := years_in(title)) == 1}


def _missing_sheet(table: Table, mapping: Mapping) -> Finding:
    # A sheet of a year that has passed is allowed to be gone.
    kind = NOTE if mapping.layout == SHEET_PER_YEAR else WARNING
    return Finding(kind, "sheet_missing", _("Das Blatt »%(sheet)s« der Vorlage fehlt.") % {"sheet": table.sheet})


def _fitted(table: Table, sample: Sample, mapping: Mapping, notes: list[Finding]) -> Table:
    titled = [c for c in table.columns if c.title]
    if not titled:
        return table
    first, last = _header_rows(table, sample, titled)
    if first != table.header_first:
        notes.append(
            Finding(
                NOTE,
                "header_moved",
                _("Die Spaltennamen stehen in Zeile %(now)s statt %(then)s.")
                % {"now": first, "then": table.header_first},
                sheet=table.sheet,
                row=first,
            )
        )
    titles = _titles(sample, first, last)
    columns = [_found(column, titles, table, notes) for column in table.columns]
    columns = [c for c in columns if c]
    if mapping.layout == WIDE_BY_YEAR or any(c.period for c in columns):
        columns += _new_columns(titles, columns, table, notes)
    moved = first - table.header_first
    return replace(
        table,
        columns=tuple(sorted(columns, key=lambda c: c.index)),
        header_first=first,
        header_last=last,
        first_row=table.first_row + moved,
        last_row=None if moved else table.last_row,
    )


def _header_rows(table: Table, sample: Sample, titled: list[Column]) -> tuple[int, int]:
    """Where the same titles stand now: the place with most of them, the old one when equal."""
    height = table.header_last - table.header_first
    wanted = {fold(c.title) for c in titled}

    def score(first: int) -> tuple:
        found = wanted & {fold(t) for t in _titles(sample, first, first + height).values()}
        return len(found), first == table.header_first, -first

    first = max([table.header_first, *range(1, min(len(sample.rows), 40) + 1)], key=score)
    return first, first + height


def _titles(sample: Sample, first: int, last: int) -> dict[int, str]:
    """Column (from 1) and the text above it, as `columns.describe` writes it."""
    titles = {}
    for column in range(sample.width):
        texts = [sample.text(row, column) for row in range(first - 1, min(last, first + MOST_ROWS))]
        title = " ".join(dict.fromkeys(t for t in texts if t))
        if title:
            titles[column + 1] = title
    return titles


def _found(column: Column, titles: dict[int, str], table: Table, notes: list[Finding]) -> Column | None:
    """The column at its place of this year; None when it is gone."""
    here = titles.get(column.index, "")
    if not column.title or fold(here) == fold(column.title):
        return column
    places = [i for i, title in titles.items() if fold(title) == fold(column.title)]
    if not places and not column.period:
        places = [i for i, title in titles.items() if fold(bare_title(title)) == fold(bare_title(column.title))]
    if len(places) == 1:
        return replace(column, index=places[0], title=titles[places[0]])
    if column.role == "ignore":
        return None
    notes.append(
        Finding(
            NOTE if column.period else WARNING,
            "column_missing",
            _("Die Spalte »%(title)s« der Vorlage fehlt.") % {"title": column.title},
            suggestion=_("In Spalte %(column)s steht jetzt »%(here)s«.")
            % {"column": column_letters(column.index), "here": here}
            if here
            else "",
            sheet=table.sheet,
            row=table.header_first or None,
        )
    )
    return None


def _new_columns(titles: dict[int, str], columns: list[Column], table: Table, notes: list[Finding]) -> list[Column]:
    """Columns of years that the template does not know yet, like their neighbours of earlier years."""
    dated = [c for c in columns if c.role in NUMBERS and c.period]
    taken = {c.index for c in columns if c.role != "ignore"}
    made = []
    for index, title in titles.items():
        if index in taken:
            continue
        model = next((c for c in dated if _same_but_year(title, c)), None)
        if model:
            year = next(period_of(word) for word in reversed([title, *title.split()]) if is_period(word))
            made.append(replace(model, index=index, title=title, period=year))
            notes.append(
                Finding(
                    NOTE,
                    "year_added",
                    _("Spalte %(column)s ist neu und wird als %(year)s gelesen.")
                    % {"column": column_letters(index), "year": year},
                    sheet=table.sheet,
                    column=index,
                )
            )
    new = {c.index for c in made}
    for column in [c for c in columns if c.index in new]:
        columns.remove(column)
    return made


def _same_but_year(title: str, column: Column) -> bool:
    has_year = any(is_period(word) for word in [title, *title.split()])
    return has_year and fold(bare_title(title)) == fold(bare_title(column.title))


def _new_years(mapping: Mapping, tables: list[Table], book: Book, notes: list[Finding]) -> list[Table]:
    """Sheets named by a year that the template does not know yet."""
    read = {t.sheet for t in tables}
    made = []
    for sheet in book.visible:
        if sheet.name in read or not is_period(sheet.name) or not mapping.tables:
            continue
        model = replace(mapping.tables[-1], sheet=sheet.name, period=period_of(sheet.name), is_read=True)
        made.append(_fitted(model, sample_of(sheet), mapping, notes))
        notes.append(
            Finding(NOTE, "sheet_added", _("Blatt »%(sheet)s« ist neu.") % {"sheet": sheet.name}, sheet=sheet.name)
        )
    return made


def resembles(mapping: Mapping, book: Book, known: Known) -> float:
    """How well a template fits a file without changes, 0 to 1: to offer the right template among many."""
    fitted = fit(mapping, book, known)
    wanted = sum(1 for t in mapping.tables for c in t.columns if c.role != "ignore")
    if not wanted:
        return 0.0
    lost = sum(1 for note in fitted.notes if note.kind in (WARNING, ERROR))
    same = recognise(book, known).mapping.level == mapping.level
    return round(max(0.0, 1 - lost / wanted) * (1.0 if same else 0.5), 2)
