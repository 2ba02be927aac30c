"""Who knows a cell because it is his own, and what he therefore knows of the sums that contain him. No Django."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .system import System
from .tables import Cell


@dataclass(frozen=True)
class Target:
    """Among the tables that agree with what is public one must exist in which `column` is `goal` or further (by
    `sign`).
    """

    column: int
    sign: int
    goal: int


@dataclass(frozen=True)
class Holder:
    """Somebody who knows the columns `own` exactly, and of the columns `inside` (sums with him) at least the amount
    named.
    """

    name: Hashable
    own: Mapping[int, int]
    inside: Mapping[int, int]

    def adapted(self, target: Target) -> Target | None:
        """What he may not come closer to; None if it is his own. That he is counted in a sum cannot be hidden from
        him.
        """
        if target.column in self.own:
            return None
        if target.sign < 0 and target.column in self.inside:
            return replace(target, goal=max(target.goal, self.inside[target.column]))
        return target


def targets_of(system: System, cells: Iterable[Cell]) -> list[Target]:
    """What must be reached for each secret cell: its required low and high."""
    return [
        Target(system.column_of[cell.key], sign, system.whole(goal))
        for cell in cells
        for sign, goal in zip((-1, 1), cell.required, strict=True)
    ]


def holders_of(system: System, cells: Iterable[Cell]) -> list[Holder]:
    """The holders of hidden cells, in the order of their first column.

    A sum that is equal to a held part has the same holder: a district with one case and its only area with a
    case are about the same person, so what he knows is one thing.
    """
    by_column = {system.column_of[cell.key]: cell for cell in cells if cell.holder is not None}
    one: dict[Hashable, Hashable] = {}
    for column, cell in sorted(by_column.items()):
        for total in _containing(system, [column]):
            if total in by_column and by_column[total].value == cell.value:
                one[_root(one, by_column[total].holder)] = _root(one, cell.holder)
    grouped: dict[Hashable, dict[int, int]] = {}
    for column, cell in sorted(by_column.items()):
        grouped.setdefault(_root(one, cell.holder), {})[column] = system.whole(cell.value)
    return [Holder(name, own, _inside(system, own)) for name, own in grouped.items()]


def _root(one: Mapping[Hashable, Hashable], name: Hashable) -> Hashable:
    while name in one and one[name] != name:
        name = one[name]
    return name


def _inside(system: System, own: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for column, value in own.items():
        for total in _containing(system, [column]):
            found[total] = max(found.get(total, 0), value)
    return {column: value for column, value in found.items() if column not in own}


def _containing(system: System, columns: Sequence[int]) -> list[int]:
    """All sums that contain one of the columns, directly or through other sums."""
    reached = list(columns)
    for column in reached:
        reached += [total for total in system.totals_of[column] if total not in reached]
    return reached[len(columns) :]
