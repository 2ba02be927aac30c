"""Wrong files and options: each is refused with a message that a planner understands."""

import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from areas.intake import archives
from tests.app.importing import FILES, refusal, run, two_levels


@pytest.fixture
def empty_city(db):
    """Two levels without areas, and a source."""
    two_levels()


@pytest.mark.parametrize(
    ("file", "messages"),
    [
        ("broken-json.geojson", ["In Zeile 3, Spalte", "kein gültiges JSON"]),
        ("cut-off.geojson", ["bricht in Zeile", "unvollständig"]),
        ("empty.geojson", ["Die Datei ist leer"]),
        ("no-feature-collection.geojson", ["keine FeatureCollection (type: Topology)"]),
        ("unnamed-crs.geojson", ["Koordinatensystem (crs) ist nicht mit Namen genannt"]),
        ("metres-without-crs.geojson", ["keine Längen- und Breitengrade", "393500.0 / 5708000.0", "--crs EPSG:25832"]),
        ("swapped-axes.geojson", ["Länge und Breite vertauscht"]),
        ("code-missing.geojson", ["| 2   |", "Der Schlüssel fehlt", r"\d{3}"]),
        ("code-twice.geojson", ["| 2   | 001", "kommt schon in Nr. 1 vor"]),
        ("code-without-zeros.geojson", ["Der Schlüssel passt nicht", "(002?)"]),
        ("name-missing.geojson", ["| 3   | 003", "Der Name fehlt"]),
        ("geometry-empty.geojson", ["| 2   | 002", "Die Geometrie ist leer"]),
        ("geometry-point.geojson", ["keine Fläche, sondern Point"]),
        ("overlap.geojson", ["| 1   | 001", "Überlappt Nr. 2 (002)", "m breit"]),
        ("figure-eight.geojson", ["| 2   | 002", "schneidet sich selbst", "höchstens 0,1 %"]),
        ("cut-off.zip", ["beschädigt oder unvollständig"]),
        ("no-zip.zip", ["beschädigt oder unvollständig"]),
        ("without-map.zip", ["liegt keine Karte"]),
        ("without-dbf.zip", ["fehlt die Datei gebiete.dbf"]),
        ("no-geopackage.gpkg", ["beschädigt oder hat ein anderes Format"]),
        ("memberships.csv", ["Das Format .csv wird nicht gelesen", "GeoJSON (.geojson)"]),
        ("right.geojsn", ["gibt es nicht", "im Ordner liegen"]),
    ],
)
def test_a_wrong_file_is_refused_with_its_fault(empty_city, file, messages):
    written = refusal(file)
    for message in messages:
        assert message in written


@pytest.mark.parametrize(
    ("options", "messages"),
    [
        ({"code_column": "NUMMER"}, ["Die Spalte »NUMMER« (--code-column) fehlt", "vorhanden: NR, NAME"]),
        ({"name_column": "Namen"}, ["(--name-column) fehlt", "vermutlich NAME"]),
        ({"level": "quartiere"}, ["Die Ebene »quartiere« gibt es nicht", "vermutlich quartier"]),
        ({"source": "ampt"}, ["Die Quelle »ampt« gibt es nicht", "vermutlich amt"]),
        ({"crs": "EPSG:0815"}, ["--crs", "unverständlich"]),
        ({"encoding": "latin-3000"}, ["Den Zeichensatz »latin-3000« gibt es nicht"]),
        ({"tolerance": 5.0}, ["--tolerance liegt zwischen 0 und 1"]),
        ({"parent_column": "NR"}, ["gehört --parent-level"]),
        ({"to_level": "bezirk"}, ["gehören zusammen"]),
        ({"valid_from": timezone.localdate() + timedelta(days=2)}, ["liegt in der Zukunft"]),
    ],
)
def test_a_wrong_option_is_refused_with_a_hint(empty_city, options, messages):
    if "valid_from" in options:
        run("right.geojson", "--commit")
    written = refusal("right.geojson", **options)
    for message in messages:
        assert message in written


def test_a_day_in_another_form_is_refused_in_plain_words(empty_city):
    with pytest.raises(CommandError, match=r"»1\.5\.2026« ist kein Tag in der Form 2026-05-01"):
        call_command(
            "import_areas", str(FILES / "right.geojson"), "--valid-from=1.5.2026", level="quartier", source="amt"
        )


def test_a_reference_system_against_the_file_is_refused(empty_city):
    assert "nennt selbst ein Koordinatensystem" in refusal("right.zip", crs="EPSG:25833")


def test_an_encoding_against_the_file_is_refused(empty_city):
    assert "nicht in utf-8 geschrieben" in refusal("right-latin1.geojson", encoding="utf-8")
    assert "vermutlich iso-8859-1" in refusal("right-latin1-without-cpg.zip", encoding="utf-8")


def test_all_faults_are_told_at_once(empty_city, tmp_path):
    content = json.loads((FILES / "right.geojson").read_text())
    content["features"][0]["properties"]["NR"] = None
    content["features"][1]["properties"]["NAME"] = ""
    content["features"][2]["geometry"] = None
    file = tmp_path / "drei.geojson"
    file.write_text(json.dumps(content))
    written = refusal(file)
    assert "Einwände: 3." in written
    assert written.count("abgelehnt") == 3


def test_a_zip_that_unpacks_too_large_is_refused_unread(empty_city, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_BYTES", 1024**2)
    bomb = tmp_path / "gross.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gebiete.geojson", b" " * 3 * 1024**2)
    assert bomb.stat().st_size < 10_000
    written = refusal(bomb)
    assert "Ausgepackt wären es 3 MB" in written
    assert "höchstens 1 MB" in written


def test_a_zip_cannot_write_outside_its_folder(empty_city, tmp_path):
    sly = tmp_path / "weg.zip"
    with zipfile.ZipFile(sly, "w") as archive:
        archive.writestr("../../entwischt.geojson", (FILES / "right.geojson").read_bytes())
    assert "4 neu" in run(sly)
    assert not list(tmp_path.parent.rglob("entwischt.geojson"))


def test_without_a_day_history_is_not_overwritten(empty_city):
    run("right.geojson", "--commit")
    assert "--valid-from" in refusal("right.geojson")


def test_a_day_before_the_present_boundaries_is_refused(empty_city):
    run("right.geojson", "--commit", valid_from=date(2026, 5, 1))
    assert "Es gelten schon Grenzen ab 2026-05-01" in refusal("right.geojson", valid_from=date(2026, 4, 1))


def test_an_unknown_parent_is_refused(empty_city, tmp_path):
    content = json.loads((FILES / "right.geojson").read_text())
    for number, feature in enumerate(content["features"]):
        feature["properties"]["BEZ"] = f"0{number // 2 + 1}"
    file = tmp_path / "eltern.geojson"
    file.write_text(json.dumps(content))
    written = refusal(file, parent_column="BEZ", parent_level="bezirk")
    assert "Das übergeordnete Gebiet 01 gibt es nicht" in written
