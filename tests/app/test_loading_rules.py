"""Typologies and rules of a city's folder: loaded, changed, and refused with file and key."""

import pytest
from django.core.management import CommandError

from indicators.models import Analysis, Release, Screening, Typology

from .guide import load, replace, write_guide

pytestmark = pytest.mark.django_db
TYPOLOGY = """
[[typology]]
slug = "alter"
name = "Alter"
level = "viertel"
cluster_count = 2
starts = 5
indicators = ["anteil_ab_65"]
"""
SCREENING = """
[[screening]]
slug = "alte"
name = "Viele Alte"
level = "viertel"

[[screening.criterion]]
indicator = "anteil_ab_65"
comparison = "difference"
threshold = 0
side = "above"
"""


@pytest.fixture
def folder(tmp_path):
    folder = write_guide(tmp_path)
    replace(folder / "indicators/anteil_ab_65.toml", 'direction = "neutral"', 'direction = "higher_is_worse"')
    (folder / "typologies.toml").write_text(TYPOLOGY, encoding="utf-8")
    (folder / "screenings.toml").write_text(SCREENING, encoding="utf-8")
    return folder


def results():
    return {(a.release.slug, a.kind): a.content for a in Analysis.objects.select_related("release")}


def test_they_are_loaded_and_computed(folder):
    load(folder, commit=True)
    found = results()
    assert [c["size"] for c in found["2026-1", "typologie"]["clusters"]] == [3, 1]
    rows = found["2026-1", "unter-durchschnitt"]["areas"]
    assert [row["code"] for row in rows if row["verdict"] == "stands_out"] == ["03"]


def test_a_changed_definition_makes_a_release_and_unchanged_ones_no_history(folder):
    load(folder, commit=True)
    replace(folder / "typologies.toml", "cluster_count = 2", "cluster_count = 3")
    load(folder, commit=True)
    assert Release.objects.count() == 2
    assert len(results()["2026-1-2", "typologie"]["clusters"]) == 3
    assert Typology.objects.get().history.count() == 1 and not Typology.objects.get().parts.get().history.exists()
    assert not Screening.objects.get().history.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("typologies", "cluster_count = 2", "cluster_count = 9", "typologies.toml, alter: Eine Typologie hat 2 bis 7"),
        ("typologies", "starts = 5", 'starts = "viele"', "typologies.toml, alter: starts: "),
        ("typologies", "starts = 5", "startz = 5", "typologies.toml, alter: Unbekannte Angaben: startz"),
        ("typologies", 'level = "viertel"', 'level = "kreis"', "alter: level = „kreis“ ist nicht bekannt"),
        ("typologies", '["anteil_ab_65"]', '["quote"]', "alter: indicators = „quote“ ist nicht bekannt"),
        ("typologies", '["anteil_ab_65"]', "[]", "alter: indicators nennt mindestens einen Indikator"),
        ("typologies", 'slug = "alter"\n', "", "typologies.toml, 1. [[typology]]: Die Angabe „slug“ fehlt"),
        ("typologies", "[[typology]]", "[[typologie]]", "typologies.toml: Unbekannte Angaben: typologie"),
        ("typologies", "cluster_count = 2", 'method = "raten"', "typologies.toml, alter: method: "),
        ("screenings", "threshold = 0", "threshold = -1", "screenings.toml, alte, 1. criterion: Die Schwelle"),
        ("screenings", "threshold = 0", 'threshold = "viel"', "screenings.toml, alte: Die Angaben werden nicht"),
        ("screenings", "threshold = 0", "", "alte, 1. criterion: Die Angabe „threshold“ fehlt"),
        ("screenings", '"difference"\nthreshold = 0', '"highest"\nthreshold = 1.5', "Gebiete ist eine ganze Zahl"),
        ("screenings", '"difference"', '"etwa"', "alte, 1. criterion: comparison: "),
        ("screenings", 'name = "Viele Alte"', 'name = "Alte"\nneeded = 2', "alte: needed = 2, aber es gibt nur 1"),
        ("screenings", "threshold = 0", "schwelle = 0", "alte, 1. criterion: Unbekannte Angaben: schwelle"),
        ("screenings", "[[screening.criterion]]", "[screening.criterion]", "muss als [[criterion]] geschrieben sein"),
    ],
)
def test_what_is_wrong_is_named(folder, file, old, new, message):
    replace(folder / f"{file}.toml", old, new)
    with pytest.raises(CommandError) as error:
        load(folder)
    assert message in str(error.value)
    assert not Typology.objects.exists() and not Release.objects.exists()


def test_without_a_direction_nothing_is_severe(folder):
    replace(folder / "indicators/anteil_ab_65.toml", 'direction = "higher_is_worse"', 'direction = "neutral"')
    replace(folder / "screenings.toml", 'side = "above"', "")
    with pytest.raises(CommandError) as error:
        load(folder)
    assert "typologies.toml, alter: Mindestens ein Indikator muss sagen" in str(error.value)
    assert "alte, 1. criterion: side fehlt" in str(error.value)
