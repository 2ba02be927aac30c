"""The file to fill in: one sheet for projects, one for payments, and one that says what goes where."""

import io

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .columns import COLUMNS

_WIDTHS = {"Beschreibung": 48, "Titel": 36, "Gebiete": 30, "Bemerkung": 36, "Kennung": 24}


def template_file() -> bytes:
    """An XLSX workbook without rows; reading it back finds the sheets and columns."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet, columns in COLUMNS.items():
        table = book.create_sheet(sheet)
        for place, column in enumerate(columns, 1):
            cell = table.cell(1, place, column.name)
            cell.font = Font(bold=True)
            table.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column.name, 18)
            if column.name in ("Beginn", "Ende", "Zustand seit", "Tag"):
                table.column_dimensions[get_column_letter(place)].number_format = "DD.MM.YYYY"
        table.freeze_panes = "A2"
    _explain(book.create_sheet("So geht es"))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _explain(table) -> None:
    rows = [("Blatt", "Spalte", "nötig", "Was hineingehört")]
    rows += [(s, c.name, "ja" if c.is_needed else "", c.hint) for s, columns in COLUMNS.items() for c in columns]
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = table.cell(number, place, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for letter, width in zip("ABCD", (14, 18, 8, 80), strict=True):
        table.column_dimensions[letter].width = width
