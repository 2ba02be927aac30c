"""Composite indices: known answers worked out by hand, a second implementation in numpy, and properties."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import rankdata

from indicators.statistics.composite import Component, NoWeight, Rules, composite_index, shares_of
from indicators.statistics.index_classes import ClassRule, class_of, limits_of, matrix
from indicators.statistics.sensitivity import stability, variants
from indicators.statistics.standardising import min_max, ranks, spread, standardised

STATUS = Rules(ClassRule((D(-1), D(1), D("1.5"))))
DYNAMICS = Rules(ClassRule((D(-1), D(1))))
NEAR = D("1e-25")


def close(one, other):
    return abs(D(one) - D(other)) < NEAR


# Worked out by hand. Unemployment 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9+1+1+1+0+0+4+16 = 32, variance 32/8 = 4,
# deviation 2 (with n - 1 it would be 2.14). Child poverty is the same column times ten, so the sum of both is
# 2z and, standardised again, z: -1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2.
HAND = {"a": 2, "b": 4, "c": 4, "d": 4, "e": 5, "f": 5, "g": 7, "h": 9}
HAND_SCORES = {"a": "-1.5", "b": "-0.5", "c": "-0.5", "d": "-0.5", "e": "0", "f": "0", "g": "1", "h": "2"}
TWO = [Component("arbeitslos", D(1)), Component("kinder", D(1))]


def hand(turned=False):
    return {area: (D(x), D(-10 * x if turned else 10 * x)) for area, x in HAND.items()}


def test_the_berlin_rule_on_numbers_worked_out_by_hand():
    found = composite_index(hand(), TWO, STATUS)
    assert {area: str(score.published) for area, score in found.items()} == {
        area: f"{D(score):.2f}" for area, score in HAND_SCORES.items()
    }
    # classes at -1, +1, +1.5: -1.5 is high status, 1 begins the low one, 2 is very low
    assert {area: score.number_class for area, score in found.items()} == {
        **dict.fromkeys("bcdef", 1), "a": 0, "g": 2, "h": 3,
    }  # fmt: skip


def test_the_population_deviation_is_used_and_not_that_of_a_sample():
    assert spread([D(x) for x in HAND.values()]).deviation == 2
    assert np.std(list(HAND.values()), ddof=0) == 2 and np.std(list(HAND.values()), ddof=1) > 2.1


def test_a_favourable_indicator_is_turned_round():
    turned = [TWO[0], Component("wohnflaeche", D(1), raises=False)]
    found = composite_index(hand(turned=True), turned, STATUS)
    assert {a: s.score for a, s in found.items()} == {
        a: s.score for a, s in composite_index(hand(), TWO, STATUS).items()
    }


def test_the_dynamics_rule_on_changes_worked_out_by_hand():
    # changes -3, -1, 1, 3: mean 0, variance (9+1+1+9)/4 = 5; z of the ends = 3/sqrt(5) = 1.3416, of the middle 0.4472
    changes = {"a": (D(-3),), "b": (D(-1),), "c": (D(1),), "d": (D(3),)}
    found = composite_index(changes, [Component("arbeitslos", D(1))], DYNAMICS)
    assert [str(found[area].published) for area in "abcd"] == ["-1.34", "-0.45", "0.45", "1.34"]
    assert [found[area].number_class for area in "abcd"] == [0, 1, 1, 2]


def test_the_contributions_add_up_to_the_score_and_their_shares_to_one():
    weighted = [Component("arbeitslos", D(3)), Component("kinder", D(1), raises=False)]
    for score in composite_index(hand(), weighted, STATUS).values():
        assert close(sum(score.contributions), score.score)
        if score.score:
            assert close(sum(score.shares), 1)
            assert close(score.shares[0], "0.75")  # three quarters of the weight, the same distance from the mean


def test_min_max_and_ranks_by_hand():
    values = [D(10), D(20), D(20), D(50)]
    assert min_max(values) == [D(0), D("0.25"), D("0.25"), D(1)]
    assert ranks(values) == [D(0), D("0.5"), D("0.5"), D(1)]  # ranks 1, 2.5, 2.5, 4
    assert standardised(values, "rank", raises=False) == [D(1), D("0.5"), D("0.5"), D(0)]
    rules = Rules(ClassRule((D("0.5"),), own=True), standardisation="min_max", combining="mean", again=False)
    found = composite_index({str(n): (v,) for n, v in enumerate(values)}, [Component("x", D(7))], rules)
    assert [found[str(n)].score for n in range(4)] == [D(0), D("0.25"), D("0.25"), D(1)]
    assert [found[str(n)].number_class for n in range(4)] == [0, 0, 0, 1]


@pytest.mark.parametrize("method", ["z", "min_max", "rank"])
@pytest.mark.parametrize("raises", [True, False])
def test_a_flat_indicator_is_zero_everywhere_and_no_division_by_zero(method, raises):
    assert standardised([D(7)] * 5, method, raises=raises) == [0] * 5
    assert standardised([], method, raises=raises) == []


def test_indicators_that_cancel_out_leave_no_differences():
    components = [Component("x", D(1)), Component("y", D(1), raises=False)]
    values = {str(n): (D(n) / 3, D(n) / 3) for n in range(7)}
    found = composite_index(values, components, STATUS)
    assert {score.score for score in found.values()} == {D(0)} and {s.number_class for s in found.values()} == {1}


def test_what_cannot_be_computed_is_refused():
    with pytest.raises(NoWeight):
        composite_index(hand(), [Component("a", D(0)), Component("b", D(0))], STATUS)
    with pytest.raises(ValueError, match="negative"):
        composite_index(hand(), [Component("a", D(-1)), Component("b", D(1))], STATUS)
    with pytest.raises(ValueError, match="unknown standardisation"):
        standardised([D(1)], "log", raises=True)
    with pytest.raises(ValueError, match="ascend"):
        ClassRule((D(1), D(1)))
    assert composite_index({}, TWO, STATUS) == {}


def test_limits_in_deviations_of_scores_that_are_not_standardised():
    assert limits_of(ClassRule((D(-1), D("1.5"))), [D(10), D(20)]) == [D(10), D("22.5")]
    assert [class_of(D(x), [D(10), D("22.5")]) for x in ("9.99", "10", "22.49", "22.5")] == [0, 1, 1, 2]


def test_every_area_stands_in_one_of_twelve_cells():
    status = {area: score.number_class for area, score in composite_index(hand(), TWO, STATUS).items()}
    dynamics = {area: 2 if area in "ah" else 1 for area in "abcdefgh"}
    cells = matrix(status, dynamics, size=(4, 3))
    assert len(cells) == 4 and {len(row) for row in cells} == {3}
    assert cells[0][2] == ["a"] and cells[3][2] == ["h"] and cells[1][1] == ["b", "c", "d", "e", "f"]
    assert sum(len(cell) for row in cells for cell in row) == 8


def test_variants_leave_each_out_and_move_each_weight_by_a_quarter():
    tried = variants([Component("a", D(2)), Component("b", D(4)), Component("c", D(0))])
    assert [(v.kind, v.key, v.weights) for v in tried] == [
        ("without", "a", (D(0), D(4), D(0))),
        ("without", "b", (D(2), D(0), D(0))),
        ("less", "a", (D("1.5"), D(4), D(0))),
        ("less", "b", (D(2), D(3), D(0))),
        ("more", "a", (D("2.5"), D(4), D(0))),
        ("more", "b", (D(2), D(5), D(0))),
    ]


def test_an_area_that_one_indicator_alone_makes_unfavourable_is_not_stable():
    values = {"a": (D(0), D(9)), "b": (D(1), D(0)), "c": (D(2), D(1)), "d": (D(3), D(2))}
    scores = composite_index(values, TWO, STATUS)
    found = stability(scores, TWO, STATUS)
    assert found["a"].of == 6
    for area, score in scores.items():
        for kind, key, changed in found[area].changes:
            left = {a: (row[0] if key == "kinder" else row[1],) for a, row in values.items()}
            if kind == "without":
                again = composite_index(left, [Component("rest", D(1))], STATUS)
                assert again[area].number_class == changed != score.number_class
    assert any(kind == "without" for kind, _key, _class in found["a"].changes)


def test_an_index_of_one_indicator_has_no_variant_without_it():
    one = [Component("a", D(1))]
    found = stability(composite_index({"x": (D(1),), "y": (D(2),)}, one, STATUS), one, STATUS)
    assert found["x"].of == 2 and found["x"].is_stable


# A second implementation, straight from the formula, in numpy with floats.


def oracle(table, weights, raises, method, *, combining, again):
    def comparable(x):
        if np.ptp(x) == 0:
            return np.zeros(len(x))
        if method == "z":
            return (x - x.mean()) / x.std(ddof=0)
        return (x - x.min()) / np.ptp(x) if method == "min_max" else (rankdata(x) - 1) / (len(x) - 1)

    columns = []
    for x, up in zip(np.asarray(table, dtype=float).T, raises, strict=True):
        u = comparable(x)
        flat = np.ptp(x) == 0
        columns.append(u if up or flat else (-u if method == "z" else 1 - u))
    w = np.asarray(weights, dtype=float)
    total = np.column_stack(columns) @ (w / w.sum() if combining == "mean" else w)
    if not again:
        return total
    return (total - total.mean()) / total.std(ddof=0) if np.ptp(total) > 1e-9 else np.zeros(len(total))


numbers = st.integers(0, 1000).map(lambda n: D(n) / 10)
weights = st.integers(1, 40).map(lambda n: D(n) / 4)


@st.composite
def tables(draw, least=3):
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.tuples(*[numbers] * width), min_size=least, max_size=12))
    components = [Component(f"i{n}", draw(weights), draw(st.booleans())) for n in range(width)]
    return {f"{n:02}": row for n, row in enumerate(rows)}, components


rules = st.builds(
    Rules,
    st.just(STATUS.classes),
    standardisation=st.sampled_from(["z", "min_max", "rank"]),
    combining=st.sampled_from(["sum", "mean"]),
    again=st.booleans(),
)


@given(tables(), rules)
def test_numpy_straight_from_the_formula_finds_the_same_scores(table, rule):
    values, components = table
    expected = oracle(
        list(values.values()), [c.weight for c in components], [c.raises for c in components], rule.standardisation,
        combining=rule.combining, again=rule.again,
    )  # fmt: skip
    found = [float(score.score) for score in composite_index(values, components, rule).values()]
    # sums that differ by less than floats can tell are no differences to numpy, and some to exact decimals
    assume(not rule.again or np.std(expected) > 0.5 or not any(found))
    assert np.allclose(found, expected, atol=1e-6)


@given(tables(), rules, st.randoms())
def test_the_order_of_areas_does_not_matter(table, rule, random):
    values, components = table
    shuffled = list(values.items())
    random.shuffle(shuffled)
    assert composite_index(dict(shuffled), components, rule) == composite_index(values, components, rule)


@given(tables(), rules, st.integers(1, 1000), st.integers(-50, 50))
def test_scaling_an_indicator_does_not_change_classes(table, rule, factor, shift):
    values, components = table
    scaled = {area: (row[0] * factor / 7 + shift, *row[1:]) for area, row in values.items()}
    before, after = (composite_index(v, components, rule) for v in (values, scaled))
    assert {a: s.number_class for a, s in before.items()} == {a: s.number_class for a, s in after.items()}


@given(tables(), rules, st.integers(1, 9))
def test_all_weights_times_the_same_change_nothing_once_standardised_again(table, rule, factor):
    values, components = table
    assume(rule.again or rule.combining == "mean")
    heavier = [Component(c.key, c.weight * factor, c.raises) for c in components]
    before, after = composite_index(values, components, rule), composite_index(values, heavier, rule)
    assert {a: s.published for a, s in before.items()} == {a: s.published for a, s in after.items()}


@given(tables())
def test_turning_every_indicator_round_turns_the_scores_round(table):
    values, components = table
    turned = [Component(c.key, c.weight, not c.raises) for c in components]
    before, after = composite_index(values, components, STATUS), composite_index(values, turned, STATUS)
    assert all(close(before[area].score, -after[area].score) for area in values)


def test_shares_of_nothing_are_zero():
    assert shares_of([D(0), D(0)]) == (0, 0)
