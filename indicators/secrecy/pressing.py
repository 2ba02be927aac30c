"""Attacking a choice of hidden cells: which secrets can still be known too closely, by whom, and why. No Django.

A secret is protected against somebody if there is a change of the table that he cannot notice and that moves the
secret far enough. Changes found once are kept: they hold as long as all their cells are hidden.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .holders import Holder, Target
from .moves import Change, Mover
from .polytope import components
from .system import System

Pair = tuple[int, int, Hashable | None]  # column, sign, and who must not know: a holder, or None for everybody


@dataclass(frozen=True)
class Failure:
    """A target out of reach for `holder`; `duals` of the rows prove it (empty: shown by search), `group` was hidden."""

    pair: Pair
    target: Target
    holder: Holder | None
    duals: Mapping[int, float]
    group: Sequence[int]


class Press:
    """Attacks on the table `values`, of which each choice hides other columns. `skip`: what is known to be out of
    reach.
    """

    def __init__(self, system: System, values: Sequence[int], targets: Sequence[Target], holders: Iterable[Holder]):
        self.system, self.values, self.targets = system, values, targets
        self.holders = list(holders)
        self.skip: set[Pair] = set()
        self._kept: dict[Target, list[Change]] = {target: [] for target in targets}
        self._holding: dict[int, list[int]] = {}
        for number, holder in enumerate(self.holders):
            for column in holder.own:
                self._holding.setdefault(column, []).append(number)

    def failures(self, hidden: Collection[int]) -> list[Failure]:
        """All targets that are out of reach for somebody if the columns `hidden` (and slack) are hidden."""
        visible = set(range(len(self.system.keys))).difference(hidden)
        open_targets: dict[int, list[Target]] = {}
        for target in self.targets:
            if (target.column, target.sign, None) not in self.skip and self.values[target.column] != target.goal:
                open_targets.setdefault(target.column, []).append(target)
        found: list[Failure] = []
        for group in components(self.system, hidden):
            mover = Mover(self.system, group, self.values)
            for column in group:
                for target in open_targets.get(column, ()):
                    found += self._pressed(mover, target, visible)
        return found

    def _pressed(self, mover: Mover, target: Target, visible: set[int]) -> list[Failure]:
        """First against everybody, then against the holders who would notice each of the changes found."""
        changes = [change for change in self._kept[target] if visible.isdisjoint(change)]
        if not changes:
            move = mover.smallest(target.column, target.goal - self.values[target.column])
            if move.change is None:
                return [self._failure(None, target, target, move.duals, mover)]
            changes.append(move.change)
            self._kept[target].append(move.change)
        failures = []
        noticing = self._noticing(changes)
        while noticing:
            holder = self.holders[noticing[0]]
            adapted = holder.adapted(target)
            amount = 0 if adapted is None else adapted.goal - self.values[target.column]
            if amount and (target.column, target.sign, holder.name) not in self.skip:
                move = mover.smallest(target.column, amount, holder.own)
                if move.change is None:
                    failures.append(self._failure(holder, target, adapted, move.duals, mover))
                elif adapted == target:
                    self._kept[target].append(move.change)
                    changes.append(move.change)
            still = set(self._noticing(changes))
            noticing = [number for number in noticing[1:] if number in still]
        return failures

    def _noticing(self, changes: Sequence[Change]) -> list[int]:
        """Numbers of the holders of whom each change touches a cell."""
        sets = [{n for column in change for n in self._holding.get(column, ())} for change in changes]
        return sorted(set.intersection(*sets))

    @staticmethod
    def _failure(holder, target: Target, adapted: Target, duals, mover: Mover) -> Failure:
        name = None if holder is None else holder.name
        return Failure((target.column, target.sign, name), adapted, holder, duals, mover.columns)
