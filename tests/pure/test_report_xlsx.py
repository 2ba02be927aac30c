"""Documents as Excel workbooks: numbers compute and keep their signs, texts stay texts, everything is said once."""

import dataclasses
import io
import zipfile
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from atlas.reports.content import checksum, clean_text
from atlas.reports.document import Cell, Column, Number, Row, RowGroup, Table
from atlas.reports.formats import written
from atlas.reports.sheets import LONGEST_CELL, table_sheets
from tests.pure.report_reading import elsewhere, shown
from tests.pure.report_samples import HOSTILE, document, everything, hostile, table

HEAD = 5  # the row of column heads


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def whole():
    return written(everything(), "xlsx")


@pytest.fixture(scope="module")
def book(whole):
    return opened(whole)


def one_cell(cell, column=None):
    """The sheet of a table with one row of one name and one cell."""
    columns = (Column("Gebiet"), column or Column("Zahl", "number"))
    content = written(document(Table("Werte", "Werte", columns, (RowGroup("", (Row((Cell("Hier"), cell)),)),))), "xlsx")
    return opened(content)["Werte"].cell(HEAD + 1, 2)


def test_every_table_has_a_sheet_and_the_rest_one(book):
    assert book.sheetnames == ["Kennwerte", "Hinweise"]


def test_a_sheet_says_what_it_is_and_where_it_is_from(book):
    said = [book["Kennwerte"].cell(row, 1).value for row in (1, 2, 3)]
    assert said[:2] == ["Borsigplatz – Profil", "Werte: Kennwerte"]
    for part in (
        "Veröffentlichung „Probe“ vom 2. März 2026",
        "sozialportal.example.de/gebiete/x/1/",
        checksum(everything()),
    ):
        assert part in said[2]


def test_heads_are_frozen_and_rows_can_be_filtered(book):
    sheet = book["Kennwerte"]
    assert [cell.value for cell in sheet[HEAD]] == [
        "Gruppe", "Gebiet", "Zahl 0", "Zahl 0: Zusatz", "Zahl 1", "Zahl 2", "Zahl 3", "Lage",
    ]  # fmt: skip
    assert sheet.freeze_panes == "C6"
    assert sheet.auto_filter.ref == "A5:H7"  # two rows; the total stands below
    assert sheet.print_title_rows == "$5:$5"
    assert [sheet.cell(row, 2).value for row in (6, 7, 8)] == ["Innenstadt 0", "Innenstadt 1", "Stadt"]
    assert [sheet.cell(row, 1).value for row in (6, 7, 8)] == ["Thema", "Thema", None]


def test_numbers_compute_and_keep_their_signs(book):
    row = book["Kennwerte"][HEAD + 1]
    assert [row[i].value for i in (2, 4, 6)] == [34.6, 0, -1.2]
    assert [shown(row[i].value, row[i].number_format) for i in (2, 4, 6)] == ["(34,6)", "–", "−1,2"]
    assert row[3].value == "30,1 bis 39,2"
    assert row[7].value == "Lage unter allen"  # what its drawing shows


def test_missing_is_a_sign_and_never_zero(book):
    missing = book["Kennwerte"].cell(HEAD + 1, 6)
    assert (missing.value, missing.data_type) == (".", "s")
    assert missing.alignment.horizontal == "right"
    assert one_cell(Cell()).value is None


def test_the_notes_say_everything_else(book):
    rows = [(a.value, b.value) for a, b in book["Hinweise"].iter_rows(min_col=1, max_col=2)]
    for row in [
        ("Borsigplatz", None),
        ("Prüfsumme", checksum(everything())),
        ("Lizenz", "Datenlizenz Deutschland"),
        ("Einwohner", "13.570 (31.12.2023)"),
        (None, "Ein Absatz mit Nachdruck und Link."),
        ("J", "gemeinsamer Wert"),
        ("Abbildung 1", "Lage. Karte: zwei Gebiete"),
        ("Abbildung 3", "Zwei. Linie 2"),
        ("Tabelle 1", "Werte: Kennwerte"),
        ("Stand", "Veröffentlichung „Probe“ vom 2. März 2026"),
        ("Erstellt", "2. März 2026 (Tag der Veröffentlichung)"),
        ("Definitionen", None),
        (None, "Seit 2008."),
    ]:
        assert row in rows
    assert book["Kennwerte"].cell(10, 1).value == "Eine Anmerkung."


def test_properties_name_title_language_and_the_day_of_the_release(book, whole):
    properties = book.properties
    assert properties.title == "Borsigplatz – Profil"
    assert properties.language == "de-DE"
    assert properties.created == properties.modified == datetime.fromisoformat("2026-03-02")
    assert "Erstellt: 2. März 2026 (Tag der Veröffentlichung)" in properties.description
    assert checksum(everything()) in properties.description
    for sheet in book:
        assert checksum(everything()) in sheet.oddFooter.left.text  # Excel takes 255 letters, all else would be cut
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 2, 0, 0, 0)}


