"""Sentences say what the numbers say: known answers, and properties over every indicator of the catalogue."""

import doctest
import importlib
import tomllib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.sentences import (
    AreaFacts,
    FigureFacts,
    area_headline,
    change_sentence,
    comparison_words,
    figure_sentence,
)
from atlas.sentences.wording import count_numbers
from tests.pure.reading_sentences import check_change, check_comparison, check_share

INDICATORS = Path(__file__).parents[2] / "fixtures" / "indicators"
FILES = {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(INDICATORS.glob("*.toml"))}
SPOKEN = {slug: entry for slug, entry in FILES.items() if "headline" in entry}
SHARES = [slug for slug, entry in SPOKEN.items() if entry["headline"]["kind"] == "share"]
LEADING = [slug for slug, entry in SPOKEN.items() if "priority" in entry["headline"]]
LANGUAGES = ["de", "en"]

percents = st.decimals(Decimal("0.1"), 100, places=1)
languages = st.sampled_from(LANGUAGES)
statuses = st.sampled_from(["reported", "estimated", "joint"])


def figure(slug, value, *, status="reported", language="de", **more):
    entry = FILES[slug]
    return FigureFacts(
        name=entry["name_en" if language == "en" else "name"],
        headline=entry["headline"],
        value=None if value is None else Decimal(value),
        status=status,
        decimals=entry["decimals"],
        unit=entry["unit"],
        dimension=entry["dimension"],
        **{k: Decimal(v) if k.endswith("_value") and v is not None else v for k, v in more.items()},
    )


BORSIGPLATZ = figure(
    "transferleistungsquote",
    "34.6",
    status="estimated",
    city_value="15.4",
    earlier_period="2018",
    earlier_value="42.8",
    earlier_status="estimated",
)
AGE = figure("durchschnittsalter", "33.7", status="estimated", city_value="43.1")


def headline(*figures, language="de"):
    return area_headline(AreaFacts("Borsigplatz", figures, language))


def test_borsigplatz_in_three_sentences():
    assert headline(BORSIGPLATZ, AGE) == (
        "Mehr als jede dritte Person erhält hier Leistungen der Grundsicherung, "
        "mehr als doppelt so viele wie im Durchschnitt der Stadt. "
        "Seit 2018 ist der Anteil deutlich gesunken. Die Werte sind geschätzt."
    )
    assert headline(AGE, BORSIGPLATZ, language="en") == (
        "More than one in three people here receive basic income benefits, "
        "more than twice as many as the city average. "
        "Since 2018 the share has fallen markedly. The values are estimated."
    )


def test_another_theme_speaks_where_no_change_can_be_told():
    joint = replace(BORSIGPLATZ, joint_with="061+062")
    for incomparable in (replace(BORSIGPLATZ, has_break=True), joint, replace(BORSIGPLATZ, earlier_value=None)):
        text = headline(incomparable, AGE)
        assert "Seit 2018" not in text
        assert "Im Durchschnitt sind die Menschen hier 33,7 Jahre alt, deutlich jünger als" in text


def test_missing_and_secret_values_are_said_not_passed_over():
    missing = replace(BORSIGPLATZ, value=None, status="missing")
    secret = replace(BORSIGPLATZ, value=None, status="suppressed")
    assert "Für „Transferleistungsquote“ ist hier kein Wert bekannt." in headline(missing, AGE)
    assert "„Transferleistungsquote“ bleibt hier geheim" in headline(secret, AGE)
    assert headline(missing) == "Für Borsigplatz sind noch keine Werte bekannt."
    assert headline(secret) == "Die Werte für Borsigplatz bleiben geheim, damit niemand zu erkennen ist."
    assert headline() == "Für Borsigplatz sind noch keine Werte bekannt."


def test_joint_values_say_so():
    joint = replace(BORSIGPLATZ, status="joint", joint_with="112+130")
    assert headline(joint).endswith("Die Werte gelten für mehrere Gebiete zusammen.")


def test_the_city_is_not_compared_with_itself():
    city = replace(BORSIGPLATZ, city_value=None)
    assert "Durchschnitt der Stadt" not in headline(city)


