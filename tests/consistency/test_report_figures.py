"""Every figure in a printed profile equals the release, of every level."""

import dataclasses
import io
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest

from areas.models import Area
from atlas import numbers
from atlas.reports.document import Heading, Paragraph, Picture, Pictures, Table, pictures, runs, tables, walk
from atlas.reports.formats import written
from atlas.reports.profile import profile_document
from indicators.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

MOST_PAGES = 4
LONGEST = 3  # of each level that are typeset
AREAS = [
    ("stadt", "05913000"),
    ("stadtbezirk", "05"),
    ("sozialraum", "023"),
    ("sozialraum", "092"),
    ("bezirk", "26"),
    ("unterbezirk", "671"),
]


def newest_figures(level, code):
    """The newest public figure of each indicator, by the name that stands in the table."""
    found = {}
    for figure in Figure.objects.current().filter(area__level__slug=level, area__code=code).order_by("period__start"):
        found[figure.edition.indicator.label] = figure
    return found


@pytest.mark.parametrize(("level", "code"), AREAS)
def test_the_document_and_its_pdf_tell_the_figures_of_the_database(level, code):
    document = profile_document(level, code)
    content = written(document, "pdf")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        printed = "\n".join(page.extract_text() for page in pdf.pages)
        assert 2 <= len(pdf.pages) <= MOST_PAGES
    printed = printed.replace(numbers.NARROW, " ").replace(numbers.NO_BREAK, " ")
    rows = {row.cells[0].text.split(" (20")[0]: row for group in tables(document)[0].groups for row in group.rows}
    figures = newest_figures(level, code)
    assert set(figures) <= set(rows)
    assert {rows[label].cells[1].text for label in set(rows) - set(figures)} <= {"."}
    for label, figure in figures.items():
        indicator = figure.edition.indicator
        cell = rows[label].cells[1]
        text = numbers.cell(figure.value, figure.status, indicator.decimals)
        assert cell.text == numbers.with_unit(text, indicator.unit_label)
        assert (cell.number.value if cell.number else None) == figure.value
        assert cell.text.replace(numbers.NARROW, " ").replace(numbers.NO_BREAK, " ") in printed


@pytest.mark.parametrize(("level", "code"), AREAS[1:3])
def test_every_picture_tells_its_numbers(level, code):
    content = written(profile_document(level, code), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert len(figures) > 20
    assert all(len(str(figure.Alt)) > 20 for figure in figures)


@pytest.mark.parametrize("level", ["stadtbezirk", "sozialraum", "bezirk", "unterbezirk"])
def test_the_longest_profiles_of_a_level_have_four_pages(level):
    """Every profile is built, the longest are typeset: by the letters of their texts, and by the lines of their tables."""
    codes = Area.objects.in_force().at_level(level).order_by("code").values_list("code", flat=True)
    lengths = {code: length_of(profile_document(level, code)) for code in codes}
    *_others, longest = chosen = sorted(lengths, key=lengths.get)[-LONGEST:]
    for code in chosen:
        assert 2 <= pages_of(profile_document(level, code)) <= MOST_PAGES, code
    assert pages_of(grown(profile_document(level, longest))) <= MOST_PAGES, f"{longest} has no room to grow"


def pages_of(document):
    with pikepdf.open(io.BytesIO(written(document, "pdf"))) as pdf:
        return len(pdf.pages)


def grown(document):
    """The same with some more text, as of two new facilities and an indicator."""
    more = Paragraph(runs("Noch eine Einrichtung, Straße der Einrichtung 100; noch eine, an einem anderen Ort. " * 6))
    *blocks, heading, notes = document.blocks
    return dataclasses.replace(document, blocks=(*blocks, more, heading, notes))


@pytest.mark.parametrize(("level", "code"), AREAS)
def test_headings_are_in_order_and_every_table_stands_below_one(level, code):
    blocks = profile_document(level, code).blocks
    levels = [block.level for block in walk(blocks) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    before = [blocks[place - 1] for place, block in enumerate(blocks) if isinstance(block, Table)]
    assert before
    assert all(isinstance(block, Heading) for block in before)


def length_of(document):
    rows = sum(len(group.rows) for table in tables(document) for group in table.groups)
    return (
        len(repr(tuple(b for b in walk(document.blocks) if not isinstance(b, Table | Picture | Pictures)))) + 300 * rows
    )


def test_no_words_are_printed_over_the_drawing_beside_them():
    """Two rows of this profile have changes that cannot be compared."""
    with pdfplumber.open(io.BytesIO(written(profile_document("sozialraum", "023"), "pdf"))) as pdf:
        found = [(page, word) for page in pdf.pages[:2] for word in page.extract_words() if word["text"] == "nicht"]
        said = [(page, word) for page, word in found if word["x0"] > page.width * 0.8]
        assert len(said) >= 2
        for page, word in said:
            drawn = [o for o in (*page.lines, *page.curves) if o["bottom"] - o["top"] > 2]  # not the rules of the table
            beside = [o for o in drawn if o["top"] < word["bottom"] and o["bottom"] > word["top"]]
            assert beside
            assert all(o["x1"] <= word["x0"] for o in beside)


@pytest.mark.parametrize(("level", "code"), [area for area in AREAS if area[0] != "stadt"])
def test_a_profile_has_a_thematic_map_with_its_area_outlined(level, code):
    """Of the indicator that tells most: legend beside it, the numbers of its classes in the words."""
    document = profile_document(level, code)
    (theme,) = [picture for picture in pictures(document) if picture.name.startswith("karte-")]
    assert theme.title.startswith("Transferleistungsquote: ")
    assert f"Umrandet: {document.title}." in theme.caption
    assert sum(key.count for key in theme.keys if "gemeinsamer" not in key.text) == len(
        Area.objects.in_force().at_level(level)
    )
    for key in theme.keys:
        assert f"{key.text}: {key.count}" in theme.alternative
        assert key.text.split()[0] in theme.svg
