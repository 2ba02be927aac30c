"""Coefficients against scipy and published data; distances against numpy; what must not matter."""

import hypothesis.strategies as st
import numpy as np
import pytest
import scipy.stats
from hypothesis import given

from indicators.statistics.correlation import correlation, ranks
from indicators.statistics.similarity import similar_areas

PAIRS = st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), min_size=5, max_size=60)


def test_anscombes_quartet():
    """Anscombe: Graphs in Statistical Analysis, The American Statistician 27 (1973), 17-21: r = 0.816 in the first set."""
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    found = correlation(x, y)
    assert (found.n, round(found.pearson, 3)) == (11, 0.816)


@given(PAIRS)
def test_as_scipy_computes_it(pairs):
    x, y = zip(*pairs, strict=True)
    found = correlation(x, y)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert (found.pearson, found.spearman) == (None, None)
        return
    assert found.pearson == pytest.approx(scipy.stats.pearsonr(x, y).statistic, abs=1e-9)
    assert found.spearman == pytest.approx(scipy.stats.spearmanr(x, y).statistic, abs=1e-9)
    assert ranks(x) == list(scipy.stats.rankdata(x))


@given(PAIRS, st.randoms(use_true_random=False), st.sampled_from([0.01, 3, 1000]), st.integers(-9, 9))
def test_order_and_scale_do_not_matter_and_sides_can_be_changed(pairs, order, factor, shift):
    x, y = zip(*pairs, strict=True)
    found = correlation(x, y)
    other = [(a * factor + shift, b) for a, b in pairs]
    order.shuffle(other)
    again = correlation(*zip(*other, strict=True))
    swapped = correlation(y, x)
    for name in ("pearson", "spearman"):
        expected = getattr(found, name)
        expected = expected if expected is None else pytest.approx(expected, abs=1e-9)
        assert getattr(again, name) == expected and getattr(swapped, name) == expected


def test_too_few_pairs_have_no_coefficient():
    assert correlation([1, 2, 3, 4], [1, 2, 3, 5]).pearson is None


TABLES = st.integers(3, 12).flatmap(
    lambda n: st.dictionaries(
        st.sampled_from("xyz"),
        st.lists(st.integers(-50, 50), min_size=n, max_size=n).map(
            lambda values: {f"{k:02}": float(v) for k, v in enumerate(values)}
        ),
        min_size=1,
    )
)


@given(TABLES)
def test_distance_straight_from_the_formula(tables):
    found = similar_areas("00", tables)
    used = [name for name, table in tables.items() if len(set(table.values())) > 1]
    assert list(found.used) == used
    if not used:
        assert found.alike == []
        return
    matrix = np.array([list(tables[name].values()) for name in used])
    z = (matrix - matrix.mean(axis=1, keepdims=True)) / matrix.std(axis=1, keepdims=True)
    expected = np.sqrt(((z - z[:, :1]) ** 2).mean(axis=0))
    assert {a.code: a.distance for a in found.alike} == pytest.approx(
        {f"{k:02}": d for k, d in enumerate(expected) if k}
    )
    assert [a.distance for a in found.alike] == pytest.approx(sorted(expected[1:]))


@given(TABLES, st.sampled_from([0.01, 3, 1000]), st.integers(-9, 9), st.randoms(use_true_random=False))
def test_scale_and_order_do_not_matter(tables, factor, shift, order):
    other = {}
    for key, table in tables.items():
        rows = [(code, value * factor + shift) for code, value in table.items()]
        order.shuffle(rows)
        other[key] = dict(rows)
    before, after = similar_areas("00", tables), similar_areas("00", other)
    assert {a.code: a.distance for a in after.alike} == pytest.approx({a.code: a.distance for a in before.alike})


@given(TABLES)
def test_an_area_without_data_changes_nothing_else(tables):
    before = similar_areas("00", tables)
    first = next(iter(tables))
    others = {name: table for name, table in tables.items() if name != first}
    assert similar_areas("00", {**others, first: tables[first]}).without == before.without == []
    assert similar_areas("99", tables).alike == []
    assert list(similar_areas("99", tables).lacking) == list(tables)


def test_missing_is_never_filled_in():
    tables = {"x": {"a": 1.0, "b": 1.0, "c": 3.0}, "y": {"a": 1.0, "c": 2.0}}
    found = similar_areas("a", tables)
    assert [a.code for a in found.alike] == ["c"] and list(found.without) == ["b"]
