"""A document as an Excel workbook: one sheet for each table, one with everything else; the same bytes every time.

Nothing in it computes: every text is written as text, also where it begins like a formula.
"""

import io
from datetime import datetime
from xml.sax.saxutils import escape

import xlsxwriter

from atlas.reports.archives import packed, unpacked
from atlas.reports.content import label
from atlas.reports.document import Document
from atlas.reports.languages import office_language
from atlas.reports.number_formats import number_format
from atlas.reports.sheet_notes import NoteRow, note_rows
from atlas.reports.sheets import (
    LONGEST_CELL,
    SheetCell,
    SheetColumn,
    SheetRow,
    TableSheet,
    foot_line,
    head_lines,
    lines_of,
    origin_line,
    said_of_origin,
    table_sheets,
    title_line,
)

FONT = "Arial"
INK, SOFT, LINE, LINK, FILL = "#1c2b30", "#557076", "#c4d2d0", "#1f6c7d", "#e8f0ee"
_PAPERS = {"A3": 8, "A4": 9}
_MOST_FORMATS = 180  # number formats of a workbook; Excel takes some 200
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LINE_HEIGHT = 13  # points
_LONGEST_PROPERTY, _LONGEST_FOOT = 255, 200
_TERM_WIDTH, _SAID_WIDTH = 30, 100  # letters
_TITLE_SIZES = {0: 18, 1: 14, 2: 12}
_CORE = "docProps/core.xml"


