"""Tables of counts that add up: cells, the sums the public knows of, and what else it knows. No Django."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import log2

Number = int | Decimal
Bounds = tuple[Number | None, Number | None]  # None: no limit on this side


class TableError(ValueError):
    """A table that contradicts itself; the message names cells and numbers and is never for the public."""


@dataclass(frozen=True)
class Cell:
    """One count, for example the persons with a trait in an area at a time.

    `value` is the true count, at least 0, in units of the count (persons) or, for sums over firms, in any unit.
    `is_sensitive`: secret by itself (primary), as `rules.py` decides. `is_fixed`: may not be hidden, because it is
    public already or a total that is always told (the city).
    `weight`: loss to readers if the cell is hidden, positive (see `loss`).
    What an attacker may know at most about a secret cell is said by `low` and `high`: the interval that he can compute
    must reach down to `low` and up to `high` at least. Without them by `width`: the interval must then cover `width`
    units around the true value, cut off at zero.
    `holder`: who knows this value exactly because it is his own (the one person behind a count of 1, the one
    firm); cells with the same holder are known to him together.
    """

    key: Hashable
    value: Number
    is_sensitive: bool = False
    is_fixed: bool = False
    weight: Decimal | float = 1
    width: Number = 0
    holder: Hashable | None = None
    low: Number | None = None
    high: Number | None = None

    @property
    def required(self) -> tuple[Number, Number]:
        """The smallest interval that an attacker may be left with; (value, value) for cells that are not secret.

        >>> Cell("a", 2, is_sensitive=True, width=5).required
        (0, 5)
        >>> Cell("a", 2, is_sensitive=True, low=0, high=3).required
        (0, 3)
        """
        if not self.is_sensitive:
            return self.value, self.value
        below = max(self.value - -(-self.width // 2), 0)
        low = below if self.low is None else min(self.low, self.value)
        return low, max(low + self.width if self.high is None else self.high, self.value)


@dataclass(frozen=True)
class Relation:
    """The public knows: the total is the sum of the parts, up to `tolerance` (0: exactly)."""

    total: Hashable
    parts: tuple[Hashable, ...]
    tolerance: Number = 0


@dataclass(frozen=True)
class Knowledge:
    """Anything else that is public and linear: low <= sum of coefficient x value <= high, None meaning no limit.

    A rounded rate of hidden counts, for example: 8,1 % of p among n means 0.0805 n <= p <= 0.0815 n, see
    `rate_knowledge`.
    """

    terms: tuple[tuple[Hashable, Number], ...]
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class Table:
    """Cells with their relations. `bounds`: what the public knows of single cells in any case (default: at least 0)."""

    cells: Mapping[Hashable, Cell]
    relations: Sequence[Relation]
    bounds: Mapping[Hashable, Bounds] = field(default_factory=dict)
    knowledge: Sequence[Knowledge] = ()


def make_table(cells: Iterable[Cell], relations: Iterable[Relation], **known) -> Table:
    """A table of cells by their keys, with those relations that are true of them.

    Where parts are missing, what is left of a relation is that the total is at least the sum of the others; where
    the total is missing, nothing. Where delivered values do not add up, readers can see from other areas by how
    little, so the relation is kept with the gap as its `tolerance`: the attacker is taken to know it.

    >>> make_table([Cell("t", 9), Cell("a", 1), Cell("b", 7)], [Relation("t", ("a", "b"))]).relations
    (Relation(total='t', parts=('a', 'b'), tolerance=1),)
    >>> make_table([Cell("t", 9), Cell("a", 1)], [Relation("t", ("a", "b"))]).knowledge
    (Knowledge(terms=(('t', 1), ('a', -1)), low=0, high=None),)
    """
    by_key = {cell.key: cell for cell in cells}
    kept, more = [], list(known.pop("knowledge", ()))
    for relation in relations:
        parts = tuple(key for key in relation.parts if key in by_key)
        if relation.total not in by_key or not parts:
            continue
        gap = by_key[relation.total].value - sum(by_key[key].value for key in parts)
        if len(parts) == len(relation.parts):
            kept.append(replace(relation, tolerance=max(relation.tolerance, abs(gap))))
        elif gap >= 0:
            more.append(Knowledge(((relation.total, 1), *((key, -1) for key in parts)), low=0))
    return Table(by_key, tuple(kept), knowledge=tuple(more), **known)


def loss(value: Number, *, rank: int = 0) -> float:
    """Weight of a cell: the larger the count, the more readers miss it; each level up (`rank`, 0: finest) counts
    double.

    The logarithm keeps number and size in proportion: two small cells cost more than one twice as large.

    >>> loss(0), loss(7), loss(7, rank=2)
    (1.0, 4.0, 16.0)
    """
    return (1 + log2(1 + float(value))) * 2.0**rank


def rate_knowledge(numerator: Hashable, denominator: Hashable, rate: Number, *, half: Number, factor: int = 100):
    """What a published rate (rounded by at most `half`) tells about two hidden counts; two inequalities.

    >>> [k.terms for k in rate_knowledge("p", "n", Decimal("8.1"), half=Decimal("0.05"))]
    [(('p', 100), ('n', Decimal('-8.05'))), (('p', 100), ('n', Decimal('-8.15')))]
    """
    below, above = rate - half, rate + half
    return (
        Knowledge(((numerator, factor), (denominator, -below)), low=0),
        Knowledge(((numerator, factor), (denominator, -above)), high=0),
    )


def rate_bounds(rate: Number, denominator: Number, *, half: Number, factor: int = 100) -> Bounds:
    """What a published rate (rounded by at most `half`) of a public denominator tells about the numerator.

    >>> rate_bounds(Decimal("8.1"), 200, half=Decimal("0.05"))
    (Decimal('16.10'), Decimal('16.30'))
    """
    low, high = (rate - half) * denominator / factor, (rate + half) * denominator / factor
    return max(low, Decimal(0)), high
