"""What is typed in a cell of the grid: read exactly, or refused with a reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.intake.cells import CellFault, CellReader, CellRules, State, Typed, cell_text, fingerprint
from indicators.intake.gridchecks import (
    Measure,
    Whole,
    check_cell,
    check_gaps,
    check_jumps,
    check_sums,
)

READ = CellReader(CellRules(unit="%", factor=100, codes=frozenset({"001", "002"})))
SHARE = Measure("%", 1, lowest=Decimal(0), highest=Decimal(100))
COUNT = Measure("", 0, lowest=Decimal(0), is_count=True)
STATUSES_WITH_VALUE = ["reported", "estimated", "joint"]


def typed(text="", **more):
    return Typed("001", "2024", text=text, **more)


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("12,3", "12.3", "reported"),
        ("1.234,5", "1234.5", "reported"),
        ("12,3 %", "12.3", "reported"),
        ("(12,3)", "12.3", "estimated"),
        ("–", "0", "zero"),
        ("-", "0", "zero"),
        (".", None, "missing"),
        ("...", None, "not_yet"),
        ("x", None, "not_applicable"),
        ("/", None, "missing"),
        ("*", None, "suppressed"),
        ("-3,4", "-3.4", "reported"),
    ],
)
def test_signs_and_numbers(text, value, status):
    state = READ(typed(text))
    assert (state.value, state.status) == (None if value is None else Decimal(value), status)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (typed("abc"), "abc"),
        (typed("12.3"), "12,3"),
        (typed("5 €"), "Einheit"),
        (typed("12,3 1)"), "1)"),
        (typed("0,1234567"), "6 Nachkommastellen"),
        (typed("1" * 15), "14 Stellen"),
        (typed("5", status="missing"), "keine Zahl"),
        (typed("", status="reported"), "gehört eine Zahl"),
        (typed("5", status="zero"), "null"),
        (typed("5", status="nonsense"), "Status"),
        (typed("5", status="joint", joint_with="001+009"), "009"),
        (typed("5", status="joint"), "mindestens ein weiteres"),
        (typed("5", numerator="viel"), "Zähler"),
        (typed("5", denominator="-1"), "negativ"),
        (typed(computed=True, numerator="3"), "fehlt"),
        (typed(computed=True, numerator="3", denominator="0"), "Nenner ist null"),
        (typed("5", comment="a" * 2001), "zu lang"),
    ],
)
def test_faults_say_why(cell, reason):
    with pytest.raises(CellFault, match=reason.replace(")", r"\)")):
        READ(cell)


def test_the_rate_is_computed_from_its_parts():
    state = READ(typed(computed=True, numerator="1", denominator="3"))
    assert state.value == Decimal("33.333333")
    assert READ(typed(computed=True, numerator="0", denominator="3")).status == "zero"


def test_an_emptied_cell_is_not_known_where_something_was_published():
    assert READ(typed("")) is None
    assert READ(typed(""), State(Decimal(5), "reported")).status == "missing"


def test_a_chosen_status_is_kept_where_the_sign_means_several():
    assert READ(typed(".", status="suppressed_secondary")).status == "suppressed_secondary"
    assert READ(typed("...", status="suppressed")).status == "suppressed"
    assert READ(typed("0", status="reported")).status == "reported"


@given(
    st.decimals(min_value=-(10**13), max_value=10**13, places=6, allow_nan=False, allow_infinity=False),
    st.sampled_from(STATUSES_WITH_VALUE),
)
def test_what_a_cell_shows_is_read_back_unchanged(value, status):
    state = State(value, status, joint_with="001+002" if status == "joint" else "")
    shown = cell_text(state, 1)
    assert READ(Typed("001", "2024", text=shown, status=status, joint_with=state.joint_with)) == state


def test_fingerprints_differ_with_everything_that_is_stored():
    state = State(Decimal("1.5"), "reported")
    others = [
        State(Decimal("1.6"), "reported"),
        State(Decimal("1.5"), "estimated"),
        State(Decimal("1.5"), "reported", numerator=Decimal(1)),
        State(Decimal("1.5"), "reported", comment="neu"),
    ]
    assert fingerprint(state, None) == fingerprint(State(Decimal("1.500000"), "reported"), None)
    marks = {fingerprint(state, None), fingerprint(None, state), *(fingerprint(o, None) for o in others)}
    assert len(marks) == len(others) + 2


def table(period, values):
    return {(f"{i:03}", period): State(Decimal(str(v)), "reported") for i, v in enumerate(values)}


def test_a_share_over_100_and_a_negative_count_are_errors():
    assert [r.kind for r in check_cell(("001", "2024"), State(Decimal("100.1"), "reported"), SHARE)] == ["error"]
    assert [r.kind for r in check_cell(("001", "2024"), State(Decimal(-1), "reported"), COUNT)] == ["error"]
    assert check_cell(("001", "2024"), State(Decimal(100), "reported"), SHARE) == []


def test_a_value_that_is_not_its_rate_is_a_warning():
    state = State(Decimal(50), "reported", Decimal(1), Decimal(4))
    assert [(r.kind, r.code) for r in check_cell(("001", "2024"), state, SHARE)] == [("warning", "rate")]


def test_jumps_skip_empty_years_and_stop_at_breaks():
    before = table("2020", [10, 11, 12, 13, 14, 15, 16, 17, 18])
    after = table("2024", [10.1, 11.2, 12.1, 13.3, 14.2, 15.1, 16.3, 17.2, 81])
    whole = before | after | table("2022", [1])
    found = check_jumps(whole, list(after), SHARE, [])
    assert [(r.area, r.code) for r in found] == [("008", "jump")]
    assert check_jumps(whole, list(after), SHARE, ["2023"]) == []
    assert check_jumps(whole, [("000", "2024")], SHARE, []) == [], "only what was typed is remarked"


def test_counts_that_sink_to_nothing_are_jumps_and_chance_is_none():
    before = table("2023", [400] * 9 + [12])
    after = table("2024", [410, 405, 402, 404, 403, 401, 406, 407, 0, 0])
    found = check_jumps(before | after, list(after), COUNT, [])
    assert [(r.area, r.code) for r in found] == [("008", "jump")]


def test_sums_beyond_rounding():
    parts = table("2024", [100, 200, 300])
    whole = Whole("Stadt", frozenset({"000", "001", "002"}), {"2024": Decimal(700)})
    assert [r.code for r in check_sums(parts, ["2024"], [whole], COUNT)] == ["sum"]
    right = Whole("Stadt", whole.parts, {"2024": Decimal(601)})
    assert check_sums(parts, ["2024"], [right], COUNT) == []
    assert check_sums(parts, ["2024"], [whole], SHARE) == [], "shares do not add up"


def test_gaps_name_areas_only_where_others_have_values():
    areas = {"000": "Nord", "001": "Mitte", "002": "Süd"}
    found = check_gaps(table("2024", [1, 2]), ["2024", "2025"], areas)
    assert [(r.kind, r.period) for r in found] == [("note", "2024")] and "Süd" in found[0].text
