"""The map of an area's parts in its profile tells the figures of the release, in words and in colours, and nothing secret."""

import io
import re
import zipfile

import pdfplumber
import pgtrigger
import pikepdf
import pytest
from docx import Document as WordDocument

from areas.models import Area
from atlas import numbers
from atlas.profile import area_profile
from atlas.reports.document import Table, pictures, walk
from atlas.reports.formats import written
from atlas.reports.origin import stand_of
from atlas.reports.parts_map import parts_page, parts_picture
from atlas.reports.profile import profile_document
from indicators.models import Figure
from tests.consistency.test_map_sheet import MM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

HEADLINE = "transferleistungsquote"


def profile_of(level, code):
    return area_profile(level, code, stand=stand_of(""))


def of_parts(document):
    return [picture for picture in pictures(document) if picture.name.startswith("teile-")]


def figures_of(area, level, period="2024"):
    """The figures of the parts of an area by the names of the parts."""
    found = Figure.objects.current().filter(
        edition__indicator__slug=HEADLINE, period__code=period, area__level__slug=level, area__whole_links__whole=area
    )
    return {figure.area.name: figure for figure in found.select_related("area").distinct()}


@pytest.mark.parametrize(("level", "code"), [("stadtbezirk", "05"), ("sozialraum", "104"), ("bezirk", "05")])
def test_words_and_counts_are_those_of_the_release(level, code):
    area = Area.objects.in_force().at_level(level).get(code=code)
    (picture,) = of_parts(profile_document(level, code))
    figures = figures_of(area, "unterbezirk")
    known = {name: figure for name, figure in figures.items() if figure.value is not None}
    assert len(figures) > 1
    for end in (max, min):
        value = end(figure.value for figure in known.values())
        text = numbers.format_number(value, 1)
        named = [name for name, figure in known.items() if figure.value == value]
        assert any(f"{name}: {text}" in picture.alternative for name in named)
    assert sum(key.count for key in picture.keys if key.text != "gemeinsamer Wert mehrerer Gebiete") == len(figures)
    for name in figures.keys() - known.keys():
        assert name in picture.alternative.partition("Ohne Wert")[2]


def test_classes_are_those_of_the_map_of_the_whole_city():
    profile = profile_of("stadtbezirk", "05")
    group = profile.parts[-1]
    page = parts_page(profile, group, HEADLINE, "2024")
    assert {row.area.pk for row in page.rows} == {area.pk for area in group.areas}
    for row in page.rows:
        value = row.figure.value
        assert row.number_class == (None if value is None else page.limits.class_of(float(value)))
        assert (row.figure.value, row.figure.status) == (
            Figure.objects.current()
            .filter(edition__indicator__slug=HEADLINE, period__code="2024", area=row.area)
            .values_list("value", "status")
            .get()
        )


def test_each_part_is_coloured_once_and_nothing_of_the_others():
    profile = profile_of("stadtbezirk", "05")
    page = parts_page(profile, profile.parts[-1], HEADLINE, "2024")
    svg = parts_picture(profile).bare.svg
    coloured = re.findall(r'<path d="([^"]+)" fill-rule="evenodd" fill="(#[0-9a-f]{6})"(?: stroke="#c3cdcf")?', svg)
    around = [fill for _path, fill in coloured if fill == "#eef1f1"]
    assert len(around) == 1
    used = {row.number_class for row in page.rows if row.number_class is not None}
    assert len(coloured) - 1 == len(used)


def test_no_map_without_parts_and_none_of_the_city_twice():
    for level, code in (("unterbezirk", "671"), ("stadt", "05913000")):
        assert of_parts(profile_document(level, code)) == []


def test_no_empty_frame_where_the_parts_have_no_figures():
    found = Figure.objects.filter(edition__indicator__slug=HEADLINE, area__level__slug="unterbezirk")
    with pgtrigger.ignore():
        found.update(value=None, status="missing", rank=None, rank_of=None, lower=None, upper=None)
    assert parts_picture(profile_of("sozialraum", "104")) is None


def test_what_is_secret_is_drawn_as_secret_and_its_number_is_nowhere():
    area = Area.objects.in_force().at_level("stadtbezirk").get(code="05")
    secret = figures_of(area, "unterbezirk")["Lanstrop-Neu"]
    value = numbers.format_number(secret.value, 1)
    with pgtrigger.ignore():
        Figure.objects.filter(pk=secret.pk).update(
            value=None, status="suppressed", rank=None, rank_of=None, lower=None, upper=None, joint_with=""
        )
    picture = parts_picture(profile_of("stadtbezirk", "05"))
    assert (
        "Ohne Wert: Lanstrop-Neu, geheim zu halten" in picture.alternative
        and f"Lanstrop-Neu: {value}" not in picture.alternative
    )
    assert [key.count for key in picture.keys if key.text == "geheim zu halten"] == [1]
    assert picture.bare.svg.count('fill="url(#suppressed)"') == 1


@pytest.mark.parametrize(("level", "code"), [("sozialraum", "023"), ("sozialraum", "092"), ("stadtbezirk", "05")])
def test_the_alternative_text_calls_estimated_what_is_and_has_no_brackets(level, code):
    area = Area.objects.in_force().at_level(level).get(code=code)
    picture = parts_picture(profile_of(level, code))
    said = picture.alternative.partition(" Gebiete je Klasse")[0]
    told = re.findall(r"(?:Höchster Wert in|niedrigster in) ([^:]+): ([\d.,]+)[^,;.]*(, geschätzt)?", said)
    assert len(told) == 2 and not re.search(r"\([\d−]", said)
    for slug in ("unterbezirk", "bezirk"):
        found = figures_of(area, slug)
        if all(name in found for name, _number, _estimated in told):
            for name, number, estimated in told:
                assert number == numbers.format_number(found[name].value, 1)
                assert bool(estimated) == (found[name].status == "estimated")
            return
    pytest.fail("no figures of these areas")


def test_both_maps_stand_side_by_side_on_the_first_page_with_words(tmp_path):
    document = profile_document("sozialraum", "023")
    content = written(document, "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) <= 4
        told = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    area = Area.objects.in_force().at_level("sozialraum").get(code="023")
    number = numbers.format_number(max(figure.value for figure in figures_of(area, "unterbezirk").values()), 1)
    assert any(text.startswith("Karte der Teile von Borsigplatz") and number in text for text in told)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        words = page.extract_words()
        captions = [word for word in words if word["text"] in {"Umrandet:", "Hellgrau:"}]
        assert len(captions) == 2 and abs(captions[0]["top"] - captions[1]["top"]) < 15 * MM
        assert all(word["x1"] <= page.width - 16 * MM + 1 for word in words)
    table = next(b for b in walk(document.blocks) if isinstance(b, Table) and "Unterbezirke" in b.caption)
    assert any(number in cell.text for group in table.groups for row in group.rows for cell in row.cells)


def test_word_and_zip_hold_it_too():
    document = profile_document("sozialraum", "023")
    (picture,) = of_parts(document)
    word = WordDocument(io.BytesIO(written(document, "docx")))
    assert picture.alternative in [element.get("descr") for element in word.element.iter("{*}docPr")]
    with zipfile.ZipFile(io.BytesIO(written(document, "zip"))) as archive:
        names = archive.namelist()
    assert {name.rsplit(".", 1)[1] for name in names if picture.name in name} == {"svg", "png"}
