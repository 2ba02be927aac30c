"""What `load_city` refuses: with file and row, in German, everything at once, and nothing is stored."""

import json

import pytest
from django.core.management import CommandError

from areas.models import AreaLevel
from indicators.models import LoadedFolder, Release, SecrecyRule

from .guide import load, replace, write_guide

pytestmark = pytest.mark.django_db
VALUES = "values/melderegister.csv"
AREAS = "areas/viertel.geojson"
TOML = "indicators/anteil_ab_65.toml"
ROW = "anteil_ab_65;viertel;02;2024;;reported;90;900;"


@pytest.fixture
def folder(tmp_path):
    return write_guide(tmp_path)


def refusal(folder, **options) -> str:
    """What is told; the same with and without --commit."""
    told = []
    for commit in (False, True):
        with pytest.raises(CommandError) as error:
            load(folder, commit=commit, **options)
        told.append(str(error.value))
    assert told[0] == told[1]
    assert not AreaLevel.objects.exists() and not Release.objects.exists() and not LoadedFolder.objects.exists()
    return told[0]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (f"{ROW};zu viel", "melderegister.csv, Zeile 3: 10 Felder, erwartet sind 9"),
        (ROW[:-1], "melderegister.csv, Zeile 3: 8 Felder, erwartet sind 9"),
        (f"{ROW}\n{ROW}", "melderegister.csv, Zeile 4: Dieser Wert steht schon in "),
        (
            ROW.replace(";;reported;90;900;", ";10;joint;;;02+77"),
            "Zeile 3, Spalte gemeinsam_mit: Das Gebiet „viertel 77“",
        ),
        (ROW.replace(";;reported;90;900;", ";10;joint;;;01+03"), "Spalte gemeinsam_mit: Das eigene Gebiet 02 fehlt"),
        (ROW.replace(";;reported;90;900;", ";10;joint;;;"), "Zeile 3: Mit dem Status „joint“ nennt gemeinsam_mit"),
        (ROW.replace(";;reported;90;900;", ";100,1;reported;;;"), "Zeile 3: 100,1 ist mehr als 100 %"),
        (ROW.replace(";90;900", ";901;900"), "Zeile 3: 100,111111 ist mehr als 100 %"),
        (ROW.replace(";;reported;90;900;", ";-0,5;reported;;;"), "Zeile 3: -0,5 ist negativ"),
        (ROW.replace(";90;", ";123456789012345;"), "Zeile 3, Spalte zaehler: Die Zahl ist zu groß"),
        (ROW.replace(";90;", ";9²;"), "Zeile 3, Spalte zaehler: „9²“ ist keine Zahl"),
        (ROW.replace(";900;", ";-900;"), "Zeile 3, Spalte nenner: „-900“ ist negativ"),
        (ROW.replace("2024", "202²"), "Zeile 3: „202²“ ist kein Jahr"),
        (ROW.replace("2024", "0000"), "Zeile 3: „0000“ ist kein Jahr"),
        (ROW.replace(";;reported;90;900;", ";5;zero;;;"), "Zeile 3: Status „genau null“, aber der Wert ist 5"),
    ],
)
def test_a_wrong_row_is_named(folder, new, message):
    replace(folder / VALUES, ROW, new)
    assert message in refusal(folder)


@pytest.mark.parametrize("said", ['name = "Veränderung"', 'name = "Entwicklung der Zahl"'])
def test_a_change_may_be_negative_and_above_a_hundred(folder, said):
    replace(folder / TOML, 'name = "65 Jahre und älter"', said)
    replace(folder / VALUES, ROW, ROW.replace(";;reported;90;900;", ";-12,5;reported;;;"))
    replace(folder / VALUES, "03;2024;;reported;640;1600;", "03;2024;140;reported;;;")
    assert "Veröffentlicht" in load(folder)


