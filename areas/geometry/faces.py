"""Faces between the borders of areas: whose they are and who gets the slivers. Pure shapely and numpy."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely

CLAIM = 0.5  # share of a face that an area must cover to claim it


def snap_vertices(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    """Move vertices of different areas that lie within `tolerance` of each other to their common middle.

    A group of vertices that stretches farther than `tolerance`, or holds two vertices of one area, stays
    where it is: such borders are left to the cutting of faces.
    """
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    places, inverse = np.unique(xy, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    group = _groups(places, tolerance)
    target = _middles(places, group, inverse, owner, tolerance)
    return shapely.set_coordinates(shapes.copy(), target[inverse])


def _groups(places: np.ndarray, tolerance: float) -> np.ndarray:
    """Number of the connected group of each place (places within `tolerance` are connected)."""
    points = shapely.points(places)
    first, second = shapely.STRtree(points).query(points, predicate="dwithin", distance=tolerance)
    group = np.arange(len(places))
    while True:
        low = group.copy()
        np.minimum.at(low, first, group[second])
        low = low[low]
        if np.array_equal(low, group):
            return group
        group = low


def _middles(places, group, inverse, owner, tolerance: float) -> np.ndarray:
    numbers, group = np.unique(group, return_inverse=True)
    group, count = group.reshape(-1), len(numbers)
    size = np.bincount(group, minlength=count)
    middle = np.column_stack([np.bincount(group, places[:, axis], count) / size for axis in (0, 1)])
    reach = np.zeros(count)
    np.maximum.at(reach, group, np.hypot(*(places - middle[group]).T))
    own = np.unique(np.column_stack([owner, inverse]), axis=0)  # one row per area and place
    per_area = np.unique(np.column_stack([own[:, 0], group[own[:, 1]]]), axis=0, return_counts=True)
    doubled = np.unique(per_area[0][per_area[1] > 1, 1])
    movable = (size > 1) & (reach <= tolerance)
    movable[doubled] = False
    return np.where(movable[group][:, None], middle[group], places)


def owners_of(faces: np.ndarray, shapes: np.ndarray) -> list[list[int]]:
    """For each face the areas that cover more than half of it, best first."""
    face, shape = shapely.STRtree(shapes).query(faces)
    share = shapely.area(shapely.intersection(faces[face], shapes[shape])) / shapely.area(faces)[face]
    claims: list[list[tuple[float, int]]] = [[] for _ in faces]
    for f, s, part in zip(face.tolist(), shape.tolist(), share.tolist(), strict=True):
        if part > CLAIM:
            claims[f].append((-part, s))
    return [[s for _, s in sorted(claim)] for claim in claims]


def border_lengths(faces: np.ndarray, grid: float) -> dict[int, dict[int, float]]:
    """Length of the border that each face shares with each neighbouring face, in metres."""
    rings, face = shapely.get_rings(faces, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end, of = xy[:-1][same], xy[1:][same], face[ring[:-1][same]]
    length = np.hypot(*(end - start).T)
    a, b = np.rint(start / grid).astype(np.int64), np.rint(end / grid).astype(np.int64)
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    a[turned], b[turned] = b[turned], a[turned].copy()
    keys = np.column_stack([a, b])
    order = np.lexsort(keys.T)
    twins = np.flatnonzero((keys[order][1:] == keys[order][:-1]).all(axis=1))
    lengths: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for one, two in zip(order[twins].tolist(), order[twins + 1].tolist(), strict=True):
        lengths[of[one]][of[two]] += length[one]
        lengths[of[two]][of[one]] += length[one]
    return lengths


def give_slivers(
    owner: np.ndarray, thin: np.ndarray, claims: Sequence[Sequence[int]], lengths: dict[int, dict[int, float]]
) -> None:
    """Give each thin face to one of its claimants, else to any area, by the longest shared border; fills `owner`.

    Faces that touch no owned face wait for the next round. A thin face that touches only unclaimed ground
    stays unclaimed.
    """
    waiting = [int(f) for f in np.flatnonzero(thin)]
    while waiting:
        given = {}
        for face in waiting:
            by_area: dict[int, float] = defaultdict(float)
            for other, length in lengths.get(face, {}).items():
                if owner[other] >= 0:
                    by_area[int(owner[other])] += length
            if by_area:
                claimed = {a: n for a, n in by_area.items() if a in claims[face]} or by_area
                given[face] = max(sorted(claimed), key=claimed.__getitem__)
        if not given:
            return
        for face, area in given.items():
            owner[face] = area
        waiting = [face for face in waiting if face not in given]
