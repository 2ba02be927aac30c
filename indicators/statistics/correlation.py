"""How closely two indicators go together: Pearson's and Spearman's coefficients. Pure calculation, no Django.

Every area counts once, however many people live there: the question is about areas, not about people.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5  # pairs; with fewer a coefficient says next to nothing


@dataclass(frozen=True)
class Correlation:
    """Both coefficients (-1 to 1, None where undefined) and the number of pairs they rest on."""

    n: int
    pearson: float | None
    spearman: float | None


def correlation(x: Sequence[float], y: Sequence[float]) -> Correlation:
    """Of two sequences of the same areas in the same order, any units; areas without one value are left out before.

    None for fewer than FEWEST pairs and where one of both is the same everywhere. Pearson: Regression, Heredity and
    Panmixia, Philosophical Transactions A 187 (1896), 253-318; Spearman: The Proof and Measurement of Association
    between Two Things, American Journal of Psychology 15 (1904), 72-101: Pearson of the ranks; equal values share one.

    >>> correlation([1, 2, 3, 4, 5], [1, 4, 9, 16, 25]).spearman
    1.0
    """
    if len(x) < FEWEST:
        return Correlation(len(x), None, None)
    return Correlation(len(x), pearson(x, y), pearson(ranks(x), ranks(y)))


def pearson(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Covariance by the product of both standard deviations; None where one of both does not vary.

    >>> round(pearson([1, 2, 3], [1, 2, 4]), 4), pearson([1, 1, 1], [1, 2, 4])
    (0.982, None)
    """
    if min(x) == max(x) or min(y) == max(y):
        return None
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    a, b = [value - mean_x for value in x], [value - mean_y for value in y]
    both = math.fsum(i * j for i, j in zip(a, b, strict=True))
    size = math.sqrt(math.fsum(i * i for i in a) * math.fsum(j * j for j in b))
    return max(-1.0, min(1.0, both / size))


def ranks(values: Sequence[float]) -> list[float]:
    """1 for the lowest; equal values share the mean of their ranks.

    >>> ranks([10, 30, 20, 20])
    [1.0, 4.0, 2.5, 2.5]
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    begin = 0
    while begin < len(order):
        end = begin
        while end + 1 < len(order) and values[order[end + 1]] == values[order[begin]]:
            end += 1
        for place in order[begin : end + 1]:
            found[place] = (begin + end) / 2 + 1
        begin = end + 1
    return found
