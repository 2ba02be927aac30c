"""What the fast reader of workbooks does not tell: which numbers are shown as percent, which cells hold errors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from .grid import Percent


@dataclass
class Overlay:
    """Peculiar cells of one sheet, rows and columns from 0. Percent cells are kept as runs of rows per column."""

    percent: dict[int, list[list[int]]] = field(default_factory=dict)  # column -> [[first row, last row], …]
    errors: dict[int, dict[int, str]] = field(default_factory=dict)  # row -> column -> text of the error
    formulas: list[str] = field(default_factory=list)  # addresses of formulas without a result
    formula_count: int = 0

    def add_percent(self, row: int, column: int) -> None:
        """Marks a cell; cells must come row by row."""
        runs = self.percent.setdefault(column, [])
        if runs and row - 1 <= runs[-1][1] <= row:
            runs[-1][1] = row
        else:
            runs.append([row, row])

    def add_error(self, row: int, column: int, text: str) -> None:
        """Marks a cell that shows an error."""
        self.errors.setdefault(row, {})[column] = text

    def add_formula(self, address: str, shown: int = 10) -> None:
        """Marks a formula without a result."""
        self.formula_count += 1
        if len(self.formulas) < shown:
            self.formulas.append(address)

    def apply(self, rows: Iterator[list]) -> Iterator[list]:
        """The rows, from the first, with percent numbers and errors put in."""
        if not self.percent and not self.errors:
            return rows
        return self._applied(rows)

    def _applied(self, rows: Iterator[list]) -> Iterator[list]:
        waiting = {column: iter(runs) for column, runs in self.percent.items()}
        current = {column: next(runs) for column, runs in waiting.items()}
        for number, row in enumerate(rows):
            for column, (first, last) in list(current.items()):
                if number >= first and column < len(row):
                    row[column] = as_percent(row[column])
                if number >= last:
                    following = next(waiting[column], None)
                    current.pop(column) if following is None else current.update({column: following})
            for column, text in self.errors.get(number, {}).items():
                row.extend([""] * (column + 1 - len(row)))
                row[column] = text
            yield row


def as_percent(cell: object) -> object:
    """A number times 100, exactly; anything else as it is.

    >>> as_percent(0.125), as_percent("k. A.")
    (Percent('12.500'), 'k. A.')
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    return Percent(Decimal(repr(cell)) * 100)


def shows_percent(format_code: str) -> bool:
    """Whether a number format multiplies by 100: a `%` outside quotes, brackets and escapes.

    >>> shows_percent("0.0%"), shows_percent('0.0" %"'), shows_percent("0.0\\\\%")
    (True, False, False)
    """
    quoted = escaped = False
    for character in format_code.split(";", maxsplit=1)[0]:
        if escaped:
            escaped = False
        elif character in "\\_*" and not quoted:
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == "%" and not quoted:
            return True
    return False
