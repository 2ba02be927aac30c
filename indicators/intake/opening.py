"""Opening a spreadsheet file without trusting it: true format by content, clear refusals."""

from pathlib import Path

from .grid import Book

MAX_BYTES = 50 * 1024 * 1024  # of the file as sent


def open_book(path: Path, name: str = "", max_bytes: int = MAX_BYTES) -> Book:
    """The spreadsheet at `path`, named `name` by the planner. Raises `Refusal`."""
    raise NotImplementedError
