"""TopoJSON of a coverage: each shared border is stored once. Pure numpy and shapely, no Django.

Format: https://github.com/topojson/topojson-specification (quantised, delta-encoded arcs).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

Point = tuple[int, int]
Arc = tuple[Point, ...]


GRIDS = (40_000, 120_000, 400_000)  # steps along the longer side; 40,000 are 0.8 m in a city of 30 km


@dataclass(frozen=True)
class Topology:
    """Arcs on an integer grid and, per area, polygons as rings of arc numbers (~n means reversed)."""

    arcs: tuple[Arc, ...]
    areas: Mapping[str, tuple]
    scale: tuple[float, float]
    translate: tuple[float, float]

    def as_topojson(self, *, name: str, properties: Mapping[str, Mapping] | None = None) -> dict:
        """The topology as a TopoJSON object with one geometry collection called `name`."""
        geometries = [
            {
                "type": "MultiPolygon",
                "id": key,
                "properties": dict((properties or {}).get(key, {})),
                "arcs": [[list(ring) for ring in polygon] for polygon in polygons],
            }
            for key, polygons in self.areas.items()
        ]
        return {
            "type": "Topology",
            "transform": {"scale": list(self.scale), "translate": list(self.translate)},
            "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": [_deltas(arc) for arc in self.arcs],
        }

    def shapes(self) -> dict[str, shapely.MultiPolygon]:
        """The areas as polygons on the grid, in grid units."""
        return {
            key: shapely.MultiPolygon([(self._ring(p[0]), [self._ring(hole) for hole in p[1:]]) for p in polygons])
            for key, polygons in self.areas.items()
        }

    def _ring(self, numbers: Sequence[int]) -> list[Point]:
        points: list[Point] = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    def neighbours(self) -> dict[str, list[str]]:
        """Areas that share a border (an arc, not just a point), by key, in key order."""
        sides = defaultdict(set)
        for key, polygons in self.areas.items():
            for polygon in polygons:
                for ring in polygon:
                    for arc in ring:
                        sides[arc if arc >= 0 else ~arc].add(key)
        found = defaultdict(set)
        for keys in sides.values():
            for key in keys:
                found[key] |= keys - {key}
        return {key: sorted(found[key]) for key in self.areas}


def build_valid_topology(shapes: Mapping[str, shapely.Geometry], grids: Sequence[int] = GRIDS) -> Topology:
    """The topology on the coarsest of `grids` on which the areas are still valid polygons that fit.

    A coarse grid may fold a narrow spike over itself. Raises `ValueError` when no grid is fine enough.
    """
    for grid in grids:
        topology = build_topology(shapes, grid=grid)
        drawn = topology.shapes()
        if all(shape.is_valid for shape in drawn.values()) and shapely.coverage_is_valid(list(drawn.values())):
            return topology
    raise ValueError(f"the areas do not fit on a grid of {grids[-1]} steps")


def build_topology(shapes: Mapping[str, shapely.Geometry], *, grid: int = GRIDS[0]) -> Topology:
    """Cut the borders of a valid coverage into shared arcs on a grid of `grid` steps along the longer side.

    Coordinates may be in any unit. Polygons that vanish on the grid are dropped; an area that would vanish
    altogether raises `ValueError` (choose a finer grid).
    """
    bounds = shapely.total_bounds(list(shapes.values()))
    step = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / grid
    origin = (float(bounds[0]), float(bounds[1]))
    rings = {key: _quantised(shape, origin, step) for key, shape in shapes.items()}
    empty = [key for key, polygons in rings.items() if not polygons]
    if empty:
        raise ValueError(f"areas vanish on this grid: {', '.join(empty)}")
    junctions = _junctions(ring for polygons in rings.values() for polygon in polygons for ring in polygon)
    collector = _ArcCollector(junctions)
    areas = {
        key: tuple(tuple(collector.add(ring) for ring in polygon) for polygon in polygons)
        for key, polygons in rings.items()
    }
    return Topology(tuple(collector.arcs), areas, (step, step), origin)


class _ArcCollector:
    """Numbers arcs; the same border met from the other side gets the complement of its number."""

    def __init__(self, junctions: set[Point]):
        self.junctions = junctions
        self.arcs: list[Arc] = []
        self._numbers: dict[Arc, int] = {}

    def add(self, ring: list[Point]) -> tuple[int, ...]:
        return tuple(self._number(arc) for arc in self._cut(ring))

    def _cut(self, ring: list[Point]) -> list[Arc]:
        starts = [i for i, point in enumerate(ring) if point in self.junctions]
        if not starts:  # an island: begin at its smallest point so that both sides agree
            first = min(range(len(ring)), key=ring.__getitem__)
            turned = ring[first:] + ring[:first]
            return [(*turned, turned[0])]
        turned = ring[starts[0] :] + ring[: starts[0]]
        cuts = [i - starts[0] for i in starts] + [len(turned)]
        closed = [*turned, turned[0]]
        return [tuple(closed[a : b + 1]) for a, b in pairwise(cuts)]

    def _number(self, arc: Arc) -> int:
        if arc in self._numbers:
            return self._numbers[arc]
        backwards = arc[::-1]
        if backwards in self._numbers:
            return ~self._numbers[backwards]
        self._numbers[arc] = len(self.arcs)
        self.arcs.append(arc)
        return self._numbers[arc]


def _quantised(shape: shapely.Geometry, origin, step: float) -> list[list[list[Point]]]:
    polygons = []
    for polygon in shapely.get_parts(shape):
        rings = [_ring_on_grid(polygon.exterior, origin, step)]
        rings += [_ring_on_grid(hole, origin, step) for hole in polygon.interiors]
        if rings[0]:
            polygons.append([ring for ring in rings if ring])
    return polygons


def _ring_on_grid(ring, origin, step: float) -> list[Point]:
    grid = np.rint((shapely.get_coordinates(ring) - origin) / step).astype(int)
    points = [tuple(p) for p in grid.tolist()]
    kept = [p for p, before in zip(points, points[-1:] + points[:-1], strict=True) if p != before]
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept if len(kept) > 2 else []


def _junctions(rings) -> set[Point]:
    """Points where borders meet: those with other than two different next points."""
    around = defaultdict(set)
    for ring in rings:
        for before, point, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            around[point] |= {before, after}
    return {point for point, others in around.items() if len(others) != 2}


def _deltas(arc: Sequence[Point]) -> list[list[int]]:
    x = y = 0
    encoded = []
    for px, py in arc:
        encoded.append([px - x, py - y])
        x, y = px, py
    return encoded
