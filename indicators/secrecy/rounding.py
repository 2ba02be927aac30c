"""Rounding to a base as an alternative to hiding: every count becomes a multiple of 5 or 10. No Django.

`round_plain` rounds each count for itself to the next multiple: simple and the same for everybody, but sums no
longer add up, and gaps between a sum and its parts can betray more than one number alone. `round_controlled` moves
each count to one of its two neighbouring multiples so that all sums add up (Cox, "A constructive procedure for
unbiased controlled rounding", JASA 82, 1987; Hundepool et al., chapter on frequency tables), as near to the true
values as possible.
"""

import zlib
from collections.abc import Hashable, Mapping
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from .polytope import quiet_solver
from .system import System, make_system
from .tables import Bounds, Number, Table, TableError

SECONDS = 60  # the search is small; this only guards a worker


def round_plain(value: Number, base: int) -> int:
    """The next multiple of `base`, half up; 0 stays 0. Units as given; a missing value is not asked for.

    >>> round_plain(7, 5), round_plain(8, 5), round_plain(2, 5)
    (5, 10, 0)
    """
    return int((Decimal(value) / base).to_integral_value(ROUND_HALF_UP)) * base


def rounded_bounds(rounded: int, base: int, *, is_plain: bool = False) -> Bounds:
    """Between which counts the true one lies, if `rounded` was published; plain rounding tells more.

    >>> rounded_bounds(5, 5), rounded_bounds(0, 5), rounded_bounds(5, 5, is_plain=True)
    ((1, 9), (0, 4), (3, 7))
    """
    below, above = (base // 2, (base - 1) // 2) if is_plain else (base - 1, base - 1)
    return max(rounded - below, 0), rounded + above


def round_controlled(table: Table, base: int) -> dict[Hashable, int]:
    """Every cell as one of its two neighbouring multiples of `base`, exact multiples unchanged, all relations kept.

    The sum of distances to the true values is least; where several results are equally near, content decides, never
    the clock or the order of cells. Relations with a tolerance and other knowledge do not bind. Raises `TableError`
    if no such table exists (possible with three or more crossed breakdowns) or a relation does not hold.

    >>> from .tables import Cell, Relation, make_table
    >>> cells = [Cell("all", 9), Cell("a", 2), Cell("b", 7)]
    >>> round_controlled(make_table(cells, [Relation("all", ("a", "b"))]), 5)
    {'a': 0, 'all': 10, 'b': 10}
    """
    exact = [relation for relation in table.relations if not relation.tolerance]
    system = make_system(table.cells, exact)
    values = [int(table.cells[key].value) for key in system.keys]
    ups = _steps_up(system, values, base)
    return {key: value // base * base + base * up for key, value, up in zip(system.keys, values, ups, strict=True)}


def _steps_up(system: System, values: list[int], base: int) -> list[int]:
    """For each column 0 (down) or 1 (up): floor + up must fulfil each row in units of the base."""
    import highspy  # noqa: PLC0415 - only publishing needs it

    solver = quiet_solver(time_limit=float(SECONDS))
    for column, value in enumerate(values):
        rest = value % base
        solver.addVar(0.0, float(rest > 0))
        solver.changeColCost(column, float(base - 2 * rest) + _tie(system.keys[column], rest))
    for row in system.rows:
        if sum(coefficient * values[column] for column, coefficient in row):
            raise TableError(f"{[system.keys[column] for column, _c in row]!r} do not add up")
        floors = sum(coefficient * (values[column] // base) for column, coefficient in row)
        columns, coefficients = zip(*row, strict=True)
        solver.addRow(
            float(-floors),
            float(-floors),
            len(row),
            np.array(columns, dtype=np.int32),
            np.array(coefficients, dtype=float),
        )
    count = len(values)
    solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise TableError("no rounding keeps all sums")
    return [round(value) for value in solver.getSolution().col_value]


def _tie(key: Hashable, rest: int) -> float:
    """A tiny preference from the content of the cell, so that ties are broken the same way every time."""
    return zlib.crc32(f"{key!r} {rest}".encode()) / 2**32 * 1e-3


def rounded_table_bounds(rounded: Mapping[Hashable, int], base: int) -> dict[Hashable, Bounds]:
    """What a table of rounded counts tells the attacker about each true one: `bounds` for `attack.intervals`."""
    return {key: rounded_bounds(value, base) for key, value in rounded.items()}
