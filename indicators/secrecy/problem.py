"""A table to protect, in whole numbers: which columns are secret, which may be hidden at what loss, what must be
reached.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .holders import Holder, Target, holders_of, targets_of
from .polytope import components
from .system import System, make_system
from .tables import Number, Table, TableError

LEAST_WEIGHT = 1e-3  # a cell that costs nothing to hide would be hidden for nothing


@dataclass(frozen=True)
class Problem:
    """`values` of all columns; `secret` columns, to hide in any case; `candidates`, to hide at their weight.

    `told`: keys of secrets that are public already.
    """

    system: System
    values: Sequence[int]
    secret: frozenset[int]
    candidates: Mapping[int, float]
    told: frozenset[Hashable]
    targets: Sequence[Target]
    holders: Sequence[Holder]

    @property
    def may_be_hidden(self) -> set[int]:
        """Columns that are not public in any case."""
        return {*self.secret, *self.candidates}

    def beyond_limits(self) -> set[tuple[int, int, None]]:
        """Targets that what the public knows of the cell itself puts out of reach."""
        ends = {-1: self.system.low, 1: self.system.high}
        return {
            (t.column, t.sign, None)
            for t in self.targets
            if (end := ends[t.sign][t.column]) is not None and t.sign * t.goal > t.sign * end
        }


@dataclass(frozen=True)
class Part:
    """A part of a problem that is solved alone: `given` is hidden already, `candidates` may be, everything else is
    public.
    """

    given: frozenset[int]
    candidates: Mapping[int, float]
    targets: Sequence[Target]

    def without(self, columns: Collection[int]) -> dict[int, float]:
        """The candidates that are not among `columns`."""
        return {column: weight for column, weight in self.candidates.items() if column not in columns}


def whole_problem(problem: Problem, given: Iterable[int] = ()) -> Part:
    """Everything, with the secret columns and those of `given` hidden."""
    hidden = problem.secret.union(given)
    return Part(hidden, {i: w for i, w in problem.candidates.items() if i not in hidden}, problem.targets)


def small_parts(problem: Problem, most: int) -> list[Part]:
    """Parts of at most about `most` columns, made by keeping the largest sums public; only those with secrets.

    The largest sums are what readers would miss most, so a least choice seldom hides them.
    """
    by_value = sorted(problem.candidates, key=lambda column: (-problem.values[column], column))
    kept = 0
    groups = components(problem.system, problem.may_be_hidden)
    while kept < len(by_value) and max(map(len, groups), default=0) > most:
        kept = kept + max(1, kept // 4)
        groups = components(problem.system, problem.may_be_hidden.difference(by_value[:kept]))
    parts = []
    for group in groups:
        given = problem.secret.intersection(group)
        if given:
            candidates = {i: problem.candidates[i] for i in group if i in problem.candidates}
            parts.append(Part(given, candidates, [t for t in problem.targets if t.column in given]))
    return parts


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
    return Problem(
        system=system,
        values=values,
        secret=frozenset(column for column, _cell in secret),
        candidates={i: max(float(c.weight), LEAST_WEIGHT) for i, c in ordered if not c.is_fixed and not c.is_sensitive},
        told=frozenset(cell.key for cell in cells.values() if cell.is_sensitive and cell.is_fixed),
        targets=targets_of(system, [cell for _column, cell in secret]),
        holders=holders_of(system, [cell for _column, cell in ordered if not cell.is_fixed]),
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
