"""A compilation becomes a document of the release it is made for."""

import io

import openpyxl
import pytest

from areas.models import Source
from atlas.reports import kinds
from atlas.reports.compilation import Compilation, Part, as_data
from atlas.reports.compiling import compiled
from atlas.reports.document import Heading, runs, tables, walk
from atlas.reports.formats import written
from atlas.reports.map_sheet import map_sheet_document
from atlas.reports.origin import NothingToReport, licence_words
from atlas.reports.profile import profile_document
from atlas.reports.profile_notes import paired
from atlas.reports.progress import Cancelled
from atlas.reports.sections import WrongOption

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
TWO = Compilation(
    "Zwei Gebiete", parts=(Part("profiles", "Profile", options={"areas": ["sozialraum/023", "stadtbezirk/01"]}),)
)


def test_parts_become_chapters_with_the_figures_of_the_profiles():
    document = compiled(TWO)
    headings = [(block.level, block.text) for block in walk(document.blocks) if isinstance(block, Heading)]
    assert headings[:2] == [(1, "Profile"), (2, "Borsigplatz")]
    assert [text for level, text in headings if level == 2] == ["Borsigplatz", "Innenstadt-West"]
    assert {level for level, _text in headings[2:]} == {2, 3}
    assert tables(profile_document("sozialraum", "023"))[0] in tables(document)


def test_the_progress_counts_and_can_stop():
    told = []
    document = kinds.make("compilation", as_data(TWO), release="", progress=lambda *step: told.append(step))
    assert document.title == "Zwei Gebiete"
    assert [(done, of) for done, of, _words in told] == [(0, 2), (1, 2)]

    def stop(*_step):
        raise Cancelled

    with pytest.raises(Cancelled):
        compiled(TWO, progress=stop)


def test_empty_chapters_are_left_out_and_an_empty_document_is_refused():
    with pytest.raises(NothingToReport):
        compiled(Compilation("Leer", parts=(Part("text", "Vorwort"),)))
    document = compiled(Compilation("Text", parts=(Part("text", "Leer"), Part("text", "Vorwort", "Guten Tag"))))
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["Vorwort"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part("nichts"), "Einen Abschnitt „nichts“ gibt es nicht"),
        (Part("profiles", options={"areas": ["sozialraum/999"]}), "sozialraum/999"),
        (Part("profiles", options={"areas": ["023"]}), "sozialraum/023"),
    ],
)
def test_what_cannot_be_built_is_said(part, said):
    with pytest.raises(WrongOption, match=said):
        compiled(Compilation("x", parts=(part,)))


@pytest.mark.parametrize("kind", ["profile", "map", "compilation"])
def test_the_licences_of_the_sources_stand_in_the_files(kind):
    """Of every source that a document names; also that one names none."""
    document = {
        "profile": lambda: profile_document("sozialraum", "023"),
        "map": lambda: map_sheet_document({"indikator": "transferleistungsquote", "ebene": "sozialraum"}),
        "compilation": lambda: compiled(TWO),
    }[kind]()
    said = document.origin.licence
    sources = Source.objects.filter(indicators__slug="transferleistungsquote")
    assert sources
    assert all((source.licence or "keine Lizenz angegeben") in said and str(source.label) in said for source in sources)
    sheet = openpyxl.load_workbook(io.BytesIO(written(document, "xlsx")))["Hinweise"]
    assert said in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_licence_is_named_once_with_its_sources():
    named = [Source(title=title, licence=licence, order=n) for n, (title, licence) in enumerate(NAMED)]
    assert licence_words(named) == "dl-de/zero (Eins; Drei); keine Lizenz angegeben (Zwei)"
    assert licence_words([]) == ""


NAMED = [("Eins", "dl-de/zero"), ("Zwei", ""), ("Drei", "dl-de/zero")]


def test_definitions_of_the_same_length_stand_side_by_side():
    """Nothing is lost, the first stays the first, and no short one stands beside a long one where another is near."""
    entries = [(f"{n}.", runs("x" * length)) for n, length in enumerate((300, 10, 290, 20, 500))]
    assert [term for term, _said in paired(entries)] == ["0.", "2.", "1.", "3.", "4."]
    assert paired([]) == ()
