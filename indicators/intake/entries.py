"""From rows of cells to entries: one per number that the file holds for an area, an indicator and a period."""

from collections.abc import Iterator
from typing import NamedTuple

from .grid import Book
from .mapping import Mapping


class Entry(NamedTuple):
    """One number as it stands in the file. Numbers are raw cells for `NumberReader`; None where there is no column."""

    sheet: str
    row: int
    column: int  # of the value, or of the numerator when there is no value column
    area_code: str
    area_name: str
    level: str  # slug when known, else the word in the file
    indicator: str  # slug when known, else the word in the file
    period: str  # code when known, else the word in the file
    value: object
    numerator: object
    denominator: object
    status: str
    comment: str
    joint_with: str
    code_is_number: bool = False  # the code stood as a number, so leading zeros may be lost


class Skipped(NamedTuple):
    """A row that holds no values, and why: `empty`, `total`, `footnote`, `header`, `after_table`."""

    sheet: str
    row: int
    reason: str
    text: str


def read_entries(book: Book, mapping: Mapping, skipped: list[Skipped] | None = None) -> Iterator[Entry]:
    """Entries of all tables of a mapping, streamed. Rows without values are added to `skipped` (the first 1,000)."""
    raise NotImplementedError
