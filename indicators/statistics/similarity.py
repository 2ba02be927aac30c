"""Which areas are most like another one: standardised Euclidean distance. Pure calculation, no Django."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Alike:
    """An area, how far it is from the one asked about, and how far on each dimension (signed).

    All in standard deviations: `distance` is the root of the mean square of `differences`.
    """

    code: str
    distance: float
    differences: Mapping[str, float]


@dataclass(frozen=True)
class Similar:
    """All comparable areas, nearest first; `used` dimensions, and those left out because the area itself has no value
    (`lacking`) or all areas have the same (`flat`); `without` are areas that lack a value of a used dimension."""

    alike: Sequence[Alike]
    used: Sequence[str]
    lacking: Sequence[str]
    flat: Sequence[str]
    without: Sequence[str]


def similar_areas(code: str, tables: Mapping[str, Mapping[str, float]]) -> Similar:
    """Areas by their distance to `code`; `tables` holds per dimension the values (any unit) of the areas that have one.

    A dimension is divided by its population standard deviation over all areas that have a value (Cormack: A Review of
    Classification, Journal of the Royal Statistical Society A 134 (1971), 321-367). Missing is never filled in.
    Equal distances stand in the order of their codes.

    >>> [a.code for a in similar_areas("a", {"x": {"a": 1, "b": 5, "c": 2}, "y": {"a": 1, "b": 1, "c": 3}}).alike]
    ['c', 'b']
    """
    lacking = [name for name, table in tables.items() if code not in table]
    flat = [n for n, table in tables.items() if code in table and len(set(table.values())) == 1]
    used = [name for name in tables if name not in lacking and name not in flat]
    known = set().union(*(tables[name] for name in used)) - {code} if used else set()
    full = {other for other in known if all(other in tables[name] for name in used)}
    sizes = {name: statistics.pstdev(tables[name].values()) for name in used}
    alike = [_alike(other, code, used, tables, sizes) for other in sorted(full)]
    alike.sort(key=lambda a: (round(a.distance, 9), a.code))
    return Similar(alike, used, lacking, flat, sorted(known - full))


def _alike(other: str, code: str, used: Sequence[str], tables, sizes: Mapping[str, float]) -> Alike:
    differences = {name: (tables[name][other] - tables[name][code]) / sizes[name] for name in used}
    return Alike(other, math.sqrt(math.fsum(d * d for d in differences.values()) / len(used)), differences)
