"""How sure a share or a rate of counted things is: 95 % intervals. Pure calculation.

Counts of small areas waver from year to year without anything having changed. The interval holds the values that are
compatible with what was counted. Formulas, limits and an example: docs/methods.md, "Intervalle".
"""

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

PART, EVENTS = "part", "events"  # what a numerator is; values of Indicator.NumeratorKind
Z = 1.959963984540054  # quantile 0.975 of the standard normal distribution
TAIL = 0.025  # probability outside on either side
EXACT_BELOW = 10  # events; from there on Byar's formula is within 0.2 % of the exact limits (APHO Technical Briefing 3)
FEWEST = 1e-6  # events; counts are stored to six decimals, and the quantile is undefined near the smallest floats
KNOWN = frozenset({"reported", "zero", "joint"})  # statuses of counted values; an estimate has no interval


@dataclass(frozen=True)
class Interval:
    """Both limits in the unit of what was asked for."""

    lower: float
    upper: float

    def holds(self, value: float) -> bool:
        """Whether a value lies inside, limits included."""
        return self.lower <= value <= self.upper

    def times(self, factor: float) -> "Interval":
        """The same in another unit."""
        return Interval(self.lower * factor, self.upper * factor)


@dataclass(frozen=True)
class Counts:
    """What a share or rate is made of: `numerator` of `denominator` (None: not known), `kind` PART or EVENTS.

    PART: the numerator is a part of the denominator (unemployed among inhabitants). EVENTS: it counts what happened
    among them and may happen to one more than once (births, cases of help).
    """

    numerator: Decimal | float | None
    denominator: Decimal | float | None
    kind: str

    @property
    def are_usable(self) -> bool:
        """Whether an interval can be told: both known, no negative ones, no part larger than its whole."""
        if self.kind not in (PART, EVENTS) or self.numerator is None or self.denominator is None:
            return False
        fits = self.kind == EVENTS or self.numerator <= self.denominator
        return self.denominator > 0 and self.numerator >= 0 and fits

    @property
    def quotient(self) -> float:
        """Numerator by denominator, without factor; only for usable counts."""
        return float(self.numerator) / float(self.denominator)


def wilson(part: float, whole: float) -> Interval:
    """95 % interval of a share, as a share of 1, by Wilson's score method without continuity correction.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212; method 3 of R. G. Newcombe, Statist. Med. 17 (1998)
    857–872. `0 <= part <= whole` and `whole > 0`; the limits stay between 0 and 1.

    >>> found = wilson(81, 263)
    >>> round(found.lower, 4), round(found.upper, 4)
    (0.2553, 0.3662)
    """
    part, whole = float(part), float(whole)
    centre = part + Z * Z / 2
    half = Z * math.sqrt(part * (whole - part) / whole + Z * Z / 4)
    # At the ends the limits are exactly 0 and 1; floats would miss them by a trifle.
    lower = 0.0 if part == 0 else (centre - half) / (whole + Z * Z)
    return Interval(lower, 1.0 if part == whole else (centre + half) / (whole + Z * Z))


def poisson(events: float) -> Interval:
    """95 % interval of an expected number of events: exact below `EXACT_BELOW`, by Byar's formula from there on.

    Sources: F. Garwood, Biometrika 28 (1936) 437–442; Byar: N. E. Breslow and N. E. Day, Statistical Methods in Cancer
    Research II (1987) 69. `events >= 0`.

    >>> few, many = poisson(4), poisson(100)
    >>> round(few.lower, 2), round(few.upper, 2), round(many.lower, 2), round(many.upper, 2)
    (1.09, 10.24, 81.36, 121.63)
    """
    events = float(events)
    return garwood(events) if events < EXACT_BELOW else byar(events)


def garwood(events: float) -> Interval:
    """The exact limits: quantiles of gamma distributions, which are chi-squared ones halved.

    >>> round(garwood(0).upper, 4)
    3.6889
    """
    from scipy.special import gammaincinv  # noqa: PLC0415 - heavy, and not needed to serve pages

    lower = 0.0 if events < FEWEST else float(gammaincinv(events, TAIL))
    return Interval(lower, float(gammaincinv(events + 1, 1 - TAIL)))


def byar(events: float) -> Interval:
    """Byar's approximation; `events > 0`.

    >>> round(byar(100).lower, 3), round(byar(100).upper, 3)
    (81.362, 121.628)
    """

    def limit(number: float, z: float) -> float:
        return number * (1 - 1 / (9 * number) + z / (3 * math.sqrt(number))) ** 3

    return Interval(limit(events, -Z), limit(events + 1, Z))


def interval_of(counts: Counts) -> Interval | None:
    """95 % interval of numerator by denominator, without factor; None where counts do not allow one.

    >>> found = interval_of(Counts(4, 1638, EVENTS)).times(1000)
    >>> round(found.lower, 2), round(found.upper, 2)
    (0.67, 6.25)
    >>> interval_of(Counts(None, 1638, EVENTS)) is None
    True
    """
    if not counts.are_usable:
        return None
    if counts.kind == PART:
        return wilson(counts.numerator, counts.denominator)
    return poisson(counts.numerator).times(1 / float(counts.denominator))


def published_interval(
    value: Decimal | None, status: str, counts: Counts, *, factor: int, decimals: int
) -> tuple[Decimal, Decimal] | None:
    """Both limits as they stand beside the published `value`: times `factor`, rounded outwards to its decimals.

    Rounding outwards never makes a value look surer than it is, and keeps the rounded value inside. None for
    estimates, for values without counts, and where the counts are not those of the value.

    >>> published_interval(Decimal("2.4"), "reported", Counts(4, 1638, EVENTS), factor=1000, decimals=1)
    (Decimal('0.6'), Decimal('6.3'))
    >>> published_interval(Decimal("2.4"), "estimated", Counts(4, 1638, EVENTS), factor=1000, decimals=1) is None
    True
    """
    found = interval_of(counts)
    if value is None or status not in KNOWN or found is None:
        return None
    step = Decimal(1).scaleb(-decimals)
    if abs(value - Decimal(counts.quotient * factor)) > step:
        return None
    # Floats carry about 15 digits: without this, 0.3 times 1000 may come out a trifle above 300 and be rounded up.
    lower, upper = (Decimal(f"{limit * factor:.12g}") for limit in (found.lower, found.upper))
    return lower.quantize(step, rounding=ROUND_FLOOR), upper.quantize(step, rounding=ROUND_CEILING)
