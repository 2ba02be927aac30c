"""Documents as OpenDocument spreadsheets: the sheets of the workbook, exact values, signs, nothing that computes."""

import io
import zipfile
from decimal import Decimal

import pytest
from odf import dc, meta, style
from odf.namespaces import OFFICENS, TABLENS
from odf.opendocument import load
from odf.table import DatabaseRange, Table, TableCell, TableHeaderRows, TableRow
from odf.teletype import extractText
from odf.text import A, P

from atlas.reports.content import checksum, clean_text
from atlas.reports.document import Cell, Column, Number, Row, RowGroup
from atlas.reports.document import Table as DocumentTable
from atlas.reports.formats import written
from tests.pure.report_reading import elsewhere
from tests.pure.report_samples import HOSTILE, document, everything, hostile


def opened(content):
    return load(io.BytesIO(content))


def sheets(file):
    """Sheets by name: rows of cells."""
    return {
        sheet.getAttribute("name"): [row.getElementsByType(TableCell) for row in sheet.getElementsByType(TableRow)]
        for sheet in file.spreadsheet.getElementsByType(Table)
    }


def text(cell):
    return "\n".join(map(extractText, cell.getElementsByType(P)))


def value(cell):
    return cell.getAttrNS(OFFICENS, "value")


@pytest.fixture(scope="module")
def whole():
    return written(everything(), "ods")


@pytest.fixture(scope="module")
def file(whole):
    return opened(whole)


def test_the_sheets_are_those_of_the_workbook(file):
    rows = sheets(file)
    assert list(rows) == ["Kennwerte", "Hinweise"]
    assert text(rows["Kennwerte"][1][0]) == "Werte: Kennwerte"
    assert checksum(everything()) in text(rows["Kennwerte"][2][0])
    assert [text(cell) for cell in rows["Kennwerte"][4]] == [
        "Gruppe", "Gebiet", "Zahl 0", "Zahl 0: Zusatz", "Zahl 1", "Zahl 2", "Zahl 3", "Lage",
    ]  # fmt: skip
    told = [[text(cell) for cell in row] for row in rows["Hinweise"]]
    assert ["J", "gemeinsamer Wert"] in told
    assert ["Abbildung 1", "Lage. Karte: zwei Gebiete"] in told


def test_numbers_are_exact_and_say_their_signs(file):
    row = sheets(file)["Kennwerte"][5]
    assert [value(cell) for cell in row] == [None, None, "34.6", None, "0", None, "-1.2", None]
    assert [text(row[i]) for i in (2, 3, 4, 5, 6)] == ["(34,6)", "30,1 bis 39,2", "–", ".", "−1,2"]
    nodes = (*file.automaticstyles.childNodes, *file.styles.childNodes)
    styles = {one.getAttribute("name"): one for one in nodes if one.qname[1] in ("style", "number-style")}
    shown = styles[styles[row[2].getAttribute("stylename")].getAttribute("datastylename")]
    assert extractText(shown) == "()"
    conditions = [one.getAttribute("condition") for one in shown.getElementsByType(style.Map)]
    assert conditions == ["value()>0", "value()<0"]
    assert {one.getAttribute("applystylename") for one in shown.getElementsByType(style.Map)} <= set(styles)


def test_many_digits_stay():
    cell = Cell("x", Number(Decimal("12345678901234567.89"), 2))
    table = DocumentTable("a", "b", (Column("x"), Column("y", "number")), (RowGroup("", (Row((Cell("1"), cell)),)),))
    assert value(sheets(opened(written(document(table), "ods")))["a"][5][1]) == "12345678901234567.89"


def test_heads_are_repeated_frozen_and_filter_all_but_the_total(file, whole):
    assert len(file.spreadsheet.getElementsByType(TableHeaderRows)) == 1
    area = file.spreadsheet.getElementsByType(DatabaseRange)[0]
    assert area.getAttribute("targetrangeaddress") == "'Kennwerte'.A5:'Kennwerte'.H7"
    assert area.getAttrNS(TABLENS, "display-filter-buttons") == "true"
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        settings = archive.read("settings.xml").decode()
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 2, 0, 0, 0)}
    assert 'config:name="VerticalSplitPosition" config:type="int">5<' in settings
    assert 'config:name="HorizontalSplitPosition" config:type="int">2<' in settings


def test_it_says_title_language_and_day(file):
    said = {kind: extractText(file.meta.getElementsByType(kind)[0]) for kind in (dc.Title, dc.Language, dc.Date)}
    assert said == {dc.Title: "Borsigplatz – Profil", dc.Language: "de-DE", dc.Date: "2026-03-02T00:00:00"}
    assert extractText(file.meta.getElementsByType(meta.CreationDate)[0]) == "2026-03-02T00:00:00"
    described = extractText(file.meta.getElementsByType(dc.Description)[0])
    assert "Erstellt: 2. März 2026 (Tag der Veröffentlichung)" in described


def test_the_same_document_gives_the_same_bytes_everywhere_and_whatever_was_written_before(whole):
    written(hostile("zuvor"), "docx")
    assert written(everything(), "ods") == whole == elsewhere("ods")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_a_sheet_or_computes(name):
    told = clean_text(HOSTILE[name])
    content = written(hostile(HOSTILE[name]), "ods")
    cells = [cell for rows in sheets(opened(content)).values() for row in rows for cell in row]
    assert {cell.getAttrNS(OFFICENS, "value-type") for cell in cells} == {"string", None}
    assert sum(text(cell) == told for cell in cells) >= 3
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"table:formula" not in archive.read("content.xml")
    targets = [link.getAttribute("href") for cell in cells for link in cell.getElementsByType(A)]
    assert all(target.startswith(("https://sozialportal.", "#'")) for target in targets)
