"""Files that must not be read are refused with what was found, what was expected, and what to do."""

import tracemalloc
import zipfile

import pytest

from indicators.intake import packages, trial
from indicators.intake.findings import Refusal
from indicators.intake.opening import open_book
from indicators.intake.sharedtexts import LongTexts
from indicators.intake.trial import try_reading

REFUSED = {
    "broken_xml.xlsx": ("damaged", "beschädigt"),
    "truncated.xlsx": ("damaged", "beschädigt"),
    "entities.xlsx": ("damaged", "beschädigt"),
    "macro.xlsm": ("macro", "Makros"),
    "macro_named_xlsx.xlsx": ("macro", "Makros"),
    "external_links.xlsx": ("external_links", "Mappe2.xlsx"),
    "external_formula.xlsx": ("external_links", "Mappe3.xlsx"),
    "zip_bomb.xlsx": ("zip_bomb", "640 MB"),
    "word_named_xlsx.xlsx": ("wrong_format", "Word-Dokument"),
    "binary_workbook.xlsb": ("wrong_format", "XLSB"),
    "two_tables.zip": ("zip_content", "a.csv, b.csv"),
    "two_hundred_megabytes.csv": ("too_large", "200 MB"),
    "password.xlsx": ("password", "Kennwort"),
    "formulas_without_values.xlsx": ("formula_without_value", "C2, C3"),
    "far_cell.xlsx": ("too_many_cells", "Spalte 16384"),
    "long_texts.xlsx": ("too_much_text", "Lange Texte"),
    "empty_workbook.xlsx": ("empty", "keine ausgefüllten Zellen"),
    "empty_file.csv": ("empty", "0 Byte"),
    "html_named_xls.xls": ("html", "HTML"),
    "pdf_named_xlsx.xlsx": ("wrong_format", "PDF"),
    "picture_named_xlsx.xlsx": ("wrong_format", "PNG-Bild"),
    "binary_rubbish.csv": ("binary", "weder eine Tabelle noch ein Text"),
    "nul_bytes.csv": ("nul_bytes", "3 NUL-Bytes"),
    "unclosed_quote.csv": ("broken_quotes", "Anführungszeichen"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_by_its_fault(spreadsheets, name):
    code, words = REFUSED[name]
    with pytest.raises(Refusal) as refused:
        open_book(spreadsheets / "hostile" / name)
    finding = refused.value.finding
    assert (finding.kind, finding.code) == ("error", code)
    assert words in finding.found
    assert finding.expected


def test_every_hostile_file_is_in_the_list(spreadsheets):
    assert {p.name for p in (spreadsheets / "hostile").iterdir()} == set(REFUSED)


@pytest.mark.parametrize("name", ["zip_bomb.xlsx", "far_cell.xlsx", "long_texts.xlsx", "two_hundred_megabytes.csv"])
def test_a_bomb_costs_little_memory(spreadsheets, name):
    tracemalloc.start()
    with pytest.raises(Refusal):
        open_book(spreadsheets / "hostile" / name)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 1024 * 1024


def test_the_limit_is_the_callers(spreadsheets):
    with pytest.raises(Refusal) as refused:
        open_book(spreadsheets / "clean" / "long.csv", max_bytes=100)
    assert refused.value.finding.code == "too_large"


@pytest.mark.parametrize("name", ["long.xlsx", "wide_by_year.xls", "wide_by_indicator.ods", "long.zip", "long.csv"])
def test_a_file_cut_anywhere_is_refused_or_read_but_never_fails(spreadsheets, tmp_path, name):
    raw = (spreadsheets / "clean" / name).read_bytes()
    for part in range(1, 20):
        path = tmp_path / f"{part}-{name}"
        path.write_bytes(raw[: len(raw) * part // 20])
        try:
            for sheet in open_book(path).sheets:
                list(sheet.rows())
        except Refusal as refusal:
            assert refusal.finding.found


@pytest.mark.parametrize("name", ["long.xlsx", "wide_by_year.xls", "wide_by_indicator.ods", "long.zip"])
def test_a_file_with_flipped_bytes_is_refused_or_read_but_never_fails(spreadsheets, tmp_path, name):
    raw = (spreadsheets / "clean" / name).read_bytes()
    for step in range(25):
        changed = bytearray(raw)
        for offset in range(3):
            changed[(step * 7919 + offset * 104_729) % len(raw)] ^= 0xA5
        path = tmp_path / f"{step}-{name}"
        path.write_bytes(changed)
        try:
            for sheet in open_book(path).sheets:
                list(sheet.rows())
        except Refusal as refusal:
            assert refusal.finding.found


def test_long_texts_are_measured_also_across_chunks(tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    texts = [10, 2000, 30, 1500, 5]
    body = b"".join(b"<si><t>" + b"x" * size + b"</t></si>" for size in texts)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + body + b"</sst>")
    with zipfile.ZipFile(path) as archive:
        for size in (7, 64, 100, 101, 1003, 10_000):
            monkeypatch.setattr(packages, "CHUNK", size)
            assert list(LongTexts(archive).lengths) == [1, 3]


def test_a_workbook_that_ends_the_reader_ends_only_its_trial(tmp_path, monkeypatch):
    path = tmp_path / "a.xls"
    path.write_bytes(b"no workbook")
    with pytest.raises(Refusal):
        try_reading(path)
    monkeypatch.setattr(trial, "_PROGRAM", "import os; os.abort()")
    with pytest.raises(Refusal) as refused:
        try_reading(path)
    assert refused.value.finding.code == "damaged"
