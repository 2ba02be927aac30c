"""The map of the council paper: its letters are those of the table, of the words for the blind and of the web page."""

import re

import pytest

from atlas.reports.compilation import Compilation, Part
from atlas.reports.compiling import compiled
from atlas.reports.document import pictures, tables
from atlas.selectors.actionplan import first_day, plan_on
from tests.app.paper_objects import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def state():
    document = compiled(Compilation("Probe", day=DAY, parts=(Part("plan_state"), Part("notes"))))
    return document, next(one for one in pictures(document) if one.name == "aktionsplan")


def listed(document):
    """[(letter, name)] in the order of the table."""
    table = next(one for one in tables(document) if one.caption == "Gebiete im Aktionsplan")
    assert table.columns[1].label == "Karte"
    return [(row.cells[1].text, row.cells[0].text) for group in table.groups for row in group.rows]


def test_every_letter_of_the_map_stands_in_the_table_in_their_order():
    document, picture = state()
    letters = [letter for letter, _name in listed(document)]
    assert letters == sorted(letters) and len(letters) == 15
    assert sorted(re.findall(r'class="area-letter"[^>]*>(\w+)<', picture.svg)) == letters


def test_letters_are_those_of_the_web_page_and_of_the_alternative_text():
    document, picture = state()
    of_page = {m.letter: m.name for group in plan_on(DAY, earliest=first_day()).groups for m in group.members}
    assert dict(listed(document)) == of_page
    for letter, name in of_page.items():
        assert f"{letter} {name}" in picture.alternative
    assert "Buchstabe" in picture.caption


def test_without_a_map_the_table_has_no_letters(monkeypatch):
    monkeypatch.setattr("atlas.selectors.actionplan.level_drawing", lambda _slug: None)
    document = compiled(Compilation("Probe", day=DAY, parts=(Part("plan_state"),)))
    table = next(one for one in tables(document) if one.caption == "Gebiete im Aktionsplan")
    assert [column.label for column in table.columns] == ["Gebiet", "Liegt in", "Im Plan seit", "Drucksache"]


def test_a_letter_that_is_a_sign_elsewhere_is_not_explained_as_one():
    document, _picture = state()
    assert "J" in dict(listed(document))
    assert "gemeinsamer Wert" not in repr(document.blocks)
