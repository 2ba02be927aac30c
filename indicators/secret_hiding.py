"""Which counts of a table are hidden, with the least loss to readers: the table as the engine of secrecy takes it."""

from indicators.secrecy.rules import Need, cell_of
from indicators.secrecy.suppression import Protection, protect
from indicators.secrecy.tables import Bounds, Table, TableError, loss
from indicators.secret_counts import Address
from indicators.secret_tables import DENOMINATORS, SecretTable

HIDDEN_ANYWAY = 0.001  # loss of what nobody is shown: counts on levels on which no indicator tells them
SEARCH_SECONDS = 3.0  # for the least loss in one table; the result is safe whenever the search ends


class SecrecyError(Exception):
    """Numbers of a period contradict each other so that nothing can be said about what follows from them."""


def protect_table(table: SecretTable, *, told: set[Address], forced: set[Address], shown: set) -> Protection:
    """What to hide in a table. The whole city is hidden only where its parts cannot be protected otherwise."""
    try:
        return _protected(table, told, forced, shown)
    except TableError:  # its message holds numbers
        raise SecrecyError(table.period) from None


def _protected(table: SecretTable, told: set[Address], forced: set[Address], shown: set) -> Protection:
    protection = protect(_engine_table(table, told, forced, shown, city_stays=True), seconds=SEARCH_SECONDS)
    if protection.unprotectable - told:
        return protect(_engine_table(table, told, forced, shown, city_stays=False), seconds=SEARCH_SECONDS)
    return protection


def _engine_table(
    table: SecretTable, told: set[Address], forced: set[Address], shown: set, *, city_stays: bool
) -> Table:
    levels = _ranks(table)
    top = _top(table)
    cells = {}
    for where, value in table.values.items():
        need = table.needs.get(where)
        if need is None and where in forced:
            need = Need("few_cases", value, value)
        level = where[1][0]
        is_shown = table.kind == DENOMINATORS or (where[0], level) in shown
        weight = loss(value, rank=levels[level]) if is_shown else HIDDEN_ANYWAY
        is_fixed = where in told or (level == top and city_stays and need is None)
        cells[where] = cell_of(where, value, need, is_fixed=is_fixed, weight=weight)
    return Table(cells, table.sums.relations, bounds=bounds_of(table), knowledge=table.sums.knowledge)


def _ranks(table: SecretTable) -> dict[str, int]:
    """Of every level how far above the finest one it is, by the number of its areas."""
    sizes: dict[str, set] = {}
    for _count, (level, code) in table.values:
        sizes.setdefault(level, set()).add(code)
    ordered = sorted(sizes, key=lambda level: (-len(sizes[level]), level))
    return {level: rank for rank, level in enumerate(ordered)}


def _top(table: SecretTable) -> str:
    """The level of the whole city; "" where no level has one area alone."""
    codes: dict[str, set] = {}
    for _count, (level, code) in table.values:
        codes.setdefault(level, set()).add(code)
    alone = [level for level, of in codes.items() if len(of) == 1 and len(codes) > 1]
    return min(alone, default="")


def bounds_of(table: SecretTable) -> dict[Address, Bounds]:
    """A share cannot be more than all: denominators are told."""
    return {where: (0, most) for where, most in table.denominators.items()}
