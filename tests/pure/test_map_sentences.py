"""The text under a map's title and the long text for screen readers: real cases and properties."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.sentences import AreaValue, MapFacts, map_summary, map_text
from atlas.sentences.german import among
from atlas.sentences.wording import count_numbers, phrases_of

INDICATORS = Path(__file__).parents[2] / "fixtures" / "indicators"
HEADLINES = {
    path.stem: entry["headline"]
    for path in sorted(INDICATORS.glob("*.toml"))
    if "headline" in (entry := tomllib.loads(path.read_text(encoding="utf-8")))
}


def area(name, value, earlier=None, status="estimated", **more):
    return AreaValue(
        name,
        None if value is None else Decimal(value),
        status,
        earlier_value=None if earlier is None else Decimal(earlier),
        earlier_status="missing" if earlier is None else "estimated",
        **more,
    )


BENEFITS = MapFacts(
    name="Transferleistungsquote",
    headline=HEADLINES["transferleistungsquote"],
    city="Dortmund",
    level_plural="Sozialräume",
    areas=(
        area("Nordmarkt", "36.8", "41.1"),
        area("Borsigplatz", "34.6", "42.8"),
        area("Hafen", "28.9", "34.0"),
        area("Dorstfeld", "18.1", "21.1"),
        area("City", "14.7", "15.0"),
        area("Brechten/Holthausen", "9.5", "7.7"),
        area("Berghofen", "7.5", "7.5"),
        area("Holzen/Höchsten/Syburg", "3.5", "4.2"),
    ),
    period="31.12.2024",
    city_value=Decimal("15.4"),
    city_status="estimated",
    limits=(9.1, 19.9),
)
AGE = replace(
    BENEFITS,
    name="Durchschnittsalter",
    headline=HEADLINES["durchschnittsalter"],
    unit="Jahre",
    areas=(area("Borsigplatz", "33.7"), area("Hörde", "43.0"), area("Kirchhörde", "48.9")),
    city_value=Decimal("43.1"),
)


def test_the_summary_of_a_share():
    assert map_summary(BENEFITS) == (
        "In Dortmund erhält etwa jede sechste bis siebte Person Leistungen der Grundsicherung. "
        "In den Sozialräumen reicht der Anteil von 3,5\u202f% (Holzen/Höchsten/Syburg) bis 36,8\u202f% (Nordmarkt). "
        "Die Werte sind geschätzt."
    )
    english = map_summary(replace(BENEFITS, language="en", level_plural="Social areas"))
    assert english == (
        "In Dortmund, between one in seven and one in six people receive basic income benefits. "
        "In the social areas the share ranges from 3.5\u202f% (Holzen/Höchsten/Syburg) to 36.8\u202f% (Nordmarkt). "
        "The values are estimated."
    )


def test_the_summary_of_a_mean_names_the_areas_instead():
    assert map_summary(AGE) == (
        "Im Durchschnitt sind die Menschen in Dortmund 43,1 Jahre alt. "
        "Den niedrigsten Wert unter den Sozialräumen hat Borsigplatz, den höchsten hat Kirchhörde. "
        "Die Werte sind geschätzt."
    )


def test_ties_are_named_together():
    tied = replace(AGE, areas=(*AGE.areas, area("Asseln", "48.9")))
    assert "den höchsten haben Kirchhörde und Asseln." in map_summary(tied)
    many = replace(tied, areas=(*tied.areas, area("Sölde", "48.9")))
    assert "den höchsten haben mehrere Gebiete." in map_summary(many)


def test_reported_and_estimated_values_are_told_apart():
    mixed = replace(BENEFITS, areas=(area("A", "10", status="reported"), area("B", "20")))
    assert map_summary(mixed).endswith("Ein Teil der Werte ist geschätzt.")
    reported = replace(mixed, areas=(mixed.areas[0], area("B", "20", status="reported")), city_status="reported")
    assert "geschätzt" not in map_summary(reported)


def test_nothing_known_is_said():
    unknown = replace(BENEFITS, areas=tuple(replace(a, value=None, status="missing") for a in BENEFITS.areas))
    assert "In den Sozialräumen ist kein Wert bekannt." in map_summary(unknown)
    no_city = replace(BENEFITS, city_value=None, city_status="missing")
    assert map_summary(no_city).startswith("Für Dortmund insgesamt ist kein Wert bekannt. In den Sozialräumen")
    density = replace(BENEFITS, city_value=None, city_status=None)
    assert map_summary(density).startswith("In den Sozialräumen reicht")


def test_one_area_and_equal_areas():
    alone = (BENEFITS.areas[0], replace(BENEFITS.areas[1], value=None, status="missing"))
    assert "Nur für Nordmarkt ist ein Wert bekannt: 36,8\u202f%." in map_summary(replace(BENEFITS, areas=alone))
    equal = (area("A", "5"), area("B", "5"))
    assert "In den Sozialräumen ist der Wert überall gleich: 5,0\u202f%." in map_summary(replace(BENEFITS, areas=equal))


def test_a_range_over_some_areas_says_how_many_are_known():
    gaps = tuple(replace(a, value=None, status="missing") for a in BENEFITS.areas[1:6])
    partly = replace(BENEFITS, areas=(BENEFITS.areas[0], *gaps, *BENEFITS.areas[6:]))
    assert (
        "Bekannt ist der Wert für 3 von 8 Sozialräumen; unter ihnen reicht der Anteil von 3,5\u202f% "
        "(Holzen/Höchsten/Syburg) bis 36,8\u202f% (Nordmarkt)."
    ) in map_summary(partly)
    assert "The value is known for 3 of 8 social areas; among them the share ranges from" in map_summary(
        replace(partly, language="en", level_plural="Social areas")
    )
    ages = replace(AGE, areas=(*AGE.areas, replace(AGE.areas[0], name="City", value=None, status="missing")))
    assert (
        "Bekannt ist der Wert für 3 von 4 Sozialräumen; den niedrigsten Wert unter ihnen hat Borsigplatz, "
        "den höchsten hat Kirchhörde."
    ) in map_summary(ages)
    equal = replace(BENEFITS, areas=(area("A", "5"), area("B", "5"), area("C", None, status="missing")))
    assert "für 2 von 3 Sozialräumen; unter ihnen ist er überall gleich: 5,0\u202f%." in map_summary(equal)


PEOPLE = replace(
    BENEFITS,
    name="Einwohner",
    headline=HEADLINES["einwohner"],
    unit="",
    decimals=0,
    areas=(area("City", "12345"), area("Hafen", "15678"), area("Syburg", "4321")),
    city_value=Decimal(600768),
)


def test_an_estimated_count_is_rounded_and_said_to_be_an_estimate():
    assert map_summary(PEOPLE) == (
        "Nach einer Schätzung wohnen in Dortmund rund 601.000 Menschen. "
        "Die wenigsten Menschen wohnen in Syburg, die meisten in Hafen. Die Werte sind geschätzt."
    )
    assert map_summary(replace(PEOPLE, language="en", tells_certainty=False)) == (
        "By an estimate, about 601,000 people live in Dortmund. The fewest people live in Syburg, the most in Hafen."
    )
    assert "reicht die Zahl der Menschen von rund 4.320 (Syburg) bis rund 15.700 (Hafen)." in map_summary(
        replace(PEOPLE, city_value=None, city_status=None)
    )


def test_a_counted_number_is_told_in_full():
    counted = replace(PEOPLE, city_value=Decimal(612065), city_status="reported")
    assert map_summary(counted).startswith("In Dortmund wohnen 612.065 Menschen.")


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("Sozialräume", "den Sozialräumen"),
        ("Stadtbezirke", "den Stadtbezirken"),
        ("Statistische Unterbezirke", "den statistischen Unterbezirken"),
        ("Quartiere", "den Quartieren"),
        ("Siedlungen", "den Siedlungen"),
    ],
)
def test_german_levels_in_the_dative(level, text):
    assert among(level) == text


def test_the_long_text_of_a_real_map():
    text = map_text(replace(BENEFITS, earlier_period="2018"))
    assert text == (
        "Karte: Transferleistungsquote, Sozialräume in Dortmund, 31.12.2024. "
        "3 Klassen: unter 9,1\u202f%: 2 Gebiete; 9,1\u202f% bis unter 19,9\u202f%: 3 Gebiete; "
        "19,9\u202f% und mehr: 3 Gebiete. "
        "Die höchsten Werte: Nordmarkt 36,8\u202f%; Borsigplatz 34,6\u202f%; Hafen 28,9\u202f%. "
        "Die niedrigsten Werte: Holzen/Höchsten/Syburg 3,5\u202f%; Berghofen 7,5\u202f%; "
        "Brechten/Holthausen 9,5\u202f%. "
        "Geschätzt: 8 Gebiete. "
        "Veränderung seit 2018: in 5 Gebieten gesunken, in 1 Gebiet gestiegen, in 2 Gebieten kaum verändert. "
        "Am stärksten gesunken: Borsigplatz (−8,2). Am stärksten gestiegen: Brechten/Holthausen (+1,8)."
    )


def test_gaps_and_their_reasons():
    secret = tuple(replace(a, value=None, status="suppressed") for a in BENEFITS.areas[:2])
    assert "Ohne Wert: Nordmarkt; Borsigplatz (geheim zu halten)." in map_text(
        replace(BENEFITS, areas=secret + BENEFITS.areas[2:])
    )
    missing = tuple(replace(a, value=None, status="missing") for a in BENEFITS.areas[2:5])
    text = map_text(replace(BENEFITS, areas=secret + missing + BENEFITS.areas[5:]))
    assert "Ohne Wert: 5 Gebiete, davon 3 nicht bekannt, 2 geheim zu halten." in text


def test_a_break_or_another_joint_publication_forbids_the_comparison():
    reason = "Die Quelle hat die Berechnung geändert."
    text = map_text(replace(BENEFITS, earlier_period="2018", break_reason=reason))
    assert text.endswith(reason)
    assert "gesunken" not in text
    joint = replace(BENEFITS.areas[1], status="joint", joint_with="061+062")
    areas = (BENEFITS.areas[0], joint, *BENEFITS.areas[2:])
    text = map_text(replace(BENEFITS, areas=areas, earlier_period="2018"))
    assert "in 1 Gebiet nicht vergleichbar" in text
    assert "Am stärksten gesunken: Hafen (−5,1)" in text
    assert "Gemeinsam mit anderen Gebieten veröffentlicht: 1 Gebiet." in text


values = st.none() | st.decimals(0, 100, places=1)


@given(
    st.lists(st.tuples(values, values), min_size=2, max_size=12),
    st.none() | st.decimals(0, 100, places=1),
    st.lists(st.integers(1, 99), max_size=6, unique=True),
    st.sampled_from(list(HEADLINES)),
    st.sampled_from(["de", "en"]),
)
def test_texts_hold_for_any_map(pairs, city, limits, slug, language):
    names = "ABCDEFGHIJKL"
    areas = tuple(
        area(names[i], now, before, status="missing" if now is None else "reported")
        for i, (now, before) in enumerate(pairs)
    )
    facts = MapFacts(
        name="Indikator",
        headline=HEADLINES[slug],
        city="Dortmund",
        level_plural="Sozialräume",
        areas=areas,
        period="Ende",
        city_value=city,
        city_status="missing" if city is None else "reported",
        limits=tuple(sorted(limits)),
        earlier_period="Anfang",
        language=language,
    )
    summary = map_summary(facts)
    known = [a.value for a in areas if a.value is not None]
    of_the_name = count_numbers(str(phrases_of(HEADLINES[slug], language)))  # "ab 65 Jahren" is no figure
    sizes = 2 if 1 < len(known) < len(areas) else 0  # "5 von 12 Sozialräumen"
    assert count_numbers(summary) <= 2 + of_the_name + sizes, summary
    if sizes:
        assert f"{len(known)} {'of' if language == 'en' else 'von'} {len(areas)} " in summary
    assert "{" not in summary
    text = map_text(facts)
    assert "{" not in text
    if known and limits:
        classes = text.split(": ", 2)[2] if language == "en" else text.split("Klassen: ", 1)[1]
        counted = [int(part.split()[0]) for part in classes.split(". ")[0].replace("; ", ": ").split(": ")[1::2]]
        assert sum(counted) == len(known), text
