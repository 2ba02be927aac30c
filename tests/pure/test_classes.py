"""Class limits: known answers, honest answers where the data are poor."""

from bisect import bisect_right
from dataclasses import dataclass

import mapclassify
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.statistics.breaks import breaks_of_levels, period_pairs
from indicators.statistics.classes import CLASS_COUNTS, ClassLimits, Method, author_limits, change_limits, find_limits
from indicators.statistics.comparability import is_comparable

COMPUTED = [Method.NATURAL, Method.QUANTILES, Method.EQUAL, Method.DEVIATION]
rates = st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=1, max_size=60)


@settings(deadline=None)  # the first call imports mapclassify
@given(rates, st.sampled_from(COMPUTED), st.sampled_from(list(CLASS_COUNTS)))
def test_limits_ascend_and_no_class_is_out_of_reach(values, method, count):
    found = find_limits(values, method, count, decimals=1)
    assert list(found.limits) == sorted(set(found.limits))
    assert found.count <= max(count, 1)
    assert all(min(values) < limit <= max(values) for limit in found.limits)


@settings(deadline=None)
@given(rates, st.sampled_from([Method.NATURAL, Method.QUANTILES]), st.sampled_from(list(CLASS_COUNTS)))
def test_grouping_methods_leave_no_class_empty(values, method, count):
    found = find_limits(values, method, count)
    assert {found.class_of(v) for v in values} == set(range(found.count))


def test_equal_steps_are_equal():
    assert find_limits([0, 3, 10], Method.EQUAL, 5).limits == (2.0, 4.0, 6.0, 8.0)


def test_natural_breaks_find_the_gaps():
    assert find_limits([1, 2, 2, 10, 11, 30, 31], Method.NATURAL, 3).limits == (10.0, 30.0)


def test_quantiles_of_twelve_values():
    assert find_limits(range(1, 13), Method.QUANTILES, 4).limits == (4.0, 7.0, 10.0)


def test_tied_quantiles_give_fewer_classes():
    assert find_limits([5, 5, 5, 5, 5, 5, 9], Method.QUANTILES, 5).count == 2


def test_fewer_distinct_values_than_classes():
    assert find_limits([1, 1, 2, 2, 3], Method.NATURAL, 7).limits == (2.0, 3.0)


def test_all_values_equal_give_one_class():
    for method in COMPUTED:
        assert find_limits([4.2, 4.2, 4.2], method, 5).count == 1


def test_standard_deviations_around_the_mean():
    values = [2, 4, 4, 4, 5, 5, 7, 9]  # mean 5, population standard deviation 2
    assert find_limits(values, Method.DEVIATION, 4).limits == (3.0, 5.0, 7.0)


def test_a_class_begins_at_its_limit():
    limits = ClassLimits((8.52, 11.83))
    assert [limits.class_of(v) for v in (5.21, 8.51, 8.52, 11.82, 11.83)] == [0, 0, 1, 1, 2]


def test_the_unemployment_map_of_2005_can_be_reproduced():
    """Sozialstrukturatlas 2005, page 75: six classes from 5.21 in equal steps of 3.31."""
    limits = author_limits([8.52, 11.83, 15.14, 18.45, 21.77])
    assert limits.count == 6
    values = [5.21, 8.51, 8.52, 11.82, 11.83, 15.13, 15.14, 18.44, 18.45, 21.76, 21.77, 25.0]
    assert [limits.class_of(v) for v in values] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    equal = find_limits([5.21, 25.08], Method.EQUAL, 6, decimals=2).limits
    assert equal == pytest.approx((8.52, 11.83, 15.14, 18.45, 21.77), abs=0.02)


def test_descending_author_limits_are_refused():
    with pytest.raises(ValueError, match="ascend"):
        author_limits([3, 2])


@given(st.lists(st.integers(-500, 500).map(lambda n: n / 10), min_size=1, max_size=40))
def test_changes_are_classed_evenly_around_zero(differences):
    limits = change_limits(differences, decimals=1).limits
    assert [round(-limit, 6) for limit in reversed(limits)] == list(limits)
    if limits:
        assert bisect_right(limits, 0) == 3


def test_no_change_anywhere_is_one_class():
    assert change_limits([0, 0.0], decimals=1).count == 1


def test_long_series_offer_first_and_last_as_partners():
    years = [str(y) for y in range(1987, 1997)]
    pairs = period_pairs(years)
    assert ("1987", "1990") in pairs and ("1990", "1996") in pairs and ("1990", "1991") not in pairs
    assert len(period_pairs(years[:4])) == 6


def test_the_same_limits_hold_for_all_years():
    values = {"sozialraum": {"2018": {"a": 1.0, "b": 2.0}, "2024": {"a": 10.0, "b": 20.0}}}
    limits = breaks_of_levels(values, decimals=1)["sozialraum"]["methods"]["equal"]["3"]
    assert limits == [7.3, 13.7]


def unlike(values, limits):
    """Sum of squared deviations from the means of the classes that `limits` make."""
    groups = {}
    for value in values:
        groups.setdefault(bisect_right(limits, value), []).append(value)
    return sum(sum((v - sum(g) / len(g)) ** 2 for v in g) for g in groups.values())


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 500).map(lambda n: n / 10), min_size=8, max_size=80), st.sampled_from(list(CLASS_COUNTS))
)
def test_natural_breaks_group_as_well_as_mapclassify(values, count):
    if len(set(values)) <= count:
        return
    theirs = mapclassify.FisherJenks(values, k=count)
    of_theirs = [min(v for v, c in zip(values, theirs.yb, strict=True) if c == k) for k in sorted(set(theirs.yb))][1:]
    ours = find_limits(values, Method.NATURAL, count).limits
    assert unlike(values, ours) == pytest.approx(unlike(values, of_theirs), rel=1e-9, abs=1e-6)


def test_pairs_across_a_break_or_without_comparable_areas_are_not_offered():
    values = {"block": {"2018": {"a": 10.0, "b": 20.0}, "2020": {"a": 11.0, "b": 22.0}, "2024": {"a": 90.0, "b": 21.0}}}
    offered = breaks_of_levels(values, decimals=1, series_breaks=["2020"])["block"]["change"]
    assert set(offered) == {"2020-2024"}
    alone = breaks_of_levels(values, decimals=1, comparable=lambda level, area, *pair: area == "b")["block"]["change"]
    assert max(alone["2018-2024"]) < 3
    assert not breaks_of_levels(values, decimals=1, comparable=lambda *asked: False)["block"]["change"]


@dataclass
class Told:
    value: float | None
    status: str = "reported"
    joint_with: str = ""


def test_only_like_is_compared_with_like():
    assert is_comparable(Told(1), Told(2), is_count=True)
    assert is_comparable(Told(1, "estimated"), Told(2, "estimated"), is_count=False)
    assert not is_comparable(Told(1, "estimated"), Told(2), is_count=True)
    assert not is_comparable(Told(1), Told(2, "joint", "a+b"), is_count=False)
    assert not is_comparable(Told(None, "missing"), Told(2), is_count=False)
    assert not is_comparable(None, Told(2), is_count=False)


def test_a_single_extreme_does_not_flatten_the_map_of_change():
    ordinary = [-3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
    for values in (ordinary, [*ordinary, 60.0]):
        limits = change_limits(values, decimals=1)
        assert limits.limits == (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)
        assert len({limits.class_of(v) for v in values}) == 7
