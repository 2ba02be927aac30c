"""Rows of Excel workbooks by the fast reader (calamine), with the overlay of what it does not tell."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import python_calamine as calamine

from .grid import Book, Merge, Sheet
from .overlay import Overlay
from .packages import damaged, protected

FAILURES = (calamine.CalamineError, OSError, ValueError, IndexError)


@contextmanager
def _guarded() -> Iterator[None]:
    """Failures of the reader as refusals; also its panics, which pass by `except Exception`."""
    try:
        yield
    except calamine.PasswordError as error:
        raise protected() from error
    except FAILURES as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from error


class _Workbook:
    """An open workbook that keeps the sheet read last."""

    def __init__(self, path: Path):
        with _guarded():
            self.workbook = calamine.CalamineWorkbook.from_path(path)
        self._last: tuple[int, calamine.CalamineSheet] | None = None

    def sheet(self, index: int) -> calamine.CalamineSheet:
        """The sheet at a place, from 0."""
        if self._last is None or self._last[0] != index:
            self._last = None  # frees the memory of the other sheet first
            with _guarded():
                self._last = (index, self.workbook.get_sheet_by_index(index))
        return self._last[1]


def open_workbook(
    path: Path,
    name: str,
    format: str,
    overlays: dict[str, Overlay],
    check: Callable[[Overlay, str], None] | None = None,
) -> Book:
    """The workbook at `path`; `check` may refuse a visible sheet by its overlay."""
    workbook = _Workbook(path)
    sheets = []
    for index, about in enumerate(workbook.workbook.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible != calamine.SheetVisibleEnum.Visible
        overlay = overlays.get(about.name, Overlay())
        if check and not hidden:
            check(overlay, about.name)
        sheets.append(_sheet(workbook, index, about.name, hidden, overlay))
    return Book(name, format, sheets)


def _sheet(workbook: _Workbook, index: int, name: str, hidden: bool, overlay: Overlay) -> Sheet:
    sheet = workbook.sheet(index)
    merged = tuple(
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )

    def source() -> Iterator[list]:
        return overlay.apply(_rows(workbook.sheet(index)))

    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    return Sheet(name, rows, columns, source, hidden, merged)


def _rows(sheet: calamine.CalamineSheet) -> Iterator[list]:
    """All rows from the first and from column A; the reader itself begins at the first filled column."""
    if sheet.start is None:
        return iter(())
    left = sheet.start[1]
    return ([""] * left + row for row in sheet.iter_rows()) if left else sheet.iter_rows()
