"""The typology: order and missing areas decide nothing, numbers mean severity and stay in later years."""

import random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.statistics.cluster_labels import agreement, by_severity, matched, severities
from indicators.statistics.typology import Method, Rule, typology

GROUPS = {"gut": (1, 30), "mittel": (10, 20), "schlecht": (20, 10)}
methods = pytest.mark.parametrize("method", list(Method))


def three_groups():
    """Three plain groups of four areas: `q` worse when high, `m2` worse when low."""
    return {f"{name}{i}": {"q": q + i / 10, "m2": m - i / 10} for name, (q, m) in GROUPS.items() for i in range(4)}


def rule(method=Method.WARD, count=3, **more):
    return Rule(["q", "m2"], [1, -1], method, count, **{"starts": 6, "seed": 1, **more})


values = st.dictionaries(
    st.integers(0, 999).map(str),
    st.fixed_dictionaries({"q": st.integers(0, 60), "m2": st.integers(0, 60)}),
    min_size=6,
    max_size=16,
)


def enough(table, count=3):
    return len({tuple(row.values()) for row in table.values()}) > count


@methods
def test_numbered_from_best_to_worst(method):
    found = typology(three_groups(), rule(method))
    assert [{key[:-1] for key in cluster.keys} for cluster in found.clusters] == [{"gut"}, {"mittel"}, {"schlecht"}]
    assert found.in_order and found.agreement == 1
    assert found.clusters[2].profile[0] > 1 and found.clusters[2].profile[1] < -1
    assert found.clusters[0].means == pytest.approx((1.15, 29.85))


@methods
def test_left_out_and_named(method):
    table = three_groups() | {"neu": {"q": 4.0, "m2": None}, "leer": {}}
    found = typology(table, rule(method))
    assert found.left_out == {"leer": ("q", "m2"), "neu": ("m2",)}
    assert "neu" not in found.labels


@methods
@settings(max_examples=25)
@given(table=values, shuffled=st.randoms())
def test_order_of_areas_does_not_matter(method, table, shuffled):
    assume(enough(table))
    keys = list(table)
    shuffled.shuffle(keys)
    assert typology({key: table[key] for key in keys}, rule(method)) == typology(table, rule(method))


@methods
@settings(max_examples=25)
@given(table=values, factor=st.sampled_from([0.001, 0.37, 7, 100, 12345.6]), shift=st.integers(-500, 500))
def test_unit_of_an_indicator_does_not_matter(method, table, factor, shift):
    assume(enough(table))
    other = {key: {"q": row["q"] * factor + shift, "m2": row["m2"]} for key, row in table.items()}
    assert typology(other, rule(method)).labels == typology(table, rule(method)).labels


@methods
@settings(max_examples=25)
@given(table=values)
def test_an_area_without_data_changes_nothing_else(method, table):
    assume(enough(table))
    more = table | {"ohne": {"q": None, "m2": 5}}
    plain, with_it = typology(table, rule(method)), typology(more, rule(method))
    assert with_it.areas == plain.areas and with_it.clusters == plain.clusters and with_it.merges == plain.merges


@settings(max_examples=30)
@given(table=values)
def test_clusters_are_told_as_they_are(table):
    """Severity, profile and share explained, once more from the plain formulas."""
    assume(enough(table))
    found = typology(table, rule())
    keys = sorted(table)
    raw = np.array([[table[key]["q"], table[key]["m2"]] for key in keys], dtype=float)
    spread = np.where(raw.std(axis=0) == 0, 1, raw.std(axis=0))
    z = (raw - raw.mean(axis=0)) / spread
    labels = np.array([found.labels[key] for key in keys])
    inside = 0.0
    for cluster in found.clusters:
        mine = z[labels == cluster.label]
        assert cluster.profile == pytest.approx(mine.mean(axis=0), abs=1e-6)
        assert cluster.severity == pytest.approx((mine[:, 0] - mine[:, 1]).mean() / 2, abs=1e-6)
        inside += ((mine - mine.mean(axis=0)) ** 2).sum()
    assert found.explained == pytest.approx(1 - inside / (z**2).sum() if (z**2).sum() else 0, abs=1e-6)
    severity = [cluster.severity for cluster in found.clusters]
    assert severity == sorted(severity)


@methods
def test_later_numbers_continue_the_earlier_ones(method):
    earlier = typology(three_groups(), rule(method))
    table = three_groups()
    table["mittel0"], table["gut3"] = table["schlecht0"], table["mittel2"]
    later = typology(table, rule(method), earlier)
    moved = {key: (earlier.labels[key], now) for key, now in later.labels.items() if earlier.labels[key] != now}
    assert moved == {"mittel0": (2, 3), "gut3": (1, 2)}


def test_numbers_that_no_longer_ascend_are_said():
    """All areas of two clusters change places: they keep their numbers, and the result says that the order turned."""
    table = three_groups()
    turned = {key: table[key.replace("gut", "x").replace("mittel", "gut").replace("x", "mittel")] for key in table}
    later = typology(turned, rule(), typology(table, rule()))
    assert later.labels == typology(table, rule()).labels and not later.in_order


def test_most_areas_decide_and_profiles_break_ties():
    earlier = {"a": 1, "b": 1, "c": 2, "d": 3}
    assert matched(earlier, {"a": 3, "b": 3, "c": 1, "d": 2}, {}) == {3: 1, 1: 2, 2: 3}
    even = {"a": 1, "b": 2}, {"c": 1, "d": 2}
    assert matched(*even, {(1, 2): 0.1, (2, 1): 0.1, (1, 1): 9, (2, 2): 9}) == {1: 2, 2: 1}
    assert matched({"a": 1}, {"a": 2, "b": 1}, {}) == {2: 1, 1: 2}
    assert matched({}, {"a": 1}, {}) == {1: 1}


@settings(max_examples=30)
@given(st.integers(2, 6), st.integers(0, 10**6))
def test_matching_keeps_as_many_areas_as_any_other(count, seed):
    import itertools

    chance = random.Random(seed)  # noqa: S311
    earlier = {str(i): chance.randint(1, count) for i in range(20)} | {f"x{c}": c for c in range(1, count + 1)}
    later = {key: chance.randint(1, count) for key in earlier} | {f"y{c}": c for c in range(1, count + 1)}
    names = matched(earlier, later, {(a, b): chance.random() for a in range(1, count + 1) for b in range(1, count + 1)})
    assert sorted(names.values()) == list(range(1, count + 1))

    def kept(names):
        return sum(names[later[key]] == earlier[key] for key in earlier)

    labels = range(1, count + 1)
    assert kept(names) == max(kept(dict(zip(labels, p, strict=True))) for p in itertools.permutations(labels))


def test_words_of_severity():
    assert by_severity([0, 1], [3, 2]) == (2, 1)
    assert agreement({"a": 1, "b": 2}, {"a": 1, "b": 1, "c": 3}) == 0.5 and agreement({}, {"a": 1}) == 0
    with pytest.raises(ValueError):
        severities(np.zeros((2, 1)), [0])


@methods
def test_fewer_areas_than_clusters_are_refused(method):
    with pytest.raises(ValueError):
        typology({"a": {"q": 1, "m2": 1}, "b": {"q": 1, "m2": 1}}, rule(method, count=2))
