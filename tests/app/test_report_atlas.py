"""Series, atlas and book: one document of many maps or profiles, with nothing empty and everything explained once."""

from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command

from areas.models import Area
from atlas.map_page import map_page
from atlas.map_reading import read_state
from atlas.reports import kinds
from atlas.reports.compiling import compiled
from atlas.reports.document import (
    Heading,
    Paragraph,
    Pictures,
    Sheet,
    Table,
    TableOfContents,
    pictures,
    plain,
    tables,
    walk,
)
from atlas.reports.figures import signs_in
from atlas.reports.formats import written
from atlas.reports.map_series import series_document
from atlas.reports.origin import NothingToReport
from atlas.reports.sections import WrongOption
from atlas.reports.templates import TEMPLATES
from indicators.models import Dimension, Figure, Indicator
from indicators.statuses import SIGN_MEANINGS
from tests.printed import ends_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
SERIES = {"indikator": "transferleistungsquote", "ebene": "sozialraum"}


def headings(document):
    return [(block.level, block.text) for block in walk(document.blocks) if isinstance(block, Heading)]


def in_order(document):
    levels = [0, *(level for level, _text in headings(document))]
    return all(after <= before + 1 for before, after in pairwise(levels))


def filled(template, **options):
    return compiled(TEMPLATES[template].fill(options))


def test_a_series_shows_every_period_in_the_same_classes():
    document = series_document(SERIES)
    (maps,) = [block for block in document.blocks if isinstance(block, Pictures)]
    assert [picture.caption for picture in maps.entries] == ["31.12.2018", "31.12.2024"]
    legend, through = tables(document)
    for column, period in enumerate(("2018", "2024"), 1):
        page = map_page(read_state(SERIES | {"zeit": period}))
        rows = legend.groups[0].rows
        assert [row.cells[column].text for row in rows[: len(page.legend)]] == [str(e.count) for e in page.legend]
        assert sum(int(row.cells[column].text) for row in rows[:-1]) == int(rows[-1].cells[column].text) == 39
        cells = {row.cells[1].text: row.cells[1 + column].text for row in through.groups[0].rows}
        assert {row.area.code: row.cell for row in page.rows}.items() <= cells.items()
    assert [row.cells[0].text for row in legend.groups[0].rows] == [e.text for e in page.legend] + ["Alle Gebiete"]


@pytest.mark.parametrize("sheet", [Sheet(size, landscape) for size in ("A4", "A3") for landscape in (False, True)])
def test_a_page_for_every_period_on_every_sheet(sheet):
    document = series_document(SERIES, sheet=sheet, each=True)
    assert [text for level, text in headings(document) if level == 1][-2:] == ["31.12.2018", "31.12.2024"]
    assert in_order(document)
    assert written(document, "pdf") == written(series_document(SERIES, sheet=sheet, each=True), "pdf")


def text_of(document):
    return " ".join(plain(block.runs) for block in walk(document.blocks) if isinstance(block, Paragraph))


MANY_YEARS = {"indikator": "einwohner", "ebene": "bezirk"}


def test_a_series_says_what_it_leaves_out():
    """Of 22 periods twelve are drawn and eight told; nobody may take them for all."""
    document = series_document(MANY_YEARS)
    periods = [period.code for period in read_state(MANY_YEARS).table.periods]
    assert len(periods) == 22
    (maps,) = [block for block in document.blocks if isinstance(block, Pictures)]
    assert [picture.caption[-4:] for picture in maps.entries] == periods[-12:]
    assert "gibt es 22 Zeitpunkte. Gezeichnet sind die neuesten 12, nicht: 1987, 2003 bis 2010, 2012." in text_of(
        document
    )
    _legend, through = tables(document)
    assert through.caption.startswith("Einwohner: ausgewählte Zeitpunkte")
    assert [c.label for c in through.columns[2:]] == ["1987", *periods[-7:]], "no change may be told, so no column"
    assert "Nicht in der Tabelle: 2003 bis 2010, 2012 bis 2017." in plain(through.notes[0])
    assert "ausgewählte Zeitpunkte" in document.subtitle
    assert all(len(row.cells) == len(through.columns) for row in through.groups[0].rows)


def test_a_series_explains_the_signs_and_sources_of_all_its_periods():
    document = series_document(MANY_YEARS)
    _legend, through = tables(document)
    said = plain(through.notes[0])
    assert "." in signs_in([through]) and "( )" in signs_in([through])
    assert "Zeichen: . unbekannt oder geheim zu halten; ( ) geschätzt" in said
    assert "dieses Zeitpunkts" not in text_of(document)
    assert "Schätzung der Einwohnerzahlen in den Unterbezirken (2018, 2024)" in text_of(document)


def test_a_whole_series_leaves_out_nothing_and_tells_the_change():
    document = series_document(SERIES)
    _legend, through = tables(document)
    assert "alle Zeitpunkte" in through.caption
    assert "ausgewählte" not in document.subtitle
    assert not any("Nicht in der Tabelle" in plain(note) for note in through.notes)
    changes = [row.cells[-1].text for row in through.groups[0].rows]
    assert through.columns[-1].label == "seit 2018" and any(changes)


