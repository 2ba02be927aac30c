"""Moran's I and its local parts: published values, numpy straight from the formula, and what must not matter."""

import random
from dataclasses import replace

import hypothesis.strategies as st
import libpysal
import numpy as np
import pytest
from esda.moran import Moran_Local
from hypothesis import given, settings
from libpysal.weights import W

from areas.geometry.contiguity import queen_neighbours
from areas.geometry.topology import build_topology
from indicators.statistics import spatial
from indicators.statistics.multiple import false_discovery_rates
from indicators.statistics.spatial import HIGH, NONE, Unit, spatial_pattern


def example(weights: str, table: str, column: str):
    """A data set that libpysal brings along, as values and neighbours by code."""
    links = libpysal.io.open(libpysal.examples.get_path(weights)).read().neighbors
    values = libpysal.io.open(libpysal.examples.get_path(table)).by_col(column)
    neighbours = {str(key): [str(other) for other in others] for key, others in links.items()}
    return [Unit((str(key),), value) for key, value in zip(links, values, strict=True)], neighbours


def grid(size: int, value) -> tuple[list[Unit], dict[str, list[str]]]:
    """A chessboard with the neighbours of a king (a queen's contiguity)."""
    fields = [(row, column) for row in range(size) for column in range(size)]
    near = {f: [g for g in fields if f != g and abs(f[0] - g[0]) <= 1 and abs(f[1] - g[1]) <= 1] for f in fields}
    return [Unit((name(f),), value(*f)) for f in fields], {name(f): [name(g) for g in near[f]] for f in fields}


def name(field) -> str:
    return f"{field[0]:02}{field[1]:02}"


@pytest.mark.parametrize(
    ("data", "expected", "n"),
    [
        (("stl.gal", "stl_hom.txt", "HR8893"), 0.244, 78),
        (("sids2.gal", "sids2.dbf", "SIDR74"), 0.248, 100),
    ],
    ids=["homicides around St. Louis", "sudden infant deaths in North Carolina"],
)
def test_published_values_of_i(data, expected, n):
    """esda documentation, esda.Moran, Examples (the second replicates GeoDa)."""
    found = spatial_pattern(*example(*data))
    assert round(found.i, 3) == expected
    assert (found.n, found.expected) == (n, -1 / (n - 1))
    assert found.p <= 0.004  # the documentation's p from the normal distribution: 0.0003 and 0.0001


def test_published_quadrants(monkeypatch):
    """esda documentation, esda.Moran_Local, Examples: lm.q of the ten areas of desmith."""
    monkeypatch.setattr(spatial, "FEWEST", 3)
    monkeypatch.setattr(spatial, "HINT", 1)
    units, neighbours = example("desmith.gal", "desmith.txt", "z")
    found = {local.unit.codes[0]: local.group for local in spatial_pattern(units, neighbours).locals}
    numbers = {group: number for number, group in spatial._QUADRANTS.items()}
    assert [numbers[found[unit.codes[0]]] for unit in units] == [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]


def test_straight_from_the_formula():
    units, neighbours = example("stl.gal", "stl_hom.txt", "HR8893")
    found = spatial_pattern(units, neighbours)
    codes = [local.unit.codes[0] for local in found.locals]
    y = np.array([local.unit.value for local in found.locals])
    w = np.array([[1 / len(neighbours[a]) if b in neighbours[a] else 0 for b in codes] for a in codes])
    z = y - y.mean()
    assert found.i == pytest.approx((z @ w @ z) / (z @ z), abs=1e-12)
    assert [x.i for x in found.locals] == pytest.approx(list((len(z) - 1) * z * (w @ z) / (z @ z)), abs=1e-12)
    assert [x.around for x in found.locals] == pytest.approx(list(w @ y))
    assert np.mean([x.i for x in found.locals]) * len(z) / (len(z) - 1) == pytest.approx(
        found.i
    )  # Anselin 1995, eq. 10


def test_chance_is_esdas_chance():
    """The conditional randomisation against esda's own, with so many draws that both agree."""
    units, neighbours = example("stl.gal", "stl_hom.txt", "HR8893")
    ours = spatial_pattern(units, neighbours, permutations=9999)
    codes = [x.unit.codes[0] for x in ours.locals]
    weights = W({code: neighbours[code] for code in codes}, id_order=codes)
    y = np.array([x.unit.value for x in ours.locals])
    theirs = Moran_Local(y, weights, permutations=9999, seed=1, keep_simulations=True)
    assert [x.p for x in ours.locals] == pytest.approx([min(1, 2 * p) for p in theirs.p_sim], abs=0.03)


def test_two_sided_chance_counts_the_observed_once_and_ties_on_both_sides():
    assert spatial._two_sided(np.array([0.0, 1.0, 2.0, 3.0]), 3.0) == 2 * 2 / 5
    assert spatial._two_sided(np.array([0.0] * 999), 3.0) == 2 / 1000
    assert spatial._two_sided(np.array([1.0] * 9), 1.0) == 1


