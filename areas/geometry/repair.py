"""Fitting neighbouring areas to each other: gaps and overlaps of centimetres vanish. Pure shapely and numpy.

All borders are cut at their crossings on a fine grid and the faces between them are given to one area each,
so that the result is a valid coverage by construction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .faces import border_lengths, give_slivers, owners_of, snap_vertices
from .validity import polygons_of

TOLERANCE = 0.5  # metres; narrower gaps and overlaps between neighbours are measuring noise
GRID = 0.001  # metres; crossings of borders are rounded to this grid


@dataclass(frozen=True)
class Overlap:
    """Ground that two areas claim although it is wider than the tolerance; indexes into the input."""

    first: int
    second: int
    area: float
    width: float


@dataclass(frozen=True)
class Gap:
    """Ground enclosed by the areas that none of them claims; a point inside it and its size in m²."""

    x: float
    y: float
    area: float


@dataclass(frozen=True)
class Fitted:
    """Areas that fit; in the order of the input. With `overlaps` the shapes are not to be used."""

    shapes: tuple[shapely.MultiPolygon, ...]
    overlaps: tuple[Overlap, ...] = ()
    gaps: tuple[Gap, ...] = ()
    changed: bool = False


def fit_neighbours(shapes: Sequence[shapely.Geometry], tolerance: float = TOLERANCE) -> Fitted:
    """Make valid polygons a coverage: shared borders become identical, slivers go to a neighbour.

    Coordinates and `tolerance` in metres. Slivers narrower than `tolerance` go to the area that shares the
    longest border with them. Wider overlaps are reported, not resolved; wider gaps are kept and reported.
    Areas that fit already are returned untouched.
    """
    array = np.asarray(shapes, dtype=object)
    if _fits(array, tolerance):
        return Fitted(tuple(_multi(s) for s in array), gaps=_holes(array))
    moved = snap_vertices(array, tolerance)
    lines = shapely.unary_union(shapely.boundary(moved), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    thin = shapely.is_empty(shapely.buffer(faces, -tolerance / 2, quad_segs=2))
    claims = owners_of(faces, array)
    overlaps = _overlaps(faces, thin, claims)
    if overlaps:
        return Fitted((), overlaps=overlaps, changed=True)
    owner = np.array(
        [c[0] if len(c) == 1 and not narrow else -1 for c, narrow in zip(claims, thin, strict=True)], dtype=int
    )
    give_slivers(owner, thin, claims, border_lengths(faces, GRID))
    fitted = tuple(_assemble(faces[owner == i]) for i in range(len(array)))
    return Fitted(fitted, gaps=_holes(np.asarray(fitted, dtype=object)), changed=True)


def _fits(array: np.ndarray, tolerance: float) -> bool:
    return bool(shapely.coverage_is_valid(array, gap_width=tolerance))


def _assemble(faces: np.ndarray) -> shapely.MultiPolygon:
    if len(faces) == 0:
        return shapely.MultiPolygon()
    return _multi(shapely.coverage_union_all(faces))


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.orient_polygons(shapely.MultiPolygon(polygons_of(shape)))


def _overlaps(faces: np.ndarray, thin: np.ndarray, claims: list[list[int]]) -> tuple[Overlap, ...]:
    """Contested ground by pair of areas, largest first."""
    found: dict[tuple[int, int], list[float]] = {}
    for face, narrow, claim in zip(faces, thin, claims, strict=True):
        if narrow or len(claim) < 2:
            continue
        sizes = found.setdefault((min(claim[:2]), max(claim[:2])), [0.0, 0.0])
        sizes[0] += face.area
        sizes[1] = max(sizes[1], 2 * shapely.length(shapely.maximum_inscribed_circle(face)))
    overlaps = (Overlap(a, b, area, width) for (a, b), (area, width) in found.items())
    return tuple(sorted(overlaps, key=lambda o: -o.area))


def _holes(array: np.ndarray) -> tuple[Gap, ...]:
    """Unclaimed ground inside the outer border of all areas."""
    whole = shapely.coverage_union_all(array)
    gaps = []
    for polygon in polygons_of(whole):
        for ring in polygon.interiors:
            hole = shapely.Polygon(ring)
            point = hole.representative_point()
            gaps.append(Gap(point.x, point.y, hole.area))
    return tuple(sorted(gaps, key=lambda g: -g.area))
