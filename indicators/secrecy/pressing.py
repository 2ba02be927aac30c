"""Attacking a choice of hidden cells: which secrets can still be known too closely, by whom, and why."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from .attack import Witnesses
from .polytope import Polytope, components
from .problem import Problem, Target

Pair = tuple[Target, Hashable | None]  # who must not know it: a holder, or None for everybody


@dataclass(frozen=True)
class Failure:
    """A target out of reach for `holder`; `duals` of the rows prove it (empty: shown by search), `group` is what was
    hidden.
    """

    target: Target
    holder: Hashable | None
    duals: Mapping[int, float]
    group: tuple[int, ...]

    @property
    def pair(self) -> Pair:
        """What failed, without the proof."""
        return self.target, self.holder


def press(
    problem: Problem, hidden: Iterable[int], *, skip: Collection[Pair] = (), safe: set | None = None
) -> list[Failure]:
    """All targets (but those of `skip`) that are out of reach if the columns `hidden` are hidden.

    Groups of hidden cells that were found safe before are remembered in `safe`.
    """
    failures = []
    known = problem.values
    for group in map(tuple, components(problem.system, hidden)):
        if safe is not None and group in safe:
            continue
        found = _press_group(problem, group, known, skip)
        failures += found
        if safe is not None and not found:
            safe.add(group)
    return failures


def _press_group(problem: Problem, group: tuple[int, ...], known, skip: Collection[Pair]) -> list[Failure]:
    members = set(group)
    targets = [target for target in problem.targets if target.column in members]
    if not targets:
        return []
    holders = {h: columns for h, columns in problem.held.items() if not members.isdisjoint(columns)}
    polytope = Polytope(problem.system, group, known)
    witnesses = Witnesses(polytope, [np.array([problem.values[i] for i in group], dtype=np.int64)])
    failures: dict[Pair, Failure] = {}
    for holder, columns in [(None, {}), *holders.items()]:
        for target in targets:
            pair = (target, holder)
            if pair in skip or (target, None) in skip or (target, None) in failures or target.column in columns:
                continue
            if witnesses.shown(target.column, target.sign, target.goal, columns):
                continue
            is_reached, push = witnesses.found(target.column, target.sign, target.goal, columns)
            if not is_reached:
                failures[pair] = Failure(target, holder, push.duals, group)
    return list(failures.values())
