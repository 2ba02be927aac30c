"""docs/another-city.md builds a city that loads, is published and can be looked at: its files are taken from the page."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError

from areas.models import Area, AreaLevel
from indicators.models import Figure, Release

from .guide import load, replace, write_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder of the guide."""
    return write_guide(tmp_path)


def test_checking_stores_nothing(folder):
    assert "nichts gespeichert" in load(folder)
    assert not AreaLevel.objects.exists()


def test_the_city_is_published_with_the_value_of_the_guide(folder):
    load(folder, commit=True)
    assert Area.objects.in_force().count() == 5
    city = Figure.objects.current().get(area__level__slug="stadt")
    assert (city.value, city.status) == (Decimal("23.6"), "reported")
    ranks = Figure.objects.current().filter(area__level__slug="viertel").order_by("rank")
    assert [(f.area.name, f.value, f.rank) for f in ranks] == [
        ("Nordend", Decimal(40), 1),
        ("Altstadt", Decimal(20), 2),
        ("Weinberg", Decimal(15), 3),
        ("Hafen", Decimal(10), 4),
    ]


def test_its_pages_show_it(folder, client):
    load(folder, commit=True)
    page = client.get("/karte/").content.decode()
    assert "65 Jahre und älter" in page
    for shown in ["Altstadt", "Hafen", "Nordend", "Weinberg", "Musterstadt", "23,6", "40,0"]:
        assert shown in page
    table = client.get("/karte/kennwerte.csv").content.decode("utf-8-sig").splitlines()
    assert table[1].startswith("viertel;03;Nordend;anteil_ab_65;2024;40,0;")
    for path in ["/", "/gebiete/viertel/03/", "/indikatoren/", "/rangliste/anteil_ab_65/", "/daten-und-quellen/"]:
        assert client.get(path).status_code == 200
    assert client.get("/karte/karte.svg").content.count(b"<path") >= 4
    assert "23.6" in client.get("/en/karte/").content.decode()


def test_the_same_folder_twice_changes_nothing_and_a_changed_one_is_a_new_release(folder):
    load(folder, commit=True)
    load(folder, commit=True)
    assert [r.slug for r in Release.objects.all()] == ["2026-1"]
    values = folder / "values" / "melderegister.csv"
    values.write_text(values.read_text(encoding="utf-8").replace(";640;", ";560;"), encoding="utf-8")
    load(folder, commit=True)
    assert {r.slug for r in Release.objects.all()} == {"2026-1", "2026-1-2"}
    assert Figure.objects.current().get(area__code="03").value == 35
    assert Figure.objects.get(area__code="03", edition__release__slug="2026-1").value == 40


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("city.toml", 'slug = "stadt"', 'slug = "alles"', "Die oberste Ebene muss slug = „stadt“"),
        ("city.toml", "is_smallest = true", "", "Genau eine Ebene muss is_smallest"),
        ("city.toml", 'parts_by = "*"', "", r"1\. Ebene: Die Angabe „parts_by“ fehlt"),
        ("city.toml", 'source = "vermessung"', 'source = "fehlt"', "Die Quelle „fehlt“ steht nicht in sources.toml"),
        ("city.toml", "[city]", "[city", "kein gültiges TOML"),
        ("areas/viertel.geojson", '"schluessel": "02", ', "", "Die Angabe „schluessel“ fehlt"),
        ("areas/viertel.geojson", '"stadt": "09999999"', '"stadt": "1"', "Übergeordnete Gebiete fehlen: stadt 1"),
        ("areas/viertel.geojson", "]}\n", "", "kein gültiges GeoJSON"),
        ("areas/stadt.csv", "liegt_in;", "", "Zeile 1: Es fehlen die Spalten liegt_in"),
        ("sources.toml", 'slug = "melderegister"\n', "", r"2\. Quelle: Die Angabe „slug“ fehlt"),
        ("sources.toml", "publisher", "publischer", r"1\. Quelle: Unbekannte Angaben: publischer"),
        ("indicators/anteil_ab_65.toml", "unit_en", "unit_fr", "Unbekannte Angaben: unit_fr"),
        ("indicators/anteil_ab_65.toml", '"viertel"]', '"bezirk"]', "levels = „bezirk“ ist nicht bekannt"),
        ("indicators/anteil_ab_65.toml", 'aggregation = "ratio"\n', "", "Die Angabe „aggregation“ fehlt"),
        ("values/melderegister.csv", "viertel;02", "viertel;07", "Zeile 3: Das Gebiet „viertel 07“ ist nicht bekannt"),
        ("values/melderegister.csv", ";90;900", ";neunzig;900", "Zeile 3, Spalte zaehler: „neunzig“ ist keine Zahl"),
        ("values/melderegister.csv", "reported;90", "gemeldet;90", "Der Status „gemeldet“ ist unbekannt"),
        ("values/melderegister.csv", ";2024;", ";24;", "„24“ ist kein Jahr"),
        ("release.toml", 'slug = "2026-1"\n', "", "Die Angabe „slug“ fehlt"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_stored(folder, file, old, new, message):
    replace(folder / file, old, new)
    with pytest.raises(CommandError, match=message):
        load(folder, commit=True)
    assert not AreaLevel.objects.exists() and not Release.objects.exists()


@pytest.mark.parametrize("file", ["city.toml", "sources.toml", "dimensions.toml", "release.toml", "areas/stadt.csv"])
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()
    with pytest.raises(CommandError, match=f"{file}: Die Datei fehlt"):
        load(folder, commit=True)
