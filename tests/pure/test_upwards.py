"""From delivered values to larger areas: numbers that several areas share count once."""

from decimal import Decimal

import pytest

from indicators.statistics.upwards import Delivered, Division, figures_of_levels

DIVISION = Division(
    levels=("stadt", "bezirk", "viertel"),
    smallest="viertel",
    parts={
        ("stadt", "0"): frozenset("1234"),
        ("bezirk", "A"): frozenset("12"),
        ("bezirk", "B"): frozenset("34"),
        **{("viertel", code): frozenset(code) for code in "1234"},
    },
)


def cell(value, joint="", *, of=None):
    numerator = None if of is None else Decimal(value)
    rate = Decimal(value) if of is None else Decimal(value) * 100 / of
    return Delivered(rate, "joint" if joint else "reported", numerator, None if of is None else Decimal(of), joint)


def combined(values, rule):
    cells = {("viertel", code): found for code, found in values.items()}
    found = figures_of_levels(cells, division=DIVISION, levels=("stadt", "bezirk"), rule=rule, factor=100, weights={})
    return {code: figure.value for (_level, code), figure in found.items()}


def test_a_count_that_two_areas_share_is_added_once():
    values = {"1": cell(7, "1+2"), "2": cell(7, "1+2"), "3": cell(4), "4": cell(5)}
    assert combined(values, "sum") == {"0": 16, "A": 7, "B": 9}


def test_cases_that_two_areas_share_are_counted_once_in_a_rate():
    values = {"1": cell(10, "1+2", of=100), "2": cell(10, "1+2", of=100), "3": cell(1, of=50), "4": cell(4, of=50)}
    assert combined(values, "ratio") == {"0": Decimal("7.5"), "A": 10, "B": 5}


@pytest.mark.parametrize("rule", ["sum", "ratio"])
def test_what_is_shared_across_a_border_cannot_be_divided(rule):
    values = {"1": cell(3, of=10), "2": cell(7, "2+3", of=70), "3": cell(7, "2+3", of=70), "4": cell(5, of=20)}
    found = combined(values, rule)
    assert found.get("A") is None and found.get("B") is None
    assert found["0"] is not None, "the whole city holds both"


def test_the_city_counts_it_once_also_across_a_border():
    values = {"1": cell(3), "2": cell(7, "2+3"), "3": cell(7, "2+3"), "4": cell(5)}
    assert combined(values, "sum")["0"] == 15


def test_areas_keep_their_order_by_code():
    assert DIVISION.at("viertel") == tuple(("viertel", code) for code in "1234")
    assert DIVISION.at("unbekannt") == ()
    assert DIVISION.dividing(("stadt", "0"), "bezirk") == [("bezirk", "A"), ("bezirk", "B")]
