"""The planner's own spreadsheet comes back with marks, and nothing in it can become a formula."""

import io

import openpyxl
import pytest

from indicators.intake import rebuilding
from indicators.intake.findings import ERROR, NOTE, WARNING, Finding
from indicators.intake.layout import recognise
from indicators.intake.marking import mark_findings
from indicators.intake.opening import open_book

from .catalogue import known

FORMATS = {
    "wide_by_year.xlsx": ("xlsx", "Tabelle1"),
    "wide_by_year.xls": ("xls", "Tabelle1"),
    "wide_by_indicator.ods": ("ods", "Tabelle1"),
    "wide_by_year_latin1.csv": ("csv", ""),
    "long.zip": ("csv.zip", ""),
}


def found(sheet):
    return [
        Finding(ERROR, "range", "132,1", "höchstens 100", "13,21?", sheet, 5, 4),
        Finding(WARNING, "jump", "20,1 nach 3,0", "", "", sheet, 6, 4),
        Finding(NOTE, "code", "11 statt 011", "", "", sheet, 7, 1),
        Finding(ERROR, "missing", "Ein Gebiet fehlt.", "39 Gebiete"),
    ]


def marked(original, format, findings, name):
    return openpyxl.load_workbook(io.BytesIO(mark_findings(original, format, findings, name)))


@pytest.mark.parametrize("name", FORMATS)
def test_found_cells_are_filled_bordered_and_commented(spreadsheets, name):
    format, sheet = FORMATS[name]
    book = marked((spreadsheets / "clean" / name).read_bytes(), format, found(sheet), name)
    assert book.sheetnames[0] == "Befunde"
    cells = book.worksheets[1]
    assert cells["D5"].fill.start_color.rgb == "FFF4B8B0"
    assert cells["D6"].fill.start_color.rgb == "FFFFE3A3"
    assert (cells["D5"].border.left.style, cells["D6"].border.left.style) == ("thick", "mediumDashed")
    assert cells["D5"].comment.text == "Fehler: 132,1\nErwartet: höchstens 100\nVorschlag: 13,21?"
    assert cells["D4"].comment is None


def test_all_findings_are_listed_errors_first(spreadsheets):
    raw = (spreadsheets / "clean" / "wide_by_year.xlsx").read_bytes()
    sheet = marked(raw, "xlsx", found("Tabelle1"), "a.xlsx")["Befunde"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Art", "Blatt", "Zelle", "Gefunden", "Erwartet", "Vorschlag"]
    assert [row[0] for row in rows[1:]] == ["Fehler", "Fehler", "Warnung", "Hinweis"]
    assert rows[2][1:4] == ["Tabelle1", "D5", "132,1"]
    assert sheet["C3"].hyperlink.location == "'Tabelle1'!D5"


@pytest.mark.parametrize("name", FORMATS)
def test_the_content_stays_and_is_recognised_again(spreadsheets, tmp_path, name):
    path = spreadsheets / "clean" / name
    format, sheet = FORMATS[name]
    back = tmp_path / "zurueck.xlsx"
    back.write_bytes(mark_findings(path.read_bytes(), format, found(sheet), name))
    proposal = recognise(open_book(back), known())
    assert proposal.mapping.layout == recognise(open_book(path), known()).mapping.layout
    assert proposal.mapping.level == "sozialraum"


def test_percent_cells_stay_percent(spreadsheets, tmp_path):
    for ending in ("xlsx", "xls", "ods"):
        raw = (spreadsheets / "messy" / f"percent_cells.{ending}").read_bytes()
        sheet = marked(raw, ending, found("Tabelle1"), f"a.{ending}").worksheets[1]
        assert sheet["C4"].value == pytest.approx(0.201)
        assert "%" in sheet["C4"].number_format


@pytest.mark.parametrize("start", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_texts_never_become_formulas(start):
    text = f"Gebiet;Wert\n{start};{start}\n".encode()
    findings = [Finding(ERROR, "x", start, start, start, "", 2, 1)]
    book = marked(text, "csv", findings, "a.csv")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert book["Befunde"]["D2"].value == start


def test_formulas_of_the_planner_stay_hers(spreadsheets):
    made = openpyxl.Workbook()
    made.active.append(["011", "=1+1"])
    made.active["C1"] = "=2+2"
    made.active["C1"].data_type = "s"
    kept = io.BytesIO()
    made.save(kept)
    sheet = marked(kept.getvalue(), "xlsx", found("Sheet"), "a.xlsx").worksheets[1]
    assert (sheet["B1"].data_type, sheet["C1"].data_type) == ("f", "s")


def test_a_merged_cell_is_marked_at_its_upper_left(spreadsheets):
    raw = (spreadsheets / "messy" / "merged_areas.xlsx").read_bytes()
    findings = [Finding(ERROR, "area", "unbekannt", sheet="Tabelle1", row=3, column=1)]
    sheet = marked(raw, "xlsx", findings, "a.xlsx").worksheets[1]
    assert sheet["A2"].comment.text == "Fehler: unbekannt"


def test_several_findings_share_one_comment(spreadsheets):
    raw = (spreadsheets / "clean" / "wide_by_year.xlsx").read_bytes()
    findings = [Finding(k, "x", k, "", "", "Tabelle1", 5, 4) for k in (WARNING, ERROR)]
    cell = marked(raw, "xlsx", findings, "a.xlsx").worksheets[1]["D5"]
    assert cell.comment.text == "Fehler: error\n\nWarnung: warning"
    assert cell.fill.start_color.rgb == "FFF4B8B0"


def test_a_sheet_called_befunde_is_kept(spreadsheets):
    made = openpyxl.Workbook()
    made.active.title = "Befunde"
    made.active.append(["011"])
    kept = io.BytesIO()
    made.save(kept)
    assert marked(kept.getvalue(), "xlsx", [], "a.xlsx").sheetnames == ["Befunde (2)", "Befunde"]


def test_of_a_large_file_the_rows_with_findings_come_back(spreadsheets, monkeypatch):
    monkeypatch.setattr(rebuilding, "MOST_CELLS", 100)
    raw = (spreadsheets / "clean" / "long.csv").read_bytes()
    book = marked(raw, "csv", [Finding(ERROR, "x", "falsch", sheet="", row=100, column=5)], "long.csv")
    sheet = book.worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Zeile in der Datei"
    assert [row[0] for row in rows[1:]] == [*range(1, 13), 100]
    assert sheet["F14"].comment.text == "Fehler: falsch"


def test_control_characters_do_not_break_the_workbook():
    book = marked(
        b"Gebiet;Wert\nA;1\n", "csv", [Finding(ERROR, "x", "a\x0bb\x00c", sheet="", row=2, column=1)], "a.csv"
    )
    assert book["Befunde"]["D2"].value == "abc"
