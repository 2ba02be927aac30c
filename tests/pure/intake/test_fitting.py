"""Next year's file with last year's template: what moved is found, what is new is taken in, what is gone is said."""

from dataclasses import replace

import pytest

from indicators.intake.entries import read_entries
from indicators.intake.fitting import entitled, fit, resembles
from indicators.intake.layout import recognise
from indicators.intake.mapping import Column, Mapping, Table
from indicators.intake.opening import open_book
from scripts.spreadsheets.clean import per_sheet, save_xlsx, wide_by_indicator_rows, wide_by_year_rows
from scripts.spreadsheets.material import areas, rate

from .catalogue import known


@pytest.fixture
def template(spreadsheets):
    return recognise(open_book(spreadsheets / "clean" / "wide_by_year.xlsx"), known()).mapping


def next_year(tmp_path, rows, sheet="Tabelle1"):
    return open_book(save_xlsx(tmp_path / "next.xlsx", {sheet: rows}))


def test_the_same_form_fits_unchanged(template, tmp_path):
    fitted = fit(template, next_year(tmp_path, wide_by_year_rows()), known())
    assert (fitted.mapping, fitted.notes, fitted.fits) == (template, (), True)


def test_a_new_year_is_taken_in(template, tmp_path):
    rows = wide_by_year_rows()
    rows[2].append(2025)
    for row in rows[3:]:
        row.append(float(rate(row[0], 2025)))
    book = next_year(tmp_path, rows)
    fitted = fit(template, book, known())
    assert [(n.kind, n.code, n.found) for n in fitted.notes] == [
        ("note", "year_added", "Spalte J ist neu und wird als 2025 gelesen.")
    ]
    new = [e for e in read_entries(book, fitted.mapping) if e.period == "2025"]
    assert [e.value for e in new] == [float(rate(code, 2025)) for code, _name in areas()]


def test_a_year_that_left_is_noted_and_the_others_are_found(template, tmp_path):
    rows = wide_by_year_rows()
    for row in rows[2:]:
        row.pop(2)
    book = next_year(tmp_path, rows)
    fitted = fit(template, book, known())
    assert [(n.kind, n.code) for n in fitted.notes] == [("note", "column_missing")]
    found = {(e.area_code, e.period): e.value for e in read_entries(book, fitted.mapping)}
    assert found["011", "2019"] == float(rate("011", 2019))
    assert ("011", "2018") not in found


def test_a_header_that_moved_is_found(template, tmp_path):
    book = next_year(tmp_path, [["Amt für Statistik"], [], *wide_by_year_rows()])
    fitted = fit(template, book, known())
    assert [(n.kind, n.code, n.row) for n in fitted.notes] == [("note", "header_moved", 5)]
    assert next(read_entries(book, fitted.mapping)).value == float(rate("011", 2018))


def test_columns_that_changed_places_are_found(spreadsheets, tmp_path):
    template = recognise(open_book(spreadsheets / "clean" / "wide_by_indicator.xlsx"), known()).mapping
    rows = [[*row[:2], *reversed(row[2:])] for row in wide_by_indicator_rows()]
    book = next_year(tmp_path, rows)
    fitted = fit(template, book, known())
    assert fitted.fits
    values = {e.indicator: e.value for e in read_entries(book, fitted.mapping) if e.area_code == "011"}
    assert values == {
        slug: float(rate("011", 2024, shift))
        for shift, slug in enumerate(("arbeitslosenquote", "transferleistungsquote", "sgb2_quote"))
    }


def test_a_column_that_is_gone_is_a_warning(spreadsheets, tmp_path):
    template = recognise(open_book(spreadsheets / "clean" / "wide_by_indicator.xlsx"), known()).mapping
    rows = wide_by_indicator_rows()
    rows[2].pop()
    book = next_year(tmp_path, rows)
    fitted = fit(template, book, known())
    assert not fitted.fits
    assert fitted.notes[-1].found == "Die Spalte »SGB-II-Quote« der Vorlage fehlt."


def test_a_new_sheet_named_by_its_year_is_read(spreadsheets, tmp_path):
    template = recognise(open_book(spreadsheets / "clean" / "sheet_per_year.xlsx"), known()).mapping
    sheets = per_sheet("year")
    sheets["2025"] = sheets.pop("2022")
    book = open_book(save_xlsx(tmp_path / "next.xlsx", sheets))
    fitted = fit(template, book, known())
    assert [(n.kind, n.code) for n in fitted.notes] == [("note", "sheet_missing"), ("note", "sheet_added")]
    assert {e.period for e in read_entries(book, fitted.mapping)} == {"2023", "2024", "2025"}


def test_decisions_of_the_planner_stay(template, tmp_path):
    decided = replace(template, numbers=replace(template.numbers, decimal=",", zero="reported"))
    fitted = fit(decided, next_year(tmp_path, wide_by_year_rows()), known())
    assert fitted.mapping.numbers == decided.numbers


