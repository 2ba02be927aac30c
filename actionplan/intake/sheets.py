"""From a spreadsheet to rows with named cells, and what is wrong with its sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from areas.naming import fold
from indicators.intake.findings import ERROR, Finding, Refusal
from indicators.intake.grid import EMPTY, Book, Sheet
from indicators.intake.opening import open_book

from .columns import COLUMNS, PAYMENTS, PROJECTS, names_of

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5_000  # of a sheet: each of them is tried in the database before anything is stored
_HEAD_ROWS = 20


@dataclass(frozen=True)
class Row:
    """One row: cells by the name of their column, and where they stand (`columns` from 1)."""

    sheet: str
    number: int
    cells: dict[str, object]
    columns: dict[str, int]

    def text(self, column: str) -> str:
        """A cell as text without space around it; whole numbers without decimals."""
        cell = self.cells.get(column, EMPTY)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return " ".join(str(cell).split())

    def wrong(self, column: str, code: str, found: str, expected: str = "") -> Finding:
        """A finding at a cell of this row."""
        return Finding(ERROR, code, found, expected, sheet=self.sheet, row=self.number, column=self.columns.get(column))


@dataclass
class Tables:
    """Rows of both kinds, in the order of the file, and what was found on the way; `format` is that of the file."""

    projects: list[Row] = field(default_factory=list)
    payments: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    format: str = ""


def read_tables(path: Path, name: str) -> Tables:
    """What a file holds. It must stay as long as the call runs. A file that cannot be read is one finding."""
    tables = Tables()
    try:
        book = open_book(path, name, max_bytes=MOST_BYTES)
        tables.format = book.format
        for kind, sheet in _sheets(book, tables.findings):
            rows = _rows(sheet, kind, tables.findings)
            (tables.projects if kind == PROJECTS else tables.payments).extend(rows)
    except Refusal as refusal:
        tables.findings.append(refusal.finding)
    if not tables.findings and not tables.projects and not tables.payments:
        found = _("Unter den Spaltennamen steht keine Zeile.")
        tables.findings.append(Finding(ERROR, "no_rows", found, _("mindestens ein Projekt oder eine Zahlung")))
    return tables


def _sheets(book: Book, findings: list[Finding]) -> list[tuple[str, Sheet]]:
    """The sheets by their names; in a file with one sheet its columns decide."""
    found = [(kind, sheet) for sheet in book.visible for kind in COLUMNS if fold(sheet.name) == fold(kind)]
    if not found and len(book.visible) == 1:
        sheet = book.visible[0]
        found = [(kind, sheet) for kind in COLUMNS if _head(sheet, kind)]
    if not found:
        names = ", ".join(f"„{sheet.name}“" for sheet in book.visible[:5])
        text = _("Kein Blatt heißt wie erwartet; gefunden: %(names)s.") % {"names": names}
        expected = _("ein Blatt „%(projects)s“ oder „%(payments)s“ wie in der Vorlage")
        expected %= {"projects": PROJECTS, "payments": PAYMENTS}
        findings.append(Finding(ERROR, "no_sheet", text, expected))
    return found


def _head(sheet: Sheet, kind: str) -> tuple[int, dict[int, str]] | None:
    """Row of the column names and what each column (from 1) is; None without any needed one missing."""
    names, needed = names_of(kind), {column.name for column in COLUMNS[kind] if column.is_needed}
    for number, cells in sheet.head(_HEAD_ROWS):
        found = {place: names[fold(str(cell))] for place, cell in enumerate(cells, 1) if fold(str(cell)) in names}
        if needed <= set(found.values()):
            return number, found
    return None


def _rows(sheet: Sheet, kind: str, findings: list[Finding]) -> list[Row]:
    head = _head(sheet, kind)
    if head is None:
        needed = ", ".join(column.name for column in COLUMNS[kind] if column.is_needed)
        text = _("Die Spaltennamen wurden nicht gefunden.")
        findings.append(Finding(ERROR, "no_head", text, _("Spalten: %(names)s") % {"names": needed}, sheet=sheet.name))
        return []
    start, places = head
    findings += _twice(sheet.name, start, places)
    rows = []
    for number, cells in sheet.rows(start + 1):
        if not any(str(cell).strip() for cell in cells):
            continue
        if len(rows) == MOST_ROWS:
            text = _("Das Blatt hat mehr als %(count)d Zeilen.") % {"count": MOST_ROWS}
            findings.append(Finding(ERROR, "too_many", text, _("weniger; bitte teilen"), sheet=sheet.name, row=number))
            break
        named = {name: cells[place - 1] for place, name in places.items() if place <= len(cells)}
        rows.append(Row(sheet.name, number, named, {name: place for place, name in places.items()}))
    return rows


def _twice(sheet: str, row: int, places: dict[int, str]) -> list[Finding]:
    seen: Sequence[str] = list(places.values())
    return [
        Finding(
            ERROR, "column_twice", _("Die Spalte „%(name)s“ steht zweimal da.") % {"name": name}, sheet=sheet, row=row
        )
        for name in dict.fromkeys(seen)
        if seen.count(name) > 1
    ]
