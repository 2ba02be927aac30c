"""Every figure in the Word, Excel and OpenDocument files of a profile equals the release, with its sign."""

import io

import docx
import openpyxl
import pytest
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from odf.teletype import extractText

from atlas import numbers
from atlas.reports.formats import written
from atlas.reports.profile import profile_document
from indicators.statuses import Status
from tests.consistency.test_report_figures import newest_figures
from tests.pure.report_reading import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

AREAS = [("stadt", "05913000"), ("sozialraum", "023"), ("unterbezirk", "671")]
INDICATOR, OWN = 1, 2  # columns of the sheet of figures, behind that of the groups


def label_of(text):
    return text.split(" (20")[0]


def seen(figure):
    """How a figure stands in a table, with its unit."""
    indicator = figure.edition.indicator
    return numbers.with_unit(numbers.cell(figure.value, figure.status, indicator.decimals), indicator.unit_label)


def excel_rows(document):
    """Label, value and what is seen of it, from the workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(written(document, "xlsx")))["Kennwerte"]
    for row in sheet.iter_rows(min_row=6):
        name, own = row[INDICATOR].value, row[OWN]
        if name and own.data_type == "n" and own.value is not None:
            yield label_of(name), own.value, shown(own.value, own.number_format)
        elif name:
            yield label_of(name), None, own.value


def open_rows(document):
    """Label, value and what is seen of it, from the OpenDocument file."""
    sheet = load(io.BytesIO(written(document, "ods"))).spreadsheet.getElementsByType(Table)[0]
    for row in sheet.getElementsByType(TableRow)[5:]:
        cells = row.getElementsByType(TableCell)
        if len(cells) > OWN:
            value = cells[OWN].getAttribute("value")
            yield label_of(extractText(cells[INDICATOR])), value and float(value), extractText(cells[OWN])


def word_rows(document):
    """Label and what is seen, from the text document."""
    tables = docx.Document(io.BytesIO(written(document, "docx"))).tables
    table = next(one for one in tables if one.rows[0].cells[0].text == "Indikator")
    for row in table.rows[1:]:
        cells = [cell.text.split("\n")[0] for cell in row.cells]
        if cells[0] != cells[1]:  # titles of groups are one cell as wide as all
            yield label_of(cells[0]), None, cells[1]


@pytest.mark.parametrize("rows_of", [excel_rows, open_rows, word_rows])
@pytest.mark.parametrize(("level", "code"), AREAS)
def test_every_figure_equals_the_release(level, code, rows_of):
    rows = {label: (value, text) for label, value, text in rows_of(profile_document(level, code))}
    figures = newest_figures(level, code)
    assert set(figures) <= set(rows)
    for label, figure in figures.items():
        value, text = rows[label]
        assert text == seen(figure)
        if rows_of is not word_rows:
            assert value == (None if figure.value is None else float(figure.value))
    for label in set(rows) - set(figures):
        assert rows[label] == (None, ".")  # not known is a sign, never a zero
    estimated = [label for label, figure in figures.items() if figure.status == Status.ESTIMATED]
    assert all(rows[label][1].startswith("(") for label in estimated)


def test_the_parts_have_their_codes_as_text():
    sheet = openpyxl.load_workbook(io.BytesIO(written(profile_document("sozialraum", "023"), "xlsx")))
    rows = list(sheet["Statistische Unterbezirke"].iter_rows(min_row=6, max_row=7, max_col=2, values_only=True))
    assert rows == [("Borsigplatz", "061"), ("Westfalenhütte", "062")]
