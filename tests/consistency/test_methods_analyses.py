"""The worked examples of docs/methods.md about patterns, inequality, correlation and similar areas say what is published."""

import re
from pathlib import Path

import pytest

from areas.models import Area
from atlas.selectors.correlation import correlation_page
from atlas.selectors.similar import similar_to
from atlas.stand import Stand
from indicators.analyses import analysis_at
from indicators.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
TEXT = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")


def example(title: str) -> str:
    """The worked example of a chapter, in one line."""
    chapter = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL).group(1)
    return " ".join(chapter.split("### Beispiel")[1].split())


def german(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}".replace(".", ",").replace("-", "−")


def test_spatial_patterns():
    text = example("Räumliche Muster")
    found = analysis_at("raeumliches-muster", "transferleistungsquote/unterbezirk/2024").content
    assert (
        f"{found['units']} Beobachtungen, I = {german(found['i'], 2)} (ohne Muster {german(found['expected'], 2)})"
        in text
    )
    assert f"p = {german(found['p'], 3)}" in text and "1.999 Mal" in TEXT and found["permutations"] == 1999
    assert f"Sicher sind {found['counts']['high']} Gebiete mit gehäuft hohen und {found['counts']['low']} mit" in text
    figure = Figure.objects.current().get(
        edition__indicator__slug="transferleistungsquote", area__name="Nordmarkt-Ost", period__code="2024"
    )
    around = found["areas"][figure.area.code]["around"]
    assert (
        f"Nordmarkt-Ost hat {german(figure.value, 1)} %, seine Nachbarn haben im Mittel {german(around, 1)} %" in text
    )


def test_inequality():
    text = example("Ungleichheit")
    periods = analysis_at("ungleichheit", "transferleistungsquote/sozialraum").content["periods"]
    spread = {year: tuple(f"{german(periods[year][name], 1)} %" for name in ("p10", "p90")) for year in periods}
    assert "2018 {} und {}, 2024 {} und {};".format(*spread["2018"], *spread["2024"]) in text
    for name, words in (("gini", "Gini-Koeffizient sank"), ("dissimilarity", "die Segregation")):
        assert f"{words} von ({german(periods['2018'][name], 2)}) auf ({german(periods['2024'][name], 2)})" in text
    small = analysis_at("ungleichheit", "transferleistungsquote/unterbezirk").content["periods"]["2024"]
    assert f"Unterbezirken ist der Gini-Koeffizient 2024 ({german(small['gini'], 2)})" in text


def test_correlation():
    text = example("Zusammenhang zweier Indikatoren")
    query = {"x": "transferleistungsquote", "y": "gymnasialempfehlungen", "ebene": "sozialraum", "zeit": "2018"}
    page = correlation_page(query, Stand())
    pearson, spearman = german(page.found.pearson, 2), german(page.found.spearman, 2)
    assert f"{page.found.n} Beobachtungen, Pearson {pearson}, Spearman {spearman}." in text
    assert f"Einem Sozialraum, {page.without[0].name}, fehlt ein Wert." in text and len(page.without) == 1


def test_similar_areas():
    text = example("Ähnliche Gebiete")
    area = Area.objects.in_force().at_level("sozialraum").select_related("level").get(name="Borsigplatz")
    slugs = ["durchschnittsalter", "transferleistungsquote"]
    page = similar_to(area, slugs, Stand())
    first, second = page.every[:2]
    apart = [german(first.differences[slug], 2) for slug in slugs]
    assert page.period == "2024" and [row.name for row in page.rows[:2]] == ["Nordmarkt", "Hafen"]
    assert f"Nordmarkt mit dem Abstand {german(first.distance, 2)} (Durchschnittsalter +{apart[0]}" in text
    assert (
        f"Transferleistungsquote +{apart[1]} Standardabweichungen), dann Hafen mit {german(second.distance, 2)}."
        in text
    )
