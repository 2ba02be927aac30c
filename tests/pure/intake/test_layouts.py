"""Every clean layout is recognised without a question, and gives exactly the numbers that were written."""

from decimal import Decimal

import pytest

from indicators.intake.entries import read_entries
from indicators.intake.layout import recognise
from indicators.intake.mapping import Mapping
from indicators.intake.numbers import NumberReader
from indicators.intake.opening import open_book
from scripts.spreadsheets.material import YEARS, areas, count, rate

from .catalogue import known

QUOTES = ("arbeitslosenquote", "transferleistungsquote", "sgb2_quote")

CLEAN = {
    "long.xlsx": ("long", 2, YEARS[-2:]),
    "long.csv": ("long", 2, YEARS[-2:]),
    "long.tsv": ("long", 2, YEARS[-2:]),
    "long.zip": ("long", 2, YEARS[-2:]),
    "long_utf16.csv": ("long", 2, YEARS[-2:]),
    "long_windows1252.csv": ("long", 2, YEARS[-2:]),
    "wide_by_indicator.xlsx": ("wide_by_indicator", 3, (2024,)),
    "wide_by_indicator.ods": ("wide_by_indicator", 3, (2024,)),
    "wide_by_year.xlsx": ("wide_by_year", 1, YEARS),
    "wide_by_year.xls": ("wide_by_year", 1, YEARS),
    "wide_by_year_latin1.csv": ("wide_by_year", 1, YEARS),
    "sheet_per_indicator.xlsx": ("sheet_per_indicator", 3, YEARS),
    "sheet_per_year.xlsx": ("sheet_per_year", 2, YEARS[-3:]),
}


def understood(path):
    """Book, proposal, and entries after the mapping was stored and loaded again."""
    book = open_book(path)
    proposal = recognise(book, known())
    mapping = Mapping.from_json(proposal.mapping.to_json())
    return book, proposal, list(read_entries(book, mapping))


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_layout_gives_exactly_what_was_written(spreadsheets, name):
    layout, indicators, years = CLEAN[name]
    _book, proposal, entries = understood(spreadsheets / "clean" / name)
    read = NumberReader(proposal.mapping.numbers)
    assert proposal.mapping.layout == layout
    found = {(e.indicator, e.area_code, e.period): read(e.value).value for e in entries}
    expected = {
        (slug, code, str(year)): rate(code, year, shift)
        for shift, slug in enumerate(QUOTES[:indicators])
        for code, _name in areas()
        for year in years
    }
    assert found == expected
    assert len(entries) == len(expected)
    assert {e.level for e in entries} == {"sozialraum"}
    assert proposal.confidence == 1
    assert not [n for n in proposal.notes if n.kind != "note"]


def test_numerator_and_denominator_are_found_by_their_names_in_the_catalogue(spreadsheets):
    _book, proposal, entries = understood(spreadsheets / "clean" / "numerator_and_denominator.xlsx")
    assert proposal.confidence == 1
    assert len(entries) == len(areas("unterbezirk")) == 170
    for entry in entries:
        assert (entry.indicator, entry.period, entry.level) == ("arbeitslosenquote", "2024", "unterbezirk")
        assert entry.value is None
        assert (entry.numerator, entry.denominator) == (count(entry.area_code) // 9, count(entry.area_code))


def test_the_reasons_are_sentences_that_name_rows_and_columns(spreadsheets):
    _book, proposal, _entries = understood(spreadsheets / "clean" / "wide_by_year.xlsx")
    assert "Zeile 3 enthält die Spaltennamen, die Daten beginnen in Zeile 4." in proposal.reasons
    assert "Die Jahre 2018–2024 stehen als Spalten C–I." in proposal.reasons
    assert "Der Indikator ist »Arbeitslosenquote« (Titel über der Tabelle)." in proposal.reasons


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("long.csv", "UTF-8", ";"),
        ("long.tsv", "UTF-8", "\t"),
        ("long.zip", "UTF-8", ";"),
        ("long_utf16.csv", "UTF-16", "\t"),
        ("long_windows1252.csv", "Latin-1 (ISO 8859-1)", ";"),
        ("wide_by_year_latin1.csv", "Latin-1 (ISO 8859-1)", ";"),
    ],
)
def test_encoding_and_delimiter_of_text_are_found_out(spreadsheets, name, encoding, delimiter):
    book = open_book(spreadsheets / "clean" / name)
    assert (book.encoding, book.delimiter) == (encoding, delimiter)
    assert any("Borsigplatz" in row for _number, row in book.sheets[0].rows())
    assert any("Hörde" in cell for _number, row in book.sheets[0].rows() for cell in row)


def test_windows_signs_beyond_latin_1_are_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Name;Wert\r\nHörde;–\r\nBövinghausen;„5“ €\r\n".encode("cp1252"))
    book = open_book(path)
    assert book.encoding == "Windows-1252"
    assert [row for _number, row in book.sheets[0].rows()][1] == ["Hörde", "–"]


def test_a_sheet_is_read_as_often_as_needed_and_from_any_row(spreadsheets):
    sheet = open_book(spreadsheets / "clean" / "wide_by_year.xlsx").sheets[0]
    assert list(sheet.rows()) == list(sheet.rows())
    assert next(sheet.rows(5)) == list(sheet.rows())[4]
    assert (sheet.row_count, sheet.column_count) == (42, 9)


def test_without_known_areas_nothing_is_pretended(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Stadt;Wert\nKöln;12,5\nEssen;7,1\n", encoding="utf-8")
    proposal = recognise(open_book(path), known())
    assert proposal.confidence < 0.5
    assert "no_areas" in [n.code for n in proposal.notes]


def test_codes_alone_that_fit_two_levels_are_asked_about(tmp_path):
    path = tmp_path / "a.csv"
    shared = [c for c, _n in areas() if c in dict(areas("unterbezirk"))]
    lines = [f"{code};12,5" for code in shared]
    path.write_text("\n".join(["Nr;Arbeitslosenquote 2024", *lines]), encoding="utf-8")
    proposal = recognise(open_book(path), known())
    assert "level_unclear" in [n.code for n in proposal.notes]
    assert proposal.confidence < 1


def test_the_title_decides_between_two_levels(tmp_path):
    path = tmp_path / "a.csv"
    shared = [c for c, _n in areas() if c in dict(areas("unterbezirk"))]
    lines = [f"{code};12,5" for code in shared]
    path.write_text("\n".join(["Unterbezirk;Arbeitslosenquote 2024", *lines]), encoding="utf-8")
    proposal = recognise(open_book(path), known())
    assert proposal.mapping.level == "unterbezirk"
    assert proposal.confidence == 1


def test_small_whole_numbers_are_values_not_codes(tmp_path):
    path = tmp_path / "a.csv"
    lines = [f"{name};{number % 12 + 1}" for number, (_code, name) in enumerate(areas())]
    path.write_text("\n".join(["Sozialraum;Einwohner 2024", *lines]), encoding="utf-8")
    proposal = recognise(open_book(path), known())
    roles = [c.role for c in proposal.mapping.tables[0].columns]
    assert roles == ["area_name", "value"]
    assert proposal.mapping.indicator == "einwohner"


def test_decimals_are_exact(spreadsheets):
    _book, proposal, entries = understood(spreadsheets / "clean" / "long.xlsx")
    read = NumberReader(proposal.mapping.numbers)
    assert sum(read(e.value).value for e in entries) == sum(
        (rate(c, y, s) for s in (0, 1) for y in YEARS[-2:] for c, _n in areas()), Decimal(0)
    )
