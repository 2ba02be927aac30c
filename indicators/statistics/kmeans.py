"""k-means with many starts, the same on every machine. Pure calculation, no Django.

Lloyd's algorithm (IEEE Trans. Inf. Theory 28, 1982) from starts chosen by the greedy form of k-means++ (Arthur and
Vassilvitskii, SODA 2007). Written out because scikit-learn takes one to three seconds for 100 starts over 39 areas and
promises no equal results across versions and numbers of threads; the tests hold it to scikit-learn's results.
"""

import math
import random
from dataclasses import dataclass

import numpy as np

MOST_ROUNDS = 300
SAME = 9  # decimals to which two sums of squares count as equal; the earlier start then stays


@dataclass(frozen=True)
class Grouping:
    """The group (from 0, in order of first appearance) of every row, and the sum of squares inside the groups."""

    labels: tuple[int, ...]
    inertia: float


def kmeans(z: np.ndarray, count: int, *, starts: int, seed: int) -> Grouping:
    """The best of `starts` runs over rows of standardised values (no missing ones).

    Raises `ValueError` where there are fewer different rows than groups.

    >>> kmeans(np.array([[0.0], [1.0], [9.0]]), 2, starts=5, seed=1)
    Grouping(labels=(0, 0, 1), inertia=0.5)
    """
    if count < 1 or starts < 1 or len(np.unique(z, axis=0)) < count:
        raise ValueError(f"{len(z)} areas cannot make {count} groups")
    chance = random.Random(seed)  # noqa: S311 - drawing starts, no secret; the sequence is the same in every version
    best: tuple[float, np.ndarray] | None = None
    for _start in range(starts):
        labels, inertia = _settled(z, _first_centres(z, count, chance))
        if best is None or round(inertia, SAME) < round(best[0], SAME):
            best = inertia, labels
    return Grouping(in_order_of_appearance(best[1]), float(best[0]))


def in_order_of_appearance(labels) -> tuple[int, ...]:
    """The same groups, numbered by where they first appear.

    >>> in_order_of_appearance([7, 3, 7])
    (0, 1, 0)
    """
    seen: dict[int, int] = {}
    return tuple(seen.setdefault(int(label), len(seen)) for label in labels)


def _first_centres(z: np.ndarray, count: int, chance: random.Random) -> np.ndarray:
    """Rows far from those chosen before are likely; of a few drawn the one that leaves least distance is taken."""
    chosen = [min(int(chance.random() * len(z)), len(z) - 1)]
    nearest = ((z - z[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < count:
        reached = np.cumsum(nearest)
        drawn = [chance.random() * reached[-1] for _ in range(2 + int(math.log(count)))]
        places = np.minimum(np.searchsorted(reached, drawn, side="right"), np.flatnonzero(nearest)[-1])
        left = np.minimum(nearest, ((z[places][:, None, :] - z[None, :, :]) ** 2).sum(axis=2))
        best = int(left.sum(axis=1).argmin())
        chosen.append(int(places[best]))
        nearest = left[best]
    return z[chosen]


def _settled(z: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, float]:
    labels = np.full(len(z), -1)
    own = np.arange(len(z))
    for _round in range(MOST_ROUNDS):
        distances = ((z[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        nearest = distances.argmin(axis=1)
        for empty in set(range(len(centres))) - set(nearest.tolist()):  # it takes the row that fits worst
            nearest[distances[own, nearest].argmax()] = empty
        if (nearest == labels).all():
            break
        labels = nearest
        centres = np.array(
            [z[labels == c].mean(axis=0) if (labels == c).any() else centres[c] for c in range(len(centres))]
        )
    return labels, float(((z - centres[labels]) ** 2).sum())
