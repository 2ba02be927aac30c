"""All tables that agree with what is public, over one connected group of hidden cells: how far can one cell be pushed?

Linear programming (HiGHS, simplex) finds the extreme; every answer is then shown by a table of whole numbers that is
checked by exact arithmetic. Where the linear answer is not whole, an integer program decides. No Django.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .system import System
from .tables import TableError

NODES = 5000  # of branch and bound; a limit by the clock would make results depend on the machine
INSIDE = 1e-6  # what linear programming may be off by, in units


@dataclass(frozen=True)
class Push:
    """Result of pushing a column: `limit`, beyond which no table lies (None: no limit); `point`, a table that
    reaches `value`.

    `duals` are the multipliers of the rows that prove the limit (by number of the row in the system). Where `value`
    equals `limit` (the rule) the limit is exact; otherwise the search was given up and the truth lies between.
    """

    limit: int | None
    value: int | None
    point: np.ndarray | None
    duals: Mapping[int, float]


def components(system: System, hidden: Iterable[int]) -> list[list[int]]:
    """Hidden columns (slack is always hidden) in groups that share no row, in order of their first column."""
    members = {*hidden, *range(len(system.keys), system.count)}
    seen: set[int] = set()
    groups = []
    for start in sorted(members):
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for column in group:
            for row in system.rows_of[column]:
                near = [i for i, _c in system.rows[row] if i in members and i not in seen]
                seen.update(near)
                group += near
        groups.append(sorted(group))
    return [group for group in groups if group[0] < len(system.keys)]


class Polytope:
    """The tables for `columns`, everything else being known by `values` (None only for hidden columns)."""

    def __init__(self, system: System, columns: Sequence[int], values: Sequence[int | None]):
        self.columns = list(columns)
        self.place = {column: i for i, column in enumerate(self.columns)}
        self.low = [system.low[c] for c in self.columns]
        self.high = [system.high[c] for c in self.columns]
        self.rows = sorted({row for column in self.columns for row in system.rows_of[column]})
        entries = []
        right = []
        for number, row in enumerate(self.rows):
            known = 0
            for column, coefficient in system.rows[row]:
                if column in self.place:
                    entries.append((number, self.place[column], coefficient))
                else:
                    known += coefficient * values[column]
            right.append(-known)
        self.entries = np.array(entries, dtype=np.int64).reshape(-1, 3)
        self.right = np.array(right, dtype=np.int64)
        self._solver = None

    def push(self, column: int, sign: int, *, goal: int | None = None, fixed: Mapping[int, int] | None = None) -> Push:
        """How far `column` can go up (`sign` 1) or down (-1), at most to `goal`, if the columns of `fixed` are known
        too.

        Raises `TableError` if no table agrees with what is public.
        """
        solver = self._solver or self._made()
        place = self.place[column]
        held = {self.place[c]: value for c, value in (fixed or {}).items() if c in self.place}
        for other, value in held.items():
            solver.changeColBounds(other, value, value)
        low, high = self._limits(place)
        if goal is not None and place not in held:
            solver.changeColBounds(place, *((low, min(high, goal)) if sign > 0 else (max(low, goal), high)))
        solver.changeColCost(place, float(-sign))
        try:
            return self._pushed(solver, place, sign, held)
        finally:
            solver.changeColCost(place, 0.0)
            for other in {*held, place}:
                solver.changeColBounds(other, *self._limits(other))

    def agrees(self, point: np.ndarray, held: Mapping[int, int]) -> bool:
        """Whether a table of whole numbers agrees exactly with everything that is public."""
        if any(point[i] != value for i, value in held.items()):
            return False
        for value, low, high in zip(point.tolist(), self.low, self.high, strict=True):
            if (low is not None and value < low) or (high is not None and value > high):
                return False
        rows, places, coefficients = self.entries.T
        sums = np.zeros(len(self.right), dtype=np.int64)
        np.add.at(sums, rows, coefficients * point[places])
        return bool((sums == self.right).all())

    def _pushed(self, solver, place: int, sign: int, held: Mapping[int, int]) -> Push:
        import highspy  # noqa: PLC0415 - only publishing and auditing need it

        solver.run()
        status = solver.getModelStatus()
        kind = highspy.HighsModelStatus
        if status in (kind.kUnbounded, kind.kUnboundedOrInfeasible):
            return Push(None, None, None, {})
        if status == kind.kInfeasible:
            raise TableError("no table agrees with what is public")
        if status != kind.kOptimal:
            raise TableError(f"the solver gave up: {solver.modelStatusToString(status)}")
        solution = solver.getSolution()
        values = np.array(solution.col_value)
        duals = dict(zip(self.rows, solution.row_dual, strict=True))
        limit = _inner(values[place], sign)
        point = np.rint(values).astype(np.int64)
        if point[place] == limit and self.agrees(point, held):
            return Push(limit, limit, point, duals)
        return self._searched(solver, place, sign, held, limit)

    def _searched(self, solver, place: int, sign: int, held: Mapping[int, int], limit: int) -> Push:
        """The same by an integer program; its proof has no multipliers."""
        import highspy  # noqa: PLC0415

        count = len(self.columns)
        every = np.arange(count, dtype=np.int32)
        solver.changeColsIntegrality(count, every, np.full(count, 1, dtype=np.uint8))
        try:
            solver.run()
            status = solver.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                raise TableError("no table of whole numbers agrees with what is public")
            point = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
            found = len(point) == count and self.agrees(point, held)
            value = int(point[place]) if found else None
            if status == highspy.HighsModelStatus.kOptimal and found:
                limit = value
            return Push(limit, value, point if found else None, {})
        finally:
            solver.changeColsIntegrality(count, every, np.zeros(count, dtype=np.uint8))
            solver.clearSolver()

    def _limits(self, place: int) -> tuple[float, float]:
        low, high = self.low[place], self.high[place]
        return (-np.inf if low is None else float(low)), (np.inf if high is None else float(high))

    def _made(self):
        import highspy  # noqa: PLC0415

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.columns), len(self.rows)
        model.col_cost_ = np.zeros(model.num_col_)
        limits = [self._limits(i) for i in range(model.num_col_)]
        model.col_lower_ = np.array([low for low, _high in limits])
        model.col_upper_ = np.array([high for _low, high in limits])
        model.row_lower_ = model.row_upper_ = self.right.astype(float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(self.entries[:, 0], np.arange(model.num_row_ + 1)).astype(np.int32)
        model.a_matrix_.index_ = self.entries[:, 1].astype(np.int32)
        model.a_matrix_.value_ = self.entries[:, 2].astype(float)
        self._solver = quiet_solver(mip_max_nodes=NODES)
        self._solver.passModel(model)
        return self._solver


def quiet_solver(**options):
    """A HiGHS solver that prints nothing and gives the same answer every time."""
    import highspy  # noqa: PLC0415

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for name, value in {"threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(name, value)
    return solver


def _inner(value: float, sign: int) -> int:
    """The last whole number before the limit, seen from inside."""
    return int(np.floor(value + INSIDE)) if sign > 0 else int(np.ceil(value - INSIDE))
