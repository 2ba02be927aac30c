"""Bringing areas in: right files in every format, wrong ones with a message that a planner understands."""

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.utils import timezone

from areas.geometry.validity import MAX_CHANGE, relative_change
from areas.intake import archives
from areas.models import Area, AreaLevel, AreaPart, PublishedFile, Source

FILES = Path(__file__).parent / "files" / "areas"
FIXTURE = Path(__file__).parents[2] / "fixtures" / "areas" / "unterbezirke.geojson"
NAMES = ["Hörde", "Süd", "Groß Barop", "Nord"]


def level(slug: str, rank: int, pattern: str, **options) -> AreaLevel:
    names = {"name": slug.title(), "name_plural": f"{slug.title()}e", "name_en": slug, "name_plural_en": slug}
    return AreaLevel.objects.create(slug=slug, rank=rank, code_pattern=pattern, **names, **options)


@pytest.fixture
def empty_city(db):
    """Two levels without areas, and a source."""
    level("bezirk", 10, r"\d{2}")
    level("quartier", 20, r"\d{3}", is_smallest=True)
    Source.objects.create(slug="amt", title="Amt", publisher="Stadt")


def run(file, *options: str, **named) -> str:
    """What the command writes."""
    out = io.StringIO()
    files = [str(FILES / file if isinstance(file, str) else file)] if file else []
    named = {"level": "quartier", "source": "amt"} | named
    if files:
        named = {"code_column": "NR", "name_column": "NAME"} | named
    call_command("import_areas", *files, *options, stdout=out, **named)
    return out.getvalue()


def refusal(file, *options: str, **named) -> str:
    """What the command writes before it refuses; nothing may be stored."""
    out = io.StringIO()
    named = {"level": "quartier", "source": "amt", "code_column": "NR", "name_column": "NAME"} | named
    files = [str(FILES / file if isinstance(file, str) else file)] if file else []
    before = list(Area.objects.values_list("pk", "valid"))
    with pytest.raises(CommandError) as error:
        call_command("import_areas", *files, "--commit", *options, stdout=out, **named)
    assert error.value.returncode == 1
    assert list(Area.objects.values_list("pk", "valid")) == before
    return f"{out.getvalue()}\n{error.value}"


def stored(slug: str = "quartier") -> dict[str, Area]:
    return {a.code: a for a in Area.objects.in_force().at_level(slug)}


def shapes_of(areas) -> np.ndarray:
    return shapely.from_wkb([bytes(a.geometry.wkb) for a in areas])


# Right files


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


# Wrong files


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


# Dissolving


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


# The real case


def city_export(seed: int) -> tuple[bytes, dict[str, float]]:
    """The 170 Unterbezirke as a city exports them: 58 small loops, corners up to 5 cm off, in Latin-1."""
    rng = np.random.default_rng(seed)
    there = pyproj.Transformer.from_crs(4326, 25832, always_xy=True)
    back = pyproj.Transformer.from_crs(25832, 4326, always_xy=True)
    features = json.loads(FIXTURE.read_text(encoding="utf-8"))["features"]
    looped = set(rng.choice(len(features), 58, replace=False).tolist())
    sizes = {}
    for number, feature in enumerate(features):
        shape = shapely.transform(shapely.from_geojson(json.dumps(feature["geometry"])), _points(there))
        sizes[feature["properties"]["schluessel"]] = shape.area
        shape = shapely.transform(shape, lambda xy: xy)
        shape = _shaken(shape, rng)
        if number in looped:
            shape = _with_loop(shape)
            assert not shape.is_valid
        feature["geometry"] = shapely.geometry.mapping(shapely.transform(shape, _points(back)))
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode("latin-1"), sizes


def _points(transformer):
    return lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


def _shaken(shape, rng):
    def ring(line):
        corners = np.array(line.coords)[:-1]
        return corners + rng.uniform(-0.05, 0.05, corners.shape)

    polygons = [shapely.Polygon(ring(p.exterior), [ring(h) for h in p.interiors]) for p in shapely.get_parts(shape)]
    return shapely.MultiPolygon(polygons)


def _with_loop(shape):
    """A loop of 10 cm in the middle of the longest side of the first part."""
    first, *others = shape.geoms
    corners = np.array(first.exterior.coords)
    sides = np.diff(corners, axis=0)
    longest = int(np.argmax(np.hypot(*sides.T)))
    along = sides[longest] / np.hypot(*sides[longest])
    across, middle = np.array([-along[1], along[0]]), corners[longest : longest + 2].mean(axis=0)
    loop = [middle + 0.1 * along + 0.1 * across, middle - 0.1 * along + 0.1 * across]
    broken = shapely.Polygon(np.insert(corners, longest + 1, loop, axis=0), [h.coords for h in first.interiors])
    return shapely.MultiPolygon([broken, *others])


def test_the_export_of_the_city_becomes_a_coverage(dortmund, db, tmp_path):
    file = tmp_path / "unterbezirke.geojson"
    content, sizes = city_export(seed=2021)
    file.write_bytes(content)
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    written = run(
        file,
        "--commit",
        level="unterbezirk",
        source="open-data-unterbezirke",
        code_column="schluessel",
        name_column="name",
        parent_column="sozialraum",
        parent_level="sozialraum",
        valid_from=date(2026, 5, 1),
    )
    assert "170 geändert" in written
    assert "Zeichensatz: Latin-1" in written
    assert written.count("Grenze schneidet sich selbst") == 58
    areas = stored("unterbezirk")
    shapes = shapes_of(areas.values())
    assert len(areas) == 170
    assert shapely.coverage_is_valid(shapes, gap_width=0.5)
    assert max(relative_change(sizes[a.code], s.area) for a, s in zip(areas.values(), shapes, strict=True)) < MAX_CHANGE
    assert areas["532"].name == "Hörde"
    assert "Körne" in " ".join(a.name for a in areas.values())
    for slug, count in (("stadt", 170), ("stadtbezirk", 170), ("sozialraum", 170), ("bezirk", 170)):
        links = AreaPart.objects.filter(whole__level__slug=slug, part__in=Area.objects.in_force())
        assert links.count() == count


def test_every_file_of_this_folder_is_used_by_a_test():
    source = Path(__file__).read_text(encoding="utf-8")
    assert [p.name for p in FILES.iterdir() if f'"{p.name}"' not in source] == []
