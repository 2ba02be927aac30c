"""Messy spreadsheets: each trouble is read right, or shown; never passed over."""

from decimal import Decimal

import pytest

from indicators.intake.entries import Skipped, read_entries
from indicators.intake.layout import recognise
from indicators.intake.numbers import NumberReader
from indicators.intake.opening import open_book
from scripts.spreadsheets.material import YEARS, areas, count, rate

from .catalogue import known


@pytest.fixture
def read(spreadsheets):
    """Book, proposal, entries, readings and skipped rows of a messy file."""

    def of(name):
        book = open_book(spreadsheets / "messy" / name)
        proposal = recognise(book, known())
        skipped = []
        entries = list(read_entries(book, proposal.mapping, skipped))
        reader = NumberReader(proposal.mapping.numbers)
        return book, proposal, entries, [reader(e.value) for e in entries], skipped

    return of


PLAIN = [
    "table_begins_in_c5.xlsx",
    "percent_cells.xlsx",
    "percent_cells.xls",
    "percent_cells.ods",
    "hidden_sheet.xlsx",
    "footnotes_and_totals_below.xlsx",
    "names_without_codes.xlsx",
    "decimal_point_and_commas.csv",
    "code_and_name_in_one_cell.csv",
    "header_is_repeated.csv",
    "workbook_named_csv.csv",
    "one_name_is_mistyped.csv",
]


@pytest.mark.parametrize("name", PLAIN)
def test_the_values_of_2024_are_exactly_those_written(read, name):
    _book, proposal, entries, readings, _skipped = read(name)
    assert [r.value for r in readings] == [rate(code) for code, _name in areas()]
    assert {(e.indicator, e.period, e.level) for e in entries} == {("arbeitslosenquote", "2024", "sozialraum")}
    assert proposal.confidence == 1


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_percent_cells_are_multiplied_and_say_so(read, ending):
    _book, _proposal, _entries, readings, _skipped = read(f"percent_cells.{ending}")
    assert {r.unit for r in readings} == {"%"}
    assert readings[0].value == Decimal("20.1")


def test_headers_merged_over_two_rows_give_indicator_and_year(read):
    _book, proposal, entries, readings, _skipped = read("merged_headers_in_two_rows.xlsx")
    found = {(e.indicator, e.period, e.area_code): r.value for e, r in zip(entries, readings, strict=True)}
    assert found["arbeitslosenquote", "2023", "011"] == rate("011", 2023)
    assert found["transferleistungsquote", "2024", "123"] == rate("123", 2024, 1)
    assert len(found) == 4 * len(areas())
    assert (proposal.mapping.tables[0].header_first, proposal.mapping.tables[0].header_last) == (3, 4)


def test_names_above_years_count_for_all_of_them_also_without_merged_cells(read):
    _book, _proposal, entries, readings, _skipped = read("headers_in_two_rows_unmerged.csv")
    found = {(e.indicator, e.area_code, e.period): r.value for e, r in zip(entries, readings, strict=True)}
    slugs = ("arbeitslosenquote", "transferleistungsquote")
    assert found == {(s, c, str(y)): rate(c, y, n) for n, s in enumerate(slugs) for c, _ in areas() for y in YEARS[-2:]}


def test_an_area_merged_over_its_years_is_filled_down(read):
    _book, proposal, entries, readings, _skipped = read("merged_areas.xlsx")
    assert proposal.mapping.fill_down
    found = {(e.area_code, e.area_name, e.period): r.value for e, r in zip(entries, readings, strict=True)}
    assert found == {(c, n, str(y)): rate(c, y) for c, n in areas() for y in YEARS[-3:]}


def test_what_stands_below_the_table_is_skipped_with_its_reason(read):
    *_rest, skipped = read("footnotes_and_totals_below.xlsx")
    assert [s.reason for s in skipped] == ["total", "empty", "footnote", "footnote", "footnote", "footnote"]
    assert skipped[0] == Skipped("Tabelle1", 43, "total", "Dortmund insgesamt")


def test_a_repeated_header_is_skipped(read):
    *_rest, skipped = read("header_is_repeated.csv")
    assert [(s.row, s.reason) for s in skipped] == [(21, "header")]


def test_codes_that_became_numbers_are_marked(read):
    _book, proposal, entries, _readings, _skipped = read("codes_became_numbers.xlsx")
    assert entries[0].area_code == "11"
    assert all(e.code_is_number for e in entries)
    assert proposal.mapping.level == "sozialraum"
    assert "codes_are_numbers" in [n.code for n in proposal.notes]


def test_signs_keep_what_they_say(read):
    _book, proposal, _entries, readings, _skipped = read("signs_instead_of_numbers.xlsx")
    statuses = [r.status for r in readings[:16]]
    assert statuses == [
        *("zero", "zero", "missing", "not_yet", "not_applicable", "not_applicable", "suppressed", "missing"),
        *("missing", "missing", "missing", "missing", "estimated", "missing", "zero", "reported"),
    ]
    assert readings[15].value == Decimal("-1.5")
    noted = [n.found for n in proposal.notes if n.code == "sign_meaning"]
    assert "Das Zeichen »-« steht 1-mal." in noted
    assert "Das Zeichen »*« steht 1-mal." in noted
    assert "Leere Zellen: 1." in noted


