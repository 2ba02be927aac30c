"""A workbook written anew from the cells of a book, for formats that cannot be kept and for very large files."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet.worksheet import Worksheet

from .findings import Finding
from .grid import Book, Percent, Sheet

MOST_CELLS = 300_000  # of all sheets; above, only rows with findings are written
HEAD_ROWS = 12  # rows of an extract that are kept for the names of the columns
MOST_ROWS = 20_000  # of an extract
_STARTS_FORMULA = tuple("=+-@\t\r")


def rebuild(book: Book, findings: Sequence[Finding]) -> tuple[openpyxl.Workbook, dict | None]:
    """The workbook; for an extract also where its rows are: (sheet, row in the file) -> row in the extract."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    large = sum(sheet.row_count * max(sheet.column_count, 1) for sheet in book.sheets) > MOST_CELLS
    places: dict | None = {} if large else None
    for sheet in book.sheets:
        target = made.create_sheet(_title(sheet.name, made))
        if sheet.hidden:
            target.sheet_state = "hidden"
        if places is None:
            _copy(sheet, target)
        else:
            _extract(sheet, target, findings, places)
    if not any(ws.sheet_state == "visible" for ws in made.worksheets):
        made.worksheets[0].sheet_state = "visible"
    return made, places


def _title(name: str, book: openpyxl.Workbook) -> str:
    cleaned = "".join(c for c in name if c not in "[]:*?/\\").strip("' ")[:31] or _("Tabelle")
    taken = {n.casefold() for n in book.sheetnames}
    return cleaned if cleaned.casefold() not in taken else f"{cleaned[:27]} {len(taken)}"


def _copy(sheet: Sheet, target: Worksheet) -> None:
    for number, row in sheet.rows():
        for column, content in enumerate(row, 1):
            write(target, number, column, content)
    for merge in sheet.merged:
        target.merge_cells(start_row=merge.top, start_column=merge.left, end_row=merge.bottom, end_column=merge.right)


def _extract(sheet: Sheet, target: Worksheet, findings: Sequence[Finding], places: dict) -> None:
    """The first rows and those with findings; column A holds the row number in the file."""
    wanted = {f.row for f in findings if f.row and f.sheet in ("", sheet.name)}
    write_text(target.cell(1, 1), _("Zeile in der Datei"))
    at = 1
    for number, row in sheet.rows():
        if number > HEAD_ROWS and number not in wanted:
            continue
        at += 1
        if at > MOST_ROWS:
            break
        places[sheet.name, number] = places["", number] = at
        target.cell(at, 1).value = number
        for column, content in enumerate(row, 2):
            write(target, at, column, content)


def write(sheet: Worksheet, row: int, column: int, content: object) -> None:
    """One cell by its kind; numbers stay numbers, texts stay texts."""
    if content == "" or content is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(content, Percent):
        cell.value, cell.number_format = float(content / 100), "0.0###%"
    elif isinstance(content, str):
        write_text(cell, content)
    elif isinstance(content, bool | int | float | date | datetime | time | timedelta):
        cell.value = content
    else:
        write_text(cell, str(content))


def write_text(cell: Cell, text: str) -> None:
    """A text, never a formula, whatever it begins with."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_STARTS_FORMULA) and len(text) > 1:
        cell.quotePrefix = True
