"""The attacker: from everything that is public, the interval in which each hidden value can lie. No Django.

He knows the published values, all sums, that counts are whole and not negative, what else is public (`bounds`,
`knowledge`), and he may himself be a case that was counted (`holder`). He does not know which hidden cell is secret
by itself.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .holders import holders_of, targets_of
from .polytope import Polytope, components
from .pressing import Press
from .system import System, make_system
from .tables import Bounds, Cell, Knowledge, Number, Relation, TableError


@dataclass(frozen=True)
class Exposure:
    """A secret that can be known too closely: between `low` and `high` (None: no limit), by `holder` (None: by
    everybody).
    """

    key: Hashable
    low: Number
    high: Number | None
    required: tuple[Number, Number]
    holder: Hashable | None = None


Published = Mapping[Hashable, Number | None]  # None: hidden


def attack(
    published: Published,
    relations: Iterable[Relation],
    bounds: Mapping[Hashable, Bounds] | None = None,
    *,
    secrets: Iterable[Cell],
    knowledge: Iterable[Knowledge] = (),
) -> list[Exposure]:
    """Secrets of which an attacker can compute a narrower interval than `Cell.required`, worst first; none is safe.

    `secrets` are the cells that are secret by themselves, with their true values; a secret that is published, or has
    the same value in no hidden cell, is exposed too. Raises `TableError` if what is public contradicts itself.

    >>> line = Relation("all", ("a", "b", "c"))
    >>> secret = Cell("a", 2, is_sensitive=True, low=0, high=3)
    >>> attack({"all": 9, "a": None, "b": 7, "c": 0}, [line], secrets=[secret])
    [Exposure(key='a', low=2, high=2, required=(0, 3), holder=None)]
    >>> attack({"all": 9, "a": None, "b": None, "c": 0}, [line], secrets=[secret])
    []
    """
    secrets = sorted(secrets, key=lambda cell: repr(cell.key))
    numbers = [n for cell in secrets for n in (cell.value, *cell.required)]
    numbers += [v for v in published.values() if v is not None]
    system = make_system(published, relations, bounds=bounds, knowledge=knowledge, numbers=numbers)
    values = _values(system, published)
    found = [
        Exposure(c.key, published[c.key], published[c.key], c.required) for c in secrets if published[c.key] is not None
    ]
    by_column = {system.column_of[c.key]: c for c in secrets if published[c.key] is None}
    for group in components(system, [i for i, v in enumerate(values[: len(system.keys)]) if v is None]):
        inside = {column: by_column[column] for column in group if column in by_column}
        if inside:
            found += _of_group(system, group, values, inside)
    return sorted(found, key=_closeness)


def intervals(
    published: Published,
    relations: Iterable[Relation],
    bounds: Mapping[Hashable, Bounds] | None = None,
    *,
    knowledge: Iterable[Knowledge] = (),
    keys: Iterable[Hashable] | None = None,
) -> dict[Hashable, tuple[Number, Number | None]]:
    """For every hidden cell (or those of `keys`) the smallest and largest value that agrees with what is public.

    >>> intervals({"all": 9, "a": None, "b": None, "c": 1}, [Relation("all", ("a", "b", "c"))])
    {'a': (0, 8), 'b': (0, 8)}
    """
    numbers = [v for v in published.values() if v is not None]
    system = make_system(published, relations, bounds=bounds, knowledge=knowledge, numbers=numbers)
    values = _values(system, published)
    wanted = None if keys is None else {system.column_of[key] for key in keys}
    found = {}
    for group in components(system, [i for i, v in enumerate(values[: len(system.keys)]) if v is None]):
        polytope = Polytope(system, group, values)
        for column in group:
            if column < len(system.keys) and (wanted is None or column in wanted):
                ends = (polytope.push(column, sign).limit for sign in (-1, 1))
                found[system.keys[column]] = tuple(system.told(end) for end in ends)
    return found


def _values(system: System, published: Published) -> list[int | None]:
    known = [None if published[key] is None else system.whole(published[key]) for key in system.keys]
    return [*known, *[None] * (system.count - len(known))]


def _of_group(
    system: System, group: list[int], values: Sequence[int | None], secrets: Mapping[int, Cell]
) -> list[Exposure]:
    """Everybody's knowledge first, then that of each holder of a cell in this group."""
    polytope = Polytope(system, group, values)
    table = _some_table(system, polytope, values, secrets)
    press = Press(system, table, targets_of(system, secrets.values()), holders_of(system, secrets.values()))
    found: dict[tuple, Exposure] = {}
    for failure in press.failures([column for column in group if column < len(system.keys)]):
        column = failure.target.column
        cell, holder = secrets[column], failure.holder
        if (column, None) in found:
            continue
        low, high = (polytope.push(column, s, fixed=holder.own if holder else {}).limit for s in (-1, 1))
        name = holder.name if holder else None
        found[column, name] = Exposure(cell.key, system.told(low), system.told(high), cell.required, name)
    return [e for (column, name), e in found.items() if name is None or (column, None) not in found]


def _some_table(system: System, polytope: Polytope, values: Sequence[int | None], secrets: Mapping[int, Cell]) -> list:
    """A table that agrees with what is public and has the true values of the secrets, which the auditor knows."""
    known = {column: system.whole(cell.value) for column, cell in secrets.items()}
    column = next((c for c in polytope.columns if c not in known and c < len(system.keys)), polytope.columns[0])
    point = polytope.push(column, -1, fixed=known).point
    if point is None:
        point = polytope.push(column, 1, fixed=known).point
    if point is None:
        raise TableError("no table of whole numbers was found that agrees with what is public")
    filled = list(values)
    for place, number in zip(polytope.columns, point.tolist(), strict=True):
        filled[place] = number
    return filled


def _closeness(exposure: Exposure) -> tuple:
    width = float("inf") if exposure.high is None else float(exposure.high - exposure.low)
    return width, repr(exposure.key), repr(exposure.holder)
