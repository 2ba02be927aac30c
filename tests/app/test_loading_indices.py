"""Indices in a city's folder: what is refused, with file and key; what changes is computed again."""

import pytest
from django.core.management import CommandError

from indicators.models import CompositeIndex, Formula, IndexResult, Release

from .guide import load, replace, write_guide

pytestmark = pytest.mark.django_db

INDEX = "indices/lage.toml"
CONTENT = """
name = "Lage"
definition = "Fasst eine Zahl zusammen."
dimension = "{dimension}"
levels = ["viertel"]
source = "melderegister"

[index]
kind = "status"
limits = ["-1", "1"]
class_names = ["günstig", "mittel", "ungünstig"]

[[component]]
indicator = "anteil_ab_65"
weight = "1.5"
direction = "raises"
"""


@pytest.fixture
def folder(tmp_path):
    folder = write_guide(tmp_path)
    catalogue = (folder / "indicators/anteil_ab_65.toml").read_text(encoding="utf-8")
    dimension = next(line for line in catalogue.splitlines() if line.startswith("dimension")).split('"')[1]
    (folder / "indices").mkdir()
    (folder / INDEX).write_text(CONTENT.replace("{dimension}", dimension), encoding="utf-8")
    return folder


def refusal(folder):
    with pytest.raises(CommandError) as error:
        load(folder, commit=True)
    assert not CompositeIndex.objects.exists() and not Release.objects.exists()
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "status"', 'kind = "lage"', "[index]: kind = „lage“ gibt es nicht. Erlaubt: status, dynamics"),
        ('kind = "status"', 'art = "status"', "[index]: Unbekannte Angaben: art"),
        ('kind = "status"', 'kind = "dynamics"', "nennt entweder earlier und later oder periods_back"),
        ('kind = "status"', 'kind = "dynamics"\nperiods_back = 0', "oder periods_back (mindestens 1)"),
        ('kind = "status"', 'kind = "dynamics"\nearlier = "2024"\nlater = "2018"', "earlier: Der frühere Zeitraum"),
        ('kind = "status"', 'kind = "status"\nearlier = "2018"', "earlier: Das gibt es nur bei einem Dynamik-Index"),
        ('kind = "status"', 'kind = "status"\nmin_population = 300', "population: Eine Mindestzahl braucht"),
        ('kind = "status"', 'kind = "status"\nmin_population = -1', "min_population = „-1“ ist keine ganze Zahl"),
        ('kind = "status"', 'kind = "status"\npopulation = "leute"', "population = „leute“ ist nicht bekannt"),
        ('kind = "status"', 'kind = "status"\nstandardisation = "log"', "standardisation = „log“ gibt es nicht"),
        ('["-1", "1"]', '["1", "-1"]', "limits: Die Grenzen müssen von klein nach groß stehen"),
        ('["-1", "1"]', "[-1.5, 1]", "limits: „-1.5“ ist keine Zahl (erwartet Text"),
        ('["-1", "1"]', '["1"]', "class_names: Bei 1 Grenzen sind es 2 Namen"),
        ('weight = "1.5"', 'weight = "viel"', "1. component: weight: „viel“ ist keine Zahl"),
        ('weight = "1.5"', 'weight = "-1"', "1. component: weight: Ein Gewicht ist nie negativ"),
        ('weight = "1.5"', 'weight = "0"', "weight: Alle Gewichte sind 0"),
        ('direction = "raises"', 'direction = "up"', "1. component: direction = „up“ gibt es nicht"),
        ('indicator = "anteil_ab_65"', 'indicator = "armut"', "1. component: indicator = „armut“ ist nicht bekannt"),
        ('indicator = "anteil_ab_65"', 'indicator = "lage"', "„lage“ ist selbst ein Index"),
        ('levels = ["viertel"]', 'levels = ["kiez"]', "levels = „kiez“ ist nicht bekannt"),
        (
            "[[component]]",
            "[[exclude]]\nlevel = 'viertel'\ncode = '99'\nreason = 'x'\n[[component]]",
            "code = „99“ gibt es",
        ),
        ("[[component]]", "[[exclude]]\nlevel = 'viertel'\ncode = '01'\n[[component]]", "Die Angabe „reason“ fehlt"),
        ("[index]", "[indexx]", "Die Angabe „index“ fehlt"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(folder, old, new, message):
    replace(folder / INDEX, old, new)
    told = refusal(folder)
    assert message in told and "lage.toml" in told


def test_an_index_and_an_indicator_do_not_share_a_name(folder):
    (folder / INDEX).rename(folder / "indices/anteil_ab_65.toml")
    assert "„anteil_ab_65“ gibt es schon als Indikator" in refusal(folder)


def test_no_values_are_delivered_for_an_index(folder):
    table = folder / "values/melderegister.csv"
    table.write_text(f"{table.read_text(encoding='utf-8').rstrip()}\nlage;viertel;01;2024;1,5;reported;;;\n", "utf-8")
    assert "„Lage“ wird aus anderen Indikatoren berechnet" in refusal(folder)


def test_it_is_computed_and_anew_when_its_rule_changes(folder):
    load(folder, commit=True)
    first = {r.area.code: r.score for r in IndexResult.objects.select_related("area")}
    assert len(first) >= 3 and abs(sum(first.values())) < 1
    assert "keiner ist neu" in load(folder, commit=True) or "nichts zu tun" in load(folder, commit=True)
    replace(folder / INDEX, '"raises"', '"lowers"')
    load(folder, commit=True)
    newest = Release.objects.published().order_by("-published_at").first()
    again = {r.area.code: r.score for r in IndexResult.objects.filter(edition__release=newest).select_related("area")}
    assert again == {code: -score for code, score in first.items()}


def test_an_index_that_is_new_to_a_loaded_city_is_published(folder):
    content = (folder / INDEX).read_text(encoding="utf-8")
    (folder / INDEX).unlink()
    load(folder, commit=True)
    (folder / INDEX).write_text(content, encoding="utf-8")
    load(folder, commit=True)
    assert Release.objects.published().count() == 2 and IndexResult.objects.exists()


FORMULA = """
name = "Zuwachs der Lage"
definition = "Um wie viel sich die Lage verändert."
dimension = "{dimension}"
levels = ["viertel"]
source = "melderegister"
aggregation = "computed"
unit_long = "Punkte"

[formula]
kind = "change"
of = ["lage"]
periods_back = 1
"""


def with_formula(folder):
    dimension = (folder / INDEX).read_text(encoding="utf-8").split('dimension = "')[1].split('"')[0]
    path = folder / "indicators/zuwachs.toml"
    path.write_text(FORMULA.replace("{dimension}", dimension), encoding="utf-8")
    return path


def test_a_formula_over_an_index_is_refused_with_file_and_key(folder):
    with_formula(folder)
    told = refusal(folder)
    assert "zuwachs.toml: [formula] of: „lage“ ist ein Index; eine Formel rechnet nur mit Indikatoren" in told


def test_the_same_when_the_index_is_loaded_already(folder):
    load(folder, commit=True)
    with_formula(folder)
    with pytest.raises(CommandError, match="ist ein Index; eine Formel rechnet nur"):
        load(folder, commit=True)
    assert not Formula.objects.exists()
