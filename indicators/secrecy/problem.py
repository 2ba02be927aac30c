"""A table to protect, in whole numbers: which columns are secret, which may be hidden at what loss, what must be
reached.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from .system import System, make_system
from .tables import Number, Table, TableError

LEAST_WEIGHT = 1e-3  # a cell that costs nothing to hide would be hidden for nothing


@dataclass(frozen=True)
class Target:
    """Among the tables that agree with what is public one must exist in which `column` is `goal` or further (by
    `sign`).
    """

    column: int
    sign: int
    goal: int


@dataclass(frozen=True)
class Problem:
    """`values` of all columns; `secret` columns, to hide in any case; `candidates`, to hide at their weight.

    `told`: keys of secrets that are public already. `held`: the columns that a holder knows.
    """

    system: System
    values: Sequence[int]
    secret: frozenset[int]
    candidates: Mapping[int, float]
    told: frozenset[Hashable]
    targets: Sequence[Target]
    held: Mapping[Hashable, Mapping[int, int]]

    @property
    def may_be_hidden(self) -> set[int]:
        """Columns that are not public in any case."""
        return {*self.secret, *self.candidates}


def make_problem(table: Table) -> Problem:
    """The problem of a table. Raises `TableError` where values contradict relations or what else is known."""
    cells = table.cells
    numbers: list[Number] = [cell.value for cell in cells.values()]
    numbers += [n for cell in cells.values() if cell.is_sensitive for n in cell.required]
    system = make_system(cells, table.relations, bounds=table.bounds, knowledge=table.knowledge, numbers=numbers)
    values = system.slack_values([system.whole(cells[key].value) for key in system.keys])
    _check(system, values)
    ordered = [(column, cells[key]) for column, key in enumerate(system.keys)]
    secret = [(column, cell) for column, cell in ordered if cell.is_sensitive and not cell.is_fixed]
    held: dict[Hashable, dict[int, int]] = {}
    for column, cell in ordered:
        if cell.holder is not None and not cell.is_fixed:
            held.setdefault(cell.holder, {})[column] = values[column]
    return Problem(
        system=system,
        values=values,
        secret=frozenset(column for column, _cell in secret),
        candidates={i: max(float(c.weight), LEAST_WEIGHT) for i, c in ordered if not c.is_fixed and not c.is_sensitive},
        told=frozenset(cell.key for cell in cells.values() if cell.is_sensitive and cell.is_fixed),
        targets=[
            Target(column, sign, system.whole(goal))
            for column, cell in secret
            for sign, goal in zip((-1, 1), cell.required, strict=True)
        ],
        held=held,
    )


def _check(system: System, values: Sequence[int]) -> None:
    for column, value in enumerate(values):
        low, high = system.low[column], system.high[column]
        if (low is not None and value < low) or (high is not None and value > high):
            name = system.keys[column] if column < len(system.keys) else _row_name(system, column)
            raise TableError(
                f"{name!r}: {system.told(value)} is not between {system.told(low)} and {system.told(high)}"
            )
    for row in system.rows:
        if sum(coefficient * values[column] for column, coefficient in row):
            raise TableError(f"{_row_keys(system, row)!r} do not add up")


def _row_name(system: System, slack: int) -> tuple:
    return _row_keys(system, system.rows[system.rows_of[slack][0]])


def _row_keys(system: System, row: Sequence[tuple[int, int]]) -> tuple:
    return tuple(system.keys[column] for column, _coefficient in row if column < len(system.keys))
