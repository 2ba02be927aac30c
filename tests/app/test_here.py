"""Where am I: the area on every level, nothing kept, clear messages."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def test_names_the_area_on_every_level_with_links(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        answer = client.get("/wo/?lat=51.5285&lon=7.4790")
    page = answer.content.decode()
    assert "Borsigplatz" in page
    for level in ("stadt", "stadtbezirk", "sozialraum", "bezirk", "unterbezirk"):
        assert f'href="/gebiete/{level}/' in page
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_outside_the_city(client):
    assert "liegt nicht in Dortmund" in client.get("/wo/?lat=52.52&lon=13.40").content.decode()


@pytest.mark.parametrize("query", ["lat=x&lon=7", "lat=51.5", "lat=nan&lon=7", "lat=1e999&lon=7", "lat=51.5&lon=181"])
def test_bad_input_gets_a_clear_message(client, query):
    answer = client.get(f"/wo/?{query}")
    assert answer.status_code == 400
    assert "Erwartet: eine Zahl in Grad" in answer.content.decode()


def test_a_decimal_comma_is_understood(client):
    assert "Borsigplatz" in client.get("/wo/", {"lat": "51,5285", "lon": "7,4790"}).content.decode()


def test_without_a_position_the_search_is_offered(client):
    answer = client.get("/wo/")
    page = answer.content.decode()
    assert answer.status_code == 200 and 'role="search"' in page
    assert "Drücken Sie auf „Wo bin ich?“" in page
    assert "JavaScript" in re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL).group(1)


def test_programs_are_sent_to_the_interface(client):
    answer = client.get("/wo/?lat=51.5&lon=7.4", headers={"accept": "application/json"})
    assert answer.status_code == 302 and answer["Location"] == "/api/v1/wo/?lat=51.5&lon=7.4"
    answer = client.get("/wo/?lat=51.5&lon=7.4&format=json", follow=True)
    assert answer.json()["inside"] is True
