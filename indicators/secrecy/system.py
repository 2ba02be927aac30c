"""The public's knowledge as whole numbers: columns with limits, and rows that must be zero. No Django.

All numbers are multiplied by the power of ten that makes them whole, so that what is shown about them is shown by exact
arithmetic. A row is `sum of coefficient x column == 0`; tolerances and other knowledge get a column of their own
("slack"), which is never public. Columns and rows stand in an order given by their content, so the order in
which cells are named changes nothing.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from .tables import Bounds, Knowledge, Number, Relation, TableError

Row = tuple[tuple[int, int], ...]  # pairs of column and coefficient


@dataclass(frozen=True)
class System:
    """Columns (first those of `keys`, then slack) with limits (None: open above; below always closed or open by
    None).
    """

    keys: tuple[Hashable, ...]
    column_of: Mapping[Hashable, int]
    low: Sequence[int | None]
    high: Sequence[int | None]
    rows: Sequence[Row]
    rows_of: Sequence[Sequence[int]]
    totals_of: Sequence[Sequence[int]]  # for each column the sums that it is a part of
    scale: int

    @property
    def count(self) -> int:
        """Number of columns, slack included."""
        return len(self.low)

    def whole(self, number: Number) -> int:
        """A number in units of the system; raises `TableError` if it is finer than the system."""
        scaled = Decimal(number) * self.scale
        if scaled != int(scaled):
            raise TableError(f"{number} is finer than 1/{self.scale}")
        return int(scaled)

    def told(self, whole: int | None) -> Number | None:
        """The number that a whole one stands for."""
        return whole if whole is None or self.scale == 1 else Decimal(whole) / self.scale

    def slack_values(self, values: Sequence[int | None]) -> list[int | None]:
        """All columns' values, those of slack computed from the cells' (all known)."""
        full = [*values, *[None] * (self.count - len(values))]
        for row in self.rows:
            (slack, sign), *others = sorted(row, reverse=True)
            if slack >= len(self.keys):
                full[slack] = -sum(c * full[i] for i, c in others) // sign
        return full


def make_system(
    keys: Iterable[Hashable],
    relations: Iterable[Relation],
    *,
    bounds: Mapping[Hashable, Bounds] | None = None,
    knowledge: Iterable[Knowledge] = (),
    numbers: Iterable[Number] = (),
) -> System:
    """The system of all that is public; `numbers` are values that must be whole in it. Raises `TableError` for
    unknown keys.
    """
    ordered = tuple(sorted(set(keys), key=repr))
    scale = 10 ** max((_places(n) for n in numbers), default=0)
    builder = _Builder({key: i for i, key in enumerate(ordered)}, scale)
    for key, (low, high) in (bounds or {}).items():
        if key in builder.column_of:
            builder.limit(builder.column_of[key], low, high)
    for relation in sorted(set(relations), key=repr):
        builder.relate(relation)
    for known in sorted(set(knowledge), key=repr):
        builder.know(known)
    rows_of: list[list[int]] = [[] for _ in builder.low]
    for number, row in enumerate(builder.rows):
        for column, _coefficient in row:
            rows_of[column].append(number)
    totals_of: list[list[int]] = [[] for _ in builder.low]
    for total, part in builder.sums:
        totals_of[part].append(total)
    return System(ordered, builder.column_of, builder.low, builder.high, builder.rows, rows_of, totals_of, scale)


def _places(number: Number) -> int:
    return max(-int(Decimal(number).normalize().as_tuple().exponent), 0)


class _Builder:
    """Collects columns and rows."""

    def __init__(self, column_of: dict[Hashable, int], scale: int):
        self.column_of, self.scale = column_of, scale
        self.low: list[int | None] = [0] * len(column_of)
        self.high: list[int | None] = [None] * len(column_of)
        self.rows: list[Row] = []
        self.sums: list[tuple[int, int]] = []  # total and part

    def limit(self, column: int, low: Number | None, high: Number | None) -> None:
        """Counts are whole: limits are tightened to the next whole number inside."""
        if low is not None:
            self.low[column] = max(self.low[column], _rounded(low, self.scale, ROUND_CEILING))
        if high is not None:
            self.high[column] = _rounded(high, self.scale, ROUND_FLOOR)

    def relate(self, relation: Relation) -> None:
        """total - parts (- slack) = 0; a cell that is total and part of itself is refused."""
        if relation.total in relation.parts or len(set(relation.parts)) != len(relation.parts):
            raise TableError(f"{relation.total!r}: parts twice, or the total among them")
        row = [(self._column(relation.total), 1), *((self._column(key), -1) for key in relation.parts)]
        self.sums += [(self._column(relation.total), self._column(key)) for key in relation.parts]
        if relation.tolerance:
            slack = _rounded(relation.tolerance, self.scale, ROUND_CEILING)
            row.append((self._slack(-slack, slack), -1))
        self.rows.append(tuple(row))

    def know(self, known: Knowledge) -> None:
        """Coefficients are made whole; the slack's limits are rounded outwards, so nothing true is excluded."""
        factor = 10 ** max((_places(c) for _key, c in known.terms), default=0)
        row = [(self._column(key), int(Decimal(c) * factor)) for key, c in known.terms if c]
        low = None if known.low is None else _rounded(known.low * factor, self.scale, ROUND_FLOOR)
        high = None if known.high is None else _rounded(known.high * factor, self.scale, ROUND_CEILING)
        self.rows.append((*row, (self._slack(low, high), -1)))

    def _column(self, key: Hashable) -> int:
        if key not in self.column_of:
            raise TableError(f"no cell {key!r}")
        return self.column_of[key]

    def _slack(self, low: int | None, high: int | None) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1


def _rounded(number: Number, scale: int, rounding: str) -> int:
    return int((Decimal(number) * scale).to_integral_value(rounding))
