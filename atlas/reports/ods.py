"""A document as an OpenDocument spreadsheet, with the sheets of the Excel workbook; the same bytes every time."""

import io
from decimal import Decimal

from lxml import etree
from odf import config, dc, meta
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import DatabaseRange, DatabaseRanges, Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.teletype import addTextToElement
from odf.text import A, P, PageCount, PageNumber

from atlas.reports.archives import packed, unpacked
from atlas.reports.content import label
from atlas.reports.document import Document, Number
from atlas.reports.languages import office_language
from atlas.reports.number_formats import number_format
from atlas.reports.ods_styles import LINK, SOFT, Styles, default_style, page_styles
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
    said_of_origin,
    table_sheets,
    title_line,
)

_HEAD = 4  # rows above the heads of the columns
_TERM_WIDTH, _SAID_WIDTH = 30, 100  # letters
_TITLE_SIZES = {0: 18, 1: 14, 2: 12}
_MIMETYPE = "mimetype"
_NAMED_IN_VALUES = {"ooo": "http://openoffice.org/2004/office"}


def ods_bytes(document: Document) -> bytes:
    """The file."""
    target = io.BytesIO()
    _Book(document).written().write(target)
    files = [
        (name, _canonical(content) if name.endswith(".xml") else content)
        for name, content in unpacked(target.getvalue())
    ]
    return packed(files, document.origin.created, stored=(_MIMETYPE,))


