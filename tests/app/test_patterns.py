"""Spatial patterns: stored with the release, shown in plain words, and the same on page, table and interface."""

import csv
import io

import pytest

from areas.neighbours import published_neighbours
from indicators.actions.spatial_patterns import KIND, units_of
from indicators.analyses import Told, analysis_at, tables_of
from indicators.models import Analysis, Figure, Indicator
from indicators.statistics.spatial import spatial_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/raeumliche-muster/transferleistungsquote/"
KEY = "transferleistungsquote/unterbezirk/2018"


def told(code, value, joint=""):
    return Told(code, value, "joint" if joint else "reported", None, None, joint)


def test_every_rate_has_its_patterns_and_no_count_has():
    found = set(Analysis.objects.filter(kind=KIND).values_list("indicator__slug", "level__slug", "period__code"))
    assert {
        ("transferleistungsquote", level, year)
        for level in ("sozialraum", "bezirk", "unterbezirk")
        for year in ("2018", "2024")
    } <= found
    counts = {i.slug for i in Indicator.objects.all() if i.is_count}
    assert not counts & {slug for slug, _level, _year in found}
    assert all(level != "stadtbezirk" for _slug, level, _year in found)  # twelve areas are too few


def test_the_stored_result_can_be_recomputed_from_what_is_published():
    stored = analysis_at(KIND, KEY).content
    figures = Figure.objects.current().filter(
        edition__indicator__slug="transferleistungsquote", area__level__slug="unterbezirk"
    )
    [table] = tables_of(figures).values()
    again = spatial_pattern(units_of(table["unterbezirk"]["2018"]), published_neighbours("unterbezirk"))
    assert (stored["units"], stored["i"], stored["p"]) == (again.n, round(again.i, 6), again.p)
    assert {local.unit.codes[0]: local.group for local in again.locals} == {
        c: a["group"] for c, a in stored["areas"].items()
    }


def test_neighbours_of_the_published_map_are_mutual_and_complete():
    neighbours = published_neighbours("sozialraum")
    assert len(neighbours) == 39 and all(neighbours.values())
    assert all(code in neighbours[other] for code, others in neighbours.items() for other in others)
    assert "022" in neighbours["023"]  # Nordmarkt and Borsigplatz


def test_where_hot_spots_are():
    """The north of the inner city: known to everybody in Dortmund."""
    areas = analysis_at(KIND, "transferleistungsquote/unterbezirk/2024").content["areas"]
    high = {code for code, area in areas.items() if area["group"] == "high" and area["sure"]}
    assert high & {"081", "082", "083", "084"} or any(code.startswith(("06", "07", "08")) for code in high)


def test_joint_values_are_one_observation():
    content = analysis_at(KIND, "transferleistungsquote/unterbezirk/2024").content
    assert content["units"] == 145 and ["921", "922", "951", "952", "953"] in content["joint"]
    assert len({str(content["areas"][code]) for code in ("921", "922", "951", "952", "953")}) == 1
    assert [u.codes for u in units_of([told("1", 3, "1+2"), told("2", 3, "1+2"), told("3", 3)])] == [("1", "2"), ("3",)]


def test_areas_without_a_value_take_no_part_and_are_named(client):
    content = analysis_at(KIND, "gymnasialempfehlungen/sozialraum/2018").content
    [code] = content["without"]
    assert code not in content["areas"] and content["units"] == 38
    page = client.get("/raeumliche-muster/gymnasialempfehlungen/?ebene=sozialraum").content.decode()
    assert "nicht einbezogen" in page and "gelten nicht als null" in page


def test_the_page_says_it_in_words_with_map_table_and_method(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        page = client.get(PATH + "?ebene=unterbezirk&zeit=2018").content.decode()
    assert "Hohe Werte häufen sich in" in page and "Häufung niedriger Werte" in page
    assert 'class="area-map' in page and "/methoden/#raeumliche-muster" in page
    assert page.count('<path class="cluster-') == 170
    with django_assert_max_num_queries(1):
        client.get(PATH + "?ebene=unterbezirk&zeit=2018")


def test_without_parameters_the_reporting_level_and_the_newest_period(client):
    page = client.get(PATH).content.decode()
    assert '<option value="sozialraum" selected>' in page and '<option value="2024" selected>' in page


@pytest.mark.parametrize("query", ["ebene=mond", "zeit=1999", "ebene=stadtbezirk"])
def test_what_cannot_be_shown_is_said(client, query):
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 400 and "Erwartet" in answer.content.decode()
    assert client.get(f"{PATH}muster.csv?{query}").status_code == 400


@pytest.mark.parametrize("slug", ["einwohner", "hilfen_in_der_familie", "gibt-es-nicht"])
def test_where_nothing_was_computed(client, slug):
    assert client.get(f"/raeumliche-muster/{slug}/").status_code == 404


def test_earlier_states_are_answered_or_refused(client):
    assert client.get(PATH + "?stand=2026-1").status_code == 200
    assert client.get(PATH + "muster.csv?stand=unfug").status_code == 400
    assert "Gezeigt wird der neueste Stand" in client.get(PATH + "?stand=unfug").content.decode()


def test_table_to_take_away_says_the_same(client):
    text = client.get(PATH + "muster.csv?ebene=unterbezirk&zeit=2018").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    areas = analysis_at(KIND, KEY).content["areas"]
    assert len(rows) == 170
    for row in rows:
        area = areas[row["gebiet"]]
        assert float(row["p"].replace(",", ".")) == pytest.approx(area["p"], abs=1e-4)
        assert (row["sicher"] == "ja") == area["sure"]


def test_overview_has_the_strongest_first(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = client.get("/raeumliche-muster/?ebene=unterbezirk").content.decode()
    stored = Analysis.objects.filter(kind=KIND, level__slug="unterbezirk", period__code="2024")
    ordered = sorted(stored, key=lambda a: -a.content["i"])
    places = [page.index(f"/raeumliche-muster/{a.indicator.slug}/") for a in ordered]
    assert places == sorted(places)


def test_english(client):
    page = client.get("/en" + PATH).content.decode()
    assert "Spatial patterns" in page and "Häufung" not in page


def test_interface(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        answer = client.get(
            "/api/v1/analyses/?kind=raeumliches-muster&indicator=transferleistungsquote&level=sozialraum"
        )
    found = answer.json()
    assert [row["period"] for row in found] == ["2018", "2024"]
    assert found[0]["content"] == analysis_at(KIND, "transferleistungsquote/sozialraum/2018").content
    assert found[0]["computed_from"] == ["transferleistungsquote"] and found[0]["release"] == "2026-1"
    for query in ("", "?kind=unfug", "?kind=raeumliches-muster&release=unfug"):
        assert client.get("/api/v1/analyses/" + query).status_code == 400