def test_pages_of_periods_explain_their_signs_in_the_table_of_all():
    document = series_document(MANY_YEARS, each=True)
    _legend, through, *rest = tables(document)
    explained = plain(through.notes[0])
    assert "ausgewählte" not in document.subtitle, "every period has a page"
    used = signs_in([through, *(one for one in rest if one.name != "Legende")])
    assert all(f"{sign} {said}" in explained for sign, said in SIGN_MEANINGS if sign in used)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"zeit": "2024"}, "Eine Reihe zeigt alle Zeitpunkte"),
        ({"ebene": "mond"}, "Parameter „ebene“"),
        ({"indikator": "dortmund_2018"}, "nur für einen Zeitpunkt"),
    ],
)
def test_what_is_no_series_is_refused(query, said):
    with pytest.raises(NothingToReport, match=said):
        series_document(SERIES | query)


def test_the_atlas_has_every_indicator_once_in_the_order_of_the_catalogue():
    document = filled("atlas", preface="Guten Tag.\n\nEin zweiter Absatz.")
    shown = Figure.objects.current().filter(area__level__slug="sozialraum").values("edition__indicator")
    wanted = Indicator.objects.filter(pk__in=shown).order_by("dimension__order", "order", "name")
    chapters = [text for level, text in headings(document) if level == 1]
    maps = headings(document)[headings(document).index((1, "Vorwort")) + 1 :]
    assert [text for level, text in maps if level == 2][: wanted.count()] == [one.label for one in wanted]
    dimensions = [
        d.label for d in Dimension.objects.order_by("order") if any(d.pk == one.dimension_id for one in wanted)
    ]
    assert chapters == ["Vorwort", *dimensions, "Indikatoren ohne Karte", "Verzeichnis der Gebiete", chapters[-1]]
    assert in_order(document)
    assert any(isinstance(block, TableOfContents) for block in document.blocks)
    told = {row.cells[0].text for row in table_named(document, "Indikatoren ohne Karte")}
    assert told == {one.label for one in Indicator.objects.exclude(pk__in=wanted)}
    assert len(table_named(document, "Verzeichnis der Gebiete")) == 39
    definitions = [block for block in walk(document.blocks) if getattr(block, "role", "") == "pairs"]
    assert len(definitions) == 1
    assert len(definitions[0].entries) == wanted.count()


def table_named(document, name):
    (table,) = [block for block in walk(document.blocks) if isinstance(block, Table) and block.name == name]
    return [row for group in table.groups for row in group.rows]


def test_an_atlas_of_a_level_without_figures_is_refused_or_lists_what_is_missing():
    with pytest.raises(WrongOption, match="sozialraum"):
        filled("atlas", level="mond")


def test_the_book_of_a_district_holds_the_district_and_its_areas_and_explains_once():
    document = filled("book", within=["stadtbezirk/05"])
    district = Area.objects.in_force().at_level("stadtbezirk").get(code="05")
    inside = Area.objects.in_force().at_level("sozialraum").filter(parent=district).order_by("code")
    names = [text for level, text in headings(document) if level == 2]
    assert names[: 1 + inside.count()] == [district.name, *(area.name for area in inside)]
    assert in_order(document)
    texts = [text for _level, text in headings(document)]
    assert texts.count("Definitionen") == texts.count("Quellen") == 1
    assert texts.count("Zuschnitt des Gebiets") == 1 + inside.count()
    areas = [block for block in walk(document.blocks) if isinstance(block, Heading) and block.opens]
    assert [block.text for block in areas] == names[: 1 + inside.count()]
    half = [number for number, end in enumerate(ends_of(written(document, "pdf")), 1) if end < 0.5]
    assert set(half) <= {2, half[-1]}, "only the contents, which are short, and the last page may end in the upper half"
    assert all(picture.caption for picture in pictures(document))


def test_books_and_atlases_are_refused_in_sentences(tmp_path):
    for words, said in (
        (["book", "mond"], "erwartet wird stadt, stadtbezirk"),
        (["atlas", "--size", "A7"], "gefunden „A7“"),
        (["book", "stadtbezirk", "77"], "„77“ gibt es nicht"),
        (["book", "sozialraum", "023", "--level", "stadtbezirk"], "in dem Gebiete der Ebene"),
        (["atlas", "--level", "mond"], "gefunden „mond“"),
        (["map", "dortmund_2018", "--level", "sozialraum", "--series"], "nur für einen Zeitpunkt"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("report", *words, "-o", str(tmp_path / "x.pdf"))


def test_a_series_can_be_asked_for_as_plain_data_and_a_plan_of_maps_too():
    asked = kinds.make("series", {"query": SERIES}, release="")
    assert asked.blocks == series_document(SERIES).blocks
    part = {"section": "maps", "options": {"indicators": ["transferleistungsquote"], "level": "unterbezirk"}}
    document = kinds.make("compilation", {"title": "Karten", "parts": [part]}, release="")
    assert len(table_named(document, "Transferleistungsquote")) == 171
    part["options"] = {"indicators": ["transferleistungsquote"], "level": "sozialraum", "series": True}
    assert kinds.make("compilation", {"title": "Karten", "parts": [part]}, release="")
    part["options"]["indicators"] = ["nichts"]
    with pytest.raises(WrongOption, match="nichts"):
        kinds.make("compilation", {"title": "Karten", "parts": [part]}, release="")
