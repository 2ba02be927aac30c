"""Whatever somebody can write as a number is read back exactly, or refused; never changed."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.intake.grid import Percent
from indicators.intake.numbers import NumberReader, NumberRules, read_number
from indicators.intake.overlay import as_percent

GERMAN, ENGLISH, UNKNOWN = (NumberReader(NumberRules(decimal=mark)) for mark in (",", ".", ""))
SPACES = ["", " ", "\u00a0", "\u202f", "\u2009"]

storable = st.decimals(min_value=-(10**14) + 1, max_value=10**14 - 1, places=6, allow_nan=False).map(
    lambda number: number.normalize() + 0
)
numbers = storable | st.integers(-99_999, 99_999).map(lambda n: Decimal(n) / 10) | st.integers(0, 10**7).map(Decimal)


def plain(number):
    return f"{number:f}"


def grouped(number, thousands, decimal):
    whole, _point, fraction = f"{abs(number):f}".partition(".")
    whole = f"{int(whole):,}".replace(",", thousands)
    return ("-" if number < 0 else "") + whole + (decimal + fraction if fraction else "")


def is_exact_or_refused(reading, number):
    return bool(reading.fault) or reading.value == number


@given(numbers, st.sampled_from([".", "", " ", "\u00a0", "\u202f", "'", "’"]))
def test_german_writing_is_read_back(number, thousands):
    assert GERMAN(grouped(number, thousands, ",")).value == number


@given(numbers, st.sampled_from([",", "", " ", "'", "’"]))
def test_english_and_swiss_writing_is_read_back(number, thousands):
    assert ENGLISH(grouped(number, thousands, ".")).value == number


@given(numbers, st.sampled_from([".", ",", "", " ", "'"]), st.sampled_from([".", ","]))
def test_without_a_known_convention_nothing_is_changed(number, thousands, decimal):
    if thousands != decimal:
        assert is_exact_or_refused(UNKNOWN(grouped(number, thousands, decimal)), number)


@given(numbers, st.sampled_from([",", "", " "]))
def test_the_wrong_convention_is_refused_or_groups_of_thousands(number, thousands):
    text = grouped(number, thousands, ".")
    reading = GERMAN(text)
    one_group = text.count(".") == 1 and len(text.partition(".")[2]) == 3
    can_be_german = text.count(",") == 1 or (one_group and "," not in text)
    as_german = Decimal(text.replace(".", "").replace(",", ".")) if can_be_german else None
    assert is_exact_or_refused(reading, number) or reading.value == as_german


@given(
    numbers,
    st.sampled_from(SPACES),
    st.sampled_from(["", "%", "€", "Personen", "je 1.000", "m²", "Jahre"]),
    st.sampled_from(["", " 1)", "¹", "*", " a)", "²³"]),
    st.booleans(),
)
def test_unit_footnote_and_brackets_do_not_change_the_number(number, space, unit, mark, brackets):
    text = grouped(number, ".", ",") + (space + unit if unit else "")
    if mark in ("¹", "²³", "*") and unit and unit[-1] not in "%€":
        return
    reading = GERMAN((f"({text})" if brackets else text) + mark)
    assert reading.value == number
    assert (reading.unit, reading.footnote) == (unit, mark.strip())
    assert reading.status == ("estimated" if brackets else "zero" if number == 0 else "reported")


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=6, allow_nan=False))
def test_numbers_of_a_spreadsheet_are_read_back(number):
    assert read_number(float(number)).value == number


@given(st.floats())
@example(12.299999999999999)
@example(0.1 + 0.2)
@example(5e-324)
@example(1e22)
def test_any_float_is_what_it_shows_or_refused(number):
    reading = read_number(number)
    if not reading.fault:
        shown = Decimal(f"{number:.15g}")
        assert reading.value in (Decimal(repr(number)), shown)
        assert reading.note or reading.value == Decimal(repr(number))


@given(st.decimals(min_value=-1000, max_value=1000, places=4, allow_nan=False))
def test_percent_cells_mean_what_they_show(number):
    cell = as_percent(float(number / 100))
    assert isinstance(cell, Percent)
    assert read_number(cell).value == number
    assert read_number(cell).unit == "%"


@given(st.integers())
def test_whole_numbers_are_exact_or_refused(number):
    reading = read_number(number)
    assert reading.value == number if abs(number) < 10**14 else reading.fault


@given(st.text(max_size=30))
@settings(max_examples=500)
def test_any_text_is_answered(text):
    for reader in (GERMAN, ENGLISH, UNKNOWN):
        reading = reader(text)
        assert bool(reading.fault) != bool(reading.status)
        if reading.value is not None and reading.status != "zero":
            digits = [c for c in text if c in "0123456789"]
            assert "".join(c for c in plain(abs(reading.value)) if c.isdigit()).strip("0") in "".join(digits)


@given(st.text(alphabet="0123456789.,'’ ()-%−*x/¹", max_size=14))
@settings(max_examples=1000)
def test_any_text_of_digits_and_signs_keeps_its_digits(text):
    for reader in (GERMAN, ENGLISH, UNKNOWN):
        reading = reader(text)
        if reading.value:
            read = plain(abs(reading.value)).replace(".", "").strip("0")
            body = text.replace("¹", "")
            assert read in "".join(c for c in body if c in "0123456789")


@given(storable, st.integers(1, 5))
def test_more_than_six_decimals_are_refused_unless_zeros(number, more):
    text = grouped(number, "", ",")
    text += ("," if "," not in text else "") + "0" * 6 + "1" * more
    assert GERMAN(text).fault
    assert GERMAN(grouped(number, "", ",") + ("" if "," in grouped(number, "", ",") else ",") + "0" * 8).value == number


@pytest.mark.parametrize("text", ["1.234", "12.345", "999.999", "1,234"])
def test_three_digits_after_one_mark_are_a_doubt_until_the_file_shows_the_convention(text):
    assert "die Spalte zeigt nicht, welches gilt" in UNKNOWN(text).fault
    assert GERMAN(text).value == Decimal(text.replace(".", "").replace(",", "."))
    assert ENGLISH(text).value == Decimal(text.replace(",", ""))
