"""A look at the beginning of a sheet: cells with merged headers spread out, and which rows and columns are filled."""

from dataclasses import dataclass, field

from .grid import Sheet
from .rowplan import text_of
from .years import is_period

LOOKED_AT = 400  # rows; a table shows what it is within them
HEADS = 40  # rows in which names of columns are looked for


@dataclass
class Sample:
    """The first rows of a sheet as a full rectangle; rows and columns count from 0 here."""

    sheet: Sheet
    rows: list[list]
    width: int
    merged_texts: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # cell -> upper left cell

    def texts(self, row: int) -> list[str]:
        """Texts of a row, merged cells repeated over all columns that they cover."""
        return [self.text(row, column) for column in range(self.width)]

    def text(self, row: int, column: int) -> str:
        """Text of a cell; of a covered cell that of the merged one."""
        top, left = self.merged_texts.get((row, column), (row, column))
        return text_of(self.rows[top][left]) if top < len(self.rows) else ""

    def cell(self, row: int, column: int) -> object:
        """A cell as it stands, covered ones as the merged one."""
        top, left = self.merged_texts.get((row, column), (row, column))
        return self.rows[top][left] if top < len(self.rows) else ""

    def filled(self, row: int) -> list[int]:
        """Columns with content, without covered cells."""
        return [c for c in range(self.width) if text_of(self.rows[row][c])]

    def column(self, column: int, first: int) -> list:
        """The filled cells of a column from a row on."""
        return [row[column] for row in self.rows[first:] if text_of(row[column])]


def sample_of(sheet: Sheet, count: int = LOOKED_AT) -> Sample:
    """The first rows of a sheet."""
    rows = [list(row) for _number, row in sheet.head(count)]
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    covered = {}
    for merge in sheet.merged:
        if merge.top > len(rows) or (merge.bottom - merge.top) > LOOKED_AT:
            continue
        for row in range(merge.top - 1, min(merge.bottom, len(rows))):
            for column in range(merge.left - 1, min(merge.right, width)):
                covered[row, column] = (merge.top - 1, merge.left - 1)
    _spread(rows[:HEADS], width, covered)
    return Sample(sheet, rows, width, covered)


def _spread(rows: list[list], width: int, covered: dict[tuple[int, int], tuple[int, int]]) -> None:
    """A name that stands once above several years counts for all of them, also where no cells are merged.

    Text files cannot say that cells were merged, and some people leave the neighbours of a name empty.
    """
    spread = set()
    for row in range(len(rows) - 2, -1, -1):
        for column in range(1, width):
            if (row, column) in covered or text_of(rows[row][column]):
                continue
            top, left = covered.get((row, column - 1), (row, column - 1))
            years = all(is_period(rows[row + 1][c]) for c in (column - 1, column))
            is_name = isinstance(rows[top][left], str) and rows[top][left].strip() and not is_period(rows[top][left])
            if is_name and (years or (row + 1, column) in spread):
                covered[row, column] = (top, left)
                spread.add((row, column))
