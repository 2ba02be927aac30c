"""Inequality: stored with the release, recomputed from what is published, honest about estimates and breaks."""

import csv
import io
from decimal import Decimal

import pytest

from indicators.actions.inequality import KIND, _of_period
from indicators.analyses import Told, analysis_at
from indicators.models import Analysis, Figure, Indicator, SeriesBreak
from indicators.statistics.inequality import Weighted, dissimilarity, gini, spread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/ungleichheit/transferleistungsquote/"


def figures(slug, level, period):
    found = Figure.objects.current().filter(edition__indicator__slug=slug).at_level(level).for_period(period)
    return {f.area.code: f for f in found.select_related("area").defer("area__geometry")}


def test_recomputed_from_published_figures():
    rates, people = (figures(slug, "sozialraum", "2018") for slug in ("transferleistungsquote", "einwohner"))
    areas = [Weighted(float(rates[code].value), float(people[code].value)) for code in rates]
    stored = analysis_at(KIND, "transferleistungsquote/sozialraum").content["periods"]["2018"]
    assert stored["gini"] == pytest.approx(gini(areas), abs=1e-6)
    assert (stored["p10"], stored["p90"]) == (spread(areas).p10, spread(areas).p90)
    group = [a.value / 100 * a.weight for a in areas]
    assert stored["dissimilarity"] == pytest.approx(
        dissimilarity(group, [a.weight - g for a, g in zip(areas, group, strict=True)]), abs=1e-6
    )
    assert stored["estimated"] and stored["weight"] == "einwohner" and stored["areas"] == 39


def test_smaller_areas_are_more_unequal():
    """What the warning on the page says."""
    found = {
        level: analysis_at(KIND, f"transferleistungsquote/{level}").content["periods"]["2018"]
        for level in ("sozialraum", "unterbezirk")
    }
    assert found["unterbezirk"]["gini"] > found["sozialraum"]["gini"]
    assert found["unterbezirk"]["dissimilarity"] > found["sozialraum"]["dissimilarity"]


def test_no_result_for_counts_for_few_areas_and_for_many_gaps():
    found = set(Analysis.objects.filter(kind=KIND).values_list("indicator__slug", flat=True))
    assert not found & {"einwohner", "hilfen_in_der_familie", "arbeitslose_unter_25", "bebauungsdichte"}


def rows(values, **more):
    given = {"numerator": None, "denominator": None} | more
    return [
        Told(
            f"{k:02}",
            value and Decimal(value),
            "reported" if value else "missing",
            given["numerator"],
            given["denominator"],
            "",
        )
        for k, value in enumerate(values)
    ]


def test_known_counts_are_used_and_are_no_estimate():
    indicator = Indicator.objects.get(slug="hilfen_in_der_familie")
    counted = [Told(f"{k:02}", Decimal(10 * k), "reported", Decimal(k), Decimal(100), "") for k in range(25)]
    found = _of_period(indicator, counted, [])
    assert found["counted"] and not found["estimated"] and found["weight"] == "denominator" and found["people"] == 2500
    assert found["dissimilarity"] == pytest.approx(
        dissimilarity(list(range(25)), [100 - k for k in range(25)]), abs=1e-6
    )


def test_missing_areas_are_left_out_and_too_many_end_it():
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    people = rows(["100"] * 40)
    found = _of_period(indicator, rows(["5"] * 20 + ["7"] * 19 + [None]), people)
    assert found["without"] == ["39"] and found["areas"] == 39
    assert _of_period(indicator, rows(["5"] * 35 + [None] * 5), people) is None
    assert _of_period(indicator, rows(["5"] * 19), people[:19]) is None


def test_a_flat_series_is_equal():
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    found = _of_period(indicator, rows(["5"] * 30), rows(["100"] * 30))
    assert (found["gini"], found["dissimilarity"], found["ratio"]) == (0, 0, 1)


def test_page_in_words_with_table_chart_and_warning(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get(PATH).content.decode()
    assert "Mindestens ein Zehntel der Menschen" in page and "Der Abstand ist" in page
    assert "Ebenen nicht miteinander vergleichen" in page and "/methoden/#ungleichheit" in page
    assert page.count('<polyline class="lorenz__curve') == 2
    gini_2024 = analysis_at(KIND, "transferleistungsquote/sozialraum").content["periods"]["2024"]["gini"]
    assert f"({gini_2024:.2f})".replace(".", ",") in page
    with django_assert_max_num_queries(1):
        client.get(PATH)


def test_no_comparison_across_a_break(client):
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    period = indicator.current_edition.periods.get(code="2024")
    SeriesBreak.objects.create(indicator=indicator, period=period, reason="Neue Zählweise.")
    page = client.get(PATH).content.decode()
    assert "Neue Zählweise." in page and "Der Abstand ist" not in page
    assert page.count('<polyline class="lorenz__curve') == 1


def test_no_segregation_where_the_indicator_is_no_share(client):
    page = client.get("/ungleichheit/durchschnittsalter/").content.decode()
    assert "Wird hier nicht berechnet" in page


def test_overview_has_the_most_unequal_first(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        page = client.get("/ungleichheit/?ebene=unterbezirk").content.decode()
    stored = list(Analysis.objects.filter(kind=KIND, level__slug="unterbezirk"))
    newest = sorted(stored, key=lambda a: -a.content["periods"][max(a.content["periods"])]["gini"])
    places = [page.index(f"/ungleichheit/{a.indicator.slug}/") for a in newest]
    assert places == sorted(places)


def test_table_to_take_away(client):
    text = client.get(PATH + "ungleichheit.csv").content.decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    stored = analysis_at(KIND, "transferleistungsquote/sozialraum").content["periods"]
    assert [row["zeit"] for row in found] == sorted(stored)
    assert {row["gini"] for row in found} == {f"{c['gini']:.4f}".replace(".", ",") for c in stored.values()}


@pytest.mark.parametrize("query", ["ebene=mond", "ebene=stadtbezirk"])
def test_what_cannot_be_shown_is_said(client, query):
    assert client.get(f"{PATH}?{query}").status_code == 400
    assert client.get(f"{PATH}ungleichheit.csv?{query}").status_code == 400
    assert client.get(f"/ungleichheit/?{query}").status_code == 400


def test_where_nothing_was_computed(client):
    assert client.get("/ungleichheit/einwohner/").status_code == 404
    assert client.get("/ungleichheit/gibt-es-nicht/").status_code == 404


def test_states_and_english(client):
    assert client.get(PATH + "?stand=2026-1").status_code == 200
    assert client.get(PATH + "ungleichheit.csv?stand=unfug").status_code == 400
    page = client.get("/en" + PATH).content.decode()
    assert "Inequality" in page and "Zehntel" not in page
