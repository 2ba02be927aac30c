"""Larger areas from smaller ones: ratios of sums, stated weights, and missing that stays missing."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.aggregation import Part, combine_ratio, combine_sum, combine_weighted_mean
from indicators.statistics.ranking import publish_rounded, rank_descending
from indicators.statistics.upwards import Delivered, Division, figures_of_levels

DIVISION = Division(
    levels=("stadt", "bezirk", "block"),
    smallest="block",
    parts={
        ("stadt", "1"): frozenset("abcd"),
        ("bezirk", "X"): frozenset("ab"),
        ("bezirk", "Y"): frozenset("cd"),
        **{("block", code): frozenset(code) for code in "abcd"},
    },
)


def blocks(**values):
    return {("block", code): Delivered(D(v), "reported") for code, v in values.items() if v is not None}


def figures(values, rule, weights=None, **options):
    options = {"levels": DIVISION.levels, "factor": 100, **options}
    return figures_of_levels(values, division=DIVISION, rule=rule, weights=weights or {}, **options)


def test_a_city_rate_is_a_ratio_of_sums_not_a_mean_of_means():
    parts = [Part(D(50), numerator=D(1), denominator=D(2)), Part(D(10), numerator=D(10), denominator=D(100))]
    assert combine_ratio(parts, factor=100).value.quantize(D("0.01")) == D("10.78")


def test_a_sum_with_a_missing_part_is_missing():
    assert combine_sum([Part(D(1)), Part(None)]).value is None


def test_a_true_zero_counts():
    assert combine_sum([Part(D(0)), Part(D(5))]).value == D(5)


def test_weighted_mean_of_nearly_all_says_how_much_it_covers():
    combined = combine_weighted_mean([Part(D(10), D(95)), Part(None, D(5))])
    assert combined.value == D(10)
    assert combined.coverage == D("0.95")
    assert combined.is_estimate


def test_weighted_mean_below_ninety_percent_is_missing():
    assert combine_weighted_mean([Part(D(10), D(89)), Part(None, D(11))]).value is None


def test_unknown_weight_makes_the_result_unknown():
    assert combine_weighted_mean([Part(D(10), D(1)), Part(D(20), None)]).value is None


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 1000)), min_size=1, max_size=20))
def test_a_weighted_mean_lies_between_its_parts(pairs):
    values = [D(v) / 10 for v, _w in pairs]
    mean = combine_weighted_mean([Part(v, D(w)) for v, (_v, w) in zip(values, pairs, strict=True)]).value
    assert min(values) - D("1e-9") <= mean <= max(values) + D("1e-9")


def test_delivered_values_win_over_combined_ones():
    values = blocks(a=1, b=2, c=3, d=4) | {("bezirk", "X"): Delivered(D(99), "reported")}
    cells = figures(values, "sum")
    assert cells["bezirk", "X"].value == D(99)
    assert cells["bezirk", "Y"].value == D(7)


def test_a_whole_is_combined_from_the_nearest_complete_level():
    values = {("bezirk", "X"): Delivered(D(10), "reported"), ("bezirk", "Y"): Delivered(D(20), "reported")}
    assert figures(values, "sum")["stadt", "1"].value == D(30)


def test_an_incomplete_level_is_passed_over_for_the_smallest():
    values = blocks(a=1, b=2, c=3, d=4) | {("bezirk", "X"): Delivered(D(99), "reported")}
    assert figures(values, "sum")["stadt", "1"].value == D(10)


def test_a_weighted_mean_is_marked_as_an_estimate():
    weights = {("block", code): Delivered(D(w), "estimated") for code, w in zip("abcd", (1, 3, 1, 1), strict=True)}
    cells = figures(blocks(a=10, b=20, c=0, d=0), "weighted_mean", weights)
    assert cells["bezirk", "X"].value == D("17.5")
    assert cells["bezirk", "X"].status == "estimated"


def test_what_cannot_be_combined_is_missing():
    cells = figures(blocks(a=1, b=2, c=3, d=4), "none")
    assert ("stadt", "1") not in cells  # nobody on that level has a value, so there is no blank map either
    assert cells["block", "a"].value == D(1)


def test_a_missing_area_does_not_shift_another():
    cells = figures(blocks(a=1, b=2, c=3, d=None), "sum")
    assert cells["block", "d"].status == "missing"
    assert cells["bezirk", "X"].value == D(3)
    assert cells["bezirk", "Y"].value is None
    assert ("stadt", "1") not in cells


def test_ranks_share_ties_and_skip():
    assert rank_descending({"a": D(1), "b": D(3), "c": D(3), "d": D(2)}) == {"b": 1, "c": 1, "d": 3, "a": 4}


def test_rounding_is_half_up_as_in_official_statistics():
    assert publish_rounded(D("0.25"), 1) == D("0.3")
    assert publish_rounded(D("-0.25"), 1) == D("-0.3")
    assert publish_rounded(None, 1) is None