def test_per_hundred_of_others_may_be_above_a_hundred(folder):
    replace(folder / TOML, '"% der Bevölkerung"', '"je 100 Menschen unter 65"')
    replace(folder / VALUES, ROW, ROW.replace(";;reported;90;900;", ";140;reported;;;"))
    assert "Veröffentlicht" in load(folder)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "melderegister.csv, Zeile 1: Es fehlen die Spalten"),
        (ROW, "melderegister.csv, Zeile 1: Es fehlen die Spalten"),
        (
            "indikator;ebene;gebiet;zeit;wert;status;zaehler;nenner;gemeinsam_mit\n",
            "melderegister.csv: Die Tabelle hat keine Zeilen",
        ),
    ],
)
def test_a_table_needs_a_head_and_rows(folder, content, message):
    (folder / VALUES).write_text(content, encoding="utf-8")
    assert message in refusal(folder)


def test_values_are_needed(folder):
    (folder / VALUES).unlink()
    assert "Hier liegt keine Tabelle mit Werten" in refusal(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (AREAS, '"schluessel": "02"', '"schluessel": "01"', "viertel.geojson, 2. Objekt: „01“ steht schon weiter oben"),
        (AREAS, '"stadt": "09999999"', '"stadt": "1"', "viertel.geojson, 1. Objekt (01): Übergeordnete Gebiete fehlen"),
        (AREAS, '"type": "Polygon"', '"type": "Point"', "1. Objekt (01): „geometry“ ist keine Fläche"),
        (AREAS, "[[[8.00, 51.00], [8.02", '[[["x", 51.00], [8.02', "1. Objekt (01): Die Fläche ist nicht lesbar"),
        (
            AREAS,
            "[8.02, 51.01], [8.02, 51.00]",
            "[8.01, 51.01], [8.02, 51.00]",
            "Altstadt (01) und Hafen (02) überlappen sich auf",
        ),
        (AREAS, '"name": "Hafen", ', "", "2. Objekt (02): Die Angabe „name“ fehlt"),
        ("areas/stadt.csv", ";;published", ";;sicher", "stadt.csv, Zeile 2: „sicher“ ist unbekannt"),
        ("city.toml", 'parent_level = "stadt"', 'parent_level = "land"', "Die Angabe „land“ fehlt"),
        ("city.toml", "rank = 10", 'rank = "10"', "„rank“ muss eine ganze Zahl sein"),
        ("release.toml", "notice_en", "hinweis_en", "release.toml: Unbekannte Angaben: hinweis_en"),
        ("release.toml", '"2026-1"', "2026", "release.toml: „slug“ muss Text sein"),
        ("release.toml", '"2026-1"', '"2026 / 1"', "release.toml: slug: "),
        (TOML, '"ratio"', '"summe"', "anteil_ab_65.toml: aggregation: "),
        (TOML, "decimals = 1", 'decimals = "eine"', "anteil_ab_65.toml: decimals: "),
        ("dimensions.toml", "[[dimension]]", "[dimension]", "dimensions.toml: „dimension“ muss als [[dimension]]"),
    ],
)
def test_a_wrong_file_is_named(folder, file, old, new, message):
    replace(folder / file, old, new)
    assert message in refusal(folder)


def test_an_area_without_boundary_is_named(folder):
    content = json.loads((folder / AREAS).read_text(encoding="utf-8"))
    content["features"][2]["geometry"] = None
    (folder / AREAS).write_text(json.dumps(content), encoding="utf-8")
    assert "viertel.geojson, 3. Objekt (03): „geometry“ ist keine Fläche" in refusal(folder)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("8.12;51.01", "orte.csv, Zeile 2: Der Ort liegt 6 km außerhalb der Stadt"),
        ("51.01;8.01", "orte.csv, Zeile 2: Der Ort liegt "),
        ("nan;51.01", "orte.csv, Zeile 2: Länge und Breite liegen nicht auf der Erde"),
        ("acht;51.01", "orte.csv, Zeile 2: Länge und Breite sind keine Zahlen"),
        ("8.08;51.01", None),
    ],
)
def test_a_place_lies_in_the_city_or_near_it(folder, place, message):
    (folder / "areas" / "orte.csv").write_text(
        f"art;name;anschrift;laenge;breite\nBad;Ostbad;;{place}\n", encoding="utf-8"
    )
    with (folder / "city.toml").open("a", encoding="utf-8") as handle:
        handle.write('\n[places]\nfile = "areas/orte.csv"\nsource = "vermessung"\n')
    if message:
        assert message in refusal(folder)
    else:
        assert "Einrichtungen: 1" in load(folder)


