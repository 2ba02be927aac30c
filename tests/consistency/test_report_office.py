"""A real profile goes through LibreOffice without loss, and LibreOffice shows every number as the page does."""

import pytest

from atlas.reports.content import cleaned
from atlas.reports.formats import written
from atlas.reports.profile import profile_document
from atlas.reports.sheets import table_sheets
from tests.office import converted
from tests.pure.office_reading import cells_of, plain, shown_texts, words_of

pytestmark = [pytest.mark.office, pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


@pytest.fixture
def profile():
    return cleaned(profile_document("sozialraum", "023"))


def test_the_text_is_saved_again_without_loss(profile):
    before = written(profile, "docx")
    told, again = words_of(before), words_of(converted({"a.docx": before}, "docx:MS Word 2007 XML")["a.docx"])
    assert set(told.pop("fields")) <= set(again.pop("fields"))
    assert again == told
    assert len(told["alternatives"]) > 30


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_numbers_are_kept_and_shown_as_on_the_page(profile, ending):
    content = written(profile, ending)
    saved = cells_of(converted({f"a.{ending}": content}, "xlsx:Calc MS Excel 2007 XML")["a.xlsx"])
    assert saved == cells_of(written(profile, "xlsx"))
    shown = shown_texts(converted({f"a.{ending}": content}, "html")["a.html"])
    for sheet in table_sheets(profile):
        expected = [plain(cell.text) for row in sheet.rows for cell in row.cells if cell.number]
        assert shown[sheet.name] == expected
