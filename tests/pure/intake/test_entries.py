"""Entries: what a mapping makes of rows, also in odd corners."""

from datetime import date

import pytest

from indicators.intake.entries import Skipped, read_entries
from indicators.intake.findings import Refusal
from indicators.intake.grid import Book, Sheet
from indicators.intake.mapping import Column, Mapping, Table
from indicators.intake.years import is_period, period_of, years_in


def book_of(*rows, name="Tabelle1", **more):
    return Book("a.xlsx", "xlsx", [Sheet(name, len(rows), 9, lambda: iter([list(r) for r in rows]), **more)])


def mapping_of(*roles, **more):
    columns = tuple(Column(i, *(r if isinstance(r, tuple) else (r,))) for i, r in enumerate(roles, 1))
    return Mapping(tables=(Table(columns=columns),), **more)


def values(book, mapping, skipped=None):
    return [(e.area_code, e.area_name, e.indicator, e.period, e.value) for e in read_entries(book, mapping, skipped)]


def test_columns_of_one_indicator_and_year_make_one_entry():
    book = book_of([], ["011", 10, 5, 50, 7])
    mapping = mapping_of(
        "area_code",
        ("value", "", "a", "2024"),
        ("numerator", "", "a", "2024"),
        ("denominator", "", "a", "2024"),
        ("value", "", "b", "2024"),
    )
    entries = list(read_entries(book, mapping))
    assert [(e.indicator, e.value, e.numerator, e.denominator, e.column) for e in entries] == [
        ("a", 10, 5, 50, 2),
        ("b", 7, None, None, 5),
    ]


def test_a_column_may_serve_twice():
    book = book_of([], ["011", 5, 9, 50])
    columns = (
        Column(1, "area_code"),
        Column(2, "numerator", "", "a"),
        Column(3, "numerator", "", "b"),
        Column(4, "denominator", "", "a"),
        Column(4, "denominator", "", "b"),
    )
    entries = list(read_entries(book, Mapping(tables=(Table(columns=columns),), period="2024")))
    assert [(e.indicator, e.numerator, e.denominator) for e in entries] == [("a", 5, 50), ("b", 9, 50)]


def test_words_of_the_file_become_codes():
    book = book_of([], ["UB", "011", "ALQ", "31.12.2024", "12,5"])
    mapping = mapping_of(
        "area_level",
        "area_code",
        "indicator",
        "period",
        "value",
        level_words={"UB": "unterbezirk"},
        indicator_words={"ALQ": "arbeitslosenquote"},
    )
    (entry,) = read_entries(book, mapping)
    assert (entry.level, entry.indicator, entry.period) == ("unterbezirk", "arbeitslosenquote", "2024")


def test_a_school_year_stays_until_the_indicator_is_known():
    (entry,) = read_entries(book_of([], ["011", "2024/25", 5]), mapping_of("area_code", "period", "value"))
    assert entry.period == "2024/25"


def test_unknown_words_stay_for_the_check():
    (entry,) = read_entries(
        book_of([], ["Kreis", "011", "Foo", "II/24", 1]),
        mapping_of("area_level", "area_code", "indicator", "period", "value"),
    )
    assert (entry.level, entry.indicator, entry.period) == ("Kreis", "Foo", "II/24")


def test_an_empty_value_is_an_entry_and_never_lost():
    assert values(book_of([], ["011", ""]), mapping_of("area_code", "value")) == [("011", "", "", "", "")]


def test_short_rows_are_filled_with_empty_cells():
    assert values(book_of([], ["011"]), mapping_of("area_code", "area_name", "value"))[0][4] == ""


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "", ""], "empty"),
        (["Summe", "", 5], "total"),
        (["", "Stadt Dortmund insgesamt", 5], "total"),
        (["Gesamt:", "", 5], "total"),
        (["1) vorläufig", "", ""], "footnote"),
        (["* geschätzt", "", ""], "footnote"),
        (["Quelle: Amt", "", ""], "footnote"),
        (["x = nicht sinnvoll", "", ""], "footnote"),
        (["", "", ""], "empty"),
        (["Schlüssel", "Name", "Wert"], "header"),
    ],
)
def test_rows_without_values_are_skipped_with_a_reason(row, reason):
    skipped = []
    mapping = mapping_of(("area_code", "Schlüssel"), ("area_name", "Name"), ("value", "Wert"))
    assert values(book_of([], row, ["011", "City", 5]), mapping, skipped) == [("011", "City", "", "", 5)]
    assert [(s.row, s.reason) for s in skipped] == [(2, reason)]


