"""Intervals and differences of counted values: published results, a second implementation, and what must always hold.

Published results: R. G. Newcombe, Statist. Med. 17 (1998) 857–872, table I (single shares), and 873–890, table II
(differences); exact limits of a Poisson count: E. S. Pearson and H. O. Hartley, Biometrika Tables for Statisticians I,
table 40 (also N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, 1987, table 2.10).
"""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.statistics.differences import differ, differs_from_whole, newcombe, rate_ratio, rest_of
from indicators.statistics.intervals import (
    EVENTS,
    EXACT_BELOW,
    PART,
    Counts,
    Z,
    byar,
    garwood,
    interval_of,
    poisson,
    published_interval,
    wilson,
)


@st.composite
def shares(draw, largest=100_000):
    whole = draw(st.integers(1, largest))
    return draw(st.integers(0, whole)), whole


def rounded(interval, places=4):
    return round(interval.lower, places), round(interval.upper, places)


# ---- Published results ----


@pytest.mark.parametrize(
    "part, whole, low, high",
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_limits(part, whole, low, high):
    assert rounded(wilson(part, whole)) == (low, high)


@pytest.mark.parametrize(
    "counts, low, high",
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_published_limits(counts, low, high):
    a, m, b, n = counts
    assert rounded(newcombe(Counts(a, m, PART), Counts(b, n, PART))) == (low, high)


@pytest.mark.parametrize(
    "events, low, high",
    [(0, 0.0, 3.69), (1, 0.0253, 5.57), (2, 0.242, 7.22), (3, 0.619, 8.77), (5, 1.62, 11.67), (10, 4.80, 18.39)],
)
def test_exact_limits_of_a_count_are_the_tabulated_ones(events, low, high):
    found = garwood(events)
    assert found.lower == pytest.approx(low, abs=0.005 if low > 1 else 0.0005)
    assert found.upper == pytest.approx(high, abs=0.005)


@pytest.mark.parametrize("events", [10, 11, 15, 30, 65, 400, 1045])
def test_byar_is_as_close_to_exact_as_published_from_ten_events_on(events):
    """APHO Technical Briefing 3 (2008) and the technical guide to it of Public Health England (2018): within 0.2 %."""
    exact, close = garwood(events), byar(events)
    assert close.lower == pytest.approx(exact.lower, rel=0.002)
    assert close.upper == pytest.approx(exact.upper, rel=0.002)


# ---- A second implementation, straight from the definitions ----


@given(shares())
def test_wilson_solves_its_quadratic(counts):
    """The limits are the shares p at which |x/n - p| is z standard errors of p itself."""
    part, whole = counts
    p = part / whole
    low, high = np.sort(np.roots([1 + Z**2 / whole, -(2 * p + Z**2 / whole), p**2]).real)
    found = wilson(part, whole)
    assert np.allclose([found.lower, found.upper], [low, high], atol=1e-9)


@given(st.integers(1, 3000))
def test_byar_is_its_formula(events):
    x = np.array([events, events + 1], dtype=float)
    limits = x * (1 - 1 / (9 * x) + np.array([-Z, Z]) / (3 * np.sqrt(x))) ** 3
    assert np.allclose([byar(events).lower, byar(events).upper], limits)


def poisson_up_to(mean, events):
    """Probability of at most that many events, by summing logarithms of the terms."""
    numbers = np.arange(events + 1)
    logs = numbers * np.log(mean) - mean - np.cumsum(np.log(np.maximum(numbers, 1)))
    return float(np.exp(logs).sum())


@given(st.integers(0, 60))
def test_exact_limits_leave_a_fortieth_on_either_side(events):
    found = garwood(events)
    assert poisson_up_to(found.upper, events) == pytest.approx(0.025, rel=1e-6)
    if events:
        assert 1 - poisson_up_to(found.lower, events - 1) == pytest.approx(0.025, rel=1e-6)


def binomial_up_to(share, tries, hits):
    numbers = np.arange(hits + 1)
    steps = np.log((tries - numbers[1:] + 1) / numbers[1:]) + np.log(share) - np.log1p(-share)
    logs = tries * np.log1p(-share) + np.concatenate([[0.0], np.cumsum(steps)])
    return float(np.exp(logs).sum())


@given(st.integers(1, 40), st.integers(1, 40), st.integers(100, 5000), st.integers(100, 5000))
def test_limits_of_a_ratio_leave_a_fortieth_on_either_side(first, second, m, n):
    """Given their sum, the first one's events are binomial with share r·m / (r·m + n) at a ratio r of the rates."""
    found = rate_ratio(Counts(first, m, EVENTS), Counts(second, n, EVENTS))
    low, high = (ratio * m / (ratio * m + n) for ratio in (found.lower, found.upper))
    assert binomial_up_to(high, first + second, first) == pytest.approx(0.025, rel=1e-5)
    assert 1 - binomial_up_to(low, first + second, first - 1) == pytest.approx(0.025, rel=1e-5)


@given(shares(5000), shares(5000))
def test_newcombe_is_its_formula(one, two):
    (a, m), (b, n) = one, two
    p = np.array([a / m, b / n])
    size = np.array([m, n])
    middle = (p + Z**2 / (2 * size)) / (1 + Z**2 / size)
    half = Z * np.sqrt(p * (1 - p) / size + Z**2 / (4 * size**2)) / (1 + Z**2 / size)
    low, high = middle - half, middle + half
    below = np.sqrt((p[0] - low[0]) ** 2 + (high[1] - p[1]) ** 2)
    above = np.sqrt((high[0] - p[0]) ** 2 + (p[1] - low[1]) ** 2)
    found = newcombe(Counts(a, m, PART), Counts(b, n, PART))
    assert np.allclose([found.lower, found.upper], [p[0] - p[1] - below, p[0] - p[1] + above], atol=1e-9)


# ---- What must always hold ----


@given(shares())
def test_interval_of_a_share_holds_it_and_stays_between_nothing_and_all(counts):
    part, whole = counts
    found = wilson(part, whole)
    assert 0 <= found.lower <= part / whole <= found.upper <= 1


@given(shares())
def test_interval_of_a_share_mirrors_that_of_the_rest(counts):
    part, whole = counts
    own, rest = wilson(part, whole), wilson(whole - part, whole)
    assert own.lower == pytest.approx(1 - rest.upper, abs=1e-12)
    assert own.upper == pytest.approx(1 - rest.lower, abs=1e-12)


@given(shares(10_000), st.integers(2, 50))
def test_more_counts_of_the_same_share_are_surer(counts, times):
    part, whole = counts
    few, many = wilson(part, whole), wilson(part * times, whole * times)
    assert many.upper - many.lower < few.upper - few.lower


@given(st.integers(0, 5000))
def test_interval_of_a_count_holds_it(events):
    found = poisson(events)
    assert 0 <= found.lower <= events < found.upper


@given(st.integers(1, 2000), st.integers(2, 20))
def test_more_events_of_the_same_rate_are_surer(events, times):
    few, many = poisson(events), poisson(events * times).times(1 / times)
    assert many.upper - many.lower < few.upper - few.lower


@given(st.floats(0, 400))
def test_limits_of_counts_rise_with_them_over_the_change_of_method(events):
    """Averages of years are no whole numbers; Byar begins at the same place as the exact limits end."""
    one, two = poisson(events), poisson(events + 1)
    assert one.lower < two.lower and one.upper < two.upper
    assert poisson(EXACT_BELOW - 1e-9).upper == pytest.approx(poisson(EXACT_BELOW).upper, rel=1e-3)


@given(shares(), st.sampled_from([PART, EVENTS]), st.sampled_from([1, 100, 1000]), st.integers(0, 4))
def test_published_limits_hold_the_published_value(counts, kind, factor, decimals):
    part, whole = counts
    value = Decimal(part) / Decimal(whole) * factor
    published = round(value, decimals)
    low, high = published_interval(value, "reported", Counts(part, whole, kind), factor=factor, decimals=decimals)
    assert low <= published <= high
    assert low.as_tuple().exponent == high.as_tuple().exponent == -decimals


@given(shares(3000), shares(3000), st.sampled_from([PART, EVENTS]))
def test_a_difference_is_the_same_from_both_sides(one, two, kind):
    assert differ(Counts(*one, kind), Counts(*two, kind)) == differ(Counts(*two, kind), Counts(*one, kind))


@given(shares(3000), st.sampled_from([PART, EVENTS]))
def test_equal_values_never_differ(counts, kind):
    assert differ(Counts(*counts, kind), Counts(*counts, kind)) is False


@given(shares(3000), shares(3000))
def test_an_area_differs_from_the_city_as_from_its_rest(area, rest):
    """The difference to the city is the difference to the rest, made smaller by the rest's share of the whole."""
    (a, m), (b, n) = area, rest
    part, whole = Counts(a, m, PART), Counts(a + b, m + n, PART)
    assert rest_of(whole, part) == Counts(b, n, PART)
    assert (part.quotient - whole.quotient) == pytest.approx((a / m - b / n) * n / (m + n), abs=1e-12)
    assert differs_from_whole(part, whole) == differ(part, Counts(b, n, PART))


@given(shares(500), st.integers(50, 200))
def test_much_more_of_everything_makes_every_real_difference_tellable(counts, times):
    part, whole = counts
    other = min(part + max(whole // 5, 1), whole)
    assume(other > part)
    scale = 100 * times
    assert differ(Counts(part * scale, whole * scale, PART), Counts(other * scale, whole * scale, PART)) is True


# ---- Where nothing can be told ----


@pytest.mark.parametrize(
    "counts",
    [
        Counts(None, 100, PART),
        Counts(5, None, PART),
        Counts(5, 0, EVENTS),
        Counts(-1, 100, EVENTS),
        Counts(101, 100, PART),
        Counts(5, 100, ""),
    ],
)
def test_without_usable_counts_there_is_no_interval_and_no_judgement(counts):
    good = Counts(5, 100, counts.kind or PART)
    assert interval_of(counts) is None
    assert differ(counts, good) is differ(good, counts) is None
    assert differs_from_whole(counts, good) is None


@pytest.mark.parametrize("status", ["estimated", "missing", "suppressed", "suppressed_secondary", "not_yet"])
def test_estimates_and_what_is_not_public_have_no_interval(status):
    value = None if status != "estimated" else Decimal(5)
    assert published_interval(value, status, Counts(5, 100, PART), factor=100, decimals=1) is None


def test_counts_of_another_value_give_no_interval():
    assert published_interval(Decimal("7.5"), "reported", Counts(5, 100, PART), factor=100, decimals=1) is None


def test_exactly_nothing_has_an_upper_limit():
    assert published_interval(Decimal(0), "zero", Counts(0, 100, PART), factor=100, decimals=1) == (0, Decimal("3.7"))


def test_without_any_events_no_rates_differ():
    assert differ(Counts(0, 10, EVENTS), Counts(0, 20_000, EVENTS)) is False


def test_the_only_area_has_no_rest_to_be_compared_with():
    assert differs_from_whole(Counts(8, 1958, EVENTS), Counts(8, 1958, EVENTS)) is None
