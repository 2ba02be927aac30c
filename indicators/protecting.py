"""The stage at which a release keeps secrets: cells that tell on somebody lose their numbers, and others beside them.

Everything after this stage (derived figures, ranks, classes, files) starts from what it leaves.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from indicators.cells import Cells, Concerned
from indicators.grounds import Grounds
from indicators.models import Release
from indicators.secrecy.rules import Need, cell_of
from indicators.secrecy.suppression import Protection, protect
from indicators.secrecy.tables import Bounds, Table, TableError, loss
from indicators.secret_counts import Address
from indicators.secret_public import hidden_now, known_addresses, public_editions, told_by
from indicators.secret_rules import rule_book
from indicators.secret_tables import COUNTS, DENOMINATORS, Scene, SecretTable, scene_of
from indicators.statistics.upwards import Delivered
from indicators.statuses import SECRET, Status

HIDDEN_ANYWAY = 0.001  # loss of what nobody is shown: counts on levels on which no indicator tells them
SEARCH_SECONDS = 3.0  # for the least loss in one table; the result is safe whenever the search ends

_Hidden = dict[tuple[str, str], set[Address]]  # by kind and period of the table


class SecrecyError(Exception):
    """Numbers of a period contradict each other so that nothing can be said about what follows from them."""


def protected_cells(release: Release, concerned: Concerned, cells: Cells, grounds: Grounds) -> Cells:
    """`cells` without the numbers that must be secret: by themselves, or because others could be computed from them.

    All of them have one status: who knew which are small by themselves would know more than that they are hidden.
    What was public before stays public; where that betrays something the audit says so. Of indicators that are only
    `needed` nothing is told that is secret today.
    """
    own = [i.pk for i in (*concerned.shown, *concerned.needed)]
    scene = scene_of(release, rule_book(own), grounds)
    if not scene.tables:
        return _as_today({pk: _without(scene, pk, of, {}) for pk, of in cells.items()}, concerned)
    known = known_addresses(
        scene, told_by(public_editions(of=scene.book.indicators, but=release), scene.book.indicators)
    )
    hidden = _protect_all(scene, known, shown=_shown(scene, own))
    return _as_today({pk: _without(scene, pk, of, hidden) for pk, of in cells.items()}, concerned)


def _shown(scene: Scene, own: list[int]) -> set[tuple[int, str]]:
    """Counts and levels that the release tells, as pairs."""
    return {
        (scene.book.count_of[pk], level.slug)
        for pk in own
        if pk in scene.book.indicators
        for level in scene.book.indicators[pk].levels.all()
    }


def _protect_all(scene: Scene, known: Mapping, shown: set[tuple[int, str]]) -> _Hidden:
    """Denominators first: a count whose denominator is hidden is hidden too, or both could be computed."""
    hidden: _Hidden = {}
    for table in sorted(scene.tables, key=lambda table: table.kind != DENOMINATORS):
        told = known.get((table.kind, table.period), set())
        forced: set[Address] = set()
        if table.kind == COUNTS:
            for pk, key in hidden.get((DENOMINATORS, table.period), {}):
                forced.add((scene.book.count_of[pk], key))
        protection = protect_table(table, told=told, forced=forced & set(table.values), shown=shown)
        hidden.setdefault((table.kind, table.period), set()).update(protection.hidden, table.needs, forced)
    return hidden


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


def _without(scene: Scene, pk: int, of_indicator: Mapping, hidden: _Hidden) -> dict:
    count = scene.book.count_of.get(pk)
    return {
        period: _period_without(
            of,
            counts={key for c, key in hidden.get((COUNTS, period), ()) if c == count and pk in scene.cells},
            sizes={key for i, key in hidden.get((DENOMINATORS, period), ()) if i == pk},
        )
        for period, of in of_indicator.items()
    }


def _period_without(of_period: Mapping, *, counts: set, sizes: set) -> dict:
    kept = {}
    for key, cell in of_period.items():
        place = (key[0], cell.joint_with or key[1])
        size_is_secret = place in sizes
        is_secret = cell.status in SECRET or (cell.value is not None and (place in counts or size_is_secret))
        kept[key] = _secret(cell, size_is_secret=size_is_secret) if is_secret else cell
    return kept


def _secret(cell: Delivered, *, size_is_secret: bool) -> Delivered:
    denominator: Decimal | None = None if size_is_secret else cell.denominator
    return replace(cell, value=None, status=str(Status.SUPPRESSED), numerator=None, denominator=denominator)


def _as_today(cells: Cells, concerned: Concerned) -> Cells:
    """Of what is only needed, everything that is secret today is secret here."""
    needed = [i.pk for i in concerned.needed]
    if not needed:
        return cells
    marks = hidden_now(needed)
    masked = {
        pk: {
            period: {
                key: _secret(cell, size_is_secret=True) if (pk, period, key) in marks else cell
                for key, cell in of.items()
            }
            for period, of in cells[pk].items()
        }
        for pk in needed
    }
    return {**cells, **masked}
