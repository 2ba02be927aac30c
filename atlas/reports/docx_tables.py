"""The rows of a document's table in Word's markup."""

from collections.abc import Iterator, Sequence

from atlas.reports import docx_styles as styles
from atlas.reports.content import label
from atlas.reports.document import Cell, Column, Row, RowGroup, Table, Text, runs
from atlas.reports.docx_parts import Drawings, Links, Size, cell_element, paragraph, row_element, run

_TALLEST = 12  # mm of a drawing in a row
_PADDING = 2.2  # mm left and right of what stands in a cell
_LETTER, _SMALL_LETTER, _HEAD_LETTER = 1.5, 1.3, 1.6  # mm of a digit, in a note, of a letter in a head
_WHOLE_WORDS = (22, 18, 14, 10, 0)  # letters of words in heads that are not broken, as far as there is room
_GIVEN = 0.4  # what a column of text or drawings gives at most


def table_rows(table: Table, widths: Sequence[float], links: Links, drawings: Drawings) -> list:
    """Heads, then all rows with the titles of their groups; widths in millimetres."""
    return list(_Rows(table, widths, links, drawings).all())


def table_widths(table: Table, whole: float) -> list[float]:
    """Widths in millimetres: as the document says, but no number is broken where columns of text have room."""
    shares = sum(column.width for column in table.columns)
    widths = [whole * column.width / shares for column in table.columns]
    for whole_word in _WHOLE_WORDS:
        fitted = _fitted(table, widths, whole_word)
        if fitted:
            return fitted
    return widths


def _fitted(table: Table, widths: list[float], whole_word: int) -> list[float]:
    """The widths so that nothing is broken that should not be; nothing where there is no room."""
    needed = [_needed(table, index, whole_word) for index in range(len(widths))]
    lacking = sum(max(0, need - width) for need, width in zip(needed, widths, strict=True))
    givers = [
        0 if column.kind == "number" else max(0, min(width * _GIVEN, width - need))
        for column, width, need in zip(table.columns, widths, needed, strict=True)
    ]
    if lacking and sum(givers) < lacking:
        return []
    share = lacking / sum(givers) if lacking else 0
    return [max(width, need) - giver * share for width, need, giver in zip(widths, needed, givers, strict=True)]


def _needed(table: Table, index: int, whole_word: int) -> float:
    """What a column needs at least, so that no number and no short word of its head is broken."""
    column = table.columns[index]
    letters = [len(word) * _HEAD_LETTER for word in column.label.split() if len(word) <= whole_word]
    if column.kind == "number":
        for cell in (row.cells[index] for group in table.groups for row in group.rows):
            letters += [len(cell.text) * _LETTER, len(cell.note) * _SMALL_LETTER]
    return max(letters, default=0) + _PADDING


class _Rows:
    def __init__(self, table: Table, widths: Sequence[float], links: Links, drawings: Drawings):
        self.table, self.widths, self.links, self.drawings = table, widths, links, drawings

    def all(self) -> Iterator:
        heads = [
            cell_element(width, paragraph(_id(_head_style(column)), run(label(column.label))))
            for column, width in zip(self.table.columns, self.widths, strict=True)
        ]
        yield row_element(*heads, is_head=True)
        for group in self.table.groups:
            if group.title:
                yield self._title(group)
            for row in group.rows:
                yield row_element(*self._cells(row))

    def _title(self, group: RowGroup):
        title = paragraph(_id(styles.GROUP), run(label(group.title)))
        return row_element(cell_element(sum(self.widths), title, span=len(self.widths)))

    def _cells(self, row: Row) -> Iterator:
        for index, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True)):
            yield self._cell(cell, column, self.widths[index], is_first=index == 0, is_total=row.is_total)

    def _cell(self, cell: Cell, column: Column, width: float, *, is_first: bool, is_total: bool):
        inner = []
        for picture in (cell.swatch, cell.drawing):
            if picture:
                size = Size(picture.width, picture.height).within(max(width - _PADDING, 1), _TALLEST)
                inner.append(self.drawings.run(picture, size))
        if cell.text:
            space = " " if inner else ""
            text = " ".join(cell.text.split("\n"))
            inner += self.links.runs(runs(Text(f"{space}{text}", strong=is_total, href=cell.href)))
        if cell.note:
            between = "" if not inner else " " if is_first else "\n"
            inner.append(run(between + label(cell.note), style=_id(styles.ADDITION)))
        style = styles.NUMBER if column.kind == "number" else styles.CELL
        return cell_element(width, paragraph(_id(style), *inner))


def _head_style(column: Column) -> str:
    return styles.NUMBER_HEAD if column.kind == "number" else styles.HEAD


def _id(style: str) -> str:
    return style.replace(" ", "")
