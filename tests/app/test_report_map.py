"""The thematic map as a document: classes that add up, what was asked for and nothing else, clear refusals."""

import dataclasses

import pytest
from django.core.management import CommandError, call_command
from lxml import etree
from PIL import Image

from actionplan.models import ActionArea
from atlas.map_page import map_page
from atlas.map_reading import read_state
from atlas.reports import kinds
from atlas.reports.compilation import Compilation, Part
from atlas.reports.compiling import compiled
from atlas.reports.content import checksum, clean_text
from atlas.reports.document import Heading, Sheet, pictures, tables, walk
from atlas.reports.formats import written
from atlas.reports.map_sheet import map_sheet_document
from atlas.reports.origin import NothingToReport
from atlas.reports.sheets import table_sheets
from indicators.models import Indicator
from tests.pure.report_samples import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
QUERY = {"indikator": "transferleistungsquote", "ebene": "sozialraum", "zeit": "2024"}
SHEETS = [Sheet(size, landscape) for size in ("A4", "A3") for landscape in (False, True)]


def legend_of(document):
    return next(table for table in tables(document) if table.name.startswith("Legende"))


def areas_of(document):
    return next(table for table in tables(document) if not table.name.startswith("Legende"))


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(("level", "count"), [("sozialraum", 39), ("bezirk", 62), ("unterbezirk", 170)])
def test_class_counts_add_up_to_the_number_of_areas(level, count, sheet):
    document = map_sheet_document(QUERY | {"ebene": level}, sheet=sheet)
    rows = legend_of(document).groups[0].rows
    numbers = [int(row.cells[1].number.value) for row in rows]
    assert sum(numbers[:-1]) == numbers[-1] == count
    assert all(row.cells[0].swatch for row in rows[:-1])
    assert len(areas_of(document).groups[0].rows) == count + 1
    assert document.sheet == sheet


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"klassen": "quantile", "anzahl": "4"},
        {"klassen": "abweichung", "anzahl": "5", "ebene": "unterbezirk"},
        {"vergleich": "2018", "ebene": "unterbezirk"},
        {"sortierung": "name", "plan": "0"},
    ],
)
def test_the_same_parameters_give_the_map_of_the_page(more):
    document = map_sheet_document(QUERY | more)
    page = map_page(read_state(QUERY | more))
    rows = legend_of(document).groups[0].rows
    assert [(row.cells[0].text, int(row.cells[1].number.value)) for row in rows[: len(page.legend)]] == [
        (entry.text, entry.count) for entry in page.legend
    ]
    table = areas_of(document).groups[0].rows
    assert [row.cells[1].text for row in table[:-1]] == [row.area.code for row in page.rows]
    assert [row.cells[2].text for row in table[:-1]] == [row.cell for row in page.rows]
    (picture,) = [picture for picture in pictures(document) if picture.width > 100]
    assert page.summary in picture.alternative
    for number in {row.number_class for row in page.rows} - {None}:
        assert f'id="t{number}"' in picture.svg or "plain" in picture.svg or f"#t{number}" not in picture.svg
    assert ("Umrandet" in picture.alternative) == (page.view.state.plan and bool(page.plan_codes))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"indikator": "nichts"}, "Parameter „indikator“ hat den Wert „nichts“"),
        ({"zeit": "1990"}, "Parameter „zeit“ hat den Wert „1990“. Erwartet: 2018 / 2024"),
        ({"ebene": "stadtteil"}, "Parameter „ebene“"),
        ({"klassen": "schön"}, "Parameter „klassen“"),
        ({"anzahl": "99"}, "Parameter „anzahl“"),
        ({"vergleich": "2031"}, "Parameter „vergleich“"),
        ({"hintergrund": "luftbild"}, "Parameter „hintergrund“ gibt es hier nicht"),
    ],
)
def test_what_the_map_cannot_show_is_refused(wrong, said):
    with pytest.raises(NothingToReport, match=said):
        map_sheet_document(QUERY | wrong)


def test_the_command_writes_a_sheet_and_refuses_in_a_sentence(tmp_path):
    file = tmp_path / "karte.pdf"
    words = ["transferleistungsquote", "--level", "sozialraum", "--period", "2024", "--size", "A3", "--landscape"]
    call_command("report", "map", *words, "-o", str(file), verbosity=0)
    parameters = kinds.in_full("map", {"query": QUERY, "sheet": {"size": "A3", "landscape": True}}, release="")
    assert file.read_bytes() == written(kinds.make("map", parameters, release=""), "pdf")
    with pytest.raises(CommandError, match="„zeit“ hat den Wert „1066“"):
        call_command("report", "map", "transferleistungsquote", "--period", "1066")


