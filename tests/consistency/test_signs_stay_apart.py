"""A secret, an unknown, a zero and a reported number: each is told as what it is, on every way out of the portal."""

import csv
import io
import json
import re
from html import unescape

import pytest
from django.test import Client

from areas.models import Area, AreaLevel, PublishedFile
from indicators.actions import publish_release
from indicators.models import Indicator, Period, Release, Value

pytestmark = pytest.mark.django_db

SLUG, YEAR = "zeichenprobe", "2024"
SECRET, UNKNOWN, ZERO, REPORTED, SILENT = "011", "012", "013", "014", "021"  # of the last one nothing is delivered
STATUS = {SECRET: "suppressed", UNKNOWN: "missing", ZERO: "zero", REPORTED: "reported", SILENT: "missing"}
LETTER = {SECRET: "s", UNKNOWN: "m", ZERO: "z", REPORTED: "r", SILENT: "m"}
SIGN = {SECRET: ".", UNKNOWN: ".", ZERO: "–", REPORTED: "", SILENT: "."}
VALUE = {SECRET: None, UNKNOWN: None, ZERO: 0, REPORTED: 12.5, SILENT: None}
WRITTEN = {SECRET: "", UNKNOWN: "", ZERO: "0,0", REPORTED: "12,5", SILENT: ""}
SPOKEN = {SECRET: "geheim zu halten", UNKNOWN: "kein Wert bekannt", ZERO: "genau null", SILENT: "kein Wert bekannt"}
QUERY = {"indikator": SLUG, "ebene": "sozialraum", "zeit": YEAR}


@pytest.fixture
def published(dortmund, db):
    """An indicator of which one area has each kind of number."""
    level = AreaLevel.objects.get(slug="sozialraum")
    like = Indicator.objects.get(slug="transferleistungsquote")
    indicator = Indicator.objects.create(
        slug=SLUG, name="Zeichenprobe", name_en="Signs", definition="Anteil.", dimension=like.dimension, unit="%",
        unit_long="% der Menschen", aggregation="none", decimals=1, source=like.source,
    )  # fmt: skip
    indicator.levels.add(level)
    release = Release.objects.create(title="Probe", slug="zeichenprobe")
    period = Period.objects.get(code=YEAR)
    areas = {a.code: a for a in Area.objects.in_force().filter(level=level)}
    others = dict.fromkeys(("031", "032", "041", "042", "043"), "reported")  # a map needs more than one class
    for number, (code, status) in enumerate({**STATUS, **others}.items()):
        if code == SILENT:
            continue
        value = {"zero": 0, "reported": VALUE.get(code, 10 + number)}.get(status)
        Value.objects.create(
            release=release, indicator=indicator, area=areas[code], period=period, value=value, status=status,
            source=like.source, origin="probe.csv, Zeile 2",
        )  # fmt: skip
    publish_release(release=release)
    return indicator


def get(path, **query):
    response = Client().get(path, query)
    assert response.status_code == 200, path
    return response.content.decode("utf-8-sig")