@pytest.mark.parametrize(
    ("percent", "german", "english"),
    [
        ("15.4", "etwa jede sechste bis siebte", "between one in seven and one in six"),
        ("25.0", "etwa jede vierte", "about one in four"),
        ("23.3", "fast jede vierte", "almost one in four"),
        ("28.9", "mehr als jede vierte", "more than one in four"),
        ("31.7", "fast jede dritte", "almost one in three"),
        ("34.6", "mehr als jede dritte", "more than one in three"),
        ("47.0", "fast die Hälfte der", "almost half of the"),
        ("58.3", "mehr als die Hälfte der", "more than half of the"),
        ("64.0", "fast zwei Drittel der", "almost two thirds of the"),
        ("89.5", "etwa neun Zehntel der", "about nine tenths of the"),
        ("14.3", "etwa jede siebte", "about one in seven"),
        ("8.4", "weniger als jede zehnte", "fewer than one in ten"),
        ("3.5", "weniger als jede zwanzigste", "fewer than one in twenty"),
        ("0.6", "weniger als jede hundertste", "fewer than one in a hundred"),
    ],
)
def test_shares_in_words(percent, german, english):
    value = figure("transferleistungsquote", percent)
    assert figure_sentence(value).lower().startswith(german.lower() + " ")
    assert figure_sentence(value, language="en").lower().startswith(english + " ")


def test_grammar_follows_the_noun():
    assert figure_sentence(figure("haushalte_mit_kindern", "32.4")) == "Fast jeder dritte Haushalt hat hier Kinder."
    children = figure("kinder_unter_15_sgb2", "66.0")
    assert figure_sentence(children) == (
        "Etwa zwei Drittel der Kinder unter 15 Jahren leben hier in einem Haushalt mit Grundsicherung."
    )
    nobody = figure("neubauwohnungen", "0", status="zero")
    assert figure_sentence(nobody) == "Keine Wohnung liegt hier in einem neueren Gebäude."
    assert figure_sentence(nobody, language="en") == "No homes here are in a newer building."


def test_a_rounded_zero_is_not_nothing():
    assert "weniger als jede hundertste" in figure_sentence(figure("neubauwohnungen", "0.0")).lower()


def test_rates_and_counts():
    births = figure("geborene_je_1000", "17.0", city_value="9.0")
    assert figure_sentence(births) == (
        "Auf tausend Menschen kamen hier 17,0 Geburten, fast doppelt so viele wie im Durchschnitt der Stadt."
    )
    people = figure("einwohner", "13570", city_value="603609")
    assert figure_sentence(people) == "Hier wohnen 13.570 Menschen.", "a count is not compared with the whole"


def test_an_indicator_without_phrases_still_gets_a_correct_sentence():
    plain = FigureFacts("Bäume", {}, Decimal("12.5"), "reported", unit="je ha", city_value=Decimal(10))
    assert figure_sentence(plain) == (
        "Bei „Bäume“ liegt der Wert hier bei 12,5\u00a0je\u00a0ha, deutlich höher als im Durchschnitt der Stadt."
    )


def test_no_sentence_about_no_value():
    with pytest.raises(ValueError, match="no value"):
        figure_sentence(figure("transferleistungsquote", None, status="missing"))


@pytest.mark.parametrize(
    ("earlier", "later", "text"),
    [
        ("42.8", "34.6", "Seit 2018 ist der Anteil deutlich gesunken."),
        ("41.1", "36.8", "Seit 2018 ist der Anteil gesunken."),
        ("20.0", "20.7", "Seit 2018 ist der Anteil leicht gestiegen."),
        ("20.0", "20.1", "Seit 2018 hat sich der Anteil kaum verändert."),
        ("0.0", "3.0", "Seit 2018 ist der Anteil gestiegen."),
    ],
)
def test_change_in_words(earlier, later, text):
    value = figure("transferleistungsquote", later, earlier_period="2018", earlier_value=earlier)
    assert change_sentence(value) == text


def test_estimates_must_change_more_to_be_called_a_change():
    value = figure("transferleistungsquote", "3.8", earlier_period="2018", earlier_value="3.5")
    assert "gestiegen" in change_sentence(value)
    assert "kaum verändert" in change_sentence(replace(value, status="estimated"))


@given(percents, st.sampled_from(SHARES), languages)
def test_shares_never_contradict_their_number(value, slug, language):
    check_share(figure_sentence(figure(slug, value), language=language), Fraction(value) / 100)


