"""One figure, one number: the same on map, table, ranking, profile, CSV, GeoJSON, interface and published file."""

import csv
import io
import json
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from areas.models import PublishedFile
from atlas.numbers import cell
from atlas.records import number_text, sign_text
from atlas.sentences.certainty import interval_short
from indicators.models import Figure, Indicator

pytestmark = pytest.mark.django_db

CASES = [
    ("transferleistungsquote", "sozialraum", "2024"),
    ("transferleistungsquote", "sozialraum", "2018"),
    ("transferleistungsquote", "unterbezirk", "2024"),
    ("arbeitslose_unter_25", "unterbezirk", "2018"),
    ("hilfen_in_der_familie", "sozialraum", "2001"),
    ("einwohner", "bezirk", "2021"),
    ("neubauwohnungen", "unterbezirk", "2024"),
]


@pytest.fixture(params=CASES, ids="-".join)
def case(request, dortmund):
    return request.param


@pytest.fixture
def figures(case):
    slug, level, period = case
    rows = Figure.objects.current().filter(edition__indicator__slug=slug).at_level(level).for_period(period)
    return {f.area.code: f for f in rows.select_related("area", "edition__indicator")}


def get(path, **query):
    response = Client().get(path, query)
    assert response.status_code == 200, path
    return response.content.decode("utf-8-sig")


def query(case):
    return dict(zip(("indikator", "ebene", "zeit"), case, strict=True))


def shown(figure):
    return cell(figure.value, figure.status, figure.edition.indicator.decimals, "de")


def surely(figure, *, is_marked=True):
    """What stands below the number of a counted figure: its interval, and the mark of a distance that may be chance."""
    if figure.lower is None:
        return ""
    limits = interval_short(figure.lower, figure.upper, figure.edition.indicator.decimals, "de")
    return f", mit 95 % Sicherheit zwischen {limits}" + (" wackelt" if is_marked and figure.is_shaky else "")


def heard(figure):
    """What only those hear who do not see the pattern: that a number is secret and not unknown."""
    return " geheim zu halten" if figure.status.startswith("suppressed") else ""


def text(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def test_the_table_of_the_map(case, figures):
    html = get("/karte/", **query(case))
    rows = re.findall(r'<tr data-code="([^"]+)".*?<td class="num value"[^>]*>(.*?)</td>', html, re.DOTALL)
    assert {code: text(value) for code, value in rows} == {
        code: text(shown(f) + heard(f) + surely(f)) for code, f in figures.items()
    }


def test_the_csv_of_the_map(case, figures):
    rows = csv.DictReader(io.StringIO(get("/karte/kennwerte.csv", **query(case))), delimiter=";")
    for row in rows:
        figure = figures.pop(row["gebiet"])
        value = Decimal(row["wert"].replace(",", ".")) if row["wert"] else None
        assert (value, row["status"], row["rang"]) == (figure.value, figure.status, str(figure.rank or ""))
        limits = [Decimal(row[c].replace(",", ".")) if row[c] else None for c in ("intervall_von", "intervall_bis")]
        assert limits == [figure.lower, figure.upper]
        assert row["abstand_sicher"] == {True: "ja", False: "wackelt", None: ""}[figure.differs]
    assert not figures


def test_the_csv_of_the_map_writes_numbers_and_signs_like_every_other_download(case, figures):
    decimals = Indicator.objects.get(slug=query(case)["indikator"]).decimals
    for row in csv.DictReader(io.StringIO(get("/karte/kennwerte.csv", **query(case))), delimiter=";"):
        figure = figures[row["gebiet"]]
        assert row["wert"] == number_text(figure.value, decimals)
        assert row["abstand_zur_stadt"] == number_text(figure.city_difference, decimals)
        assert row["zeichen"] == sign_text(figure.status)


def test_the_geojson_of_the_map_carries_the_same_signs(case, figures):
    content = json.loads(get("/karte/karte.geojson", **query(case)))
    found = {f["properties"]["gebiet"]: f["properties"]["zeichen"] for f in content["features"]}
    assert found == {code: sign_text(figure.status) for code, figure in figures.items()}


def test_the_geojson_of_the_map(case, figures):
    content = json.loads(get("/karte/karte.geojson", **query(case)))
    found = {f["properties"]["gebiet"]: f["properties"] for f in content["features"]}
    assert {c: p["wert"] for c, p in found.items()} == {
        c: None if f.value is None else float(f.value) for c, f in figures.items()
    }
    assert all(f["geometry"]["type"] in ("Polygon", "MultiPolygon") for f in content["features"])


def test_the_published_file_of_the_map(case, figures):
    slug, level, period = case
    file = json.loads(bytes(PublishedFile.objects.get(name=f"kennwerte/{slug}/{level}.json", is_current=True).plain))
    assert file["areas"] == sorted(figures)
    for number, code in enumerate(file["areas"]):
        value = file["values"][period][number]
        assert (None if value is None else Decimal(str(value))) == figures[code].value
        assert file["ranks"][period][number] == figures[code].rank
    if any(f.lower is not None for f in figures.values()):
        limits = [f.lower is not None and [float(f.lower), float(f.upper)] for _code, f in sorted(figures.items())]
        assert [found or False for found in file["intervals"][period]] == limits
        assert file["differs"][period] == [f.differs for _code, f in sorted(figures.items())]
    else:
        assert "intervals" not in file and "differs" not in file


def test_the_ranking(case, figures):
    slug, level, period = case
    html = get(f"/rangliste/{slug}/", ebene=level, zeit=period)
    rows = re.findall(
        r'/gebiete/[a-z]+/([0-9]+)/">(?:(?!</tr>).)*?</a>(?:(?!</tr>).)*?<td class="num"[^>]*>(.*?)</td>',
        html.replace(". Woher kommt diese Zahl?", ""),
        re.DOTALL,
    )
    ranked = {code: text(value) for code, value in rows if code in figures and figures[code].value is not None}
    assert ranked == {
        code: text(shown(f) + surely(f, is_marked=False)) for code, f in figures.items() if f.value is not None
    }


def test_the_interface_for_programs(case, figures):
    slug, level, period = case
    content = json.loads(get("/api/v1/figures/", indicator=slug, level=level, period=period))
    assert {row["area"]: row["value"] for row in content["figures"]} == {
        c: None if f.value is None else float(f.value) for c, f in figures.items()
    }
    assert {row["area"]: row["lower"] for row in content["figures"]} == {
        c: None if f.lower is None else float(f.lower) for c, f in figures.items()
    }
    assert {row["area"]: row["differs_from_city"] for row in content["figures"]} == {
        c: f.differs for c, f in figures.items()
    }


def test_the_picture_of_the_map_names_every_area(case, figures):
    svg = unescape(get("/karte/karte.svg", **query(case)))
    missing = [f.area.name for f in figures.values() if f"<title>{f.area.name}: " not in svg]
    assert not missing


@pytest.mark.parametrize("code", ["023", "053", "104"])
def test_the_profile_shows_the_same_as_the_map(dortmund, code):
    html = get(f"/gebiete/sozialraum/{code}/")
    figure = Figure.objects.current().get(
        edition__indicator__slug="transferleistungsquote",
        area__level__slug="sozialraum",
        area__code=code,
        period__code="2024",
    )
    row = re.search(r'<tr[^>]*id="transferleistungsquote">(.*?)</tr>', html, re.DOTALL)[1]
    assert shown(figure) in unescape(row)
    assert f"{figure.rank}. von {figure.rank_of}" in row
