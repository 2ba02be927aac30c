"""Choosing the cells of least loss that satisfy everything learned so far: an integer program (HiGHS)."""

import time
from collections.abc import Iterable, Mapping

import numpy as np

from .cuts import Cut, cut_of, first_cuts
from .polytope import quiet_solver
from .pressing import Failure
from .problem import Part, Problem

NODES = 20_000  # of branch and bound for one choice
SHORT = 15  # cells of a row up to which "never alone" is said from the beginning


class Choice:
    """Which cells to hide, learning from each attack. `is_bare`: without "never alone", when few cells are to be
    added.
    """

    def __init__(
        self,
        problem: Problem,
        part: Part,
        *,
        until: float | None = None,
        gap: float,
        is_bare: bool = False,
        skip=frozenset(),
    ):
        self.problem, self.part = problem, part
        self.order = sorted(part.candidates)
        self.place = {column: i for i, column in enumerate(self.order)}
        self.cuts: list[Cut] = []
        self.is_impossible = False
        self.is_least = True
        self._until = until
        self._alone: set[tuple[int, int]] = set()
        self._is_bare = is_bare
        self._solver = self._made(gap)
        for cut in first_cuts(problem, part, skip):
            self._add(cut)
        for number, row in enumerate(problem.system.rows):
            if len(row) <= SHORT and not is_bare:
                self._never_alone(number, [i for i, _c in row if i in self.place])

    def best(self) -> set[int] | None:
        """The hidden columns of least loss, secret ones included; None if no choice satisfies what was learned."""
        while not self.is_impossible:
            chosen = self._solved()
            if chosen is None:
                return None
            hidden = {*self.part.given, *chosen}
            if self._is_bare or not self._forbid_lonely(hidden):
                return hidden
        return None

    def learn(self, failures: Iterable[Failure], hidden: set[int]) -> None:
        """Every safe choice must hide more than this one: how, is said by the proofs of the attack."""
        for failure in failures:
            held = failure.holder.own if failure.holder else {}
            cut = cut_of(self.problem, self.part, failure.target, failure.duals, held) if failure.duals else None
            if cut is None or sum(cut.get(i, 0) for i in hidden) >= 1 - 1e-7:
                cut = self._one_more(failure, hidden)
            self._add(cut)

    def _one_more(self, failure: Failure, hidden: set[int]) -> Cut:
        """One more cell of the rows that the group touches; without it the group stays as it is."""
        system = self.problem.system
        near = {i for column in failure.group for row in system.rows_of[column] for i, _c in system.rows[row]}
        return {i: 1.0 for i in near if i in self.place and i not in hidden}

    def _add(self, cut: Cut) -> None:
        if not cut or sum(cut.values()) < 1 - 1e-7:
            self.is_impossible = True
            return
        self.cuts.append(cut)
        self._row(1.0, np.inf, cut)

    def _never_alone(self, row: int, candidates: Iterable[int]) -> None:
        """A cell that is the only hidden one of a row is known, so hiding it there helps nobody."""
        others = [i for i, _c in self.problem.system.rows[row]]
        if any(i not in self.place and (i >= len(self.problem.system.keys) or i in self.part.given) for i in others):
            return
        for column in candidates:
            self._alone.add((row, column))
            self._row(0.0, np.inf, {column: -1.0, **{i: 1.0 for i in others if i in self.place and i != column}})

    def _forbid_lonely(self, hidden: set[int]) -> bool:
        """Say "never alone" for rows where the choice broke it; whether there were any."""
        found = False
        for number, row in enumerate(self.problem.system.rows):
            inside = [i for i, _c in row if i in hidden or i >= len(self.problem.system.keys)]
            if len(inside) == 1 and inside[0] in self.place and (number, inside[0]) not in self._alone:
                self._never_alone(number, inside)
                found = True
        return found

    def _row(self, low: float, high: float, entries: Mapping[int, float]) -> None:
        places = np.array([self.place[i] for i in entries], dtype=np.int32)
        self._solver.addRow(low, high, len(places), places, np.array(list(entries.values())))

    def _made(self, gap: float):
        solver = quiet_solver(mip_max_nodes=NODES, mip_rel_gap=gap)
        count = len(self.order)
        for column in self.order:
            solver.addVar(0.0, 1.0)
            solver.changeColCost(self.place[column], self.part.candidates[column])
        solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8))
        return solver

    def _solved(self) -> list[int] | None:
        import highspy  # noqa: PLC0415

        if not self.order:
            return []
        if self._until is not None:
            self._solver.setOptionValue(
                "time_limit", self._solver.getRunTime() + max(self._until - time.monotonic(), 0.1)
            )
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        values = self._solver.getSolution().col_value
        self.is_least = self.is_least and status == highspy.HighsModelStatus.kOptimal
        if len(values) != len(self.order) or not self._satisfies(values):
            return self._greedy()
        return [column for column, value in zip(self.order, values, strict=True) if value > 0.5]

    def _satisfies(self, values) -> bool:
        return all(sum(c * round(values[self.place[i]]) for i, c in cut.items()) >= 1 - 1e-6 for cut in self.cuts)

    def _greedy(self) -> list[int]:
        """A safe though not least choice, for when time is over: what helps most for its weight, again and again."""
        chosen: set[int] = set()
        for cut in self.cuts:
            missing = 1 - sum(c for i, c in cut.items() if i in chosen)
            for column in sorted(cut, key=lambda i: (self.part.candidates[i] / cut[i], i)):
                if missing <= 1e-7:
                    break
                if column not in chosen:
                    chosen.add(column)
                    missing -= cut[column]
        self.is_least = False
        return sorted(chosen)
