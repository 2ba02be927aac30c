"""Ward's clusters: which areas are joined, in which order. Pure calculation, no Django.

J. H. Ward, Hierarchical grouping to optimize an objective function, JASA 58 (1963): the two groups are joined whose
union adds least to the sum of squared distances from the group means. Computed by scipy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Merge:
    """One step: `left` and `right` become one group of `size` areas.

    Numbers below n are areas, n + i is the group made in step i. `height` is scipy's: the root of twice the growth of
    the sum of squares, in standard deviations.
    """

    left: int
    right: int
    height: float
    size: int


def ward_merges(z: np.ndarray) -> tuple[Merge, ...]:
    """All n - 1 steps for n rows of standardised values (no missing ones), lowest first; none for fewer than 2 rows.

    >>> [(m.left, m.right, round(m.height, 3)) for m in ward_merges(np.array([[0.0], [1.0], [5.0]]))]
    [(0, 1, 1.0), (2, 3, 5.196)]
    """
    from scipy.cluster.hierarchy import linkage  # noqa: PLC0415 - takes a moment to import; only publishing needs it
    from scipy.spatial.distance import pdist  # noqa: PLC0415

    if len(z) < 2:
        return ()
    steps = linkage(pdist(z), method="ward")
    return tuple(Merge(int(a), int(b), float(height), int(size)) for a, b, height, size in steps)


def cut(merges: Sequence[Merge], count: int) -> tuple[int, ...]:
    """The group (from 0, in order of first appearance) of every area when `count` groups are left.

    Raises `ValueError` where there are fewer areas than groups.

    >>> cut(ward_merges(np.array([[0.0], [1.0], [5.0]])), 2)
    (0, 0, 1)
    """
    n = len(merges) + 1
    if not 1 <= count <= n:
        raise ValueError(f"{n} areas cannot make {count} groups")
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    for step, merge in enumerate(merges[: n - count]):
        members[n + step] = members.pop(merge.left) + members.pop(merge.right)
    groups = sorted(members.values(), key=min)
    label = {area: number for number, group in enumerate(groups) for area in group}
    return tuple(label[i] for i in range(n))


def leaf_order(merges: Sequence[Merge]) -> tuple[int, ...]:
    """Areas in the order in which a dendrogram shows them: no two lines cross.

    >>> leaf_order(ward_merges(np.array([[0.0], [5.0], [1.0]])))
    (1, 0, 2)
    """
    n = len(merges) + 1
    members: dict[int, tuple[int, ...]] = {i: (i,) for i in range(n)}
    for step, merge in enumerate(merges):
        members[n + step] = members.pop(merge.left) + members.pop(merge.right)
    return members[max(members)]
