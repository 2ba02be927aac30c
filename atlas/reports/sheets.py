"""The tables of a document as sheets of a spreadsheet, whatever program reads them. Pure.

A sheet has a head of its own, one row of column heads, one row for each row of the table, and notes below. Titles of
row groups stand in a column, small text of cells in a column beside theirs: so filters and sorting work.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from atlas.reports.addresses import web_address
from atlas.reports.content import checksum, label
from atlas.reports.document import Cell, Column, Document, Number, Picture, RowGroup, Table, plain, tables

LONGEST_CELL = 32_767  # letters, of Excel
LONGEST_NAME = 31  # units of UTF-16, of Excel
LINE = "\n"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'\n", " "))
_TIMES = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s?(?:bis|to|–|-)\s?(?:19|20)\d\d)?(?!\d)")
_RESERVED = {"history", "verlauf"}
NARROWEST, WIDEST = 9, 78  # letters
MOST_LINES = 25
_BOLD = 1.15
_TEXT_LETTERS = 1.1  # letters of words for each digit that a column is wide


@dataclass(frozen=True)
class SheetCell:
    """What one cell holds: a number, or a text; `href` is an address of the web."""

    text: str = ""
    number: Number | None = None
    href: str = ""


@dataclass(frozen=True)
class SheetColumn:
    """A column: its head, whether numbers stand in it, and its width in letters."""

    label: str
    is_number: bool
    width: float


@dataclass(frozen=True)
class SheetRow:
    """Cells in the order of the columns."""

    cells: tuple[SheetCell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class TableSheet:
    """One table with the lines above and the notes below it."""

    name: str
    head: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...]

    @property
    def filtered(self) -> int:
        """The number of rows before the totals at the end."""
        count = len(self.rows)
        while count and self.rows[count - 1].is_total:
            count -= 1
        return count

    @property
    def frozen(self) -> int:
        """How many columns say what a row is about: all before the first number, at most two."""
        before = next((index for index, column in enumerate(self.columns) if column.is_number), 0)
        return min(before, 2)


def table_sheets(document: Document) -> list[TableSheet]:
    """All tables of a document with names that differ, also from that of the notes.

    Tables that share a name, as those of many areas do, are named by what stands above them.
    """
    names, found = Names(document.words.notes_sheet), tables(document)
    count = Counter(table.name for table in found)
    head = (title_line(document), origin_line(document))
    made = []
    for table in found:
        wanted = table.name if count[table.name] == 1 else table.caption
        made.append(_sheet(table, names.unique(wanted or table.name or document.words.table), head, document))
    return made


def title_line(document: Document) -> str:
    """What the document is, in one line."""
    return label(" – ".join(part for part in (document.title, document.kind) if part))


def origin_line(document: Document) -> str:
    """Release, day of creation, permanent address and checksum in one line."""
    return " · ".join(f"{name}: {text}" for name, text in origin_lines(document))


def foot_line(document: Document) -> str:
    """The same for the foot of every page, which has room for less: the day of creation is that of the release."""
    words = document.words
    return " · ".join(f"{name}: {text}" for name, text in origin_lines(document) if name != words.dated)


def said_of_origin(document: Document) -> str:
    """Release, day of creation and checksum for the properties of a file."""
    words = document.words
    return " · ".join(
        text if name == words.created else f"{name}: {text}"
        for name, text in origin_lines(document)
        if name != words.permalink
    )


def origin_lines(document: Document) -> list[tuple[str, str]]:
    """Release, day of creation, permanent address and checksum with their names."""
    origin, words = document.origin, document.words
    return [
        (words.created, origin.release),
        *([(words.dated, origin.dated)] if origin.dated else []),
        (words.permalink, origin.permalink),
        (words.checksum, checksum(document)),
    ]


def named(picture: Picture) -> str:
    """What a picture is called where each needs words: its caption, else its title, else how its description begins."""
    return picture.caption or picture.title or picture.alternative.partition(". ")[0]


def pieces(text: str) -> list[str]:
    """A text in pieces that fit into a cell."""
    return [text[start : start + LONGEST_CELL] for start in range(0, len(text), LONGEST_CELL)] or [""]


class Names:
    """Names of sheets that Excel accepts, each once."""

    def __init__(self, *taken: str):
        self.taken = set(_RESERVED)
        self.first = [self.unique(name) for name in taken]

    def unique(self, wanted: str) -> str:
        """The name, shortened and numbered where it must be; what is shortened keeps its year.

        >>> names = Names("Hinweise")
        >>> names.unique("Werte [%]/Jahr"), names.unique("werte  %  jahr"), names.unique("Hinweise")
        ('Werte % Jahr', 'werte % jahr 2', 'Hinweise 2')
        >>> names.unique("Transferleistungsquote: Stadtbezirke, 31.12.2018")
        'Transferleistungsquote Sta 2018'
        """
        base = " ".join(wanted.translate(_NOT_IN_NAMES).split()) or "–"
        name, number = _shortened(base), 1
        while name.casefold() in self.taken:
            number += 1
            name = _shortened(base, f" {number}")
        self.taken.add(name.casefold())
        return name


def _shortened(base: str, end: str = "") -> str:
    """A name with an end, its time (a year, or two) behind what is left of the rest where all is too long."""
    whole = _cut(base, LONGEST_NAME - len(end))
    times = _TIMES.findall(base)
    if whole == base or not times or times[-1] in whole:
        return whole + end
    end = f" {times[-1]}{end}"
    return _cut(base, LONGEST_NAME - len(end)) + end


def _cut(name: str, units: int) -> str:
    while len(name.encode("utf-16-le")) > 2 * units:
        name = name[: min(len(name) - 1, units)]
    return name.strip()


def lines_of(sheet_row: SheetRow, columns: Sequence[SheetColumn]) -> int:
    """How many lines a row has, where texts are broken at the width of their columns."""
    return max((_lines(cell.text, c.width) for cell, c in zip(sheet_row.cells, columns, strict=True)), default=1)


def head_lines(columns: Sequence[SheetColumn]) -> int:
    """How many lines the column heads have."""
    return max((_lines(column.label, column.width / _BOLD) for column in columns), default=1)


def _lines(text: str, width: float) -> int:
    """Lines of a text at a width in letters, at most `MOST_LINES`."""
    count = 0
    for line in text[: MOST_LINES * WIDEST].split(LINE):
        count += len(wrap(line, max(int(width * _TEXT_LETTERS), 1))) or 1
    return min(count, MOST_LINES)


def _sheet(table: Table, name: str, head: tuple[str, ...], document: Document) -> TableSheet:
    has_groups = any(group.title for group in table.groups)
    noted = [_has_notes(table.groups, index) for index in range(len(table.columns))]
    rows = [
        SheetRow(
            (*((SheetCell(group.title),) if has_groups else ()), *_cells(row.cells, table.columns, noted)),
            row.is_total,
        )
        for group in table.groups
        for row in group.rows
    ]
    heads = [(document.words.group, False)] if has_groups else []
    for column, has_notes in zip(table.columns, noted, strict=True):
        heads.append((column.label, column.kind == "number"))
        heads += [(document.words.addition.format(column=column.label), False)] if has_notes else []
    title, origin = head
    return TableSheet(
        name,
        (title, label(table.caption), origin),
        tuple(_column(text, is_number, [row.cells[i] for row in rows]) for i, (text, is_number) in enumerate(heads)),
        tuple(rows),
        tuple(plain(note) for note in table.notes),
    )


def _has_notes(groups: Sequence[RowGroup], index: int) -> bool:
    return any(row.cells[index].note for group in groups for row in group.rows)


def _cells(cells: Sequence[Cell], columns: Sequence[Column], noted: Sequence[bool]) -> list[SheetCell]:
    made = []
    for cell, _column_of, has_note in zip(cells, columns, noted, strict=True):
        drawn = [picture.alternative for picture in (cell.swatch, cell.drawing) if picture]
        made.append(SheetCell(cell.text or "; ".join(drawn), cell.number, web_address(cell.href)))
        made += [SheetCell(cell.note)] if has_note else []
    return made


def _column(text: str, is_number: bool, cells: Sequence[SheetCell]) -> SheetColumn:
    longest = max((len(line) for cell in cells for line in cell.text[: 4 * WIDEST].split(LINE)), default=0)
    word = max(map(len, text[: 4 * WIDEST].split()), default=0)
    width = max(longest, word * _BOLD, len(text[: 4 * WIDEST]) / 3) + 2.5  # a head may have three lines
    return SheetColumn(text, is_number, min(max(width, NARROWEST), WIDEST))