def xlsx_bytes(document: Document) -> bytes:
    """The file."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        _Book(book, document).write()
    return packed(_with_language(unpacked(target.getvalue()), document), document.origin.created)


def _with_language(files: list[tuple[str, bytes]], document: Document) -> list[tuple[str, bytes]]:
    """The same files, with the language among the properties: the library cannot say it."""
    said = f"<dc:language>{escape('-'.join(office_language(document.language)))}</dc:language></cp:coreProperties>"
    end = b"</cp:coreProperties>"
    return [(name, content.replace(end, said.encode()) if name == _CORE else content) for name, content in files]


class _Book:
    """Writes sheets and keeps the formats that they share."""

    def __init__(self, book: xlsxwriter.Workbook, document: Document):
        self.book, self.document, self.origin = book, document, origin_line(document)
        self.formats: dict[tuple, xlsxwriter.format.Format] = {}
        self.number_formats: set[str] = set()

    def write(self) -> None:
        self.book.set_properties(self._properties())
        self.book.formats[0].set_font_name(FONT)
        sheets = table_sheets(self.document)
        for sheet in sheets:
            self._table(sheet)
        self._notes(note_rows(self.document, sheets))

    def _properties(self) -> dict:
        document, origin = self.document, self.document.origin
        texts = {
            "title": title_line(document),
            "subject": document.subtitle,
            "author": origin.publisher or origin.portal,
            "company": origin.publisher,
            "category": document.kind,
            "keywords": origin.release_slug,
            "comments": said_of_origin(document),
        }
        day = datetime(origin.created.year, origin.created.month, origin.created.day)  # noqa: DTZ001 - a day has no zone
        return {name: label(text, _LONGEST_PROPERTY) for name, text in texts.items()} | {"created": day}

    def format(self, **properties) -> xlsxwriter.format.Format:
        """A format of the workbook, the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}
            self.formats[key] = self.book.add_format(base | properties)
        return self.formats[key]

    def _sheet(self, name: str):
        sheet = self.book.add_worksheet(name)
        paper = self.document.sheet
        sheet.set_paper(_PAPERS.get(paper.size, 9))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        foot = " ".join(foot_line(self.document).split("\n"))[:_LONGEST_FOOT].replace("&", "&&")
        sheet.set_footer(f"&L&8{' ' if foot[:1].isdigit() else ''}{foot}&R&8 &P / &N")
        sheet.hide_gridlines(1)
        return sheet

    def _table(self, table: TableSheet) -> None:
        sheet = self._sheet(table.name)
        title, caption, origin = table.head
        self._text(sheet, 0, 0, title, font_size=14, bold=True)
        self._text(sheet, 1, 0, caption, font_size=11)
        self._text(sheet, 2, 0, origin, font_size=9, font_color=SOFT)
        head = 4
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, column.width)
            look = {"bold": True, "text_wrap": True, "bottom": 2, "bottom_color": LINK, "bg_color": FILL}
            side = {"align": "right"} if column.is_number else {"align": "left", "indent": 1}
            self._text(sheet, head, index, column.label, **look, **side)
        self._high(sheet, head, head_lines(table.columns))
        for number, row in enumerate(table.rows, head + 1):
            look = {"bold": True, "top": 1, "top_color": LINK} if row.is_total else {"bottom": 1, "bottom_color": LINE}
            self._high(sheet, number, lines_of(row, table.columns))
            for index, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
                self._cell(sheet, (number, index), cell, look | self._aligned(cell, column))
        last = head + max(table.filtered, 1)
        sheet.autofilter(head, 0, last, len(table.columns) - 1)
        sheet.freeze_panes(head + 1, table.frozen)
        sheet.repeat_rows(head)
        for number, note in enumerate(table.notes, head + len(table.rows) + 2):
            self._text(sheet, number, 0, note, font_size=9, font_color=SOFT)

    @staticmethod
    def _high(sheet, row: int, lines: int) -> None:
        """Rows of several lines get their height here: not every program finds it when it opens the file."""
        if lines > 1:
            sheet.set_row(row, lines * _LINE_HEIGHT + 2)

    @staticmethod
    def _aligned(cell: SheetCell, column: SheetColumn) -> dict:
        return (
            {"align": "right"} if column.is_number or cell.number else {"text_wrap": True, "align": "left", "indent": 1}
        )

    def _cell(self, sheet, place: tuple[int, int], cell: SheetCell, look: dict) -> None:
        shown = number_format(cell.number, cell.text) if cell.number else None
        if shown and self._allowed(shown.excel):
            sheet.write_number(*place, float(cell.number.value), self.format(**look, num_format=shown.excel))
        elif cell.href and cell.text and not cell.number:
            self._link(sheet, place, cell.href, cell.text, look)
        else:
            self._text(sheet, *place, cell.text, **look)

    def _allowed(self, shown: str) -> bool:
        if shown not in self.number_formats and len(self.number_formats) >= _MOST_FORMATS:
            return False
        self.number_formats.add(shown)
        return True

    def _text(self, sheet, row: int, column: int, text: str, **look) -> None:
        """A text that stays one, whatever it looks like."""
        if not text:
            sheet.write_blank(row, column, None, self.format(**look))
            return
        sheet.write_string(row, column, text[:LONGEST_CELL], self.format(**look, **_guarded(text)))

    def _link(self, sheet, place: tuple[int, int], target: str, text: str, look: dict) -> None:
        link = self.format(**look, **_guarded(text), font_color=LINK, underline=1)
        sheet.write_url(*place, target, link, string=text[:LONGEST_CELL])

    def _notes(self, rows: list[NoteRow]) -> None:
        sheet = self._sheet(self.document.words.notes_sheet)
        sheet.set_column(0, 0, _TERM_WIDTH)
        sheet.set_column(1, 1, _SAID_WIDTH)
        for number, row in enumerate(rows):
            if row.level is not None:
                self._text(sheet, number, 0, row.left, bold=True, font_size=_TITLE_SIZES.get(row.level, 10))
                continue
            columns = (SheetColumn("", False, _TERM_WIDTH / 1.2), SheetColumn("", False, _SAID_WIDTH))
            self._high(sheet, number, lines_of(SheetRow((SheetCell(row.left), SheetCell(row.right))), columns))
            self._text(sheet, number, 0, row.left, bold=True, text_wrap=True)
            self._said(sheet, number, row)

    def _said(self, sheet, number: int, row: NoteRow) -> None:
        target = f"internal:'{row.sheet}'!A1" if row.sheet else row.href
        if target and row.right:
            self._link(sheet, (number, 1), target, row.right, {"text_wrap": True})
        else:
            self._text(sheet, number, 1, row.right, text_wrap=True)


def _guarded(text: str) -> dict:
    """The mark by which Excel keeps a text as one, also when somebody opens its cell and leaves it again."""
    return {"quote_prefix": True} if text.startswith(_LIKE_A_FORMULA) else {}
