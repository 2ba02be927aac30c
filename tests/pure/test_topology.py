"""Shared borders: what goes in as a coverage comes out as one, each border stored once."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from areas.geometry.drawing import Drawing
from areas.geometry.topology import build_topology, build_valid_topology


def grid(columns, rows):
    return {f"{c}{r}": shapely.box(c, r, c + 1, r + 1) for c in range(columns) for r in range(rows)}


def decoded(topojson):
    """Polygons of a TopoJSON object, by id, decoded independently of the code under test."""
    (kx, ky), (dx, dy) = topojson["transform"]["scale"], topojson["transform"]["translate"]
    arcs = []
    for arc in topojson["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    ((_name, collection),) = topojson["objects"].items()
    shapes = {}
    for geometry in collection["geometries"]:
        polygons = []
        for rings in geometry["arcs"]:
            lines = []
            for ring in rings:
                line = []
                for number in ring:
                    part = arcs[number] if number >= 0 else arcs[~number][::-1]
                    line += part[1:] if line else part
                lines.append(line)
            polygons.append(shapely.Polygon(lines[0], lines[1:]))
        shapes[geometry["id"]] = shapely.MultiPolygon(polygons)
    return shapes


@given(st.integers(1, 5), st.integers(1, 5))
def test_a_grid_survives_the_round_trip(columns, rows):
    shapes = grid(columns, rows)
    back = decoded(build_topology(shapes).as_topojson(name="grid"))
    assert {key: shape.area for key, shape in back.items()} == pytest.approx(dict.fromkeys(shapes, 1.0), rel=1e-3)
    assert shapely.coverage_is_valid(list(back.values()))


def test_a_shared_border_is_stored_once():
    topology = build_topology(grid(2, 1))
    assert len(topology.arcs) == 3  # left outline, right outline, the border between


def test_neighbours_share_a_border_not_just_a_corner():
    neighbours = build_topology(grid(2, 2)).neighbours()
    assert neighbours["00"] == ["01", "10"]


def test_an_island_in_a_hole_keeps_its_border():
    outer = shapely.box(0, 0, 10, 10)
    inner = shapely.box(3, 3, 6, 6)
    topology = build_topology({"ring": outer.difference(inner), "island": inner})
    back = decoded(topology.as_topojson(name="x"))
    assert back["ring"].area == pytest.approx(91, rel=1e-3)
    assert topology.neighbours()["island"] == ["ring"]


def test_an_area_that_vanishes_on_the_grid_is_refused():
    with pytest.raises(ValueError, match="tiny"):
        build_topology({"big": shapely.box(0, 0, 1000, 1000), "tiny": shapely.box(2000, 0, 2000.001, 0.001)}, grid=100)


def test_the_drawing_outlines_a_group_and_the_mesh_between_groups():
    drawing = Drawing(build_topology(grid(2, 2)).as_topojson(name="grid", properties={}))
    assert drawing.outline(["00", "01"]).count("M") == len(
        [s for s in drawing._sides.values() if len(s & {"00", "01"}) == 1]
    )
    assert drawing.outline(list(drawing.paths)) and not drawing.outline([])
    assert drawing.mesh(dict.fromkeys(drawing.paths, "same")) == ""
    assert drawing.mesh({"00": "a", "01": "a", "10": "b", "11": "b"}).count("M") == 2


def test_a_grid_that_folds_an_area_over_itself_is_refined():
    spike = shapely.Polygon([(0, 0), (100, 0), (100, 100), (50.2, 100), (50.1, 40), (50, 100), (0, 100)])
    assert not build_topology({"a": spike}, grid=100).shapes()["a"].is_valid
    assert build_valid_topology({"a": spike}, grids=(100, 10_000)).shapes()["a"].is_valid
    with pytest.raises(ValueError, match="do not fit"):
        build_valid_topology({"a": spike}, grids=(100,))
