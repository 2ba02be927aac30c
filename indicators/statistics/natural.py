"""Natural breaks: the exact grouping by Fisher (1958), all class counts in one pass. Pure numpy.

W. D. Fisher, "On grouping for maximum homogeneity", Journal of the American Statistical Association 53 (1958),
789-798. Why not mapclassify's own function: ADR 0006. The tests hold both against each other.
"""

from collections.abc import Sequence

import numpy as np

EXACT_UP_TO = 1000  # values; the groups of more are found from as many evenly spaced order statistics


def natural_starts(data: Sequence[float], counts: Sequence[int]) -> dict[int, tuple[float, ...]]:
    """For each number of classes, the smallest value of every class but the first.

    `data`: at least two distinct values, any order. The groups have the least possible sum of squared
    deviations from their means; where there are fewer distinct values than classes, each has its own.

    >>> natural_starts([1, 2, 2, 10, 11, 30, 31], [2, 3])
    {2: (30.0,), 3: (10.0, 30.0)}
    """
    ordered = _thinned(np.sort(np.asarray(data, dtype=float)))
    distinct = np.unique(ordered)
    wanted = {count: min(count, len(distinct)) for count in counts}
    starts = _all_starts(ordered, max(wanted.values()))
    return {count: tuple(sorted({float(ordered[i]) for i in starts[k]} - {distinct[0]})) for count, k in wanted.items()}


def _all_starts(data: np.ndarray, most: int) -> dict[int, tuple[int, ...]]:
    """Indices at which the 2nd, 3rd … class begins, for 1 to `most` classes of sorted values."""
    cost = _costs(data - data.mean())
    best, origins = cost[0], []
    for _more in range(2, most + 1):
        totals = cost[1:, :] + best[:-1, None]  # the last class begins at row + 1 and ends at the column
        origin = totals.argmin(axis=0) + 1
        best = totals.min(axis=0)
        origins.append(origin)
    return {k: _walk_back(origins[: k - 1]) for k in range(1, most + 1)}


def _walk_back(origins: Sequence[np.ndarray]) -> tuple[int, ...]:
    end, starts = -1, []
    for origin in reversed(origins):
        start = int(origin[end])
        starts.append(start)
        end = start - 1
    return tuple(reversed(starts))


def _costs(data: np.ndarray) -> np.ndarray:
    """`cost[i, j]`: squared deviations of the values i to j (inclusive) from their mean; infinite for j < i."""
    sums, squares = (np.concatenate(([0.0], np.cumsum(v))) for v in (data, data**2))
    first, last = np.ogrid[: len(data), : len(data)]
    size = last - first + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        total = sums[last + 1] - sums[first]
        cost = squares[last + 1] - squares[first] - total**2 / size
    return np.where(size > 0, np.maximum(cost, 0), np.inf)


def _thinned(ordered: np.ndarray) -> np.ndarray:
    if len(ordered) <= EXACT_UP_TO:
        return ordered
    return ordered[np.linspace(0, len(ordered) - 1, EXACT_UP_TO).round().astype(int)]
