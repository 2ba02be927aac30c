"""Sums and splits of money, exact to the cent. Pure calculation: no Django."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


class Entry(Protocol):
    """One row of the journal: what kind of step, how much (euros), on which day it holds."""

    kind: str
    amount: Decimal
    day: date


@dataclass(frozen=True)
class Money:
    """What an allocation, a project or a fund comes to, in euros.

    `planned`: foreseen; `approved`: what was approved at first; `revised`: by how much that was changed later;
    `committed`: promised to others; `spent`: paid out.
    """

    planned: Decimal = NOTHING
    approved: Decimal = NOTHING
    revised: Decimal = NOTHING
    committed: Decimal = NOTHING
    spent: Decimal = NOTHING

    @property
    def granted(self) -> Decimal:
        """What is approved by now: the first approval and all later changes."""
        return self.approved + self.revised

    @property
    def left(self) -> Decimal:
        """What is approved and not paid out."""
        return self.granted - self.spent

    def __add__(self, other: "Money") -> "Money":
        return Money(
            self.planned + other.planned,
            self.approved + other.approved,
            self.revised + other.revised,
            self.committed + other.committed,
            self.spent + other.spent,
        )


def money_of(entries: Iterable[Entry], on: date | None = None) -> Money:
    """The sums of a journal up to and including a day (None: all of it).

    >>> from types import SimpleNamespace as Row
    >>> journal = [Row(kind="approved", amount=Decimal("900.00"), day=date(2021, 3, 1)),
    ...            Row(kind="spent", amount=Decimal("250.50"), day=date(2021, 5, 1))]
    >>> money_of(journal).left, money_of(journal, date(2021, 4, 1)).left
    (Decimal('649.50'), Decimal('900.00'))
    """
    sums = dict.fromkeys(("planned", "approved", "revised", "committed", "spent"), NOTHING)
    for entry in entries:
        if on is None or entry.day <= on:
            sums[entry.kind] += entry.amount
    return Money(**sums)


def split_exactly(amount: Decimal, weights: Mapping[Hashable, Decimal]) -> dict[Hashable, Decimal]:
    """`amount` (euros) divided by `weights` so that the parts are whole cents and add up exactly.

    Largest remainder (Hamilton's method): each part is rounded down to the cent, the cents left over go to the parts
    with the largest remainders; of equal remainders the earlier one in `weights` comes first. A negative amount is
    split like its positive counterpart. Raises `ValueError` without weights, for a weight that is not positive, and for
    an amount that is not in whole cents.

    >>> split_exactly(Decimal("100.00"), {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)})
    {'a': Decimal('33.34'), 'b': Decimal('33.33'), 'c': Decimal('33.33')}
    """
    if not weights or any(weight <= 0 for weight in weights.values()):
        raise ValueError("a split needs weights above zero")
    cents = amount / CENT
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} is not in whole cents")
    sign, total = (-1 if cents < 0 else 1), abs(int(cents))
    whole = sum(Fraction(weight) for weight in weights.values())
    shares = {key: Fraction(weight) * total / whole for key, weight in weights.items()}
    given = {key: int(share) for key, share in shares.items()}
    by_remainder = sorted(weights, key=lambda key: given[key] - shares[key])
    for key in by_remainder[: total - sum(given.values())]:
        given[key] += 1
    return {key: sign * count * CENT for key, count in given.items()}


@dataclass(frozen=True)
class Line:
    """One amount of a reconciliation: of which fund, for which project."""

    fund: Hashable
    project: Hashable
    amount: Decimal


@dataclass(frozen=True)
class Reconciliation:
    """The same amounts summed from both sides. They can only be equal, since each line is in one fund and project."""

    by_fund: Mapping[Hashable, Decimal]
    by_project: Mapping[Hashable, Decimal]

    @property
    def difference(self) -> Decimal:
        """Sum over funds minus sum over projects; zero, or something is wrong."""
        return sum(self.by_fund.values(), NOTHING) - sum(self.by_project.values(), NOTHING)


def reconcile(lines: Sequence[Line]) -> Reconciliation:
    """Sum lines by fund and by project.

    >>> found = reconcile([Line("kern", "a", Decimal("10.00")), Line("kern", "b", Decimal("5.00"))])
    >>> found.by_fund, found.difference
    ({'kern': Decimal('15.00')}, Decimal('0.00'))
    """
    by_fund: dict[Hashable, Decimal] = {}
    by_project: dict[Hashable, Decimal] = {}
    for line in lines:
        by_fund[line.fund] = by_fund.get(line.fund, NOTHING) + line.amount
        by_project[line.project] = by_project.get(line.project, NOTHING) + line.amount
    return Reconciliation(by_fund, by_project)
