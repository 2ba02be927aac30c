"""The planner's own spreadsheet back, with the cells marked that something was found in."""

import io
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .findings import ERROR, NOTE, WARNING, Finding, by_weight
from .opening import open_book
from .rebuilding import rebuild, write_text

MOST_BYTES = 1536 * 1024  # of a workbook that is kept as it is; larger ones come back as an extract
MOST_COMMENTS = 3_000
AUTHOR = "Sozialportal"

# Told apart without colour, too: in print errors have a thick line, warnings a broken one.
FILLS = {
    ERROR: PatternFill("solid", start_color="FFF4B8B0"),
    WARNING: PatternFill("solid", start_color="FFFFE3A3"),
    NOTE: PatternFill("solid", start_color="FFDCEBF0"),
}
_LINES = {ERROR: Side("thick", "FF9C1C10"), WARNING: Side("mediumDashed", "FF8A5A00"), NOTE: Side("dotted", "FF2F5F70")}
BORDERS = {kind: Border(left=line, right=line, top=line, bottom=line) for kind, line in _LINES.items()}
HEAD, LINK = Font(bold=True), Font(underline="single", color="FF1F5A6B")
WIDTHS = (10, 22, 10, 52, 44, 52)


def mark_findings(original: bytes, format: str, findings: Sequence[Finding], name: str = "") -> bytes:
    """An XLSX workbook: the sheets as sent, found cells filled and commented, and a sheet `Befunde` listing all.

    Of very large files only the rows with findings come back, each with its row number. Texts never become formulas.
    """
    book, places = _workbook(original, format, findings, name)
    marked = _mark(book, findings, places)
    _list(book, findings, marked)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _workbook(original: bytes, format: str, findings: Sequence[Finding], name: str) -> tuple:
    """The workbook to mark; and, for an extract, where its rows have gone to: (sheet, row) -> row."""
    if format == "xlsx" and len(original) <= MOST_BYTES:
        try:
            return openpyxl.load_workbook(io.BytesIO(original)), None
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
            pass  # openpyxl is stricter than the reader; the cells can still be rebuilt
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as kept:
        kept.write(original)
        kept.flush()
        return rebuild(open_book(Path(kept.name), name or "datei", max_bytes=len(original)), findings)


def _mark(book: openpyxl.Workbook, findings: Sequence[Finding], places: dict | None) -> dict[Finding, tuple[str, str]]:
    """Fills and comments the cells; returns sheet and address of each finding that has one."""
    by_cell: dict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    names = {ws.title.casefold(): ws.title for ws in book.worksheets}
    for finding in by_weight(findings):
        title = names.get(finding.sheet.strip().casefold()) if finding.sheet else book.worksheets[0].title
        row = finding.row if places is None else places.get((finding.sheet, finding.row))
        if title and row:
            column = finding.column or _first_filled(book[title], row)
            by_cell[title, row, column + (places is not None and bool(finding.column))].append(finding)
    addresses = {}
    for number, ((title, row, column), found) in enumerate(by_cell.items()):
        cell = _upper_left(book[title], row, column)
        cell.fill, cell.border = FILLS[found[0].kind], BORDERS[found[0].kind]
        if number < MOST_COMMENTS:
            _comment(cell, found)
        addresses.update(dict.fromkeys(found, (title, cell.coordinate)))
    return addresses


def _first_filled(sheet: Worksheet, row: int) -> int:
    return next((c.column for c in sheet[row] if c.value is not None), 1)


def _upper_left(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the one that carries the content of the merged cells around it."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


def _comment(cell: Cell, findings: Sequence[Finding]) -> None:
    parts = [cell.comment.text] if cell.comment else []
    for finding in findings:
        lines = [f"{_labels()[finding.kind]}: {finding.found}"]
        if finding.expected:
            lines.append(_("Erwartet: %(expected)s") % {"expected": finding.expected})
        if finding.suggestion:
            lines.append(_("Vorschlag: %(suggestion)s") % {"suggestion": finding.suggestion})
        parts.append("\n".join(lines))
    text = ILLEGAL_CHARACTERS_RE.sub("", "\n\n".join(parts))[:2000]
    cell.comment = Comment(text, AUTHOR, height=60 + 18 * (len(text) // 40 + text.count("\n")), width=320)


def _labels() -> dict[str, str]:
    return {ERROR: _("Fehler"), WARNING: _("Warnung"), NOTE: _("Hinweis")}


def _list(book: openpyxl.Workbook, findings: Sequence[Finding], marked: dict[Finding, tuple[str, str]]) -> None:
    """The sheet with all findings, first in the workbook, each with a link to its cell."""
    title = _("Befunde")
    taken = {name.casefold() for name in book.sheetnames}
    if title.casefold() in taken:
        title = next(t for n in range(2, 99) if (t := f"{title} ({n})").casefold() not in taken)
    sheet = book.create_sheet(title, 0)
    heads = (_("Art"), _("Blatt"), _("Zelle"), _("Gefunden"), _("Erwartet"), _("Vorschlag"))
    for column, (head, width) in enumerate(zip(heads, WIDTHS, strict=True), 1):
        write_text(sheet.cell(1, column), head)
        sheet.cell(1, column).font = HEAD
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for row, finding in enumerate(by_weight(findings), 2):
        texts = (
            _labels()[finding.kind],
            finding.sheet,
            finding.cell,
            finding.found,
            finding.expected,
            finding.suggestion,
        )
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            write_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = FILLS[finding.kind]
        if finding in marked:
            where, address = marked[finding]
            target = "'" + where.replace("'", "''") + f"'!{address}"
            sheet.cell(row, 3).hyperlink = Hyperlink(ref=sheet.cell(row, 3).coordinate, location=target)
            sheet.cell(row, 3).font = LINK
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:F{max(2, len(findings) + 1)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
