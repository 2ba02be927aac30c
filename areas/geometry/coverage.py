"""Simplifying a division of the ground so that neighbours still fit. Pure shapely, no Django."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely


def simplify_coverage(shapes: Sequence[shapely.Geometry], tolerance: float) -> np.ndarray:
    """Simplify polygons that form a coverage; shared borders stay shared.

    `tolerance` in the unit of the coordinates (metres): roughly the length below which details vanish
    (Visvalingam-Whyatt, the square root of the area of a removed triangle). Raises `ValueError` when the
    input is no valid coverage, because then the output would not fit either.
    """
    array = np.asarray(shapes, dtype=object)
    if not shapely.coverage_is_valid(array):
        raise ValueError("the areas overlap or do not share their borders exactly")
    return shapely.coverage_simplify(array, tolerance)


def dissolve_coverage(
    shapes: Mapping[str, shapely.Geometry], memberships: Mapping[str, Sequence[str]]
) -> dict[str, shapely.Geometry]:
    """Union of the parts of each whole; exact along shared borders.

    `memberships` maps the key of a whole to the keys of its parts in `shapes`.
    Raises `KeyError` for an unknown part and `ValueError` for a whole without parts.
    """
    wholes = {}
    for whole, parts in memberships.items():
        if not parts:
            raise ValueError(f"{whole} has no parts")
        wholes[whole] = shapely.coverage_union_all([shapes[p] for p in parts])
    return wholes
