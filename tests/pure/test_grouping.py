"""The value of an own group of areas: known answers, honest gaps, and what must always hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.grouping import JOINT, MISSING, NEVER, SECRET, WEIGHT, Member, group_value

RULES = ["sum", "ratio", "weighted_mean", "none"]


def counted(code, numerator, denominator, **more):
    value = round(Decimal(numerator) * 100 / denominator, 1)
    return Member(code, value, "reported", None, Decimal(numerator), Decimal(denominator), **more)


def rate(code, value, weight):
    known = None if value is None else Decimal(str(value))
    return Member(code, known, "missing" if value is None else "reported", None if weight is None else Decimal(weight))


def count(code, value, **more):
    return Member(code, Decimal(value), "reported", **more)


@st.composite
def groups(draw):
    sizes = draw(st.lists(st.integers(1, 5000), min_size=2, max_size=8))
    return [counted(str(i), draw(st.integers(0, size)), size) for i, size in enumerate(sizes)]


@given(groups())
def test_rate_of_known_counts_is_the_ratio_of_sums_whatever_the_order(members):
    numerator, denominator = sum(m.numerator for m in members), sum(m.denominator for m in members)
    for rule in ("ratio", "weighted_mean"):
        found = group_value(members, rule=rule, factor=100)
        assert found == group_value(members[::-1], rule=rule, factor=100)
        assert found.value == numerator / denominator * 100
        assert (found.numerator, found.denominator) == (numerator, denominator)
        assert found.status == ("zero" if numerator == 0 else "reported")


@given(groups(), st.sampled_from(RULES))
def test_one_area_alone_keeps_its_figure(members, rule):
    one = members[0]
    found = group_value([one], rule=rule, factor=100)
    assert (found.value, found.status, found.numerator, found.denominator) == (
        one.value,
        one.status,
        one.numerator,
        one.denominator,
    )


@given(groups(), st.sampled_from(RULES), st.sampled_from(["suppressed", "suppressed_secondary"]))
def test_a_secret_member_leaves_no_value_and_nothing_to_subtract(members, rule, status):
    found = group_value([*members, Member("secret", None, status)], rule=rule, factor=100)
    assert (found.value, found.numerator, found.denominator, found.coverage) == (None, None, None, None)
    assert (found.reason, found.lacking, found.status) == (SECRET, ("secret",), "suppressed")


def test_mean_is_weighted_and_an_estimate():
    found = group_value([rate("1", "37.1", 3156), rate("2", "33.8", 10414)], rule="weighted_mean", factor=100)
    assert (round(found.value, 1), found.status, found.coverage) == (Decimal("34.6"), "estimated", 1)


def test_mean_needs_nine_tenths_of_the_weight():
    enough = group_value([rate("1", 10, 95), rate("2", None, 5)], rule="weighted_mean", factor=100)
    assert (enough.value, enough.lacking, enough.coverage) == (10, ("2",), Decimal("0.95"))
    little = group_value([rate("1", 10, 80), rate("2", None, 20)], rule="weighted_mean", factor=100)
    assert (little.value, little.reason, little.lacking) == (None, MISSING, ("2",))


def test_mean_without_a_public_weight_is_none():
    found = group_value([rate("1", 10, 95), rate("2", 12, None)], rule="weighted_mean", factor=100)
    assert (found.value, found.reason, found.lacking) == (None, WEIGHT, ("2",))


def test_sum_and_ratio_need_every_member():
    found = group_value([count("1", 5), Member("2", None, "missing")], rule="sum", factor=1)
    assert (found.value, found.reason, found.lacking, found.status) == (None, MISSING, ("2",), "missing")
    found = group_value([counted("1", 5, 10), rate("2", 12, 100)], rule="ratio", factor=100)
    assert (found.value, found.reason, found.lacking) == (None, MISSING, ("2",))


def test_counts_of_several_areas_together_count_once_and_only_whole():
    joint = [count("1", 7, joint_with="1+2"), count("2", 7, joint_with="1+2"), count("3", 5)]
    assert group_value(joint, rule="sum", factor=1).value == 12
    torn = group_value([joint[0], joint[2]], rule="sum", factor=1)
    assert (torn.value, torn.reason, torn.lacking) == (None, JOINT, ("1",))
    both = [counted("1", 5, 10, joint_with="1+2"), counted("2", 5, 10, joint_with="1+2"), counted("3", 1, 10)]
    assert group_value(both, rule="ratio", factor=100).value == 30


def test_estimated_counts_stay_estimates():
    members = [count("1", 5), Member("2", Decimal(5), "estimated")]
    assert group_value(members, rule="sum", factor=1).status == "estimated"


def test_computed_rates_are_ratios_of_sums_and_other_formulas_give_nothing():
    members = [counted("1", 5, 10), counted("2", 1, 10)]
    assert group_value(members, rule="computed", factor=100).value == 30
    index = [Member("1", Decimal(110), "reported"), Member("2", Decimal(90), "reported")]
    assert group_value(index, rule="computed", factor=100).reason == NEVER
    found = group_value([index[0], Member("2", None, "missing")], rule="computed", factor=100)
    assert (found.reason, found.lacking) == (MISSING, ("2",))


def test_what_cannot_be_combined_is_not():
    assert group_value([count("1", 5), count("2", 5)], rule="none", factor=1).reason == NEVER


@pytest.mark.parametrize("status", ["missing", "not_yet", "suppressed"])
def test_an_area_without_a_value_alone_says_why(status):
    found = group_value([Member("1", None, status)], rule="sum", factor=1)
    assert (found.value, found.status) == (None, status)
    assert found.reason == (SECRET if status == "suppressed" else MISSING)
