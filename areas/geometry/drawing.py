"""Drawing published boundaries: SVG paths on a plane, from TopoJSON. Pure calculation, no Django.

The plane is the simple one that a city allows: degrees of longitude shortened by the cosine of the middle
latitude (errors below 0.1 % over 30 km), y pointing down, `width` units wide.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import shapely

Point = tuple[float, float]

METRES_PER_DEGREE = 111_320.0  # along a meridian, mean earth radius


@dataclass(frozen=True)
class Label:
    """Where a name fits best: centre and free radius in drawing units."""

    x: float
    y: float
    radius: float


class Drawing:
    """All areas of one level on a plane of `width` x `height` units."""

    def __init__(self, topojson: Mapping, width: float = 1000.0):
        ((_name, collection),) = topojson["objects"].items()
        lonlat = [_absolute(arc, topojson["transform"]) for arc in topojson["arcs"]]
        self._plane = _Plane.around([point for arc in lonlat for point in arc], width)
        self._arcs = [[self._plane.place(*point) for point in arc] for arc in lonlat]
        self._areas = {g["id"]: g["arcs"] for g in collection["geometries"]}
        self.properties: dict[str, dict] = {g["id"]: g["properties"] for g in collection["geometries"]}
        self.width, self.height = width, self._plane.height

    @cached_property
    def paths(self) -> dict[str, str]:
        """The closed outline of each area as an SVG path."""
        return {
            code: "".join(self._ring(ring) for polygon in polygons for ring in polygon)
            for code, polygons in self._areas.items()
        }

    @cached_property
    def labels(self) -> dict[str, Label]:
        """Places for names."""
        return {code: self._label(p) for code, p in self.properties.items() if "label" in p}

    @cached_property
    def neighbours(self) -> dict[str, list[str]]:
        """Areas that share a border, by code."""
        found = defaultdict(set)
        for sides in self._sides.values():
            for code in sides:
                found[code] |= sides - {code}
        return {code: sorted(found[code]) for code in self._areas}

    def outline(self, codes: Collection[str]) -> str:
        """The outer border of some areas taken together, as an SVG path of open lines."""
        inside = set(codes)
        return self._lines(number for number, sides in self._sides.items() if len(sides & inside) == 1)

    def mesh(self, groups: Mapping[str, Hashable]) -> str:
        """Borders between areas of different groups (not the outer border), as an SVG path of open lines."""
        return self._lines(
            number
            for number, sides in self._sides.items()
            if len(sides) == 2 and len({groups.get(code) for code in sides}) == 2
        )

    def simplified(self, tolerance: float) -> "Drawing":
        """The same areas with lines that leave the true ones by at most `tolerance` units. Borders stay shared."""
        lines = shapely.simplify([shapely.LineString(arc) for arc in self._arcs], tolerance)
        drawing = copy(self)
        for name in ("paths", "labels", "neighbours", "polygons", "_sides"):
            drawing.__dict__.pop(name, None)
        drawing._arcs = [_kept(arc, line.coords) for arc, line in zip(self._arcs, lines, strict=True)]
        return drawing

    @cached_property
    def polygons(self) -> dict[str, shapely.Geometry]:
        """The surface of each area on the plane."""
        return {
            code: shapely.MultiPolygon([self._polygon(p) for p in polygons]) for code, polygons in self._areas.items()
        }

    def place(self, lon: float, lat: float) -> Point:
        """Position of a point on the plane."""
        return self._plane.place(lon, lat)

    @property
    def metres_per_unit(self) -> float:
        """How long one unit is in the city."""
        return self._plane.metres_per_unit

    @cached_property
    def _sides(self) -> dict[int, set[str]]:
        sides: dict[int, set[str]] = defaultdict(set)
        for code, polygons in self._areas.items():
            for polygon in polygons:
                for ring in polygon:
                    for number in ring:
                        sides[number if number >= 0 else ~number].add(code)
        return sides

    def _ring(self, numbers: list[int]) -> str:
        return _svg(self._points(numbers)[:-1]) + "Z"

    def _points(self, numbers: list[int]) -> list[Point]:
        points: list[Point] = []
        for number in numbers:
            arc = self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
            points += arc if not points else arc[1:]
        return points

    def _polygon(self, rings: list[list[int]]) -> shapely.Polygon:
        outer, *holes = (self._points(ring) for ring in rings)
        return shapely.Polygon(outer, holes)

    def _lines(self, numbers) -> str:
        return "".join(_svg(self._arcs[number]) for number in numbers)

    def _label(self, properties: Mapping) -> Label:
        x, y = self.place(*properties["label"])
        return Label(x, y, properties.get("radius", 0) / self._plane.metres_per_unit)


@dataclass(frozen=True)
class _Plane:
    west: float
    north: float
    shortening: float
    unit: float  # degrees of latitude per drawing unit
    height: float

    @classmethod
    def around(cls, points: list[Point], width: float) -> "_Plane":
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        shortening = math.cos(math.radians((south + north) / 2))
        unit = (east - west) * shortening / width
        return cls(west, north, shortening, unit, round((north - south) / unit, 1))

    @property
    def metres_per_unit(self) -> float:
        return self.unit * METRES_PER_DEGREE

    def place(self, lon: float, lat: float) -> Point:
        return round((lon - self.west) * self.shortening / self.unit, 1), round((self.north - lat) / self.unit, 1)


def _absolute(arc, transform: Mapping) -> list[Point]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def _kept(arc: list[Point], simple) -> list[Point]:
    """The simpler line, or the true one where that would have no surface left (an island is one closed line)."""
    return arc if arc[0] == arc[-1] and len(simple) < 4 else [(x, y) for x, y in simple]


def _svg(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in points)
