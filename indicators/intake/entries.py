"""From rows of cells to entries: one per number that the file holds for an area, an indicator and a period."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from .findings import refuse
from .grid import Book, Sheet
from .mapping import Mapping, Table
from .rowplan import Plan, plan_of
from .rowrules import skip_reason

REMEMBERED = 1_000  # skipped rows kept for the preview


class Entry(NamedTuple):
    """One number as it stands in the file. Numbers are raw cells for `NumberReader`; None where there is no column."""

    sheet: str
    row: int
    column: int  # of the value, or of the numerator when there is no value column
    area_code: str
    area_name: str
    level: str  # slug when known, else the word in the file
    indicator: str  # slug when known, else the word in the file
    period: str  # code when known, else the word in the file
    value: object
    numerator: object
    denominator: object
    status: str
    comment: str
    joint_with: str
    code_is_number: bool = False  # the code stood as a number, so leading zeros may be lost
    unit: str = ""  # as a column of its own says it


class Skipped(NamedTuple):
    """A row that holds no values, and why: `empty`, `total`, `footnote`, `header`, `after_table`."""

    sheet: str
    row: int
    reason: str
    text: str


def read_entries(
    book: Book, mapping: Mapping, skipped: list[Skipped] | None = None, totals: list[Entry] | None = None
) -> Iterator[Entry]:
    """Entries of all tables of a mapping, streamed. Rows without values are added to `skipped` (the first 1,000).

    Numbers of rows that are skipped as sums are added to `totals`, to check them against the others.
    Raises `Refusal` when the book has no sheet that a table names.
    """
    aside = [] if skipped is None else skipped, [] if totals is None else totals
    for table in mapping.read_tables:
        yield from _table_entries(sheet_of(book, table), plan_of(table, mapping), *aside)


def titles_above(book: Book, mapping: Mapping) -> Iterator[tuple[Table, str, int, str]]:
    """Texts above the names of the columns: table, sheet, row, text."""
    for table in mapping.read_tables:
        sheet = sheet_of(book, table)
        for number, row in sheet.head(max(table.header_first - 1, 0)):
            if text := first_text(row):
                yield table, sheet.name, number, text


def sheet_of(book: Book, table: Table) -> Sheet:
    """The sheet that a table lies on; a book with one visible sheet may call it differently than last year."""
    sheet = book.sheet(table.sheet)
    if sheet is None and len(book.visible) == 1:
        return book.visible[0]
    if sheet is None:
        raise refuse(
            "sheet_missing",
            _("Das Blatt »%(sheet)s« gibt es in der Datei nicht.") % {"sheet": table.sheet},
            _("eines der Blätter %(names)s") % {"names": ", ".join(f"»{s.name}«" for s in book.visible)},
            _("Passen Sie in der Zuordnung den Namen des Blattes an."),
        )
    return sheet


def _table_entries(sheet: Sheet, plan: Plan, skipped: list[Skipped], totals: list[Entry]) -> Iterator[Entry]:
    name, width = sheet.name, plan.width
    above: list = []
    for number, row in sheet.rows(plan.first_row):
        if plan.last_row and number > plan.last_row:
            break
        if len(row) < width:
            row = row + [""] * (width - len(row))  # noqa: PLW2901 rows may be shared with the source
        reason = skip_reason(row, plan)
        if reason:
            if len(skipped) < REMEMBERED:
                skipped.append(Skipped(name, number, reason, first_text(row)))
            if reason == "total" and len(totals) < REMEMBERED:
                totals += _row_entries(name, number, row, plan)
            continue
        if plan.fill_down:
            row = above = plan.filled(row, above)  # noqa: PLW2901
        yield from _row_entries(name, number, row, plan)


def _row_entries(sheet: str, number: int, row: list, plan: Plan) -> list[Entry]:
    """Entries of one row. Made by `tuple.__new__`, which takes half the time of calling `Entry` a million times."""
    code, name, is_number = plan.area(row)
    level = plan.level(row)
    indicator, period = plan.indicator(row), plan.period(row)
    status, comment, joint, unit = plan.remarks(row) if plan.has_remarks else ("", "", "", "")
    make = tuple.__new__
    return [
        make(
            Entry,
            (
                sheet,
                number,
                group.column,
                code,
                name,
                level,
                group.indicator or indicator,
                group.period or period,
                None if group.value is None else row[group.value],
                None if group.numerator is None else row[group.numerator],
                None if group.denominator is None else row[group.denominator],
                status,
                comment,
                joint,
                is_number,
                unit,
            ),
        )
        for group in plan.groups
    ]


def first_text(row: list) -> str:
    """The first filled cell, for showing a row that was skipped."""
    return next((str(cell).strip()[:120] for cell in row if cell != "" and str(cell).strip()), "")
