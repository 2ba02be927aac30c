"""Making one polygon valid while changing it as little as possible. Pure shapely, no Django."""

from dataclasses import dataclass

import shapely

MAX_CHANGE = 0.001  # share of its area by which a repair may change an area


@dataclass(frozen=True)
class Repaired:
    """A valid, oriented MultiPolygon (None when nothing polygonal is left), what was wrong, and m² before and after."""

    shape: shapely.MultiPolygon | None
    faults: tuple[str, ...]
    before: float
    after: float

    @property
    def change(self) -> float:
        """Share of the area that was gained or lost; 1.0 when there was no area before."""
        return relative_change(self.before, self.after)


def relative_change(before: float, after: float) -> float:
    """Absolute change of an area as a share of the area before.

    >>> relative_change(200.0, 199.0)
    0.005
    """
    return abs(after - before) / before if before > 0 else float(after != before)


def repair_polygon(shape: shapely.Geometry) -> Repaired:
    """Remove duplicate vertices, self-intersections and wrong ring orientation of a (multi)polygon.

    `before` is the area by the shoelace formula over the rings as they stand. Of the usual ways to make a
    polygon valid the one is taken that changes this area least. Faults are named by `duplicate-vertices`,
    `self-intersection`, `orientation`.
    """
    before = float(shape.area)
    faults = []
    clean = shapely.remove_repeated_points(shape)
    if shapely.get_num_coordinates(clean) < shapely.get_num_coordinates(shape):
        faults.append("duplicate-vertices")
    if not shapely.is_valid(clean):
        faults.append("self-intersection")
        clean = min(_valid_candidates(clean), key=lambda c: abs(c.area - before))
    elif _is_turned(clean):
        faults.append("orientation")
    parts = polygons_of(clean)
    if not parts:
        return Repaired(None, tuple(faults), before, 0.0)
    result = shapely.orient_polygons(shapely.MultiPolygon(parts))
    return Repaired(result, tuple(faults), before, float(result.area))


def polygons_of(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The non-empty polygons inside any geometry; lines and points are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if part.geom_type == "Polygon" and part.area > 0]


def _valid_candidates(shape: shapely.Geometry) -> list[shapely.Geometry]:
    ways = [
        shapely.make_valid(shape, method="structure", keep_collapsed=False),
        shapely.make_valid(shape, method="linework"),
        shapely.buffer(shape, 0),
    ]
    return [shapely.MultiPolygon(polygons_of(way)) for way in ways]


def _is_turned(shape: shapely.Geometry) -> bool:
    """Whether the rings of a polygon turn against each other; both usual directions as a whole are fine."""
    for polygon in polygons_of(shape):
        outer = polygon.exterior.is_ccw
        if any(hole.is_ccw == outer for hole in polygon.interiors):
            return True
    return False
