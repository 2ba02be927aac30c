"""How unequal the areas of a city are: Gini and Lorenz, P90/P10, segregation. Pure calculation, no Django.

All numbers are floats and unrounded. An area is a value with the number of people it stands for (its weight). Areas
without a value must be left out by the caller; weights of zero count for nothing.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Weighted:
    """The value of one area (any unit) and its weight (people, at least 0)."""

    value: float
    weight: float


@dataclass(frozen=True)
class Spread:
    """The values below which 10 % and 90 % of the people live; `ratio` is None where P10 is not above zero."""

    p10: float
    p90: float

    @property
    def difference(self) -> float:
        """P90 less P10, in the unit of the values."""
        return self.p90 - self.p10

    @property
    def ratio(self) -> float | None:
        """P90 by P10, without a unit."""
        return self.p90 / self.p10 if self.p10 > 0 else None


def lorenz_curve(areas: Sequence[Weighted]) -> list[tuple[float, float]]:
    """Points (share of the people, share of the sum value x people) from the lowest value upwards, from 0, 0 to 1, 1.

    Lorenz: Methods of Measuring the Concentration of Wealth, Publications of the American Statistical Association 9
    (1905), 209-219. Empty where a value is negative or the sum is zero: then there is nothing to share out.

    >>> lorenz_curve([Weighted(1, 1), Weighted(3, 1)])
    [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)]
    """
    ordered = sorted((a for a in areas if a.weight > 0), key=lambda a: (a.value, a.weight))
    people = sum(a.weight for a in ordered)
    amount = sum(a.value * a.weight for a in ordered)
    if not ordered or ordered[0].value < 0 or amount <= 0:
        return []
    points, x, y = [(0.0, 0.0)], 0.0, 0.0
    for area in ordered[:-1]:
        x, y = x + area.weight, y + area.value * area.weight
        points.append((x / people, y / amount))
    return [*points, (1.0, 1.0)]


def gini(areas: Sequence[Weighted]) -> float | None:
    """Twice the area between Lorenz curve and diagonal: 0 all equal, towards 1 all in one place; None as above.

    Weighted form in trapezoids, the same as sum_ij w_i w_j |x_i - x_j| / (2 W² x̄) (Gini 1912).

    >>> gini([Weighted(1, 1), Weighted(3, 1)]), gini([Weighted(2, 5), Weighted(2, 1)]), gini([Weighted(0, 1)])
    (0.25, 0.0, None)
    """
    curve = lorenz_curve(areas)
    if not curve:
        return None
    below = sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in itertools.pairwise(curve))
    return max(0.0, 1 - 2 * below) if len({a.value for a in areas if a.weight > 0}) > 1 else 0.0


def weighted_quantile(areas: Sequence[Weighted], share: float) -> float:
    """The smallest value such that at least `share` (0 to 1) of the people live in areas with at most this value.

    The inverse of the weighted distribution function, without interpolation: always the value of some area.
    Raises `ValueError` without any people.

    >>> weighted_quantile([Weighted(5, 80), Weighted(9, 15), Weighted(30, 5)], 0.9)
    9
    """
    ordered = sorted((a for a in areas if a.weight > 0), key=lambda a: a.value)
    if not ordered:
        raise ValueError("no people, no quantile")
    limit = share * sum(a.weight for a in ordered) * (1 - 1e-12)  # sums of floats may miss the share by a hair
    reached = 0.0
    for area in ordered:
        reached += area.weight
        if reached >= limit:
            return area.value
    return ordered[-1].value


def spread(areas: Sequence[Weighted]) -> Spread:
    """P10 and P90 by `weighted_quantile`. Raises `ValueError` without any people."""
    return Spread(weighted_quantile(areas, 0.1), weighted_quantile(areas, 0.9))


def dissimilarity(group: Sequence[float], others: Sequence[float]) -> float | None:
    """Share of the group that would have to move so that every area has the same share of it: 0 to 1.

    `group` and `others` are counts per area in the same order. D = 1/2 sum_i |a_i / A - b_i / B|; Duncan, Duncan: A
    Methodological Analysis of Segregation Indexes, American Sociological Review 20 (1955), 210-217. None where one of
    both is nobody.

    >>> dissimilarity([10, 0], [0, 30]), dissimilarity([1, 2], [10, 20]), dissimilarity([0, 0], [1, 2])
    (1.0, 0.0, None)
    """
    all_group, all_others = sum(group), sum(others)
    if all_group <= 0 or all_others <= 0:
        return None
    return sum(abs(a / all_group - b / all_others) for a, b in zip(group, others, strict=True)) / 2
