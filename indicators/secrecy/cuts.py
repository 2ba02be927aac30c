"""What every safe choice must satisfy: inequalities that follow from multipliers of rows. No Django."""

from collections.abc import Iterable, Mapping

from .holders import Holder, Target
from .problem import Part, Problem

TINY = 1e-9
Cut = dict[int, float]  # sum of coefficient x hidden >= 1


def first_cuts(problem: Problem, part: Part, skip) -> Iterable[Cut]:
    """For each row of a secret: the others in it must give room enough, also to the eyes of each holder in the row."""
    holding: dict[int, list[Holder]] = {}
    for holder in problem.holders:
        for column in holder.own:
            holding.setdefault(column, []).append(holder)
    for target in part.targets:
        for row in problem.system.rows_of[target.column]:
            inside = dict(problem.system.rows[row])
            for holder in [None, *(holder for column in inside for holder in holding.get(column, ()))]:
                name = None if holder is None else holder.name
                adapted = target if holder is None else holder.adapted(target)
                if adapted is None or not skip.isdisjoint({(target.column, target.sign, n) for n in (None, name)}):
                    continue
                duals = {row: -target.sign / inside[target.column]}
                cut = cut_of(problem, part, adapted, duals, {} if holder is None else holder.own)
                if cut is not None:
                    yield cut


def cut_of(
    problem: Problem, part: Part, target: Target, duals: Mapping[int, float], held: Mapping[int, int]
) -> Cut | None:
    """The inequality that follows from multipliers of rows; None if it says nothing.

    For displacements d of the true table A d = 0 holds, so with r = c - A'y and c = -sign e the target moves by -c d
    = -r d, at most by the sum of (r > 0: value - lower limit; r < 0: upper limit - value) x |r| over hidden cells.
    """
    reduced: dict[int, float] = {target.column: float(-target.sign)}
    for row, dual in duals.items():
        exact = round(dual, 6)
        if exact:
            for column, coefficient in problem.system.rows[row]:
                reduced[column] = reduced.get(column, 0.0) - exact * coefficient
    missing = float(target.sign * (target.goal - problem.values[target.column]))
    room: Cut = {}
    for column, factor in reduced.items():
        if abs(factor) < TINY or column in held:
            continue
        gives = abs(factor) * _room(problem, column, up=factor < 0)
        if column in part.candidates:
            room[column] = gives
        elif column in part.given or column >= len(problem.system.keys):
            missing -= gives
    if missing <= 1e-7:
        return None
    return {column: min(gives / missing, 1.0) for column, gives in room.items() if gives > 0}


def _room(problem: Problem, column: int, *, up: bool) -> float:
    limit = (problem.system.high if up else problem.system.low)[column]
    return float("inf") if limit is None else float(abs(limit - problem.values[column]))
