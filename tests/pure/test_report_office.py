"""Documents are opened and saved by LibreOffice without loss, and it shows every number as the page does."""

import io

import pdfplumber
import pytest

from atlas.reports.content import clean_text, cleaned
from atlas.reports.formats import written
from atlas.reports.sheets import table_sheets
from tests.office import converted
from tests.pure.office_reading import cells_of, odt_words_of, plain, shown_texts, words_of
from tests.pure.report_samples import HOSTILE, everything, hostile

pytestmark = pytest.mark.office
SAVED_AS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


@pytest.fixture(scope="module")
def before():
    return written(everything(), "docx")


def test_a_text_is_saved_again_without_loss(before):
    after = converted({"a.docx": before}, SAVED_AS["docx"])["a.docx"]
    told, again = words_of(before), words_of(after)
    assert set(told.pop("fields")) <= set(again.pop("fields"))  # LibreOffice adds page numbers to the contents
    assert again == told


def test_a_text_becomes_an_open_document_without_loss(before):
    told, after = words_of(before), odt_words_of(converted({"a.docx": before}, "odt")["a.odt"])
    assert after["headings"] == [heading for heading in told["headings"] if heading[0] != "Title"]
    assert after["alternatives"] == told["alternatives"]
    assert [[row for row in table if len(set(row)) > 1] for table in after["tables"]] == [
        [row for row in table if len(set(row)) > 1] for table in told["tables"]
    ]


def test_a_text_is_printed_with_everything(before):
    with pdfplumber.open(io.BytesIO(converted({"a.docx": before}, "pdf")["a.pdf"])) as pdf:
        printed = plain("\n".join(page.extract_text() for page in pdf.pages))
        count = len(pdf.pages)
    for text in ("Borsigplatz", "(34,6)", "Tabelle 1: Werte: Kennwerte", "Abbildung 3: Zwei", f"Seite 1 von {count}"):
        assert text in printed


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_sheets_are_saved_again_without_loss(ending):
    before = cells_of(written(everything(), "xlsx"))
    after = cells_of(converted({f"a.{ending}": written(everything(), ending)}, SAVED_AS["xlsx"])["a.xlsx"])
    assert after == before


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_every_number_is_shown_as_on_the_page(ending):
    shown = shown_texts(converted({f"a.{ending}": written(everything(), ending)}, "html")["a.html"])
    for sheet in table_sheets(cleaned(everything())):
        assert shown[sheet.name] == [cell.text for row in sheet.rows for cell in row.cells if cell.number]


@pytest.mark.parametrize("ending", ["docx", "xlsx", "ods"])
def test_no_text_keeps_a_document_from_being_opened(ending):
    files = {f"{name}.{ending}": written(hostile(text), ending) for name, text in HOSTILE.items()}
    to = "xlsx" if ending == "ods" else ending
    made = converted(files, SAVED_AS[to])
    assert set(made) == {f"{name}.{to}" for name in HOSTILE}
    for name, text in HOSTILE.items():
        first = plain(clean_text(text).split("\n")[0])[:60]
        assert any(first in told for told in _texts(made[f"{name}.{to}"], to))


def _texts(content, ending):
    if ending == "docx":
        return [text for _style, text in words_of(content)["headings"]]
    return [plain(str(value)) for sheet in cells_of(content).values() for row in sheet["values"] for value in row]
