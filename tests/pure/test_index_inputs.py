"""Which areas take part in an index: all numbers there, enough people, nothing secret, changes that may be told."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from indicators.index_definitions import Definition, Part
from indicators.indexing import index_outcomes
from indicators.statistics.composite import Component, Rules
from indicators.statistics.index_classes import ClassRule
from indicators.statistics.index_inputs import Left, Series, Size, inputs_of
from indicators.statistics.upwards import Delivered, Division

STATUS = Rules(ClassRule((D(-1), D(1), D("1.5"))))


def key(code):
    return ("quartier", code)


def cells(**values):
    return {key(code): cell(value) for code, value in values.items()}


def cell(value, status="reported", joint=""):
    return value if isinstance(value, Delivered) else Delivered(D(value), status, joint_with=joint)


MISSING = Delivered(None, "missing")
SECRET = Delivered(None, "suppressed_secondary")


def test_an_area_takes_part_only_with_a_number_of_every_indicator():
    found = inputs_of(
        [key(c) for c in "abcd"],
        [Series("x", cells(a=1, b=2, c=SECRET)), Series("y", cells(a=1, b=MISSING, c=MISSING))],
    )
    assert found.values == {key("a"): (1, 1)}
    assert found.left == {
        key("b"): Left("missing", ("y",)),
        key("c"): Left("secret", ("x",)),
        key("d"): Left("missing", ("x", "y")),
    }


def test_small_uncounted_and_excluded_areas_take_no_part():
    size = Size(300, cells(a=299, b=300, c=SECRET, e=5000))
    found = inputs_of([key(c) for c in "abcde"], [Series("x", cells(a=1, b=2, c=3, d=4, e=5))], size=size,
                      excluded={key("e")})  # fmt: skip
    assert found.values == {key("b"): (2,)}
    assert {k[1]: left.reason for k, left in found.left.items()} == {
        "a": "few", "c": "uncounted", "d": "uncounted", "e": "excluded",
    }  # fmt: skip


def test_a_change_is_used_only_where_it_may_be_told():
    joint = Delivered(D(5), "joint", joint_with="b+c")
    before = cells(a=4, b=4, c=joint, d=Delivered(D(9), "estimated"))
    after = cells(a=7, b=joint, c=joint, d=Delivered(D(8), "estimated"))
    areas = [key(c) for c in "abcd"]
    rates = inputs_of(areas, [Series("x", after, before)])
    assert rates.values == {key("a"): (3,), key("c"): (0,), key("d"): (-1,)}
    assert rates.left == {key("b"): Left("incomparable", ("x",))}
    assert rates.estimated == {key("d")} and rates.joint == {key("c"): "b+c"}
    counts = inputs_of(areas, [Series("x", after, before, is_count=True)])
    assert counts.left[key("d")] == Left("incomparable", ("x",))


DIVISION = Division(levels=("quartier",), smallest="quartier", parts={key(c): frozenset({c}) for c in "abcdefgh"})


def definition(**changes):
    told = {
        "pk": 9, "kind": "status", "parts": (Part(1, Component("x", D(1)), False, ()),), "rules": STATUS,
        "levels": ("quartier",), "minimum": 0, "population": None, "excluded": frozenset(), "between": None, "back": None,
    }  # fmt: skip
    return Definition(**told | changes)


def outcome(defined, of_one):
    return index_outcomes([defined], {1: of_one}, DIVISION)[9]


def test_a_suppressed_input_gives_a_suppressed_score_and_leaves_the_others_as_without_it():
    known = cells(a=1, b=2, c=3, d=7)
    secret = outcome(definition(), {"2024": known | {key("e"): SECRET}})
    absent = outcome(definition(), {"2024": known})
    assert secret.cells["2024"][key("e")] == Delivered(None, "suppressed")
    assert absent.cells["2024"][key("e")] == Delivered(None, "missing")
    assert secret.results[0].scores == absent.results[0].scores
    assert secret.results[0].stability == absent.results[0].stability


@given(st.lists(st.integers(0, 500), min_size=3, max_size=7))
def test_an_area_without_data_changes_nothing_else(values):
    some = {key(code): Delivered(D(v), "reported") for code, v in zip("abcdefg", values, strict=False)}
    before = outcome(definition(), {"2024": some}).results[0]
    after = outcome(definition(), {"2024": some | {key("h"): MISSING}}).results[0]
    assert (before.scores, before.stability, before.spreads) == (after.scores, after.stability, after.spreads)


def test_too_few_areas_give_no_index():
    assert outcome(definition(), {"2024": cells(a=1, b=2)}).cells == {}


def test_scores_say_what_kind_of_number_they_are():
    found = outcome(definition(), {"2024": cells(a=1, b=Delivered(D(2), "estimated"), c=Delivered(D(3), "joint",
                    joint_with="c+d"), d=Delivered(D(3), "joint", joint_with="c+d"), e=Delivered(D(0), "zero"))})  # fmt: skip
    of = found.cells["2024"]
    assert [of[key(c)].status for c in "abcde"] == ["reported", "estimated", "joint", "joint", "reported"]
    assert of[key("c")].joint_with == "c+d"


YEARS = {str(year): cells(a=year % 7, b=year % 5, c=year % 3, d=year % 11) for year in (2016, 2018, 2020, 2024)}


def spans(found):
    return [(result.earlier, result.period) for result in found.results]


def test_n_periods_back_are_n_periods():
    assert spans(outcome(definition(kind="dynamics", back=1), YEARS)) == [
        ("2016", "2018"), ("2018", "2020"), ("2020", "2024"),
    ]  # fmt: skip
    assert spans(outcome(definition(kind="dynamics", back=3), YEARS)) == [("2016", "2024")]
    assert spans(outcome(definition(kind="dynamics", back=4), YEARS)) == []


def test_no_dynamics_across_a_break_in_the_series():
    broken = (Part(1, Component("x", D(1)), False, ("2020",)),)
    assert spans(outcome(definition(kind="dynamics", between=("2018", "2024")), YEARS)) == [("2018", "2024")]
    assert spans(outcome(definition(kind="dynamics", between=("2018", "2024"), parts=broken), YEARS)) == []
    assert spans(outcome(definition(kind="dynamics", back=1, parts=broken), YEARS)) == [
        ("2016", "2018"), ("2020", "2024"),
    ]  # fmt: skip
    assert spans(outcome(definition(kind="dynamics", between=("2017", "2024")), YEARS)) == []
