"""The stage at which a release keeps secrets: cells that tell on somebody lose their numbers, and others beside them.

Everything after this stage (derived figures, ranks, classes, files) starts from what it leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.cells import Cells, Concerned
from indicators.grounds import Grounds
from indicators.models import Indicator, Release
from indicators.secrecy.tables import TableError
from indicators.secret_counts import Address
from indicators.secret_hiding import protect_table
from indicators.secret_public import hidden_now, known_addresses, public_editions, told_by
from indicators.secret_rounding import rounded_cell, rounded_counts
from indicators.secret_rules import rule_book
from indicators.secret_tables import COUNTS, DENOMINATORS, Scene, SecretTable, scene_of
from indicators.statistics.upwards import Delivered, Key
from indicators.statuses import SECRET, Status

_Hidden = dict[tuple[str, str], set[Address]]  # by kind and period of the table
_Rounded = dict[str, dict[Address, int]]  # by period


@dataclass(frozen=True)
class Protected:
    """Cells that may be told; `rounded`: by primary key of an indicator the base of which its counts are multiples."""

    cells: Cells
    rounded: Mapping[int, int]


def protected_cells(release: Release, concerned: Concerned, cells: Cells, grounds: Grounds) -> Protected:
    """`cells` without the numbers that must be secret: by themselves, or because others could be computed from them.

    Where the rules of the sources say so, all counts are rounded instead. All that are hidden have one status: who
    knew which are small by themselves would know more than that they are hidden. What was public before stays public;
    where that betrays something the audit says so. Of indicators that are only `needed` nothing is told that is secret
    today.
    """
    own = [i.pk for i in (*concerned.shown, *concerned.needed)]
    scene = scene_of(release, rule_book(own), grounds)
    if not scene.tables:
        return Protected(_as_today({pk: _without(scene, pk, of, {}, {}) for pk, of in cells.items()}, concerned), {})
    known = known_addresses(
        scene, told_by(public_editions(of=scene.book.indicators, but=release), scene.book.indicators)
    )
    hidden, rounded = _protect_all(scene, known, shown=_shown(scene, own))
    kept = {pk: _without(scene, pk, of, hidden, rounded) for pk, of in cells.items()}
    return Protected(_as_today(kept, concerned), _bases(scene, rounded))


def _bases(scene: Scene, rounded: _Rounded) -> dict[int, int]:
    bases = {
        count: table.base
        for table in scene.tables
        if table.base and table.period in rounded
        for count, _key in table.values
    }
    return {pk: bases[count] for pk, count in scene.book.count_of.items() if count in bases}


def _shown(scene: Scene, own: list[int]) -> set[tuple[int, str]]:
    """Counts and levels that the release tells, as pairs."""
    return {
        (scene.book.count_of[pk], level.slug)
        for pk in own
        if pk in scene.book.indicators
        for level in scene.book.indicators[pk].levels.all()
    }


def _protect_all(scene: Scene, known: Mapping, shown: set[tuple[int, str]]) -> tuple[_Hidden, _Rounded]:
    """Denominators first: a count whose denominator is hidden is hidden too, or both could be computed."""
    hidden: _Hidden = {}
    rounded: _Rounded = {}
    for table in sorted(scene.tables, key=lambda table: table.kind != DENOMINATORS):
        told = known.get((table.kind, table.period), set())
        forced: set[Address] = set()
        if table.kind == COUNTS:
            for pk, key in hidden.get((DENOMINATORS, table.period), {}):
                forced.add((scene.book.count_of[pk], key))
        if table.base and (counts := _rounded_if_possible(table)):
            rounded.setdefault(table.period, {}).update(counts)
            hidden.setdefault((table.kind, table.period), set()).update(forced)
            continue
        protection = protect_table(table, told=told, forced=forced & set(table.values), shown=shown)
        hidden.setdefault((table.kind, table.period), set()).update(protection.hidden, table.needs, forced)
    return hidden, rounded


def _rounded_if_possible(table: SecretTable) -> Mapping[Address, int] | None:
    """None where no rounding keeps all sums: then secrets are hidden as elsewhere."""
    try:
        return rounded_counts(table)
    except TableError:
        return None


def _without(scene: Scene, pk: int, of_indicator: Mapping, hidden: _Hidden, rounded: _Rounded) -> dict:
    count = scene.book.count_of.get(pk)
    return {
        period: _period_without(
            of,
            counts={key for c, key in hidden.get((COUNTS, period), ()) if c == count and pk in scene.cells},
            sizes={key for i, key in hidden.get((DENOMINATORS, period), ()) if i == pk},
            rounding=_Rounding(
                scene.book.indicators.get(pk),
                {key: value for (c, key), value in rounded.get(period, {}).items() if c == count and pk in scene.cells},
            ),
        )
        for period, of in of_indicator.items()
    }


@dataclass(frozen=True)
class _Rounding:
    """The rounded counts that an indicator tells in a period, by area."""

    indicator: Indicator | None
    counts: Mapping[Key, int]


def _period_without(of_period: Mapping, *, counts: set, sizes: set, rounding: _Rounding) -> dict:
    kept = {}
    for key, cell in of_period.items():
        place = (key[0], cell.joint_with or key[1])
        size_is_secret = place in sizes
        is_secret = cell.status in SECRET or (cell.value is not None and (place in counts or size_is_secret))
        if is_secret:
            kept[key] = _secret(cell, size_is_secret=size_is_secret)
        elif place in rounding.counts and cell.value is not None:
            kept[key] = rounded_cell(cell, rounding.counts[place], rounding.indicator) or _secret(cell)
        else:
            kept[key] = cell
    return kept


def _secret(cell: Delivered, *, size_is_secret: bool = False) -> Delivered:
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
