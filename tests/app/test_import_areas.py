"""Bringing areas in: right files in every format, a new state, a coarser level from a finer one."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from areas.models import Area, AreaLevel, AreaPart, PublishedFile
from tests.app.importing import FILES, refusal, run, shapes_of, stored, two_levels

NAMES = ["Hörde", "Süd", "Groß Barop", "Nord"]


@pytest.fixture
def empty_city(db):
    """Two levels without areas, and a source."""
    two_levels()


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("right.geojson", "UTF-8"),
        ("right-latin1.geojson", "Latin-1"),
        ("right-legacy-crs.geojson", "UTF-8"),
        ("right.zip", "UTF-8"),
        ("right-own-prj.zip", "UTF-8"),
        ("right-latin1-cpg.zip", "Latin-1"),
        ("right-latin1-without-cpg.zip", "Latin-1"),
        ("right-utf8-without-cpg.zip", "UTF-8"),
    ],
)
def test_every_right_file_gives_the_same_areas(empty_city, file, encoding):
    written = run(file, "--commit")
    areas = stored()
    assert f"Zeichensatz: {encoding}" in written
    assert [a.name for a in areas.values()] == NAMES
    assert list(areas) == ["001", "002", "003", "004"]
    for x, y, code in ((0, 0, "001"), (1, 0, "002"), (0, 1, "003"), (1, 1, "004")):
        wanted = shapely.box(393000 + x * 500, 5708000 + y * 500, 393500 + x * 500, 5708500 + y * 500)
        (shape,) = shapes_of([areas[code]])
        assert shapely.symmetric_difference(shape, wanted).area < 5
    assert shapely.coverage_is_valid(shapes_of(areas.values()))


def test_a_geopackage_with_two_layers_asks_which_one(empty_city, tmp_path):
    path = tmp_path / "gebiete.gpkg"
    square = shapely.to_wkb(np.array([shapely.box(393000, 5708000, 393500, 5708500)], dtype=object))
    fields = [np.array(["001"], dtype=object), np.array(["Hörde"], dtype=object)]
    for name in ("alt", "neu"):
        pyogrio.raw.write(
            str(path),
            square,
            fields,
            ["NR", "NAME"],
            layer=name,
            geometry_type="Polygon",
            crs="EPSG:25832",
            driver="GPKG",
            append=path.exists(),
        )
    assert "--layer: alt, neu" in refusal(path)
    assert "vermutlich neu" in refusal(path, layer="neue")
    assert "1 neu" in run(path, "--commit", layer="neu")
    assert stored()["001"].geometry.area == pytest.approx(250_000)


def test_a_geopackage_without_reference_system_is_refused(empty_city, tmp_path):
    path = tmp_path / "gebiete.gpkg"
    square = shapely.to_wkb(np.array([shapely.box(393000, 5708000, 393500, 5708500)], dtype=object))
    fields = [np.array(["001"], dtype=object), np.array(["Hörde"], dtype=object)]
    with pytest.warns(UserWarning, match="crs"):
        pyogrio.raw.write(str(path), square, fields, ["NR", "NAME"], geometry_type="Polygon", driver="GPKG")
    assert "nennt kein Koordinatensystem" in refusal(path)
    assert "1 neu" in run(path, crs="EPSG:25832")


def test_a_dry_run_tells_and_stores_nothing(empty_city):
    written = run("right.geojson")
    assert "4 neu, 0 geändert, 0 unverändert, 0 beendet" in written
    assert "Probelauf" in written
    assert not Area.objects.exists()
    assert not PublishedFile.objects.exists()


def test_boundaries_are_published_along(empty_city):
    run("right.geojson", "--commit")
    assert PublishedFile.objects.filter(name="grenzen/quartier.json", is_current=True).exists()


def test_the_same_file_again_changes_nothing(empty_city):
    run("right.zip", "--commit")
    before = list(Area.objects.values_list("pk", "valid"))
    written = run("right.zip", "--commit", valid_from=date(2026, 5, 1))
    assert "0 neu, 0 geändert, 4 unverändert, 0 beendet" in written
    assert list(Area.objects.values_list("pk", "valid")) == before


def test_a_new_state_keeps_the_old_one_in_history(empty_city, tmp_path):
    run("right.geojson", "--commit")
    content = json.loads((FILES / "right.geojson").read_text())
    content["features"][1]["properties"]["NAME"] = "Südwest"
    del content["features"][3]
    file = tmp_path / "neu.geojson"
    file.write_text(json.dumps(content))
    written = run(file, "--commit", valid_from=date(2026, 5, 1))
    assert "0 neu, 1 geändert, 2 unverändert, 1 beendet" in written
    assert "beendet: 004" in written
    assert [a.name for a in stored().values()] == ["Hörde", "Südwest", "Groß Barop"]
    assert [a.name for a in Area.objects.in_force(date(2026, 4, 30)).order_by("code")] == NAMES


def test_numbers_get_their_zeros_back_when_the_pattern_says_how_many(empty_city):
    written = run("codes-as-numbers.geojson", "--commit")
    assert "4 Schlüsseln fehlten führende Nullen" in written
    assert sorted(stored()) == ["001", "002", "003", "004"]


def test_numbers_are_refused_when_the_pattern_leaves_it_open(empty_city):
    AreaLevel.objects.filter(slug="quartier").update(code_pattern=r"\d+")
    assert "nicht eindeutig" in refusal("codes-as-numbers.geojson")


def test_a_shapefile_without_prj_needs_the_reference_system(empty_city):
    written = refusal("without-prj.zip")
    assert ".prj-Datei" in written
    assert "--crs EPSG:25832" in written
    assert "4 neu" in run("without-prj.zip", crs="EPSG:25832")


def test_a_table_dissolves_the_file_into_a_coarser_level(empty_city):
    written = run("right.geojson", "--commit", dissolve_by=FILES / "memberships.csv", to_level="bezirk")
    assert "Bezirke: 2 neu" in written
    whole = stored("bezirk")
    assert [a.name for a in whole.values()] == ["Westen", "Östlich"]
    assert shapely.coverage_is_valid(shapes_of(whole.values()))
    assert [a.parent.code for a in stored().values()] == ["01", "02", "01", "02"]
    links = AreaPart.objects.order_by("whole__code", "part__code").values_list("whole__code", "part__code")
    assert list(links) == [("01", "001"), ("01", "003"), ("02", "002"), ("02", "004")]


def test_a_table_dissolves_what_is_stored(empty_city):
    run("right.geojson", "--commit")
    written = run(None, "--commit", dissolve_by=FILES / "memberships.csv", to_level="bezirk")
    assert "Bezirke: 2 neu" in written
    assert stored("bezirk")["01"].geometry.area == pytest.approx(500_000, rel=1e-4)
    assert AreaPart.objects.count() == 4
    assert [a.parent.code for a in stored().values()] == ["01", "02", "01", "02"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("memberships-part-missing.csv", "Quartier 004 ist nicht zugeordnet"),
        ("memberships-part-twice.csv", "001 ist schon in Zeile 2 zugeordnet"),
        ("memberships-unknown-part.csv", "Quartier 044 gibt es nicht"),
        ("memberships-two-names.csv", "01 heißt oder liegt hier anders: Westen"),
        ("no-such-table.csv", "lässt sich nicht öffnen"),
        ("empty.geojson", "zu wenige Zeilen oder Spalten"),
    ],
)
def test_a_wrong_table_is_refused_with_its_fault(empty_city, table, message):
    written = refusal("right.geojson", dissolve_by=FILES / table, to_level="bezirk")
    assert message in written


def test_new_smallest_areas_keep_the_composition_of_the_others(empty_city):
    run("right.geojson", "--commit", dissolve_by=FILES / "memberships.csv", to_level="bezirk")
    content = json.loads((FILES / "right.geojson").read_text())
    content["features"][0]["properties"]["NAME"] = "Hörde-Mitte"
    run_file = FILES.parent / "neu.geojson"
    try:
        run_file.write_text(json.dumps(content))
        run(run_file, "--commit", valid_from=date(2026, 5, 1))
    finally:
        run_file.unlink()
    assert AreaPart.objects.filter(part__in=Area.objects.in_force(), whole__code="01").count() == 2
    assert stored()["001"].parent == stored("bezirk")["01"]


def test_every_file_of_this_folder_is_used_by_a_test():
    tests = Path(__file__).parent.glob("test_import_areas*.py")
    source = "".join(test.read_text(encoding="utf-8") for test in tests)
    assert [p.name for p in FILES.iterdir() if f'"{p.name}"' not in source] == []
