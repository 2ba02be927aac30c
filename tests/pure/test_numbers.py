"""Written and spoken numbers: German and English marks, official table signs, nothing silently turned into zero."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas import numbers
from atlas.numbers import cell, format_number, format_signed, spoken, with_unit
from indicators.statuses import SIGNS, WITH_VALUE, Status

decimals_of = st.integers(0, 4)
amounts = st.decimals(-(10**9), 10**9, allow_nan=False, places=5)
SILENT = [status for status in Status if status not in WITH_VALUE]


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        ("999", 0, "999", "999"),
        ("1234", 0, "1.234", "1,234"),
        ("603609.4", 0, "603.609", "603,609"),
        ("1234.55", 1, "1.234,6", "1,234.6"),
        ("12.25", 1, "12,3", "12.3"),  # half up, as official statistics do
        ("-4.3", 1, "−4,3", "−4.3"),
        ("-0.04", 1, "0,0", "0.0"),  # no minus before a zero
        ("1234567.891", 2, "1.234.567,89", "1,234,567.89"),
    ],
)
def test_numbers_are_written_as_in_print(value, decimals, german, english):
    assert format_number(Decimal(value), decimals) == german
    assert format_number(Decimal(value), decimals, "en") == english


def test_nothing_is_written_for_no_number():
    assert format_number(None, 1) == ""
    assert format_signed(None, 1) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.2", "+1,2"), ("-4.3", "−4,3"), ("0.04", "±0,0"), ("-0.04", "±0,0"), ("1234", "+1.234,0")],
)
def test_changes_carry_their_sign(value, text):
    assert format_signed(Decimal(value), 1) == text


@given(amounts, decimals_of)
def test_a_written_number_can_be_read_back(value, decimals):
    text = format_number(value, decimals)
    back = Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(back - value) <= Decimal(5).scaleb(-decimals - 1)
    english = format_number(value, decimals, "en")
    assert english.translate(str.maketrans(",.", ".,")) == text


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("36,8", "%", "36,8\u202f%"),
        ("(34,6)", "%", "(34,6)\u202f%"),
        ("40,3", "m²", "40,3\u00a0m²"),
        ("9,8", "je 1.000", "9,8\u00a0je\u00a01.000"),
        ("13.570", "", "13.570"),
        (".", "%", "."),
        ("...", "%", "..."),
        ("–", "%", "–"),
    ],
)
def test_units_stay_with_their_number(text, unit, shown):
    assert with_unit(text, unit) == shown


@pytest.mark.parametrize("status", SILENT)
def test_no_number_means_the_official_sign(status):
    assert cell(None, status, 1) == SIGNS[status]
    assert "0" not in spoken(None, status, 1, "%")


def test_numbers_in_cells():
    assert cell(Decimal(0), Status.ZERO, 1) == "–"
    assert cell(Decimal("34.6"), Status.ESTIMATED, 1) == "(34,6)"
    assert cell(Decimal("34.6"), Status.ESTIMATED, 1, "en") == "(34.6)"
    assert cell(Decimal("6.2"), Status.JOINT, 1) == "6,2\u00a0J"
    assert cell(Decimal("36.8"), Status.REPORTED, 1) == "36,8"
    assert cell(Decimal("0.04"), Status.REPORTED, 1) == "0"
    assert cell(Decimal("0.04"), Status.ESTIMATED, 1) == "(0)"


@given(amounts, decimals_of, st.sampled_from(sorted(WITH_VALUE)))
def test_zero_and_almost_zero_are_told_apart(value, decimals, status):
    text = cell(value, status, decimals)
    assert (text == "–") == (status == Status.ZERO)
    assert any(sign.isdigit() for sign in text) == (status != Status.ZERO)


@pytest.mark.parametrize(
    ("value", "status", "unit_long", "german"),
    [
        ("34.6", "estimated", "% der Bevölkerung", "geschätzt 34,6 Prozent der Bevölkerung"),
        ("6.2", "joint", "% der Erwerbspersonen", "6,2 Prozent der Erwerbspersonen, gemeinsamer Wert mehrerer Gebiete"),
        ("65.5", "reported", "Einwohner je ha Siedlungsfläche", "65,5 Einwohner je Hektar Siedlungsfläche"),
        ("40.3", "reported", "m² je Einwohner", "40,3 Quadratmeter je Einwohner"),
        ("-2.5", "reported", "%", "minus 2,5 Prozent"),
        ("0", "zero", "%", "genau null"),
        ("0.04", "reported", "%", "fast null"),
        (None, "missing", "%", "kein Wert bekannt"),
        (None, "suppressed_secondary", "%", "geheim zu halten"),
    ],
)
def test_screen_readers_get_words(value, status, unit_long, german):
    assert spoken(value and Decimal(value), status, 1, unit_long) == german


def test_english_is_spoken_too():
    assert spoken(Decimal("1234.5"), "estimated", 1, "% of the population", "en") == (
        "estimated 1,234.5 per cent of the population"
    )


@pytest.mark.parametrize(
    ("value", "status"), [(None, "reported"), (Decimal(3), "missing"), (None, "zero"), (None, "?")]
)
def test_contradictions_are_refused(value, status):
    with pytest.raises(ValueError, match="status"):
        cell(value, status, 1)
    with pytest.raises(ValueError, match="status"):
        spoken(value, status, 1, "%")


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(numbers).failed == 0
