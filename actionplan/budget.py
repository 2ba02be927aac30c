"""Sums and splits of money, exact to the cent. Pure calculation: no Django."""

from collections.abc import Hashable, Iterable, Mapping
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


def sum_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the amounts that are recorded (euros); None where none is, because that is not zero.

    >>> sum_known([None, Decimal("2.50"), Decimal("-2.50")]), sum_known([None])
    (Decimal('0.00'), None)
    """
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NOTHING) if known else None


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
class Whole:
    """A fund with what it holds, what was approved from it and its parts, and what its parts hold (euros)."""

    name: str
    volume: Decimal
    granted: Decimal
    parts: Decimal

    @property
    def over(self) -> Decimal:
        """By how much more was given than there is; zero, or something is wrong."""
        return max(self.granted - self.volume, self.parts - self.volume, NOTHING)


@dataclass(frozen=True)
class Sums:
    """One way to come to the money of a year: how it was summed over how many, approved and paid (euros)."""

    way: str
    count: int
    granted: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Reconciliation:
    """The money of a year summed in several ways, each from rows of its own; the first one is the journal itself.

    >>> journal = Sums("journal", 2, Decimal("15.00"), NOTHING)
    >>> Reconciliation((journal, Sums("funds", 1, Decimal("14.00"), NOTHING)), ()).difference
    Decimal('1.00')
    """

    sums: tuple[Sums, ...]
    wholes: tuple[Whole, ...]

    @property
    def difference(self) -> Decimal:
        """The largest difference between the journal and another way, or what a fund gave too much; zero if right."""
        journal = self.sums[0]
        apart = [abs(x - y) for s in self.sums for x, y in ((s.granted, journal.granted), (s.spent, journal.spent))]
        return max([*apart, *(whole.over for whole in self.wholes)])
