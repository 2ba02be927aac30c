"""How well each area fits its group. Pure calculation, no Django.

P. J. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, Journal of
Computational and Applied Mathematics 20 (1987).
"""

from collections.abc import Sequence

import numpy as np


def silhouettes(z: np.ndarray, labels: Sequence[int]) -> tuple[float, ...]:
    """For every row (b - a) / max(a, b): `a` its mean distance to its own group, `b` to the nearest other one.

    Near 1 it lies well inside, around 0 between two groups, below 0 nearer to another. A row that is a group of its
    own has 0, as Rousseeuw sets it; so have all rows where there is but one group.

    >>> [round(s, 3) for s in silhouettes(np.array([[0.0], [1.0], [9.0]]), [0, 0, 1])]
    [0.889, 0.875, 0.0]
    """
    groups = np.asarray(labels)
    names = np.unique(groups)
    if len(names) < 2:
        return (0.0,) * len(groups)
    distances = np.sqrt(((z[:, None, :] - z[None, :, :]) ** 2).sum(axis=2))
    sums = np.column_stack([distances[:, groups == name].sum(axis=1) for name in names])
    sizes = np.array([(groups == name).sum() for name in names])
    own = np.searchsorted(names, groups)
    return tuple(_fit(sums[i], sizes, own[i]) for i in range(len(groups)))


def _fit(sums: np.ndarray, sizes: np.ndarray, own: int) -> float:
    if sizes[own] == 1:
        return 0.0
    inside = sums[own] / (sizes[own] - 1)
    nearest = np.delete(sums / sizes, own).min()
    largest = max(inside, nearest)
    return float((nearest - inside) / largest) if largest else 0.0
