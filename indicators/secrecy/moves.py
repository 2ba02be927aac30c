"""The smallest change of a table that nobody outside can notice, and that moves one cell by a given amount.

Such a change is what protects a secret: if everything public stays true after it, nobody can tell the table before from
the one after. Small changes touch few cells, so one of them usually holds for all attackers but the holders it touches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .polytope import Polytope, quiet_solver
from .system import System

FURTHER = 20  # times the amount wanted: with whole numbers a larger change may exist where the exact one does not
Change = Mapping[int, int]  # by column, in whole units; columns that stay are left out


@dataclass(frozen=True)
class Move:
    """A change, or None and the multipliers of rows that prove that there is none (empty: shown by search)."""

    change: Change | None
    duals: Mapping[int, float]


class Mover:
    """Changes of the table `values` in the hidden columns `group` (connected, slack included)."""

    def __init__(self, system: System, group: Sequence[int], values: Sequence[int | None]):
        self.system, self.values = system, values
        self.polytope = Polytope(system, group, values)
        self.columns = self.polytope.columns
        self._solver = None

    def smallest(self, column: int, amount: int, still: Iterable[int] = ()) -> Move:
        """The change of least sum over all cells that moves `column` by `amount` (not 0) and leaves `still` as they
        are.
        """
        solver = self._solver or self._made()
        place = self.polytope.place
        up, down = 2 * place[column], 2 * place[column] + 1
        wanted, other = (up, down) if amount > 0 else (down, up)
        kept = [i for c in still if c in place for i in (2 * place[c], 2 * place[c] + 1)]
        for i in [*kept, other]:
            solver.changeColBounds(i, 0.0, 0.0)
        solver.changeColBounds(wanted, float(abs(amount)), float(abs(amount)))
        try:
            return self._solved(solver, column, amount, still)
        finally:
            for i in {*kept, wanted, other}:
                solver.changeColBounds(i, 0.0, self._room(i))

    def _solved(self, solver, column: int, amount: int, still: Iterable[int]) -> Move:
        import highspy  # noqa: PLC0415 - only publishing and auditing need it

        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            duals = self._proof(solver, column, amount)
            if duals:
                return Move(None, duals)
        elif status == highspy.HighsModelStatus.kOptimal:
            found = np.array(solver.getSolution().col_value)
            steps = np.rint(found[0::2] - found[1::2]).astype(np.int64)
            change = {self.columns[i]: int(steps[i]) for i in np.flatnonzero(steps)}
            if change.get(column) == amount and self.is_unnoticed(change):
                return Move(change, {})
        return self._searched(column, amount, still)

    def is_unnoticed(self, change: Change) -> bool:
        """Whether all that is public stays true, by exact arithmetic."""
        for column, step in change.items():
            value, low, high = self.values[column] + step, self.system.low[column], self.system.high[column]
            if (low is not None and value < low) or (high is not None and value > high):
                return False
        rows = {row for column in change for row in self.system.rows_of[column]}
        return all(not sum(c * change.get(i, 0) for i, c in self.system.rows[row]) for row in rows)

    def _proof(self, solver, column: int, amount: int) -> dict[int, float]:
        """Multipliers scaled so that the moved column has no reduced cost."""
        _status, is_there, ray = solver.getDualRay()
        if not is_there:
            return {}
        by_row = {row: float(dual) for row, dual in zip(self.polytope.rows, ray, strict=True) if abs(dual) > 1e-9}
        own = sum(by_row.get(row, 0.0) * dict(self.system.rows[row])[column] for row in self.system.rows_of[column])
        if abs(own) < 1e-9:
            return {}
        sign = 1 if amount > 0 else -1
        return {row: -sign * dual / own for row, dual in by_row.items()}

    def _searched(self, column: int, amount: int, still: Iterable[int]) -> Move:
        """By pushing, and an integer program if need be; further than wanted is good too."""
        known = {c: self.values[c] for c in still}
        sign = 1 if amount > 0 else -1
        for goal in (amount, amount * FURTHER):
            push = self.polytope.push(column, sign, goal=self.values[column] + goal, fixed=known)
            if push.value is not None and sign * (push.value - self.values[column]) >= sign * amount:
                steps = push.point - np.array([self.values[c] for c in self.columns])
                return Move({self.columns[i]: int(steps[i]) for i in np.flatnonzero(steps)}, {})
            if push.duals:
                return Move(None, push.duals)
        return Move(None, {})

    def _room(self, index: int) -> float:
        column, is_down = self.columns[index // 2], index % 2
        limit = (self.system.low if is_down else self.system.high)[column]
        return np.inf if limit is None else float(abs(limit - self.values[column]))

    def _made(self):
        import highspy  # noqa: PLC0415

        entries = self.polytope.entries
        count = 2 * len(self.columns)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = count, len(self.polytope.rows)
        model.col_cost_, model.col_lower_ = np.ones(count), np.zeros(count)
        model.col_upper_ = np.array([self._room(i) for i in range(count)])
        model.row_lower_ = model.row_upper_ = np.zeros(model.num_row_)
        rows, places, coefficients = entries.T
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = 2 * np.searchsorted(rows, np.arange(model.num_row_ + 1)).astype(np.int32)
        model.a_matrix_.index_ = np.stack([2 * places, 2 * places + 1], axis=1).ravel().astype(np.int32)
        model.a_matrix_.value_ = np.stack([coefficients, -coefficients], axis=1).ravel().astype(float)
        self._solver = quiet_solver(presolve="off")
        self._solver.passModel(model)
        return self._solver
