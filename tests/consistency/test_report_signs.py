"""Every sign that stands in a table of a document is explained in it, once, and none that does not stand there."""

import re

import pytest

from atlas.reports.amounts import euro_cell
from atlas.reports.compilation import Compilation, Part
from atlas.reports.compiling import compiled
from atlas.reports.document import Cell, Column, Number, Row, RowGroup, Table, Terms, tables, walk
from atlas.reports.figures import signs_in
from atlas.reports.profile import profile_document
from atlas.reports.templates import TEMPLATES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

BARE = {"–", ".", "...", "x"}
AREAS = {"areas": ["stadtbezirk/05", "sozialraum/023"]}


def sachstand():
    return compiled(TEMPLATES["sachstand"].fill({}))


def money_alone():
    return compiled(Compilation("Geld", parts=(Part("finance"), Part("plan_money"), Part("notes"))))


def social():
    return compiled(TEMPLATES["soziale-lage"].fill({}))


def book():
    return compiled(Compilation("Buch", parts=(Part("profiles", options=AREAS), Part("notes"))))


def printed_signs(document):
    """The signs that a reader sees in tables, read from the letters of the cells."""
    found = set()
    cells = [cell for table in tables(document) for group in table.groups for row in group.rows for cell in row.cells]
    for cell in cells:
        text = cell.text.strip()
        found |= {text} & BARE
        found |= {"( )"} if re.match(r"\([\d−]", text) else set()
        found |= {"J"} if re.search(r"\d.*\sJ$", text) else set()
        found |= {"0"} if re.match(r"\(?0(?![\d.,])", text) and cell.number and cell.number.value else set()
        found |= {"wackelt"} if "wackelt" in cell.note else set()
    return found


def explained(document):
    return [
        word
        for block in walk(document.blocks)
        if isinstance(block, Terms) and block.role == "signs"
        for word, _said in block.entries
    ]


@pytest.mark.parametrize("made", [sachstand, money_alone, social, book])
def test_a_document_explains_the_signs_of_its_tables_and_no_others(made):
    document = made()
    said = explained(document)
    assert set(said) == printed_signs(document)
    assert len(said) == len(set(said))


@pytest.mark.parametrize(("level", "code"), [("stadt", "05913000"), ("stadtbezirk", "05"), ("sozialraum", "023")])
def test_a_profile_explains_the_signs_of_its_tables_and_no_others(level, code):
    document = profile_document(level, code)
    assert sorted(explained(document)) == sorted(printed_signs(document))


def test_amounts_that_nobody_knows_are_explained_without_any_indicator():
    document = money_alone()
    assert "." in printed_signs(document) & set(explained(document))
    remarks = [run.text for table in tables(sachstand()) for note in table.notes for run in note]
    assert not [text for text in remarks if "„.“" in text]


def test_a_count_of_nothing_is_no_sign_and_a_small_number_is_one():
    def signs(cell):
        table = Table("t", "t", (Column("a"), Column("b")), (RowGroup("", (Row((Cell("Gebiet"), cell)),)),))
        return signs_in((table,))

    assert signs(Cell("0", Number(0))) == set()
    assert signs(Cell("0", Number(0.3))) == {"0"}
    assert signs(euro_cell(None)) == {"."}