def test_the_only_sheet_may_be_called_otherwise(template, tmp_path):
    book = next_year(tmp_path, wide_by_year_rows(), sheet="Stand 2025")
    fitted = fit(template, book, known())
    assert fitted.fits
    assert fitted.mapping.tables[0].sheet == "Stand 2025"


def test_the_year_of_a_title_is_never_silently_that_of_the_template(spreadsheets, tmp_path):
    template = recognise(open_book(spreadsheets / "clean" / "wide_by_indicator.xlsx"), known()).mapping
    assert template.period == "2024"
    rows = wide_by_indicator_rows()
    rows[0][0] = "Sozialräume, Stand 31.12.2025"
    fitted = fit(template, next_year(tmp_path, rows), known())
    assert fitted.mapping.period == "2025"
    assert [n.found for n in fitted.notes if n.kind == "warning"] == ["Die Vorlage ist für 2024, die Datei nennt 2025."]
    rows[0][0] = "Sozialräume"
    fitted = fit(template, next_year(tmp_path, rows), known())
    assert [(n.kind, n.code) for n in fitted.notes] == [("error", "period_differs")]
    assert not fitted.fits


def dated_rows(year, title="Arbeitslosenquote"):
    head = ["Schlüssel", "Sozialraum", f"{title} {year}".strip()]
    return [head, *([code, name, float(rate(code, 2024))] for code, name in areas())]


@pytest.mark.parametrize("title", ["Arbeitslosenquote", "Arbeitslosenquote 31.12.", "Stand"])
def test_the_year_above_the_figures_is_read_also_with_last_years_template(title, tmp_path):
    template = recognise(next_year(tmp_path, dated_rows(2024, title)), known()).mapping
    template = replace(template, indicator="arbeitslosenquote")
    assert template.period == "2024"
    fitted = fit(template, next_year(tmp_path, dated_rows(2025, title)), known())
    assert fitted.mapping.period == "2025"
    assert [n.found for n in fitted.notes] == ["Die Vorlage ist für 2024, die Datei nennt 2025."]


def test_two_years_in_one_file_are_for_the_planner_to_settle(spreadsheets, tmp_path):
    rows = wide_by_indicator_rows()
    rows[2][2:] = ["Arbeitslosenquote 2024", "Transferleistungsquote 2024", "SGB-II-Quote 2024"]
    template = recognise(next_year(tmp_path, rows), known()).mapping
    assert template.period == "2024"
    rows[2][2:] = ["Arbeitslosenquote 2025", "Transferleistungsquote 2024", "SGB-II-Quote 2025"]
    fitted = fit(template, next_year(tmp_path, rows), known())
    errors = [n.found for n in fitted.notes if n.kind == "error"]
    assert errors == ["Die Vorlage ist für 2024, die Datei nennt mehrere Jahre: 2024, 2025."]


def test_a_sheet_named_by_its_year_is_never_read_as_another_year(spreadsheets, tmp_path):
    template = recognise(open_book(spreadsheets / "clean" / "sheet_per_year.xlsx"), known()).mapping
    book = open_book(save_xlsx(tmp_path / "next.xlsx", {"2025": per_sheet("year")["2024"]}))
    fitted = fit(template, book, known())
    assert {e.period for e in read_entries(book, fitted.mapping)} == {"2025"}


def test_a_sheet_that_is_left_out_stays_left_out(spreadsheets, tmp_path):
    path = spreadsheets / "clean" / "sheet_per_year.xlsx"
    template = recognise(open_book(path), known()).mapping
    first, *others = template.tables
    template = replace(template, tables=(replace(first, is_read=False), *others))
    fitted = fit(template, open_book(path), known())
    assert [t.is_read for t in fitted.mapping.tables] == [False, True, True]
    assert {e.period for e in read_entries(open_book(path), fitted.mapping)} == {t.period for t in others}


def test_columns_that_the_planner_named_herself_are_found_next_year(tmp_path):
    rows = wide_by_indicator_rows()
    table = Table((Column(1, "area_code"), Column(3, "value", "", "arbeitslosenquote")), "", 3, 3, 4)
    template = entitled(Mapping(tables=(table,), level="sozialraum", period="2024"), next_year(tmp_path, rows))
    moved = [[*row[:2], "", *row[2:]] for row in rows]
    fitted = fit(template, next_year(tmp_path, moved), known())
    assert [column.index for column in fitted.mapping.tables[0].columns] == [1, 4]


def test_a_template_of_another_kind_of_file_does_not_resemble_it(spreadsheets):
    clean = spreadsheets / "clean"
    template = recognise(open_book(clean / "wide_by_year.xlsx"), known()).mapping
    assert resembles(template, open_book(clean / "wide_by_year.xls"), known()) == 1
    assert resembles(template, open_book(clean / "numerator_and_denominator.xlsx"), known()) < 0.5
