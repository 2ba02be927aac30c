"""Spreadsheets of LibreOffice and others (ODS), read with percent formats, merged cells and error cells."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from .findings import column_letters, refuse
from .grid import Book, Merge, Sheet
from .overlay import as_percent
from .packages import chunks, linked, macros, protected, tree, uncounted

OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text"))
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MAX_CELLS = 12_000_000


def open_ods(archive: zipfile.ZipFile, name: str) -> Book:
    """All sheets, read into memory."""
    names = archive.namelist()
    if any(n.startswith("Basic/") and not n.endswith(("script-lc.xml", "dialog-lc.xml")) for n in names):
        raise macros()
    manifest = tree(archive, "META-INF/manifest.xml")
    if manifest is not None and any(e.tag.endswith("encryption-data") for e in manifest.iter()):
        raise protected()
    return Book(name, "ods", list(_sheets(archive)))


def _sheets(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    parser = ElementTree.XMLPullParser(["start", "end"])
    hidden_styles: set[str] = set()
    reader = None
    for chunk in chunks(archive, "content.xml"):
        parser.feed(chunk)
        for event, element in parser.read_events():
            if event == "start":
                if element.tag == TABLE + "table" and reader is None:
                    reader = _TableReader(element.get(TABLE + "name", ""), element)
                continue
            if element.tag == STYLE + "style":
                hidden_styles.update(_hidden(element))
            elif element.tag == TABLE + "table-source" or (element.tag == TABLE + "table" and _foreign(element)):
                raise linked("")
            elif reader is not None and element.tag == TABLE + "table-row":
                reader.add(element)
                element.clear()
            elif reader is not None and element is reader.element:
                yield reader.sheet(element.get(TABLE + "style-name", "") in hidden_styles)
                reader = None


def _hidden(style: ElementTree.Element) -> Iterator[str]:
    for properties in style.iter(STYLE + "table-properties"):
        if properties.get(TABLE + "display") == "false":
            yield style.get(STYLE + "name", "")


def _foreign(table: ElementTree.Element) -> bool:
    return table.get(TABLE + "name", "").startswith("'file:")


class _TableReader:
    """Collects the rows of one sheet."""

    def __init__(self, name: str, element: ElementTree.Element):
        self.name, self.element = name, element
        self.rows: list[list] = []
        self.merged: list[Merge] = []
        self.formulas: list[str] = []
        self.formula_count = self.empty_rows = self.cells = 0

    def add(self, row: ElementTree.Element) -> None:
        """One row element, which may stand for many."""
        cells = self._cells(row)
        repeated = int(row.get(TABLE + "number-rows-repeated", 1))
        if not cells:
            self.empty_rows += repeated
            return
        self.cells += (len(cells) + self.empty_rows) * repeated
        if self.cells > MAX_CELLS:
            raise refuse(
                "too_many_cells",
                _("Das Blatt »%(sheet)s« hat zu viele Zellen.") % {"sheet": self.name},
                _("höchstens %(limit)s Zellen in einem Blatt") % {"limit": MAX_CELLS},
            )
        self.rows.extend([] for _row in range(self.empty_rows))
        self.empty_rows = 0
        self.rows.extend(list(cells) for _row in range(repeated))

    def _cells(self, row: ElementTree.Element) -> list:
        cells: list = []
        empty = 0
        number = len(self.rows) + self.empty_rows + 1
        for cell in row:
            if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            content = "" if cell.tag == TABLE + "covered-table-cell" else _content(cell)
            repeated = int(cell.get(TABLE + "number-columns-repeated", 1))
            self._note(cell, content, number, len(cells) + empty + 1)
            if content == "":
                empty += repeated
                continue
            if len(cells) + empty + repeated > 16_384:
                repeated = max(1, 16_384 - len(cells) - empty)
            cells.extend([""] * empty)
            empty = 0
            cells.extend([content] * repeated)
        return cells

    def _note(self, cell: ElementTree.Element, content: object, row: int, column: int) -> None:
        wide, high = (int(cell.get(TABLE + f"number-{k}-spanned", 1)) for k in ("columns", "rows"))
        if wide > 1 or high > 1:
            self.merged.append(Merge(row, column, row + high - 1, column + wide - 1))
        formula = cell.get(TABLE + "formula")
        if formula is not None:
            if re.search(r"'file:|\['?https?:", formula):
                raise linked("")
            if content == "" and cell.get(OFFICE + "value-type") is None:
                self.formula_count += 1
                if len(self.formulas) < 10:
                    self.formulas.append(f"{column_letters(column)}{row}")

    def sheet(self, hidden: bool) -> Sheet:
        """What was collected."""
        if self.formula_count and not hidden:
            raise uncounted(self.formulas, self.formula_count, self.name)
        width = max(map(len, self.rows), default=0)
        rows = self.rows
        return Sheet(self.name, len(rows), width, lambda: map(list, rows), hidden, tuple(self.merged))


def _content(cell: ElementTree.Element) -> object:
    kind = cell.get(OFFICE + "value-type")
    shown = "\n".join("".join(p.itertext()) for p in cell.findall(TEXT + "p"))
    if kind is None or kind == "string":
        return cell.get(OFFICE + "string-value", shown)
    if kind in ("float", "currency", "percentage"):
        return _number(cell.get(OFFICE + "value", ""), shown, kind == "percentage")
    if kind == "date":
        return _moment(cell.get(OFFICE + "date-value", ""), shown)
    if kind == "boolean":
        return cell.get(OFFICE + "boolean-value") == "true"
    return shown


def _number(value: str, shown: str, percent: bool) -> object:
    too_narrow = not shown.strip("#").strip()  # a column of ### only lacks width
    if shown.startswith(("#", "Err:")) and not too_narrow:
        return shown  # an error is written as the number 0
    return as_percent(float(value)) if percent else float(value)


def _moment(written: str, shown: str) -> object:
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return shown
