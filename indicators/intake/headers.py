"""The rows above a table: titles, and one or several rows with the names of columns."""

from dataclasses import dataclass

from .numbers import NumberReader, NumberRules
from .rowplan import text_of
from .sampling import Sample
from .years import is_period

MOST_ROWS = 5  # rows of column names
_READ = NumberReader(NumberRules(decimal=","))


@dataclass
class Header:
    """Rows count from 0; `first` is after `last` when there is no header."""

    first: int
    last: int
    first_row: int  # of the table
    titles: list[str]  # texts above the header
    numbered: bool = False  # a row 1, 2, 3 … stands below the names

    def path(self, sample: Sample, column: int) -> list[object]:
        """Cells of the header above a column, from top to bottom, each text once."""
        path: list[object] = []
        for row in range(self.first, self.last + 1):
            text = sample.text(row, column)
            if text and text not in [text_of(p) for p in path] and not _is_numbering(sample, row):
                path.append(sample.cell(row, column))
        return path


def find_header(sample: Sample, first_row: int) -> Header:
    """The header above the first row with an area."""
    while first_row > 0 and _is_data(sample, first_row - 1):
        first_row -= 1  # totals above the areas
    last = first_row - 1
    while last >= 0 and not sample.filled(last):
        last -= 1
    first = last + 1
    while first > 0 and last - first + 1 < MOST_ROWS and _is_header(sample, first - 1):
        first -= 1
    titles = [text for row in range(first) for text in dict.fromkeys(sample.texts(row)) if text]
    numbered = any(_is_numbering(sample, row) for row in range(first, last + 1))
    return Header(first, last, first_row, titles, numbered)


def _is_header(sample: Sample, row: int) -> bool:
    """At least two columns have a name; a title merged over the whole table has none."""
    texts = sample.texts(row)
    filled = [c for c, text in enumerate(texts) if text]
    if len(filled) < 2:
        return False
    if len({texts[c] for c in filled}) == 1:
        return 0 not in filled and len(texts[filled[0]]) < 80  # one group name over the numbers
    return True


def _is_data(sample: Sample, row: int) -> bool:
    filled = sample.filled(row)
    cells = [sample.rows[row][c] for c in filled]
    if len(filled) < 2 or _is_numbering(sample, row):
        return False
    numbers = [c for c in cells if _READ(c).value is not None and not is_period(c)]
    return len(numbers) * 2 >= len(cells)


def _is_numbering(sample: Sample, row: int) -> bool:
    """1, 2, 3 … below the names of the columns, as in printed tables."""
    texts = [text.strip("()") for text in sample.texts(row) if text]
    return len(texts) > 2 and texts in ([str(i) for i in range(s, s + len(texts))] for s in (0, 1))
