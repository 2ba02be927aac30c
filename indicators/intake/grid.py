"""A spreadsheet as rows of cells, whatever file format it came in.

A cell is `""` when empty, else text, a number (int, float, `Percent`), a boolean, a date, a time span, or the text of
an error such as `#DIV/0!`. Rows and columns count from 1, as spreadsheets show them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from .findings import Finding

EMPTY = ""


class Percent(Decimal):
    """A number that its cell shows as percent: a cell 0.125 formatted `0,0 %` is `Percent("12.5")`."""

    def __repr__(self) -> str:
        return f"Percent('{self}')"


class Merge(NamedTuple):
    """Cells joined to one; the upper left one holds the content."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` may be called as often as needed; each call reads afresh and holds one row at a time."""

    name: str
    row_count: int
    column_count: int
    source: Callable[[], Iterator[list]] = field(repr=False)  # all rows from the first
    hidden: bool = False
    merged: tuple[Merge, ...] = ()

    def rows(self, start: int = 1) -> Iterator[tuple[int, list]]:
        """Row number and cells; rows may be shorter than `column_count`, missing cells are empty."""
        return enumerate(islice(self.source(), start - 1, None), start)

    def head(self, count: int = 50) -> list[tuple[int, list]]:
        """The first rows, cheaply."""
        return list(islice(self.rows(), count))


@dataclass
class Book:
    """An opened spreadsheet file. For CSV the file at the given path must stay while rows are read."""

    name: str  # file name as the planner knows it
    format: str  # xlsx, xls, ods, csv, tsv, csv.zip
    sheets: list[Sheet]
    encoding: str = ""  # label for people, text formats only
    delimiter: str = ""  # text formats only
    notes: list[Finding] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name; `""` is the first visible one."""
        if not name:
            return next((s for s in self.sheets if not s.hidden), None)
        wanted = name.strip().casefold()
        return next((s for s in self.sheets if s.name.strip().casefold() == wanted), None)

    @property
    def visible(self) -> list[Sheet]:
        """Sheets that a reader of the file sees."""
        return [s for s in self.sheets if not s.hidden]