@pytest.mark.parametrize(
    "row",
    [
        ["011", "Insgesamt", 5],  # has a code, so it is an area
        ["", "Sommersberg", 5],
        ["", "Zusammenkunft", 5],
        ["", "Stadtgarten", ""],
        ["99", "", 5],
    ],
)
def test_areas_are_never_taken_for_totals_or_footnotes(row):
    assert len(values(book_of([], row), mapping_of("area_code", "area_name", "value"))) == 1


def test_totals_are_kept_when_the_mapping_says_so():
    mapping = mapping_of("area_name", "value", skip_totals=False)
    assert values(book_of([], ["Summe", 5]), mapping)[0][1] == "Summe"


def test_filling_down_never_gives_an_area_the_name_of_another():
    book = book_of([], ["011", "City", 2023, 1], ["", "", 2024, 2], ["012", "", 2023, 3])
    mapping = mapping_of("area_code", "area_name", "period", "value", fill_down=True)
    assert [v[:2] + v[3:] for v in values(book, mapping)] == [
        ("011", "City", "2023", 1),
        ("011", "City", "2024", 2),
        ("012", "", "2023", 3),
    ]


def test_without_filling_down_an_empty_area_stays_empty():
    book = book_of([], ["011", 2023, 1], ["", 2024, 2])
    assert [v[0] for v in values(book, mapping_of("area_code", "period", "value"))] == ["011", ""]


def test_codes_keep_zeros_as_text_and_confess_to_be_numbers():
    book = book_of([], ["011", 1], [11.0, 2], ['="011"', 3], ["'011", 4])
    entries = list(read_entries(book, mapping_of("area_code", "value")))
    assert [(e.area_code, e.code_is_number) for e in entries] == [
        ("011", False),
        ("11", True),
        ("011", False),
        ("011", False),
    ]


def test_a_missing_sheet_is_named_with_those_there_are():
    book = Book("a.xlsx", "xlsx", [Sheet(n, 1, 1, lambda: iter([[1]])) for n in ("2024", "2025")])
    mapping = Mapping(tables=(Table(sheet="2023", columns=(Column(1, "value"),)),))
    with pytest.raises(Refusal) as refused:
        list(read_entries(book, mapping))
    assert refused.value.finding.found == "Das Blatt »2023« gibt es in der Datei nicht."
    assert refused.value.finding.expected == "eines der Blätter »2024«, »2025«"


def test_the_only_sheet_may_have_another_name_next_year():
    mapping = Mapping(tables=(Table(sheet="2024", columns=(Column(1, "area_code"), Column(2, "value"))),))
    assert len(list(read_entries(book_of([], ["011", 1], name="2025"), mapping))) == 1


def test_the_list_of_skipped_rows_is_bounded():
    skipped = []
    list(read_entries(book_of(*([[]] * 3000)), mapping_of("area_code", "value"), skipped))
    assert len(skipped) == 1000
    assert skipped[0] == Skipped("Tabelle1", 2, "empty", "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (2024, "2024"),
        (2024.0, "2024"),
        (" 2024 ", "2024"),
        ("31.12.2024", "2024"),
        ("Stand: 31.12.2024", "2024"),
        ("Stand 31. Dezember 2024", "2024"),
        ("Schuljahr 2024/25", "2024"),
        ("2024/2025", "2024"),
        ("2024 1)", "2024"),
        ("2024¹", "2024"),
        (date(2024, 1, 1), "2024"),
        (date(2024, 12, 31), "2024"),
        (date(2024, 6, 30), "2024-06-30"),
        ("2024/26", "2024/26"),
        ("30.06.2024", "30.06.2024"),
        ("2. Quartal 2024", "2. Quartal 2024"),
    ],
)
def test_periods_are_read_in_their_usual_forms_and_else_left_alone(cell, code):
    assert period_of(cell) == code


def test_years_are_found_in_titles():
    assert years_in("Arbeitslose 2018 bis 2024, Stand 31.12.2024") == ["2018", "2024"]
    assert years_in("Gebiet 12024, Wert 2.024") == []
    assert is_period("2024")
    assert not is_period("3024")
    assert is_period("2024-Q1", frozenset({"2024-Q1"}))
