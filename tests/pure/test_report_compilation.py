"""Compilations as plain data, and the text of editors."""

import pytest

from atlas.reports.compilation import Compilation, Part, WrongCompilation, as_data, compilation_of
from atlas.reports.document import Beside, Heading, Items, Note, Paragraph, Sheet, plain, runs, shifted
from atlas.reports.prose import prose


def test_data_and_compilation_say_the_same():
    whole = Compilation(
        "Sachstand",
        "Bericht",
        "für den Rat",
        (Part("text", "Vorwort", "Guten Tag"), Part("profiles", options={"areas": ["sozialraum/023"]})),
        sheet=Sheet("A3", landscape=True),
    )
    assert compilation_of(as_data(whole)) == whole


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "Die Zusammenstellung"),
        ({"title": "  "}, "Der Titel"),
        ({"title": 7}, "Der Titel"),
        ({"title": "x" * 301}, "höchstens 300 Zeichen"),
        ({"title": "x", "parts": {}}, "Die Teile"),
        ({"title": "x", "parts": [{}]}, "Teil 1"),
        ({"title": "x", "parts": [{"section": "text", "options": []}]}, "Teil 1"),
        ({"title": "x", "parts": [{"section": "text"}, {"section": "text", "text": ["a"]}]}, "Teil 2, Text"),
        ({"title": "x", "day": "2026-02-31"}, "2026-02-31"),
        ({"title": "x", "day": 3}, "JJJJ-MM-TT"),
        ({"title": "x", "sheet": {"size": "A5"}}, "A4 / A3"),
    ],
)
def test_what_is_no_compilation_is_told_where(data, said):
    with pytest.raises(WrongCompilation, match=said):
        compilation_of(data)


def test_text_of_an_editor_keeps_its_paragraphs_lists_and_signs():
    first, entries, last = prose("Eins\r\nund  eins\r\n\r\n – drei\n- vier\n\n<b>kein Markup</b>")
    assert plain(first.runs) == "Eins und  eins"
    assert isinstance(entries, Items)
    assert [plain(entry) for entry in entries.entries] == ["drei", "vier"]
    assert plain(last.runs) == "<b>kein Markup</b>"
    assert prose(" \n \n ") == ()


def test_headings_go_down_wherever_they_stand():
    blocks = (Heading(1, "a"), Beside((Heading(2, "b"),), (Note("t", (Heading(3, "c"),)),)), Paragraph(runs("d")))
    moved = shifted(blocks, 2)
    assert moved[0] == Heading(3, "a")
    assert moved[1].main == (Heading(4, "b"),)
    assert moved[1].side[0].blocks == (Heading(5, "c"),)
    assert moved[2] == blocks[2]
