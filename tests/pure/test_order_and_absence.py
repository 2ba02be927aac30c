"""The order of areas never matters, and an area without data changes nothing for the others: formulas, sums, classes,
ranks. (Indices: `test_composite_index`, `test_index_inputs`; analyses: the tests of each.)"""

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.deriving import Places, Rule, derived_figures
from indicators.statistics.classes import CLASS_COUNTS, Method, find_limits
from indicators.statistics.formulas import FACTORS, OVER_TIME, RATIOS, Kind
from indicators.statistics.ranking import rank_descending
from indicators.statistics.upwards import MISSING, Delivered, Division, figures_of_levels

COMPUTED = [Method.NATURAL, Method.QUANTILES, Method.EQUAL, Method.DEVIATION]
PERIODS = ("2020", "2021", "2022")
WITHOUT = [MISSING, Delivered(None, "suppressed"), Delivered(None, "not_yet"), Delivered(None, "not_applicable")]
few = settings(max_examples=30)  # of each kind
every_kind = pytest.mark.parametrize("kind", list(Kind))
every_rule = pytest.mark.parametrize("rule", ["sum", "ratio", "weighted_mean", "none"])


def key(code: str, level: str = "viertel") -> tuple[str, str]:
    return level, code


def number_cell(number: int, below: int) -> Delivered:
    return Delivered(D(number), "reported" if number else "zero", D(number), D(below))


numbered = st.builds(number_cell, st.integers(0, 500), st.integers(500, 900))
cells = st.one_of(numbered, numbered, numbered, st.sampled_from(WITHOUT))
CODES = [f"{n:02}" for n in range(12)]


@st.composite
def inputs(draw):
    """Two indicators in three periods for up to eight areas."""
    keys = [key(code) for code in CODES[: draw(st.integers(2, 8))]]
    return {pk: {period: {k: draw(cells) for k in keys} for period in PERIODS} for pk in (1, 2)}


def rule_of(kind: Kind, *, is_count: bool) -> Rule:
    many = kind in RATIOS or kind == Kind.DIFFERENCE
    return Rule(
        kind=kind, of=(1, 2) if kind == Kind.SUM else (1,), by=(2,) if many else (),
        periods_back=1 if kind in (Kind.CHANGE, Kind.CHANGE_PERCENT) else None,
        base_period="2020" if kind == Kind.INDEX else "", years=2 if kind == Kind.MOVING_AVERAGE else None,
        factor=FACTORS.get(kind, 1), counted=False, is_count=is_count, gaps=(),
    )  # fmt: skip


def derived(rule: Rule, given_cells, keys) -> dict:
    places = Places(lambda _period, _level: keys, lambda _pk, _period, k: int(k[1]), 3)
    sizes = {int(code): D(int(code) + 1) for code in CODES}
    return derived_figures(rule, given_cells, places=places, levels=["viertel"], sizes=sizes)


def shuffled(table, random) -> dict:
    items = list(table.items())
    random.shuffle(items)
    return dict(items)


@every_kind
@few
@given(given_cells=inputs(), is_count=st.booleans(), random=st.randoms())
def test_the_order_of_areas_does_not_matter_to_a_formula(kind, given_cells, is_count, random):
    rule, keys = rule_of(kind, is_count=is_count), list(given_cells[1]["2020"])
    before = derived(rule, given_cells, keys)
    random.shuffle(keys)
    mixed = {
        pk: shuffled({at: shuffled(of, random) for at, of in by.items()}, random) for pk, by in given_cells.items()
    }
    assert derived(rule, mixed, keys) == before
    assert kind in OVER_TIME or set(before) <= set(PERIODS)


@every_kind
@few
@given(given_cells=inputs(), is_count=st.booleans(), empty=st.sampled_from([None, *WITHOUT]), place=st.integers(0, 8))
def test_an_area_without_data_changes_no_result_of_a_formula(kind, given_cells, is_count, empty, place):
    rule, keys = rule_of(kind, is_count=is_count), list(given_cells[1]["2020"])
    before = derived(rule, given_cells, keys)
    new = key("11")
    more = {
        pk: {at: of if empty is None else {new: empty, **of} for at, of in by.items()} for pk, by in given_cells.items()
    }
    after = derived(rule, more, [*keys[:place], new, *keys[place:]])
    assert {at: {k: cell for k, cell in of.items() if k != new} for at, of in after.items()} == before
    assert all(of[new].value is None for of in after.values())


DIVISION = Division(
    ("stadt", "bezirk", "viertel"), "viertel",
    {key("0", "stadt"): frozenset(CODES[:6]), key("1", "bezirk"): frozenset(CODES[:3]),
     key("2", "bezirk"): frozenset(CODES[3:6]), **{key(code): frozenset([code]) for code in CODES[:6]}},
)  # fmt: skip
values = st.dictionaries(st.sampled_from([key(code) for code in CODES[:6]]), cells, min_size=1)


def upwards(delivered, rule: str, division: Division = DIVISION) -> dict:
    weights = {key(code): Delivered(D(int(code) + 1), "reported") for code in CODES}
    return figures_of_levels(
        delivered, division=division, levels=division.levels, rule=rule, factor=100, weights=weights
    )  # fmt: skip


@every_rule
@few
@given(delivered=values, random=st.randoms())
def test_the_order_of_values_does_not_matter_to_larger_areas(rule, delivered, random):
    mixed = Division(DIVISION.levels, "viertel", shuffled(DIVISION.parts, random))
    assert upwards(shuffled(delivered, random), rule, mixed) == upwards(delivered, rule)


@every_rule
@few
@given(delivered=values, empty=st.sampled_from([None, *WITHOUT]))
def test_an_area_without_data_changes_only_what_it_is_part_of(rule, delivered, empty):
    """A quarter that belongs to no larger area, then one that lies in a district of its own."""
    new, district = key("11"), key("3", "bezirk")
    more = Division(DIVISION.levels, "viertel", {**DIVISION.parts, new: frozenset(["11"]), district: frozenset(["11"])})
    after = upwards(delivered if empty is None else {**delivered, new: empty}, rule, more)
    before = upwards(delivered, rule)
    assert {k: cell for k, cell in after.items() if k not in (new, district)} == before
    assert all(after[k].value is None for k in (new, district) if k in after)


rates = st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=1, max_size=40)


@given(rates, st.sampled_from(COMPUTED), st.sampled_from(list(CLASS_COUNTS)), st.randoms(), st.integers(1, 3))
def test_classes_know_no_order_and_no_missing_values(numbers, method, count, random, missing):
    expected = find_limits(numbers, method, count, decimals=1)
    mixed = [*numbers, *[None] * missing]
    random.shuffle(mixed)
    assert find_limits(mixed, method, count, decimals=1) == expected


@given(st.dictionaries(st.sampled_from(CODES), st.integers(0, 5).map(D), min_size=1), st.randoms())
def test_ranks_know_no_order_and_say_how_many_are_higher(numbers, random):
    found = rank_descending(numbers)
    assert found == rank_descending(shuffled(numbers, random))
    assert found == {code: 1 + sum(other > number for other in numbers.values()) for code, number in numbers.items()}
