"""Gini, Lorenz, P90/P10 and segregation: values known from elsewhere, numpy from the formula, what must not matter."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from indicators.statistics.inequality import Weighted, dissimilarity, gini, lorenz_curve, spread, weighted_quantile

AREAS = st.lists(
    st.builds(Weighted, st.integers(0, 500).map(float), st.integers(1, 9000).map(float)), min_size=2, max_size=40
)


def test_gini_of_five_equal_steps():
    """1, 2, …, n has the Gini coefficient (n - 1) / 3n: Encyclopedia of Statistical Sciences, Gini; n = 5: 4/15."""
    assert gini([Weighted(k, 1) for k in range(1, 6)]) == pytest.approx(4 / 15)


def test_all_in_one_place():
    assert gini([Weighted(0, 1)] * 9 + [Weighted(5, 1)]) == pytest.approx(0.9)


@given(AREAS)
def test_gini_is_the_mean_difference(areas):
    x, w = np.array([a.value for a in areas]), np.array([a.weight for a in areas])
    total = (w * x).sum()
    if total == 0:
        assert gini(areas) is None
        return
    differences = np.abs(x[:, None] - x[None, :]) * w[:, None] * w[None, :]
    assert gini(areas) == pytest.approx(differences.sum() / (2 * w.sum() * total), abs=1e-9)


@given(AREAS, st.randoms(use_true_random=False), st.sampled_from([0.01, 7.0, 1000.0]))
def test_order_and_scale_do_not_matter(areas, order, factor):
    other = [Weighted(a.value * factor, a.weight * 3) for a in areas]
    order.shuffle(other)
    assert gini(other) == (None if gini(areas) is None else pytest.approx(gini(areas), abs=1e-9))
    before, after = spread(areas), spread(other)
    assert (after.p10, after.p90) == pytest.approx((before.p10 * factor, before.p90 * factor))
    assert after.ratio == (None if before.ratio is None else pytest.approx(before.ratio))


@given(AREAS)
def test_areas_without_people_change_nothing(areas):
    more = [*areas, Weighted(10_000, 0)]
    assert (gini(more), lorenz_curve(more), spread(more)) == (gini(areas), lorenz_curve(areas), spread(areas))


@given(AREAS)
def test_the_curve_rises_and_sags(areas):
    curve = lorenz_curve(areas)
    assert all(y <= x + 1e-9 for x, y in curve)
    assert curve == sorted(curve)


def test_a_flat_series():
    flat = [Weighted(12.5, weight) for weight in (3, 50, 7)]
    assert gini(flat) == 0 and spread(flat).ratio == 1 and spread(flat).difference == 0


def test_what_cannot_be_shared_out_has_no_gini():
    assert gini([Weighted(-1, 5), Weighted(3, 5)]) is None and lorenz_curve([Weighted(0, 5)]) == []
    assert spread([Weighted(-1, 5), Weighted(3, 5)]).ratio is None


@given(AREAS, st.sampled_from([0.1, 0.5, 0.9]))
def test_quantile_is_numpys_inverted_distribution(areas, share):
    x, w = [a.value for a in areas], [a.weight for a in areas]
    assert weighted_quantile(areas, share) == np.quantile(x, share, method="inverted_cdf", weights=w)


def test_segregation_of_a_textbook():
    """Duncan and Duncan's D for 100 of group and 100 of others: 60/20, 30/30, 10/50 gives 0.4 by hand."""
    assert dissimilarity([60, 30, 10], [20, 30, 50]) == pytest.approx(0.4)


COUNTS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 9000)), min_size=2, max_size=40)


@given(COUNTS, st.sampled_from([0.5, 20.0]))
def test_segregation_straight_from_the_formula(counts, factor):
    group, others = (np.array(side, float) for side in zip(*counts, strict=True))
    found = dissimilarity(list(group), list(others))
    if not group.sum() or not others.sum():
        assert found is None
        return
    assert found == pytest.approx(0.5 * np.abs(group / group.sum() - others / others.sum()).sum())
    assert found == pytest.approx(dissimilarity(list(group * factor), list(others)))
    assert found == pytest.approx(dissimilarity([*group, 0], [*others, 0]))
    assert found == pytest.approx(dissimilarity(list(group[::-1]), list(others[::-1])))
    assert 0 <= found <= 1 + 1e-9


def test_segregation_is_the_greatest_distance_of_the_lorenz_curve_of_segregation():
    """Duncan and Duncan 1955, p. 211: D is the maximum vertical distance between diagonal and segregation curve."""
    counts = [(30, 100), (10, 200), (80, 60), (5, 300)]
    ordered = sorted(counts, key=lambda c: c[0] / c[1])
    x = np.cumsum([c[1] for c in ordered]) / sum(c[1] for c in counts)
    y = np.cumsum([c[0] for c in ordered]) / sum(c[0] for c in counts)
    assert dissimilarity(*zip(*counts, strict=True)) == pytest.approx(max(x - y))