def test_an_action_plan_is_checked(folder):
    (folder / "actionplan").mkdir()
    plan = 'source = "vermessung"\nquarters = "actionplan/q.geojson"\n[decisions]\nstart = "Rat"\nchange = "Rat"\n'
    plan += '[[area]]\ncode = "09"\nfrom = 2008-01-01\n[[area]]\ncode = "01"\n[[area]]\ncode = "02"\nfrom = 2008\n'
    (folder / "actionplan" / "action_areas.toml").write_text(plan, encoding="utf-8")
    (folder / "actionplan" / "q.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    told = refusal(folder)
    assert "1. [[area]]: Das Gebiet 09 gibt es auf der Berichtsebene nicht" in told
    assert "2. [[area]]: Die Angabe „from“ fehlt" in told
    assert "3. [[area]]: Die Angaben werden nicht angenommen" in told


def test_mistakes_of_all_files_are_told_together_and_nothing_that_only_follows_from_them(folder):
    replace(folder / "sources.toml", "publisher", "publischer", 1)
    replace(folder / AREAS, '"name": "Hafen", ', "")
    replace(folder / TOML, "unit_en", "unit_fr")
    replace(folder / "release.toml", "notice_en", "hinweis_en")
    replace(folder / VALUES, ";90;900", ";neunzig;900")
    told = refusal(folder).splitlines()
    assert len(told) == 5
    for line, file in zip(told, ["sources.toml", AREAS, TOML, "release.toml", VALUES], strict=True):
        assert f"/{file}" in line


def test_twenty_mistakes_are_told_and_the_others_counted(folder):
    replace(
        folder / VALUES, ROW, "\n".join(f"gibt_es_nicht;viertel;02;{year};1;reported;;;" for year in range(2000, 2025))
    )
    told = refusal(folder).splitlines()
    assert len(told) == 21 and told[-1] == "und 5 weitere"


def test_a_folder_is_needed(folder):
    assert "Diesen Ordner gibt es nicht" in refusal(folder / "fehlt")
    assert "Das ist kein Ordner" in refusal(folder / "city.toml")


@pytest.mark.parametrize("file", ["release.toml", VALUES, AREAS])
def test_a_file_that_cannot_be_read_is_named(folder, file):
    (folder / file).unlink()
    (folder / file).mkdir()
    assert f"{file}: Die Datei lässt sich nicht lesen" in refusal(folder)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("min_count = 12\nrounding_base = 10", "Gerundet wird auf mindestens so viel wie die Mindestzahl"),
        ("dominance_units = 1", "Zur Dominanzregel gehören Zahl der Einheiten und Anteil"),
        ("rounding_base = 7", "rounding_base"),
    ],
)
def test_a_rule_of_secrecy_that_does_not_hold_together_is_refused_with_its_source(tmp_path, rule, message):
    folder = write_guide(tmp_path)
    sources = folder / "sources.toml"
    sources.write_text(sources.read_text(encoding="utf-8") + f"\n[source.secrecy]\n{rule}\n", encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        load(folder, commit=True)
    assert "sources.toml" in str(refused.value) and "secrecy" in str(refused.value) and message in str(refused.value)
    assert not SecrecyRule.objects.exists() and not Release.objects.exists()
