"""Every kind of formula against a second implementation, and what becomes of zero, missing, secret and joint inputs."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import formulas
from indicators.statistics.formulas import Kind
from indicators.statistics.periods import earlier_by, is_unbroken, years_until
from indicators.statistics.upwards import MISSING, Delivered

NUMBERS = st.integers(0, 10**6)
POSITIVE = st.integers(1, 10**6)


def cell(value, status="reported", **more):
    return Delivered(None if value is None else D(value), status, **more)


ORACLE = {  # numpy straight from the formula
    Kind.SHARE: lambda a, b: np.float64(a) / np.float64(b) * 100,
    Kind.PER_1000: lambda a, b: np.float64(a) / np.float64(b) * 1000,
    Kind.QUOTIENT: lambda a, b: np.float64(a) / np.float64(b) * 7,
    Kind.DENSITY: lambda a, b: np.float64(a) / np.float64(b),
    Kind.SUM: lambda a, b: np.sum([a, b]),
    Kind.DIFFERENCE: np.subtract,
    Kind.CHANGE: lambda a, b: np.diff([b, a])[0],
    Kind.CHANGE_PERCENT: lambda a, b: np.diff([b, a])[0] / np.float64(b) * 100,
    Kind.INDEX: lambda a, b: np.float64(a) / np.float64(b) * 100,
    Kind.MOVING_AVERAGE: lambda a, b: np.mean([b, a]),
}
OURS = {
    Kind.SHARE: lambda a, b: formulas.ratio([a], [b], factor=100),
    Kind.PER_1000: lambda a, b: formulas.ratio([a], [b], factor=1000),
    Kind.QUOTIENT: lambda a, b: formulas.ratio([a], [b], factor=7),
    Kind.DENSITY: lambda a, b: formulas.density(a, size=b.value),
    Kind.SUM: lambda a, b: formulas.total([a, b]),
    Kind.DIFFERENCE: lambda a, b: formulas.difference(a, [b]),
    Kind.CHANGE: lambda a, b: formulas.change(b, a, is_count=True),
    Kind.CHANGE_PERCENT: lambda a, b: formulas.change_percent(b, a, is_count=True),
    Kind.INDEX: lambda a, b: formulas.index(b, a, is_count=True),
    Kind.MOVING_AVERAGE: lambda a, b: formulas.moving_average([b, a], is_count=True),
}
# What multiplying both inputs by a number does to the result: nothing, or the same multiplication.
UNCHANGED = {Kind.SHARE, Kind.PER_1000, Kind.QUOTIENT, Kind.DENSITY, Kind.CHANGE_PERCENT, Kind.INDEX}
every_kind = pytest.mark.parametrize("kind", list(Kind))


def test_every_kind_has_an_oracle():
    assert set(ORACLE) == set(OURS) == set(Kind)


@every_kind
@given(a=NUMBERS, b=POSITIVE)
def test_every_kind_is_what_numpy_makes_of_its_formula(kind, a, b):
    found = OURS[kind](cell(a), cell(b))
    assert float(found.value) == pytest.approx(float(ORACLE[kind](a, b)), rel=1e-12, abs=1e-9)
    assert found.status == ("zero" if found.value == 0 else "reported")


@every_kind
@given(a=NUMBERS, b=POSITIVE, times=st.integers(1, 1000))
def test_scaling_the_inputs_scales_the_result_as_the_formula_says(kind, a, b, times):
    plain, scaled = OURS[kind](cell(a), cell(b)), OURS[kind](cell(a * times), cell(b * times))
    expected = plain.value if kind in UNCHANGED else plain.value * times
    assert float(scaled.value) == pytest.approx(float(expected), rel=1e-12, abs=1e-9)


@every_kind
@pytest.mark.parametrize(
    ("status", "result"),
    [("suppressed", "suppressed_secondary"), ("suppressed_secondary", "suppressed_secondary"),
     ("missing", "missing"), ("not_yet", "not_yet"), ("not_applicable", "not_applicable")],
)  # fmt: skip
def test_an_input_without_a_number_decides_the_result(kind, status, result):
    pair = (cell(None, status), cell(5))
    for a, b in (pair, pair[::-1]):
        if kind == Kind.DENSITY and b.value is None:
            continue
        assert OURS[kind](a, b) == Delivered(None, result)


@every_kind
def test_secret_is_stronger_than_missing_and_not_meaningful_than_both(kind):
    if kind == Kind.DENSITY:
        return
    assert OURS[kind](cell(None, "missing"), cell(None, "suppressed")).status == "suppressed_secondary"
    assert OURS[kind](cell(None, "not_applicable"), cell(None, "suppressed")).status == "not_applicable"


@every_kind
def test_joint_results_need_the_same_partners_everywhere(kind):
    together, apart = cell(3, "joint", joint_with="01+02"), cell(4, "joint", joint_with="01+03")
    if kind == Kind.DENSITY:  # the boundary is that of one area alone
        assert OURS[kind](together, cell(4)).status == "missing"
        return
    same = OURS[kind](together, cell(4, "joint", joint_with="01+02"))
    assert (same.status, same.joint_with) == ("joint", "01+02")
    for other in (apart, cell(4)):
        assert OURS[kind](together, other) == MISSING


@every_kind
def test_an_estimated_input_makes_an_estimate_but_never_a_change_of_counts(kind):
    found = OURS[kind](cell(3, "estimated"), cell(4))
    compared = kind in (Kind.CHANGE, Kind.CHANGE_PERCENT, Kind.INDEX, Kind.MOVING_AVERAGE)
    assert found.status == ("missing" if compared else "estimated")
    rate = formulas.change(cell(3, "estimated"), cell(4, "estimated"), is_count=False)
    assert (rate.value, rate.status) == (D(1), "estimated")


def test_dividing_by_nothing_is_not_meaningful():
    zero = cell(0, "zero")
    assert formulas.ratio([cell(3)], [zero], factor=100).status == "not_applicable"
    assert formulas.ratio([zero], [zero], factor=100).status == "not_applicable"
    assert formulas.change_percent(zero, cell(3), is_count=True).status == "not_applicable"
    assert formulas.change_percent(cell(-2), cell(3), is_count=False).status == "not_applicable"
    assert formulas.index(zero, cell(3), is_count=True).status == "not_applicable"
    assert formulas.density(cell(3), size=D(0)).status == "not_applicable"


def test_a_true_zero_is_a_value():
    zero = cell(0, "zero")
    share = formulas.ratio([zero], [cell(8)], factor=100)
    assert (share.value, share.status, share.numerator, share.denominator) == (D(0), "zero", D(0), D(8))
    assert formulas.change(zero, cell(5), is_count=True).value == D(5)
    assert formulas.change_percent(cell(5), zero, is_count=True).value == D(-100)


@pytest.mark.parametrize("number", [0, 3, 700])
def test_a_flat_series_does_not_change(number):
    flat = cell(number, "reported" if number else "zero")
    assert formulas.change(flat, flat, is_count=True) == Delivered(D(0), "zero")
    assert formulas.moving_average([flat] * 4, is_count=True).value == D(number)
    if number:
        assert formulas.change_percent(flat, flat, is_count=True) == Delivered(D(0), "zero")
        assert formulas.index(flat, flat, is_count=True).value == D(100)


def test_rates_of_the_same_people_are_added_by_their_cases():
    inside = cell("7.2", numerator=D(11), denominator=D(1528))
    outside = cell("7.9", numerator=D(12), denominator=D(1528))
    both = formulas.total([inside, outside], factor=1000)
    assert (both.numerator, both.denominator) == (D(23), D(1528))
    assert both.value == D(23) / D(1528) * 1000
    other = formulas.total([inside, cell("7.9", numerator=D(12), denominator=D(1529))], factor=1000)
    assert (other.value, other.numerator) == (D("15.1"), None)


def test_periods_back_are_periods_of_the_series_not_years():
    series = ["1987", "2003", "2008", "2013"]
    assert [earlier_by(series, "2013", back) for back in (1, 2, 3, 4)] == ["2008", "2003", "1987", ""]


def test_a_mean_of_years_needs_each_of_them():
    assert years_until(["2019", "2020", "2022"], "2022", 2) == ()
    assert years_until(["2019", "2020", "2022"], "2020", 2) == ("2019", "2020")


@given(st.lists(st.sampled_from([str(year) for year in range(1990, 2030)]), min_size=2, max_size=6, unique=True))
def test_a_break_lies_between_the_first_period_before_and_the_last_from_it_on(periods):
    first, last = min(periods), max(periods)
    assert not is_unbroken(periods, [last])
    assert is_unbroken(periods, [first])
    assert is_unbroken(periods, [str(int(last) + 1)])