@given(percents, percents, languages)
def test_comparisons_never_contradict_the_numbers(value, reference, language):
    words = comparison_words(value, reference, language=language)
    assert words
    check_comparison(words, value, reference)


@given(percents, percents, languages, statuses)
def test_changes_never_contradict_the_numbers(earlier, later, language, status):
    value = figure("transferleistungsquote", later, status=status, earlier_period="2018", earlier_value=earlier)
    check_change(change_sentence(value, language=language), earlier, later)


@given(st.data(), languages)
def test_a_headline_has_at_most_two_numbers_and_three_sentences(data, language):
    figures = []
    for slug in data.draw(st.permutations(list(SPOKEN))):
        entry = SPOKEN[slug]
        value = data.draw(st.decimals(0, 99, places=entry["decimals"]))
        status = data.draw(st.sampled_from(["reported", "estimated", "joint", "missing", "suppressed"]))
        figures.append(
            figure(
                slug,
                value if status in ("reported", "estimated", "joint") else None,
                status=status,
                language=language,
                city_value=data.draw(st.none() | percents),
                earlier_period=data.draw(st.sampled_from(["", "2018"])),
                earlier_value=data.draw(percents),
            )
        )
    text = headline(*figures, language=language)
    assert count_numbers(text) <= 2, text
    assert 1 <= text.count(". ") + 1 <= 4, text
    assert "{" not in text
    assert text[0].isupper() or text[0].isdigit()  # "12 people live here"
    assert text.endswith(".")
    lead = min((f for f in figures if f.has_value and f.priority), key=lambda f: f.priority, default=None)
    if lead is not None and lead.status == "estimated":
        assert ("geschätzt" in text) or ("estimated" in text)


@given(st.sampled_from(list(SPOKEN)), percents, percents, languages)
def test_every_indicator_with_data_can_speak(slug, value, city, language):
    text = figure_sentence(figure(slug, value, city_value=city, language=language), language=language)
    assert count_numbers(text) <= 2
    assert "{" not in text
    assert text[0].isupper() or text[0].isdigit()


def test_every_indicator_with_values_has_phrases_in_both_languages():
    with_values = {
        line.split(";", 1)[0]
        for path in (INDICATORS.parent / "values").glob("*.csv")
        for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]
    }
    computed = {slug for slug, entry in FILES.items() if "formula" in entry}
    assert with_values <= set(SPOKEN) <= with_values | computed
    for slug, entry in SPOKEN.items():
        for language in LANGUAGES:
            phrases = entry["headline"][language]
            wanted = {"noun", "whole", "verb", "rest"} if slug in SHARES else {"sentence"}
            assert wanted | {"topic"} <= set(phrases), slug
    priorities = [SPOKEN[slug]["headline"]["priority"] for slug in LEADING]
    assert len(priorities) == len(set(priorities))


@pytest.mark.parametrize("module", ["judging", "headline", "wording", "german", "english"])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(importlib.import_module(f"atlas.sentences.{module}")).failed == 0


HELP = FigureFacts("Hilfen", {"kind": "rate"}, Decimal("15.9"), "reported", unit="je 1.000", city_value=Decimal("12.1"))


def test_a_distance_that_may_be_chance_is_no_comparison():
    assert "als im Durchschnitt der Stadt" in figure_sentence(replace(HELP, differs=True))
    assert figure_sentence(replace(HELP, differs=None)) == figure_sentence(HELP)
    untold = figure_sentence(replace(HELP, differs=False))
    assert untold.endswith("ein Unterschied zum Durchschnitt der Stadt lässt sich daran nicht erkennen.")
    assert figure_sentence(replace(HELP, differs=False), language="en").endswith("can be told from this.")


def test_a_change_that_may_be_chance_is_none():
    changed = replace(HELP, earlier_period="1999", earlier_value=Decimal("9.0"), earlier_status="reported")
    assert change_sentence(changed) == "Seit 1999 ist der Wert deutlich gestiegen."
    told = change_sentence(replace(changed, change_differs=False))
    assert told == "Ob sich seit 1999 etwas verändert hat, lässt sich nicht erkennen."
    assert change_sentence(replace(changed, change_differs=True)) == change_sentence(changed)