def test_the_same_document_gives_the_same_bytes_everywhere(whole):
    assert written(everything(), "xlsx") == whole == elsewhere("xlsx")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_a_workbook_or_becomes_a_formula(name):
    text = HOSTILE[name]
    content = written(hostile(text), "xlsx")
    book = opened(content)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(entry) for entry in archive.namelist())
    told = clean_text(text)
    values = [cell.value for cell in cells]
    assert values.count(told) >= 3
    for cell in cells:
        if cell.value.startswith(("=", "+", "-", "@")):
            assert cell.quotePrefix


def test_texts_longer_than_a_cell_go_on_in_the_next_row():
    from atlas.reports.document import Paragraph, runs

    long = "abc " * 20_000
    book = opened(written(document(Paragraph(runs(long))), "xlsx"))
    assert "".join(cell.value or "" for cell in book["Hinweise"]["B"]).endswith(long)
    assert one_cell(Cell("x" * 40_000), Column("Text")).value == "x" * LONGEST_CELL


def test_names_of_sheets_are_valid_and_differ():
    names = ["Hinweise", "a/b:c", "A B C", "x" * 40, "x" * 50, "'so'", "", "🙂" * 20]
    book = opened(written(document(*(table(name) for name in names)), "xlsx"))
    assert len(set(map(str.casefold, book.sheetnames))) == len(names) + 1
    for name in book.sheetnames:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
    assert book.sheetnames[:3] == ["Hinweise 2", "a b c", "A B C 2"]


def test_sheets_of_a_series_keep_their_years():
    title = "Anteil der Menschen mit Leistungen: Sozialräume"
    captions = [f"{title}, 31.12.{year}" for year in (2018, 2019, 2024)]
    captions += [title.upper() + ", 31.12.2024", f"{title}, Veränderung 2018 bis 2024", f"{title}, 1999 und 2001"]
    tables = [dataclasses.replace(table(), caption=caption) for caption in captions]
    names = opened(written(document(*tables), "xlsx")).sheetnames[:-1]
    assert names == [sheet.name for sheet in table_sheets(document(*tables))]
    assert [name[-4:] for name in names[:3]] == ["2018", "2019", "2024"]
    assert names[3].endswith("2024 2") and names[4].endswith("2018 bis 2024") and names[5].endswith(" 2001")
    assert max(map(len, names)) <= 31 and len(set(map(str.casefold, names))) == len(names)


def test_tables_of_many_areas_are_told_apart_by_what_stands_above_them():
    many = [
        dataclasses.replace(table(), caption=f"Kennwerte für {name}") for name in ("Borsigplatz", "Hafen", "x" * 50)
    ]
    many.append(dataclasses.replace(many[2], notes=()))
    book = opened(written(document(*many), "xlsx"))
    assert book.sheetnames[:2] == ["Kennwerte für Borsigplatz", "Kennwerte für Hafen"]
    assert book.sheetnames[3] == f"Kennwerte für {'x' * 15} 2"


def test_links_of_the_web_are_links_and_others_are_text():
    assert one_cell(Cell("dort", href="https://example.org/"), Column("Ort")).hyperlink.target == "https://example.org/"
    assert one_cell(Cell("dort", href="javascript:alert(1)"), Column("Ort")).hyperlink is None
    assert one_cell(Cell("dort", href='file:///C:/x"'), Column("Ort")).hyperlink is None


def test_a_mark_that_does_not_fit_leaves_text_not_a_bare_number():
    cell = one_cell(Cell("1 (" + "x" * 99 + ")", Number(Decimal(1), 0, after=f" ({'x' * 99})")))
    assert cell.value == "1 (" + "x" * 99 + ")"


def test_more_formats_than_excel_takes_leave_text():
    rows = tuple(Row((Cell(str(n)), Cell(f"{n} u{n}", Number(Decimal(n), 0, after=f" u{n}")))) for n in range(300))
    content = written(document(Table("Werte", "", (Column("a"), Column("b", "number")), (RowGroup("", rows),))), "xlsx")
    values = [cell.value for cell in opened(content)["Werte"]["B"][HEAD:]]
    assert values[0] == 0 and values[-1] == "299 u299"
    assert len([value for value in values if isinstance(value, int | float)]) == 180


def test_a_sheet_lies_on_the_papers_of_the_document():
    lying = dataclasses.replace(everything(), sheet=dataclasses.replace(everything().sheet, size="A3"))
    setup = opened(written(lying, "xlsx"))["Kennwerte"].page_setup
    assert (str(setup.paperSize), setup.orientation, setup.fitToHeight) == ("8", "landscape", 0)
