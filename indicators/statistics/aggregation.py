"""Combining values of small areas into larger ones. Pure calculation: no Django, exact decimals.

Rules (see docs/figures.md): a count is the sum of its parts; a rate with known numerator and denominator is
the ratio of the sums, never a mean of rates; a rate without them is the mean weighted by a stated weight and
therefore an estimate. Missing parts are never taken as zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MIN_COVERAGE = Decimal("0.9")  # of the weight that must be known; below that the result is missing
COMPLETE = Decimal(1)


@dataclass(frozen=True)
class Part:
    """One part: its value (None = no number), its weight (None = unknown) and whether it is an estimate."""

    value: Decimal | None
    weight: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_estimate: bool = False


@dataclass(frozen=True)
class Combined:
    """The value of the whole in the unit of its parts; None where it cannot be told."""

    value: Decimal | None
    is_estimate: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Decimal = Decimal(0)


NOTHING = Combined(None)


def combine_sum(parts: Sequence[Part]) -> Combined:
    """Sum of counts; nothing when any part is missing, because a partial sum would look like a total.

    >>> combine_sum([Part(Decimal(3)), Part(Decimal(4))]).value
    Decimal('7')
    >>> combine_sum([Part(Decimal(3)), Part(None)]).value is None
    True
    """
    if not parts or any(part.value is None for part in parts):
        return NOTHING
    return Combined(
        sum((part.value for part in parts), Decimal(0)),
        is_estimate=any(part.is_estimate for part in parts),
        coverage=COMPLETE,
    )


def combine_ratio(parts: Sequence[Part], *, factor: int) -> Combined:
    """Sum of numerators over sum of denominators times `factor` (100 for percent, 1000 for per 1,000).

    Nothing when any part lacks one of the two, or when all denominators are zero.

    >>> halves = [Part(None, numerator=Decimal(1), denominator=Decimal(10)),
    ...           Part(None, numerator=Decimal(9), denominator=Decimal(30))]
    >>> combine_ratio(halves, factor=100).value
    Decimal('25.00')
    """
    if not parts or any(part.numerator is None or part.denominator is None for part in parts):
        return NOTHING
    numerator = sum((part.numerator for part in parts), Decimal(0))
    denominator = sum((part.denominator for part in parts), Decimal(0))
    if denominator == 0:
        return NOTHING
    return Combined(
        numerator / denominator * factor,
        is_estimate=any(part.is_estimate for part in parts),
        numerator=numerator,
        denominator=denominator,
        coverage=COMPLETE,
    )


def combine_weighted_mean(parts: Sequence[Part]) -> Combined:
    """Mean weighted by `weight`; always an estimate.

    Parts of weight zero do not count. Where parts of known weight lack a value, the mean of the others stands
    when they carry at least 90 % of the weight, and `coverage` tells how much; otherwise nothing. A part of
    unknown weight makes the result unknown.

    >>> combine_weighted_mean([Part(Decimal(10), Decimal(1)), Part(Decimal(20), Decimal(3))]).value
    Decimal('17.5')
    >>> combine_weighted_mean([Part(Decimal(10), Decimal(1)), Part(None, Decimal(3))]).value is None
    True
    """
    if not parts or any(part.weight is None for part in parts):
        return NOTHING
    total = sum((part.weight for part in parts), Decimal(0))
    known = [part for part in parts if part.value is not None and part.weight]
    weight = sum((part.weight for part in known), Decimal(0))
    if not weight or weight / total < MIN_COVERAGE:
        return NOTHING
    mean = sum((part.value * part.weight for part in known), Decimal(0)) / weight
    return Combined(mean, is_estimate=True, coverage=weight / total)
