"""Cells of statistics offices, one by one."""

from datetime import date, time
from decimal import Decimal

import pytest

from indicators.intake.numbers import NumberReader, NumberRules, read_number
from indicators.intake.signs import DEFAULT_SIGNS, STATUSES
from indicators.statuses import Status

GERMAN = NumberReader(NumberRules(decimal=","))


def test_statuses_of_signs_are_those_of_the_portal_and_carry_no_number_unless_zero():
    assert set(DEFAULT_SIGNS.values()) <= set(STATUSES) <= set(Status.values)
    assert all(not Status(s).has_value for s in STATUSES if s != "zero")


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("–", "zero"),
        ("—", "zero"),
        ("-", "zero"),
        ("−", "zero"),
        (".", "missing"),
        ("...", "not_yet"),
        ("…", "not_yet"),
        (". . .", "not_yet"),
        ("x", "not_applicable"),
        ("X", "not_applicable"),
        ("/", "missing"),
        ("*", "suppressed"),
        ("..", "missing"),
        ("k.A.", "missing"),
        ("k. A.", "missing"),
        ("keine Angabe", "missing"),
        ("n.v.", "missing"),
        ("n/a", "missing"),
        ("", "missing"),
        ("  ", "missing"),
        (None, "missing"),
    ],
)
def test_a_sign_has_its_meaning(cell, status):
    reading = GERMAN(cell)
    assert (reading.status, reading.fault) == (status, "")
    assert reading.value == (0 if status == "zero" else None)


@pytest.mark.parametrize("cell", ["– 1)", "–¹", ". 2)", "x 1)", "k. A. 1)"])
def test_a_sign_may_carry_a_footnote(cell):
    assert GERMAN(cell).status in ("zero", "missing", "not_applicable")
    assert GERMAN(cell).footnote in ("1)", "¹", "2)")


def test_missing_is_never_zero():
    for sign, status in DEFAULT_SIGNS.items():
        assert (GERMAN(sign).value is None) == (status != "zero")


def test_the_mapping_decides_what_a_doubtful_sign_means():
    rules = NumberRules(signs={**DEFAULT_SIGNS, "-": "missing", "*": "not_applicable"})
    reader = NumberReader(rules)
    assert (reader("-").status, reader("*").status, reader("–").status) == ("missing", "not_applicable", "zero")


def test_a_sign_without_a_meaning_in_the_mapping_is_a_fault():
    reader = NumberReader(NumberRules(signs={"–": "zero"}))
    assert reader("x").fault == "Das Zeichen »x« ist in der Vorlage nicht gedeutet."
    assert reader("").fault


@pytest.mark.parametrize("cell", [0, 0.0, "0", "0,0", "-0", Decimal(0)])
def test_a_written_zero_is_exactly_nothing_unless_the_mapping_says_otherwise(cell):
    assert GERMAN(cell)[:2] == (Decimal(0), "zero")
    assert read_number(cell, NumberRules(decimal=",", zero="reported"))[:2] == (Decimal(0), "reported")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("12.5", "das Komma"),
        ("1,2 Mio.", "Größenordnung"),
        ("3 Tsd.", "Größenordnung"),
        ("< 5", "ungefähre Angabe"),
        ("ca. 12", "ungefähre Angabe"),
        ("5 von 10", "mehr als eine Zahl"),
        ("1e5", "mehr als eine Zahl"),
        ("12-15", "mehr als eine Zahl"),
        ("007", "führende Nullen"),
        ("12.05.2024", "Trennzeichen"),
        ("1.23.456", "Trennzeichen"),
        ("1 23", "Trennzeichen"),
        ("Hörde", "weder eine Zahl noch ein bekanntes Tabellenzeichen"),
        ("1,2345678", "mehr als 6 Nachkommastellen"),
        ("123456789012345", "mehr als 14 Stellen"),
        ("#DIV/0!", "Fehler #DIV/0!"),
        ("#NV", "Fehler #NV"),
        ("#WERT!", "Fehler #WERT!"),
        (True, "Wahrheitswert (WAHR)"),
        (date(2024, 5, 12), "das Datum 12.05.2024"),
        (time(12, 30), "Uhrzeit"),
        (float("nan"), "keine endliche Zahl"),
        ("٣", "weder eine Zahl"),
    ],
)
def test_what_cannot_be_read_without_guessing_is_refused_in_words(cell, words):
    reading = GERMAN(cell)
    assert words in reading.fault
    assert reading[:2] == (None, "")


def test_brackets_mean_estimated_negative_or_nothing_as_the_mapping_says():
    assert GERMAN("(12,3)")[:2] == (Decimal("12.3"), "estimated")
    assert read_number("(12,3)", NumberRules(decimal=",", brackets="negative")).value == Decimal("-12.3")
    assert read_number("(12,3)", NumberRules(decimal=",", brackets="refuse")).fault


def test_rounding_is_a_decision_of_the_mapping_and_noted():
    reading = read_number(1 / 3, NumberRules(round_to=2))
    assert reading.value == Decimal("0.33")
    assert reading.note == "0,3333333333333333 wurde als 0,33 gelesen."


def test_equal_cells_of_different_kinds_are_not_mixed_up_by_the_memory():
    reader = NumberReader()
    assert reader(1.0).value == 1
    assert reader(True).fault
    assert reader("1").value == 1