def _canonical(content: bytes) -> bytes:
    """The same markup in the one canonical form: the library names all namespaces that its process ever met."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    etree.cleanup_namespaces(root, top_nsmap=_NAMED_IN_VALUES, keep_ns_prefixes=list(_NAMED_IN_VALUES))
    return etree.tostring(root, method="c14n")


class _Book:
    """Writes sheets one after the other."""

    def __init__(self, document: Document):
        self.document, self.file = document, OpenDocumentSpreadsheet()
        self.styles = Styles(self.file)
        self.filters = DatabaseRanges()
        self.frozen: list[tuple[str, int, int]] = []

    def written(self) -> OpenDocumentSpreadsheet:
        default_style(self.file, *office_language(self.document.language))
        self.page = page_styles(self.file, self.document.sheet, self._foot())
        self._properties()
        sheets = table_sheets(self.document)
        for sheet in sheets:
            self._table(sheet)
        self._notes(note_rows(self.document, sheets))
        if sheets:
            self.file.spreadsheet.addElement(self.filters)
        self._freeze()
        return self.file

    def _foot(self) -> list[Element]:
        pages = P()
        pages.addElement(PageNumber())
        addTextToElement(pages, " / ")
        pages.addElement(PageCount())
        return [_paragraph(label(foot_line(self.document))), pages]

    def _properties(self) -> None:
        document, origin = self.document, self.document.origin
        day = f"{origin.created.isoformat()}T00:00:00"
        said = said_of_origin(document)
        for kind, text in (
            (dc.Title, title_line(document)),
            (dc.Subject, label(document.subtitle)),
            (dc.Description, said),
            (meta.Keyword, origin.release_slug),
            (meta.InitialCreator, origin.publisher or origin.portal),
            (dc.Creator, origin.publisher or origin.portal),
            (meta.CreationDate, day),
            (dc.Date, day),
            (dc.Language, "-".join(office_language(document.language))),
        ):
            if text:
                self.file.meta.addElement(kind(text=text))

    def _sheet(self, name: str, widths: list[float]) -> Table:
        made = Table(name=name, stylename=self.page)
        for width in widths:
            made.addElement(TableColumn(stylename=self.styles.column(width)))
        self.file.spreadsheet.addElement(made)
        return made

    def _table(self, table: TableSheet) -> None:
        sheet = self._sheet(table.name, [column.width for column in table.columns])
        title, caption, origin = table.head
        sheet.addElement(self._row(self._text(title, size=14, bold=True)))
        sheet.addElement(self._row(self._text(caption, size=11)))
        sheet.addElement(self._row(self._text(origin, size=9, colour=SOFT)))
        sheet.addElement(self._row(TableCell()))
        heads = [self._text(c.label, bold=True, wrap=True, right=c.is_number, lines="head") for c in table.columns]
        head = TableHeaderRows()
        head.addElement(self._row(*heads, lines=head_lines(table.columns)))
        sheet.addElement(head)
        for row in table.rows:
            cells = [self._cell(row, cell, column) for cell, column in zip(row.cells, table.columns, strict=True)]
            sheet.addElement(self._row(*cells, lines=lines_of(row, table.columns)))
        for note in ("", *table.notes) if table.notes else ():
            sheet.addElement(self._row(self._text(note, size=9, colour=SOFT)))
        self._filter(table)
        self.frozen.append((table.name, table.frozen, _HEAD + 1))

    def _row(self, *cells: Element, lines: int = 1) -> Element:
        made = TableRow(stylename=self.styles.row(lines))
        for cell in cells:
            made.addElement(cell)
        return made

    def _cell(self, row: SheetRow, cell: SheetCell, column: SheetColumn) -> Element:
        right = column.is_number or cell.number is not None
        look = {"bold": row.is_total, "lines": "total" if row.is_total else "row", "right": right}
        shown = number_format(cell.number, cell.text) if cell.number else None
        if shown is None:
            return self._text(cell.text, wrap=not right, href=cell.href, **look)
        style = self.styles.cell(shown=shown, **look)
        made = TableCell(valuetype="float", value=_written(cell.number), stylename=style)
        made.addElement(_paragraph(cell.text))
        return made

    def _text(self, text: str, *, href: str = "", **look) -> Element:
        """A text that stays one, whatever it looks like: only cells with a formula of their own compute."""
        if href:
            look["colour"] = LINK
        style = self.styles.cell(**look)
        if not text:
            return TableCell(stylename=style)
        made = TableCell(valuetype="string", stylename=style)
        for line in text[:LONGEST_CELL].split("\n"):
            made.addElement(_paragraph(line, href))
        return made

    def _filter(self, table: TableSheet) -> None:
        last = _HEAD + 1 + max(table.filtered, 1)
        right = _letters(len(table.columns) - 1)
        place = f"'{table.name}'.A{_HEAD + 1}:'{table.name}'.{right}{last}"
        name = f"__Anonymous_Sheet_DB__{len(self.frozen)}"  # how LibreOffice calls what has no name
        self.filters.addElement(DatabaseRange(name=name, targetrangeaddress=place, displayfilterbuttons="true"))

    def _notes(self, rows: list[NoteRow]) -> None:
        sheet = self._sheet(self.document.words.notes_sheet, [_TERM_WIDTH, _SAID_WIDTH])
        columns = (SheetColumn("", False, _TERM_WIDTH / 1.2), SheetColumn("", False, _SAID_WIDTH))
        for row in rows:
            if row.level is not None:
                sheet.addElement(self._row(self._text(row.left, bold=True, size=_TITLE_SIZES.get(row.level, 10))))
                continue
            target = f"#'{row.sheet}'.A1" if row.sheet else row.href
            said = self._text(row.right, wrap=True, href=target)
            lines = lines_of(SheetRow((SheetCell(row.left), SheetCell(row.right))), columns)
            sheet.addElement(self._row(self._text(row.left, bold=True, wrap=True), said, lines=lines))

    def _freeze(self) -> None:
        """Heads that stay where they are when a sheet is moved."""
        tables = config.ConfigItemMapNamed(name="Tables")
        for name, columns, rows in self.frozen:
            entry = config.ConfigItemMapEntry(name=name)
            for item, kind, value in _split(columns, rows):
                entry.addElement(config.ConfigItem(name=item, type=kind, text=str(value)))
            tables.addElement(entry)
        view = config.ConfigItemMapEntry()
        view.addElement(config.ConfigItem(name="ViewId", type="string", text="view1"))
        view.addElement(tables)
        views = config.ConfigItemMapIndexed(name="Views")
        views.addElement(view)
        settings = config.ConfigItemSet(name="ooo:view-settings")
        settings.addElement(views)
        self.file.settings.addElement(settings)


def _split(columns: int, rows: int) -> list[tuple[str, str, int]]:
    across = [("HorizontalSplitMode", "short", 2), ("HorizontalSplitPosition", "int", columns)] if columns else []
    down = [("VerticalSplitMode", "short", 2), ("VerticalSplitPosition", "int", rows)]
    active = [("ActiveSplitRange", "short", 3 if columns else 2)]
    places = [("PositionLeft", "int", 0), ("PositionRight", "int", columns), ("PositionTop", "int", 0)]
    return [*across, *down, *active, *places, ("PositionBottom", "int", rows)]


def _written(number: Number) -> str:
    """A number as files hold it: exact, without needless zeros."""
    text = f"{Decimal(number.value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _paragraph(text: str, href: str = "") -> Element:
    made = P()
    inner = made
    if href:
        inner = A(href=href, type="simple")
        made.addElement(inner)
    addTextToElement(inner, text)
    return made


def _letters(index: int) -> str:
    """The name of a column by its number from zero.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
