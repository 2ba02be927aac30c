"""Making indicators of different units comparable: z-values, min-max, ranks. Pure calculation in exact decimals.

Sources: OECD and JRC, Handbook on Constructing Composite Indicators (2008), section 1.5; the z-values with the
standard deviation of the whole population (divided by n, not n - 1) as the Berlin Monitoring Soziale Stadtentwicklung
uses them, because all areas of the city are known and none is a sample.

Values are a plain sequence in any order; the results stand in the same order. Missing values do not occur: areas
without a value are left out before. A flat indicator (all values equal) tells no area from another: every result is 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

DIGITS = 40  # significant digits of every step; results do not depend on the machine or the order of areas
METHODS = ("z", "min_max", "rank")


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of the population, in the unit of the values."""

    mean: Decimal
    deviation: Decimal


def spread(values: Sequence[Decimal]) -> Spread:
    """Mean and population standard deviation: sqrt(sum((x - mean)^2) / n). Raises `ValueError` for no values.

    >>> spread([Decimal(2), Decimal(4), Decimal(4), Decimal(4), Decimal(5), Decimal(5), Decimal(7), Decimal(9)])
    Spread(mean=Decimal('5'), deviation=Decimal('2'))
    """
    if not values:
        raise ValueError("no values, no mean")
    with localcontext(prec=DIGITS):
        mean = sum(values, Decimal(0)) / len(values)
        if min(values) == max(values):
            return Spread(values[0], Decimal(0))
        squares = sum(((value - mean) ** 2 for value in sorted(values)), Decimal(0))
        return Spread(mean, (squares / len(values)).sqrt())


def z_values(values: Sequence[Decimal]) -> list[Decimal]:
    """How many standard deviations each value lies above the mean: (x - mean) / deviation; without unit.

    >>> z_values([Decimal(10), Decimal(20)]), z_values([Decimal(7), Decimal(7)])
    ([Decimal('-1'), Decimal('1')], [Decimal('0'), Decimal('0')])
    """
    if not values:
        return []
    of_all = spread(values)
    with localcontext(prec=DIGITS):
        return [(value - of_all.mean) / of_all.deviation if of_all.deviation else Decimal(0) for value in values]


def min_max(values: Sequence[Decimal]) -> list[Decimal]:
    """Where each value lies between the smallest (0) and the largest (1): (x - min) / (max - min).

    >>> min_max([Decimal(5), Decimal(15), Decimal(10)])
    [Decimal('0'), Decimal('1'), Decimal('0.5')]
    """
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    with localcontext(prec=DIGITS):
        return [(value - low) / (high - low) if high > low else Decimal(0) for value in values]


def ranks(values: Sequence[Decimal]) -> list[Decimal]:
    """The rank of each value from 0 (smallest) to 1 (largest); equal values share the mean of their ranks.

    >>> ranks([Decimal(3), Decimal(1), Decimal(9)]), ranks([Decimal(1), Decimal(1), Decimal(4)])
    ([Decimal('0.5'), Decimal('0'), Decimal('1')], [Decimal('0.25'), Decimal('0.25'), Decimal('1')])
    """
    ordered = sorted(values)
    if not ordered or ordered[0] == ordered[-1]:
        return [Decimal(0)] * len(values)
    first = {value: position for position, value in reversed(list(enumerate(ordered)))}
    last = {value: position for position, value in enumerate(ordered)}
    with localcontext(prec=DIGITS):
        return [Decimal(first[value] + last[value]) / 2 / (len(ordered) - 1) for value in values]


def standardised(values: Sequence[Decimal], method: str, *, raises: bool) -> list[Decimal]:
    """Values made comparable so that more always means less favourable; `raises`: a high value is unfavourable.

    Otherwise z-values change their sign, the others are turned over (1 - u). Raises `ValueError` for a method
    that there is not.

    >>> standardised([Decimal(1), Decimal(3)], "min_max", raises=False)
    [Decimal('1'), Decimal('0')]
    """
    if method not in METHODS:
        raise ValueError(f"unknown standardisation {method!r}")
    if method == "z":
        found = z_values(values)
        return found if raises else [value.copy_negate() if value else value for value in found]
    found = min_max(values) if method == "min_max" else ranks(values)
    if raises or not any(found):
        return found
    with localcontext(prec=DIGITS):
        return [1 - value for value in found]
