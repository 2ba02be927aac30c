"""The same figure in the profile's page, its CSV, the map's page and the published file."""

import csv
import html
import io
import json
import re

import pytest

from areas.models import PublishedFile
from atlas.profile import area_profile
from indicators.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

AREAS = [("sozialraum", "023"), ("sozialraum", "104"), ("stadtbezirk", "05"), ("bezirk", "26"), ("unterbezirk", "671")]


def csv_records(client, level, code):
    content = client.get(f"/gebiete/{level}/{code}/kennwerte.csv").content.decode("utf-8-sig")
    return {record["indikator"]: record for record in csv.DictReader(io.StringIO(content), delimiter=";")}


def seen_value(markup, slug):
    """The number in a profile's row, without brackets, unit and sign; "" where there is only a sign."""
    row = re.search(rf'<tr role="row" id="{slug}">.*?</tr>', markup, re.DOTALL).group()
    cell = re.search(r'class="num main">(?:<a [^>]*>)?<span aria-hidden="true">(.*?)</span>', row).group(1)
    found = re.search(r"\N{MINUS SIGN}?[\d.]*\d(?:,\d+)?", html.unescape(cell))
    return found.group().replace(".", "").replace("\N{MINUS SIGN}", "-") if found else ""


@pytest.mark.parametrize(("level", "code"), AREAS)
def test_page_and_csv_show_the_figures_of_the_database(client, level, code):
    markup = client.get(f"/gebiete/{level}/{code}/").content.decode()
    records = csv_records(client, level, code)
    newest = {}
    for figure in Figure.objects.current().filter(area__level__slug=level, area__code=code).order_by("period__start"):
        newest[figure.edition.indicator.slug] = figure
    assert set(newest) == set(records)
    for slug, figure in newest.items():
        record = records[slug]
        assert (record["status"], record["zeit"]) == (figure.status, figure.period.code)
        assert record["rang"] == (str(figure.rank) if figure.rank else "")
        if figure.value is None:
            assert record["wert"] == seen_value(markup, slug) == ""
        elif figure.value != 0:
            written = f"{figure.value:.{figure.edition.indicator.decimals}f}".replace(".", ",")
            assert float(record["wert"].replace(",", ".")) == float(figure.value)
            assert seen_value(markup, slug) == written


@pytest.mark.parametrize(("level", "code"), AREAS)
def test_profile_and_map_tell_the_same_value_and_rank(client, level, code):
    records = csv_records(client, level, code)
    for slug in ("transferleistungsquote", "durchschnittsalter"):
        period = records[slug]["zeit"]
        answer = client.get(f"/karte/kennwerte.csv?indikator={slug}&ebene={level}&zeit={period}")
        on_map = {
            r["gebiet"]: r for r in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
        }
        for column in ("wert", "status", "rang", "von", "einheit", "gemeinsam_mit"):
            assert on_map[code][column] == records[slug][column], column


@pytest.mark.parametrize(("level", "code"), AREAS)
def test_strip_and_rank_come_from_the_same_numbers(level, code):
    for row in area_profile(level, code).figures.rows:
        if row.value is not None:
            higher = sum(1 for value in row.spread if value > float(row.value))
            assert (row.figure.rank, row.figure.rank_of) == (higher + 1, len(row.spread)), row.indicator.slug
            assert float(row.value) in row.spread


def test_change_is_the_difference_of_the_two_published_values():
    checked = 0
    for row in area_profile("sozialraum", "023").figures.rows:
        if row.change is not None:
            earlier = Figure.objects.current().get(
                area=row.figure.area_id, edition=row.figure.edition_id, period__code=row.since.code
            )
            assert row.change == row.value - earlier.value
            checked += 1
    assert checked > 10


def test_profile_and_published_file_of_the_map_agree():
    file = PublishedFile.objects.get(name="kennwerte/transferleistungsquote/sozialraum.json", is_current=True)
    content = json.loads(bytes(file.plain))
    row = next(
        r for r in area_profile("sozialraum", "023").figures.rows if r.indicator.slug == "transferleistungsquote"
    )
    position = content["areas"].index("023")
    assert content["values"]["2024"][position] == float(row.value)
    assert content["city"]["2024"]["value"] == float(row.city.value)