def text(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def table(path, **query):
    """Value, status and sign of the rows of a download, by area."""
    rows = csv.DictReader(io.StringIO(get(path, **query)), delimiter=";")
    of_indicator = [row for row in rows if row["indikator"] == SLUG]
    return {row["gebiet"]: (row["wert"], row["status"], row["zeichen"]) for row in of_indicator}


TOLD = {code: (WRITTEN[code], STATUS[code], SIGN[code]) for code in STATUS}


def test_the_table_of_the_map(published):
    html = get("/karte/", **QUERY)
    rows = re.findall(r'<tr data-code="([^"]+)".*?swatch ([^"]*)".*?num value"[^>]*>(.*?)</td>', html, re.DOTALL)
    found = {code: (swatch, text(cell)) for code, swatch, cell in rows if code in STATUS}
    assert found[SECRET] == ("is-suppressed", ". geheim zu halten")
    assert found[UNKNOWN] == found[SILENT] == ("is-missing", ".")
    assert found[ZERO] == ("class-1", "–")
    assert found[REPORTED][0].startswith("class-") and found[REPORTED][1] == "12,5"


def test_the_ranking(published):
    html = get(f"/rangliste/{SLUG}/", ebene="sozialraum", zeit=YEAR)
    ranked, rest = html.split(">Geheim zu halten<")
    secret, unknown = rest.split(">Ohne Wert<")

    def codes(part):
        return set(re.findall(rf"/herkunft/{SLUG}/sozialraum/(\d+)/", part)) & set(STATUS)

    assert (codes(ranked), codes(secret), codes(unknown)) == ({ZERO, REPORTED}, {SECRET}, {UNKNOWN, SILENT})
    cells = dict(re.findall(rf'/herkunft/{SLUG}/sozialraum/(\d+)/{YEAR}/"[^>]*>(.*?)<span', html))
    assert {code: cells[code] for code in STATUS} == {**SIGN, REPORTED: "12,5"}


@pytest.mark.parametrize("code", STATUS)
def test_the_profile(published, code):
    html = get(f"/gebiete/sozialraum/{code}/")
    row = re.search(rf'<tr[^>]*id="{SLUG}">(.*?)</tr>', html, re.DOTALL)
    if row is None:  # the profile leaves out what is not known
        assert code in {UNKNOWN, SILENT}
        return
    seen, heard = re.search(r'aria-hidden="true">([^<]*)</span><span class="visually-hidden">([^<]*)', row[1]).groups()
    assert seen == {**SIGN, REPORTED: "12,5\u202f%"}[code]
    assert heard == SPOKEN.get(code, "12,5 Prozent der Menschen")


@pytest.mark.parametrize("code", STATUS)
def test_provenance_says_it_in_words(published, code):
    html = get(f"/herkunft/{SLUG}/sozialraum/{code}/{YEAR}/")
    figure = re.search(r'<p class="provenance__figure[^"]*">(.*?)</p>', html)[1]
    assert text(figure) == {**SPOKEN, ZERO: "–genau null", REPORTED: "12,5 %12,5 Prozent der Menschen"}[code]


def test_the_table_of_the_map_to_take_away(published):
    found = table("/karte/kennwerte.csv", **QUERY)
    assert {code: found[code] for code in STATUS} == TOLD


def test_all_values_of_the_indicator_to_take_away(published):
    found = table(f"/indikatoren/{SLUG}/kennwerte.csv")
    assert {code: found[code] for code in STATUS} == TOLD


def test_the_table_of_the_profile(published):
    for code in STATUS:
        found = table(f"/gebiete/sozialraum/{code}/kennwerte.csv")
        assert found.get(code, ("", "missing", ".")) == TOLD[code]


def test_the_table_of_a_group_of_one(published):
    for code in STATUS:
        rows = csv.DictReader(
            io.StringIO(get("/gruppe/kennwerte.csv", ebene="sozialraum", gebiete=code)), delimiter=";"
        )
        found = {row["indikator"]: (row["wert"], row["status"], row["zeichen"]) for row in rows}
        assert found[SLUG] == TOLD[code]


def test_the_geojson(published):
    features = json.loads(get("/karte/karte.geojson", **QUERY))["features"]
    found = {f["properties"]["gebiet"]: f["properties"] for f in features}
    assert {c: (found[c]["wert"], found[c]["status"], found[c]["zeichen"]) for c in STATUS} == {
        c: (VALUE[c], STATUS[c], SIGN[c]) for c in STATUS
    }


def test_the_interface_for_programs(published):
    rows = json.loads(get("/api/v1/figures/", indicator=SLUG, level="sozialraum", period=YEAR))["figures"]
    found = {row["area"]: (row["value"], row["status"]) for row in rows}
    assert {c: found[c] for c in STATUS} == {c: (VALUE[c], STATUS[c]) for c in STATUS}


def test_the_published_file(published):
    stored = PublishedFile.objects.get(name=f"kennwerte/{SLUG}/sozialraum.json", is_current=True)
    file = json.loads(bytes(stored.plain))
    at = {code: file["areas"].index(code) for code in STATUS}
    assert {c: file["values"][YEAR][at[c]] for c in STATUS} == VALUE
    assert {c: file["status"][YEAR][at[c]] for c in STATUS} == LETTER
    assert [file["ranks"][YEAR][at[c]] for c in (SECRET, UNKNOWN, SILENT)] == [None] * 3