def test_numbers_stored_as_text_are_numbers(read):
    *_rest, readings, _skipped = read("numbers_as_text.xlsx")
    expected = ["1234.5", "1234.5", "1234.5", "1234.5", "12.5", "7.1"]
    assert [r.value for r in readings[:6]] == [Decimal(n) for n in expected]


def test_units_and_footnotes_are_told_apart_from_the_number(read):
    *_rest, readings, _skipped = read("units_and_footnote_marks.csv")
    assert [(r.value, r.unit, r.footnote) for r in readings[:4]] == [
        (Decimal("12.5"), "%", ""),
        (Decimal("12.5"), "", "1)"),
        (Decimal("12.5"), "", "¹"),
        (Decimal("12.5"), "", "*"),
    ]
    assert (readings[4].status, readings[5].footnote, readings[6].value) == ("estimated", "2)", Decimal("1234.5"))


def test_apostrophes_group_thousands(read):
    *_rest, readings, _skipped = read("apostrophe_for_thousands.csv")
    assert [r.value for r in readings[:3]] == [Decimal("1234.5"), Decimal("1234.5"), Decimal("12.5")]


def test_thousands_that_could_be_decimals_are_a_question_and_not_read(read):
    _book, proposal, _entries, readings, _skipped = read("thousands_or_decimals.csv")
    assert proposal.mapping.numbers.decimal == ""
    assert "decimal_unknown" in [n.code for n in proposal.notes]
    assert proposal.confidence < 1
    assert all(r.fault for r in readings)


def test_the_planners_answer_settles_thousands(spreadsheets, read):
    _book, proposal, entries, _readings, _skipped = read("thousands_or_decimals.csv")
    rules = proposal.mapping.numbers.__class__(decimal=",")
    assert [NumberReader(rules)(e.value).value for e in entries] == [count(c) for c, _n in areas()]


def test_comma_and_point_in_one_column_are_a_question(read):
    _book, proposal, *_rest = read("comma_and_point_mixed.csv")
    assert proposal.mapping.numbers.decimal == ""
    assert "decimal_mixed" in [n.code for n in proposal.notes]


def test_errors_of_formulas_are_faults_not_gaps(read):
    _book, _proposal, entries, readings, _skipped = read("error_cells.xlsx")
    faults = {(e.row, e.column): r.fault for e, r in zip(entries, readings, strict=True) if r.fault}
    assert faults == {
        (6, 3): "Die Zelle zeigt den Fehler #DIV/0!.",
        (8, 3): "Die Zelle zeigt den Fehler #N/A.",
    }


def test_dates_in_place_of_numbers_are_faults(read):
    *_rest, readings, _skipped = read("dates_for_numbers.xlsx")
    assert [r.fault for r in readings if r.fault] == [
        "Statt einer Zahl steht hier das Datum 12.05.2024; das Programm hat wohl eine Zahl umgewandelt."
    ]


def test_noise_of_arithmetic_is_removed_with_a_note_and_long_fractions_are_refused(read):
    *_rest, readings, _skipped = read("float_noise.xlsx")
    assert (readings[3].value, readings[3].note) == (Decimal("12.3"), "12,30000000000001 wurde als 12,3 gelesen.")
    assert readings[5].fault.endswith("hat mehr als 6 Nachkommastellen.")


def test_years_that_are_dates_are_years(read):
    _book, proposal, entries, readings, _skipped = read("years_are_dates.xlsx")
    assert {e.period for e in entries} == {"2022", "2023", "2024"}
    assert proposal.mapping.layout == "wide_by_year"
    assert readings[0].value == rate("011", 2022)


def test_a_row_that_numbers_the_columns_is_no_data(read):
    _book, proposal, entries, _readings, _skipped = read("columns_are_numbered.xlsx")
    assert proposal.mapping.tables[0].first_row == 5
    assert len(entries) == 7 * len(areas())


def test_two_levels_are_told_apart_by_their_column(read):
    _book, proposal, entries, _readings, _skipped = read("two_levels_in_one_table.xlsx")
    assert [e.level for e in entries].count("stadtbezirk") == 12
    assert [e.level for e in entries].count("sozialraum") == 39
    assert proposal.mapping.level == ""


def test_hidden_sheets_and_cover_sheets_are_named_and_not_read(read):
    book, proposal, entries, _readings, _skipped = read("hidden_sheet.xlsx")
    assert {e.sheet for e in entries} == {"Werte"}
    assert [n.found for n in book.notes] == ["Ausgeblendete Blätter werden nicht gelesen: alt."]
    assert "Ohne Tabelle und deshalb nicht gelesen: Deckblatt." in proposal.reasons


def test_rows_of_unequal_length_are_reported(read):
    book, _proposal, entries, _readings, _skipped = read("ragged_rows.csv")
    assert [(n.kind, n.code) for n in book.notes] == [("warning", "ragged_long"), ("note", "ragged_short")]
    assert [n.row for n in book.notes] == [6, 9]
    assert len(entries) == len(areas())


def test_without_header_the_planner_decides(read):
    _book, proposal, *_rest = read("no_header.csv")
    assert proposal.confidence < 0.5
    assert {"no_header", "indicator_missing", "period_missing"} <= {n.code for n in proposal.notes}


def test_a_wrong_ending_is_noted(read):
    book, *_rest = read("workbook_named_csv.csv")
    assert book.format == "xlsx"
    assert [n.code for n in book.notes] == ["other_format"]