def test_a_map_can_be_asked_for_as_plain_data():
    document = kinds.make("map", {"query": QUERY, "sheet": {"size": "A3", "landscape": True}}, release="")
    assert document.blocks == map_sheet_document(QUERY, sheet=Sheet("A3", True)).blocks


def test_the_plan_is_that_of_the_day_of_the_release():
    before = checksum(map_sheet_document(QUERY))
    member = ActionArea.objects.in_force().filter(area__level__slug="sozialraum").first()
    ActionArea.objects.filter(pk=member.pk).update(valid=("2090-01-01", None))
    after = map_sheet_document(QUERY)
    assert checksum(after) != before
    assert member.area.name not in pictures(after)[0].alternative.split("Umrandet")[1]


def test_headings_are_in_order():
    levels = [block.level for block in walk(map_sheet_document(QUERY).blocks) if isinstance(block, Heading)]
    assert set(levels) == {1}


@pytest.mark.parametrize("name", ["markup", "formula", "long", "hebrew", "emoji", "style", "breaks"])
def test_hostile_names_break_nothing(name):
    Indicator.objects.filter(slug="transferleistungsquote").update(name=clean_text(HOSTILE[name])[:120])
    document = map_sheet_document(QUERY)
    assert written(document, "pdf").startswith(b"%PDF")
    assert dataclasses.replace(document).title


def test_a_sheet_needs_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        map_sheet_document(QUERY)


def test_the_map_alone_has_what_it_needs_to_be_read():
    """Title with level and time, classes with counts, names of numbered areas, source."""
    document = map_sheet_document(QUERY)
    (picture,) = [picture for picture in pictures(document) if picture.width > 100]
    page = map_page(read_state(QUERY))
    assert picture.title.startswith("Transferleistungsquote: Sozialräume, ")
    assert [(key.text, key.count) for key in picture.keys][:-1] == [
        (entry.text, entry.count) for entry in (*page.legend, *page.patterns)
    ]
    assert (picture.keys[-1].text, picture.keys[-1].count) == ("im Aktionsraum", 13)
    numbers, source = picture.remarks
    assert "042 " in numbers
    assert page.view.indicator.source.label in source


def test_a_map_alone_is_written_at_the_size_that_is_asked_for(tmp_path):
    words = ("report", "map", QUERY["indikator"], "--level", "unterbezirk", "--period", "2024")
    call_command(*words, "--width", "700", "-o", str(tmp_path / "karte.png"), verbosity=0)
    assert Image.open(tmp_path / "karte.png").width == 700
    call_command(*words, "--width", "250", "-o", str(tmp_path / "karte.svg"), verbosity=0)
    root = etree.parse(tmp_path / "karte.svg").getroot()
    assert root.get("width") == "250mm"
    said = " ".join(element.text for element in root.iter("{http://www.w3.org/2000/svg}text"))
    document = map_sheet_document(QUERY | {"ebene": "unterbezirk"})
    assert document.origin.release.split("„")[0] in said
    assert "Prüfsumme" in said
    assert "Quelle: " in said
    assert "/b/" in said
    for wrong in (("--width", "0"), ("--width", "breit"), ("--width", "9", "--format", "pdf")):
        with pytest.raises(CommandError):
            call_command(*words, *wrong, "-o", str(tmp_path / "x"))
    with pytest.raises(CommandError, match="einzelne Karte"):
        call_command("report", "map", QUERY["indikator"], "--series", "--format", "png", "-o", str(tmp_path / "x"))


@pytest.mark.parametrize("more", [{}, {"vergleich": "2018", "ebene": "unterbezirk"}])
def test_the_sheet_of_the_legend_names_its_indicator_and_time(more):
    names = [sheet.name for sheet in table_sheets(map_sheet_document(QUERY | more))]
    legend = next(name for name in names if name.startswith("Legende"))
    assert legend.startswith("Legende Transferleist") and legend.endswith("2024")


def test_legends_of_a_book_of_maps_are_told_apart():
    chosen = ["transferleistungsquote", "anteil_unter_18"]
    parts = (Part("maps", options={"indicators": chosen, "level": "sozialraum"}),)
    names = [sheet.name for sheet in table_sheets(compiled(Compilation("Karten", parts=parts)))]
    legends = [name for name in names if name.startswith("Legende ")]
    assert len(legends) == len(chosen) and not [name for name in names if name.startswith("%")]