def test_a_corner_of_high_values_is_found_and_nothing_else():
    units, neighbours = grid(
        10,
        lambda row, column: 50 + (row * 7 + column * 3) % 5 if row < 4 and column < 4 else (row * 5 + column * 7) % 11,
    )
    found = spatial_pattern(units, neighbours)
    high = {local.unit.codes[0] for local in found.locals if local.is_sure and local.group == HIGH}
    assert {name((row, column)) for row in range(3) for column in range(3)} <= high
    assert all(int(code[:2]) <= 4 and int(code[2:]) <= 4 for code in high)
    assert found.p == 2 / (spatial.PERMUTATIONS + 1)


def test_a_chessboard_is_the_opposite_of_a_pattern():
    units, neighbours = grid(8, lambda row, column: (row + column) % 2)
    rook = {code: [o for o in others if o[:2] == code[:2] or o[2:] == code[2:]] for code, others in neighbours.items()}
    found = spatial_pattern(units, rook)
    assert found.i == pytest.approx(-1)
    assert {local.group for local in found.locals if local.is_sure} <= {"high_among_low", "low_among_high", NONE}


def test_chance_alone_is_seldom_called_a_cluster():
    """Of 40 maps without any pattern few may show a cluster: that is what the correction is for."""
    generator, wrong = random.Random(3), 0  # noqa: S311 - no secret
    for _ in range(40):
        units, neighbours = grid(7, lambda row, column: generator.random())
        wrong += any(local.is_sure for local in spatial_pattern(units, neighbours).locals)
    assert wrong <= 6


def test_a_flat_map_has_no_pattern():
    found = spatial_pattern(*grid(6, lambda row, column: 12.3))
    assert (found.i, found.p, found.locals) == (None, None, ())


def test_too_few_areas_have_no_pattern():
    assert spatial_pattern(*grid(4, lambda row, column: row)) is None


def test_areas_without_neighbours_take_no_part_and_are_named():
    units, neighbours = grid(6, lambda row, column: row * row)
    with_island = spatial_pattern([*units, Unit(("99",), 1000.0)], {**neighbours, "99": []})
    assert with_island.islands == ("99",)
    assert replace(with_island, islands=()) == spatial_pattern(units, neighbours)


def test_areas_with_one_joint_value_are_one_observation():
    units, neighbours = grid(6, lambda row, column: row * 3 + column % 2)
    joint = Unit(("0000", "0001"), 4.0)
    found = spatial_pattern([joint, *units[2:]], neighbours)
    assert found.n == 35
    [local] = [x for x in found.locals if x.unit == joint]
    around = {"0002", "0100", "0101", "0102"}  # of both together
    assert local.around == pytest.approx(np.mean([u.value for u in units if u.codes[0] in around]))


def wavy(row, column):
    return (row * 13 + column * 7) % 10 + row / 3


@settings(max_examples=15)
@given(st.randoms(use_true_random=False), st.sampled_from([0.01, 0.5, 3, 1000]), st.integers(-50, 50))
def test_order_and_scale_do_not_matter(order, factor, shift):
    units, neighbours = grid(6, wavy)
    found = spatial_pattern(units, neighbours)
    other = [Unit(u.codes, u.value * factor + shift) for u in units]
    order.shuffle(other)
    again = spatial_pattern(other, neighbours)
    assert again.i == pytest.approx(found.i, abs=1e-9) and again.p == found.p
    assert [(x.unit.codes, x.p, x.q, x.group) for x in again.locals] == [
        (x.unit.codes, x.p, x.q, x.group) for x in found.locals
    ]


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=40))
def test_correction_straight_from_the_formula(p_values):
    found = false_discovery_rates(dict(enumerate(p_values)))
    m, ordered = len(p_values), sorted(p_values)
    for k, p in enumerate(p_values):
        after = [m / (j + 1) * ordered[j] for j in range(m) if ordered[j] >= p]
        assert found[k] == pytest.approx(min(1.0, *after, 1.0))


def test_correction_of_benjamini_and_hochbergs_own_example():
    """Benjamini, Hochberg (1995), section 4.1: of 15 tests at 5 % their procedure finds 4 (Bonferroni's 3)."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    found = false_discovery_rates(dict(enumerate(p)))
    assert [k for k, q in found.items() if q <= 0.05] == [0, 1, 2, 3]


def test_neighbours_share_a_border_or_a_corner():
    import shapely

    shapes = {f"{x}{y}": shapely.box(x, y, x + 1, y + 1) for x in range(3) for y in range(2)}
    del shapes["10"]
    shapes["fern"] = shapely.box(7, 7, 8, 8)
    ring = shapely.box(20, 0, 30, 10)
    shapes["innen"] = shapely.box(23, 3, 26, 6)
    shapes["ring"] = shapely.difference(ring, shapes["innen"])
    shapes = {key: shapely.MultiPolygon([shape]) for key, shape in shapes.items()}
    found = queen_neighbours(build_topology(shapes, grid=30_000).as_topojson(name="x"))
    assert found["00"] == {"01", "11"} and found["11"] == {"00", "01", "20", "21"}
    assert found["fern"] == frozenset()
    assert found["innen"] == {"ring"} and found["ring"] == {"innen"}
    assert all(a in found[b] for a, others in found.items() for b in others)
