"""Rounding instead of hiding, where the rules of the sources say so: which tables, and what a rounded figure tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from indicators.models import Indicator
from indicators.secrecy.attack import intervals
from indicators.secrecy.rounding import round_controlled, rounded_bounds
from indicators.secrecy.tables import Bounds, Cell, Number, Table
from indicators.secret_counts import Address
from indicators.secret_public import Told, rounded_address
from indicators.secret_tables import COUNTS, Scene, SecretTable
from indicators.statistics.upwards import Delivered
from indicators.statuses import Status

Rounded = dict[Address, int]


def rounded_counts(table: SecretTable) -> Rounded:
    """Every count of a table as a multiple of its base, so that all sums still add up.

    Raises `TableError` where no such table exists or the counts contradict each other.
    """
    cells = {where: Cell(where, value) for where, value in table.values.items()}
    return round_controlled(Table(cells, table.sums.relations), table.base)


def rounded_cell(cell: Delivered, count: int, indicator: Indicator) -> Delivered | None:
    """A figure told with the rounded count behind it; of limited meaning, also where nothing had to move.

    None where it cannot be told with another count: the figure does not say of how many it is a share, or the share
    would be more than all.

    >>> rounded_cell(Delivered(Decimal("3.5"), "reported", Decimal(7), Decimal(200)), 5, Indicator(unit="%")).value
    Decimal('2.5')
    """
    if indicator.is_count:
        return replace(cell, value=Decimal(count), status=str(Status.ESTIMATED))
    if not cell.denominator or (cell.value <= indicator.factor and count > cell.denominator):
        return None
    value = Decimal(count) * indicator.factor / cell.denominator
    numerator = None if cell.numerator is None else Decimal(count)
    return replace(cell, value=value, status=str(Status.ESTIMATED), numerator=numerator)


def told_rounded(scene: Scene, told: Iterable[Told]) -> dict[str, dict[Address, Bounds]]:
    """By period what rounded figures tell of counts; several of one count are taken together.

    A figure that does not fit the count of today is about another number and tells nothing of it.
    """
    counted = [table for table in scene.tables if table.kind == COUNTS]
    tables = {(table.period, where): table for table in counted for where in table.values}
    found: dict[str, dict[Address, Bounds]] = defaultdict(dict)
    for figure in told:
        where = rounded_address(scene, figure)
        table = tables.get((figure.period, where))
        if table is None:
            continue
        low, high = _bounds(figure.cell, scene.book.indicators[figure.indicator], figure.base)
        if low <= table.values[where] <= high:
            before = found[figure.period].get(where, (low, high))
            found[figure.period][where] = max(low, before[0]), min(high, before[1])
    return found


def _bounds(cell: Delivered, indicator: Indicator, base: int) -> Bounds:
    """Between which counts the true one lies: a rate without numerator may stand for several multiples of the base."""
    exact = cell.value if indicator.is_count else cell.numerator
    if exact is not None:
        return rounded_bounds(int(exact), base)
    half = Decimal(1).scaleb(-indicator.decimals) / 2
    low, high = ((cell.value + sign * half) * cell.denominator / indicator.factor for sign in (-1, 1))
    lowest = int((low / base).to_integral_value(ROUND_CEILING)) * base
    highest = int((high / base).to_integral_value(ROUND_FLOOR)) * base
    return rounded_bounds(lowest, base)[0], rounded_bounds(max(highest, lowest), base)[1]


def too_close(table: SecretTable, told: set[Address], bounds: Mapping[Address, Bounds]) -> list[Address]:
    """Secrets of a rounded table for which fewer counts are possible than the base has steps.

    Of fewer people than the base everything from nobody to all must be possible. `told`: addresses known exactly;
    `bounds`: what else is known. Raises `TableError` if what is public contradicts itself.
    """
    published = {where: value if where in told else None for where, value in table.values.items()}
    open_ones = [where for where in table.needs if published[where] is None]
    found = intervals(published, table.sums.relations, bounds, knowledge=table.sums.knowledge, keys=open_ones)
    wide = {where for where, (low, high) in found.items() if high is None or high - low >= _needed(table, where)}
    return [where for where in table.needs if where not in wide]


def _needed(table: SecretTable, where: Address) -> Number:
    return min(table.base - 1, table.denominators.get(where, table.base))
