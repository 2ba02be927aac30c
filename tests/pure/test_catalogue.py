"""The catalogue in fixtures/indicators is complete, bilingual and contains the whole atlas of 2005."""

import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from indicators.formulas import Written, faults

FIXTURES = Path(__file__).parents[2] / "fixtures"
CATALOGUE = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((FIXTURES / "indicators").glob("*.toml"))
}
DIMENSIONS = {d["slug"] for d in tomllib.loads((FIXTURES / "dimensions.toml").read_text("utf-8"))["dimension"]}
SOURCES = {s["slug"] for s in tomllib.loads((FIXTURES / "sources.toml").read_text("utf-8"))["source"]}
LEVELS = {level["slug"] for level in tomllib.loads((FIXTURES / "city.toml").read_text("utf-8"))["level"]}
BILINGUAL = ["name", "definition", "unit_long"]
LONGEST = {"name": 120, "name_en": 120, "unit": 60, "unit_en": 60, "unit_long": 120, "unit_long_en": 120} | {
    "numerator": 160,
    "denominator": 160,
}
ATLAS_2005 = {
    "Bevölkerung unter 18 Jahren": "anteil_unter_18",
    "Bevölkerung von 65 und mehr Jahren": "anteil_ab_65",
    "Jugendquotient": "jugendquotient",
    "Altenquotient": "altenquotient",
    "Kinder und Jugendliche nach Altersgruppen": "minderjaehrige_nach_altersgruppen",
    "Geburtenrate": "geborene_je_1000",
    "Sterberate": "gestorbene_je_1000",
    "Bevölkerung mit Migrationshintergrund": "migrationshintergrund",
    "Bevölkerungsentwicklung": "bevoelkerungsentwicklung",
    "Beschäftigtenquote": "beschaeftigtenquote",
    "Entwicklung der Beschäftigung": "beschaeftigungsentwicklung",
    "Arbeitslosenrate": "arbeitslosenrate",
    "Arbeitslosenrate der Nichtdeutschen": "arbeitslosenrate_nichtdeutsche",
    "Jugendarbeitslosenrate": "jugendarbeitslosenrate",
    "Langzeitarbeitslose": "langzeitarbeitslose",
    "SGB-II-Quote": "sgb2_quote",
    "Bedarfsgemeinschaften mit Kindern": "bedarfsgemeinschaften_mit_kindern",
    "Einkommen je Steuerpflichtigen": "einkommen_je_steuerpflichtigen",
    "Wohnfläche je Einwohner/-in": "wohnflaeche_je_einwohner",
    "Entwicklung der Wohnfläche": "wohnflaechenentwicklung",
    "Sozialwohnungen": "sozialwohnungen",
    "Hilfen zur Erziehung": "hilfen_zur_erziehung",
    "Kinder mit Normalgewicht": "kinder_mit_normalgewicht",
    "Anmeldequote zur Hauptschule": "anmeldequote_hauptschule",
    "Anmeldequote zur Realschule": "anmeldequote_realschule",
    "Anmeldequote zur Gesamtschule": "anmeldequote_gesamtschule",
    "Anmeldequote zum Gymnasium": "anmeldequote_gymnasium",
}
RENAMED = {"Geburtenrate", "Sterberate", "Wohnfläche je Einwohner/-in"}  # one entry with the newer values

every_indicator = pytest.mark.parametrize("slug", CATALOGUE)


@every_indicator
def test_says_in_both_languages_what_it_is(slug):
    entry = CATALOGUE[slug]
    for key in BILINGUAL:
        assert entry[key].strip(), key
        assert entry[f"{key}_en"].strip(), key
    assert entry["definition"] != entry["name"], "a definition explains"
    assert entry["definition_en"] != entry["definition"]
    assert {"unit", "unit_en", "note", "note_en"} <= set(entry)
    assert bool(entry["note"]) == bool(entry["note_en"])
    assert bool(entry["unit"]) == bool(entry["unit_en"])
    assert entry["unit"] or entry["aggregation"] in ("sum", "computed"), "only a count has no unit behind its number"


