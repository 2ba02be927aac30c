"""Repairing polygons and fitting neighbours: what changes, by how much, and what is refused."""

import doctest

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from areas.geometry import validity
from areas.geometry.dissolve import dissolve
from areas.geometry.repair import fit_neighbours
from areas.geometry.validity import MAX_CHANGE, relative_change, repair_polygon

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100)]


def grid(side: int, size: float = 200.0) -> list[shapely.Polygon]:
    """Square areas side by side, each border divided into ten pieces."""
    cells = [shapely.box(x * size, y * size, (x + 1) * size, (y + 1) * size) for y in range(side) for x in range(side)]
    return [shapely.segmentize(cell, size / 10) for cell in cells]


def shaken(shape: shapely.Polygon, rng: np.random.Generator, reach: float) -> shapely.Polygon:
    """Every vertex moved by up to `reach` metres in each direction."""
    ring = np.array(shape.exterior.coords)[:-1]
    ring += rng.uniform(-reach, reach, ring.shape)
    return shapely.Polygon(ring)


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(validity).failed == 0


def test_a_right_polygon_is_left_alone():
    repaired = repair_polygon(shapely.Polygon(SQUARE))
    assert (repaired.faults, repaired.change) == ((), 0.0)
    assert repaired.shape.equals(shapely.Polygon(SQUARE))


def test_doubled_vertices_go():
    repaired = repair_polygon(shapely.Polygon([SQUARE[0], *SQUARE]))
    assert repaired.faults == ("duplicate-vertices",)
    assert shapely.get_num_coordinates(repaired.shape) == 5


def test_a_small_loop_is_cut_off():
    loop = [(50, 100), (49.9, 100.1), (50.1, 100.1)]
    repaired = repair_polygon(shapely.Polygon([*SQUARE[:3], *loop, (49.8, 100), SQUARE[3]]))
    assert repaired.faults == ("self-intersection",)
    assert repaired.shape.is_valid
    assert repaired.change < MAX_CHANGE


def test_a_figure_eight_changes_too_much():
    repaired = repair_polygon(shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)]))
    assert repaired.shape.is_valid
    assert repaired.change > MAX_CHANGE


def test_holes_that_turn_with_their_shell_are_turned():
    hole = [(40, 40), (60, 40), (60, 60), (40, 60)]
    repaired = repair_polygon(shapely.Polygon(SQUARE, [hole]))
    assert repaired.faults == ("orientation",)
    assert repaired.shape.area == pytest.approx(9600)
    polygon = repaired.shape.geoms[0]
    assert polygon.exterior.is_ccw != polygon.interiors[0].is_ccw


def test_a_line_is_no_area():
    assert repair_polygon(shapely.Polygon([(0, 0), (50, 50), (100, 100)])).shape is None


def test_areas_that_fit_are_not_touched():
    cells = grid(3)
    fitted = fit_neighbours(cells)
    assert not fitted.changed
    assert all(a.geoms[0].equals_exact(b) for a, b in zip(fitted.shapes, cells, strict=True))


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000), reach=st.sampled_from([0.01, 0.03, 0.05]))
def test_shaken_neighbours_become_a_coverage_with_their_own_areas(seed, reach):
    rng = np.random.default_rng(seed)
    cells = [shaken(cell, rng, reach) for cell in grid(3)]
    fitted = fit_neighbours(cells)
    assert shapely.coverage_is_valid(np.array(fitted.shapes, dtype=object), gap_width=1.0)
    assert not fitted.overlaps
    assert not fitted.gaps
    for before, after in zip(cells, fitted.shapes, strict=True):
        assert relative_change(before.area, after.area) < MAX_CHANGE
        assert len(after.geoms) == 1


def test_a_neighbour_with_other_vertices_fits_too():
    left, right = shapely.box(0, 0, 100, 100), shapely.segmentize(shapely.box(100, 0, 200, 100), 7)
    right = shaken(right, np.random.default_rng(4), 0.05)
    fitted = fit_neighbours([left, right])
    assert fitted.changed
    assert shapely.coverage_is_valid(np.array(fitted.shapes, dtype=object), gap_width=1.0)
    assert sum(s.area for s in fitted.shapes) == pytest.approx(shapely.union_all([left, right]).area, abs=5)


@pytest.mark.parametrize("shift", [-0.2, -0.05, 0.05, 0.2])
def test_narrow_gaps_and_overlaps_close(shift):
    fitted = fit_neighbours([shapely.box(0, 0, 500, 500), translate(shapely.box(500, 0, 1000, 500), shift)])
    assert shapely.coverage_is_valid(np.array(fitted.shapes, dtype=object), gap_width=1.0)
    assert shapely.length(shapely.intersection(*fitted.shapes)) == pytest.approx(500, abs=1)


def test_a_wide_overlap_is_told_with_its_size():
    fitted = fit_neighbours([shapely.box(0, 0, 100, 100), shapely.box(98, 0, 200, 100)])
    (overlap,) = fitted.overlaps
    assert (overlap.first, overlap.second) == (0, 1)
    assert overlap.area == pytest.approx(200)
    assert overlap.width == pytest.approx(2, abs=0.1)


def test_a_hole_in_the_middle_stays_and_is_told():
    cells = grid(3)
    middle = cells.pop(4)
    (gap,) = fit_neighbours(cells).gaps
    assert gap.area == pytest.approx(middle.area)
    assert middle.contains(shapely.Point(gap.x, gap.y))


def test_the_order_of_areas_does_not_change_their_sizes():
    rng = np.random.default_rng(11)
    cells = [shaken(cell, rng, 0.05) for cell in grid(3)]
    there = [s.area for s in fit_neighbours(cells).shapes]
    back = [s.area for s in fit_neighbours(cells[::-1]).shapes][::-1]
    assert there == pytest.approx(back, rel=1e-6)


def test_dissolving_keeps_the_ground():
    shapes = {str(n): cell for n, cell in enumerate(grid(3))}
    wholes = dissolve(shapes, {"west": ["0", "3", "6"], "rest": ["1", "2", "4", "5", "7", "8"]})
    assert wholes["west"].area == pytest.approx(3 * 200 * 200)
    assert shapely.coverage_is_valid(list(wholes.values()))
    with pytest.raises(KeyError):
        dissolve(shapes, {"west": ["9"]})
