"""Numbers for clusters that mean something: by severity, and the same as in the earlier run. Pure calculation.

A method of clustering numbers its groups by accident. Here cluster 1 is where conditions are best on the whole and the
last one where they are worst; in later years a cluster keeps the number of the one that most of its areas were in.
"""

from collections.abc import Mapping, Sequence

import numpy as np

Labels = Mapping[str, int]


def severities(z: np.ndarray, signs: Sequence[int]) -> np.ndarray:
    """Mean of the standardised values of every area, turned so that more is worse (`signs`: 1, -1, 0 for no judgement).

    Raises `ValueError` where no indicator says which way is worse.

    >>> severities(np.array([[1.0, -1.0, 5.0]]), [1, -1, 0]).tolist()
    [1.0]
    """
    judged = np.asarray(signs, dtype=float)
    if not judged.any():
        raise ValueError("no indicator says which way is worse")
    return z @ judged / np.abs(judged).sum()


def by_severity(groups: Sequence[int], severity: Sequence[float]) -> tuple[int, ...]:
    """Groups numbered 1, 2, … from the lowest mean severity to the highest; equal ones by first appearance.

    >>> by_severity([0, 0, 1, 2], [0.5, 0.7, -1.0, 2.0])
    (2, 2, 1, 3)
    """
    of_group: dict[int, list[float]] = {}
    for group, value in zip(groups, severity, strict=True):
        of_group.setdefault(group, []).append(float(value))
    ordered = sorted(of_group, key=lambda group: round(float(np.mean(of_group[group])), 9))
    number = {group: place for place, group in enumerate(ordered, start=1)}
    return tuple(number[group] for group in groups)


def matched(earlier: Labels, later: Labels, distances: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """For each label of `later` the label of `earlier` that it continues.

    The assignment (Kuhn's Hungarian method, by scipy) under which most areas keep their label; where several
    assignments keep equally many, the one whose profiles are nearest (`distances[later, earlier]`, missing: 0). A
    label without counterpart gets the next free number.

    >>> matched({"a": 1, "b": 1, "c": 2}, {"a": 2, "b": 2, "c": 1}, {})
    {1: 2, 2: 1}
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - takes a moment to import

    before, after = sorted(set(earlier.values())), sorted(set(later.values()))
    if not before:
        return {label: label for label in after}
    farthest = max(distances.values(), default=0.0) or 1.0
    tie = 0.5 / farthest / len(after)  # all ties together count less than one area
    costs = np.array([[tie * distances.get((now, then), 0.0) for then in before] for now in after])
    for key, label in later.items():
        if key in earlier:
            costs[after.index(label), before.index(earlier[key])] -= 1
    rows, columns = linear_sum_assignment(costs)
    found = {after[row]: before[column] for row, column in zip(rows, columns, strict=True)}
    free = iter(sorted(set(range(1, len(before) + len(after) + 1)) - set(before)))
    return {label: found[label] if label in found else next(free) for label in after}


def agreement(one: Labels, other: Labels) -> float:
    """Share of the areas of both that carry the same label (0 where they share none)."""
    both = set(one) & set(other)
    return sum(one[key] == other[key] for key in both) / len(both) if both else 0.0