@every_indicator
def test_defines_in_two_to_four_short_sentences(slug):
    for key in ("definition", "definition_en"):
        sentences = [s for s in CATALOGUE[slug][key].replace("z. B.", "zB").split(". ") if s]
        assert 2 <= len(sentences) <= 4, sentences
        assert max(len(s.split()) for s in sentences) <= 40


@every_indicator
def test_refers_only_to_what_exists(slug):
    entry = CATALOGUE[slug]
    assert entry["dimension"] in DIMENSIONS
    assert entry["source"] in SOURCES
    assert entry["levels"], "an indicator is on at least one level"
    assert set(entry["levels"]) <= LEVELS
    if entry["aggregation"] == "weighted_mean":
        assert CATALOGUE[entry["weight"]]["aggregation"] == "sum", "a weight is a count"
    else:
        assert "weight" not in entry
    if entry["aggregation"] == "ratio":
        assert entry["numerator"]
        assert entry["denominator"]
    if "numerator_kind" in entry:
        assert entry["numerator_kind"] in ("part", "events")
        assert entry["numerator"] and entry["denominator"]


@every_indicator
def test_a_computed_one_says_from_what(slug):
    entry = CATALOGUE[slug]
    formula = entry.get("formula")
    assert (entry["aggregation"] == "computed") == bool(formula)
    if formula is None:
        return
    written = Written(
        kind=formula["kind"],
        of=tuple(formula["of"]),
        by=tuple(formula.get("by", ())),
        periods_back=formula.get("periods_back"),
        base_period=formula.get("base_period", ""),
        years=formula.get("years"),
    )
    assert faults(written, factor=entry.get("factor", 100)) == []
    used = [CATALOGUE[name] for name in (*written.of, *written.by)]
    assert slug not in (*written.of, *written.by)
    for one in used:
        assert one["reference"] == entry["reference"], "figures of one day are computed from those of the same day"
        assert set(entry["levels"]) <= set(one["levels"]), "there is a result only where there is every input"
    assert bool(entry["unit"]) or all(not one["unit"] for one in used), "without a unit it is a count, made of counts"


@every_indicator
def test_fits_into_the_database(slug):
    entry = CATALOGUE[slug]
    for key, length in LONGEST.items():
        assert len(entry.get(key, "")) <= length, key
    assert 3 <= entry.get("default_classes", 6) <= 7
    assert all(len(gap["reason"]) <= 240 and gap["reason_en"] for gap in entry.get("break", []))


@every_indicator
def test_breaks_ascend(slug):
    entry = CATALOGUE[slug]
    periods = [gap["period"] for gap in entry.get("break", [])]
    assert periods == sorted(set(periods))
    limits = [Decimal(text) for text in entry.get("author_breaks", {}).get("limits", [])]
    assert all(low < high for low, high in pairwise(limits))
    assert (entry.get("default_method") == "author") == bool(limits)


def test_order_is_unambiguous_inside_a_dimension():
    places = [(entry["dimension"], entry["order"]) for entry in CATALOGUE.values()]
    assert len(places) == len(set(places))


def test_names_are_unique():
    for key in ("name", "name_en"):
        names = [entry[key] for entry in CATALOGUE.values()]
        assert len(names) == len(set(names))


def test_the_27_indicators_of_2005_are_there():
    assert len(ATLAS_2005) == 27
    for name, slug in ATLAS_2005.items():
        assert "Sozialstrukturatlas 2005" in CATALOGUE[slug]["note"], name
        assert name in RENAMED or CATALOGUE[slug]["name"] == name


def test_the_map_of_2005_has_its_own_limits():
    own = CATALOGUE["arbeitslosenrate"]["author_breaks"]
    steps = {b - a for a, b in pairwise([Decimal("5.21"), *map(Decimal, own["limits"])])}
    assert max(steps) - min(steps) <= Decimal("0.01"), "six equal steps, rounded to two places"


def test_nobody_is_named_as_author_or_checker_who_did_not_check():
    assert not [slug for slug, entry in CATALOGUE.items() if entry.get("author") or entry.get("checker")]
