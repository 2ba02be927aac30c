"""Search: any spelling, areas, indicators and places, near misses, help where nothing is found."""

import json

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def find(client, query):
    return client.get("/suche/", {"q": query}).content.decode()


def suggest(client, query):
    return client.get("/suche/vorschlaege.json", {"q": query}).json()["suggestions"]


@pytest.mark.parametrize("spelling", ["Hörde", "hoerde", "Horde", " HÖRDE "])
def test_every_spelling_finds_the_same_areas(client, spelling):
    page = find(client, spelling)
    assert 'href="/gebiete/sozialraum/082/"' in page
    assert 'href="/gebiete/stadtbezirk/08/"' in page


def test_places_lead_to_the_area_they_lie_in(client):
    page = find(client, "Hörder Rathausstraße 32")
    assert "Begegnungsstätte" in page
    assert 'href="/gebiete/sozialraum/082/"' in page
    assert find(client, "Hoerder Rathausstr. 32").count("Begegnungsstätte") == page.count("Begegnungsstätte")


def test_indicators_are_found_by_name_and_definition_and_marked_without_values(client):
    assert 'href="/indikatoren/transferleistungsquote/"' in find(client, "transferleistung")
    assert 'href="/indikatoren/transferleistungsquote/"' in find(client, "Lebensunterhalt")
    page = find(client, "Normalgewicht")
    assert 'href="/indikatoren/kinder_mit_normalgewicht/"' in page and "noch ohne Werte" in page


def test_projects_are_found_by_their_words(client):
    for words in ("Rampe", "rampe hoerde"):
        assert 'href="/aktionsplan/projekte/rampe-2/"' in find(client, words)
    label, url = "Rampe II: Streetwork in Hörde", "/aktionsplan/projekte/rampe-2/"
    assert suggest(client, "Rampe")[-1] == {"label": label, "kind": "Projekt", "url": url}


def test_council_papers_are_found_by_their_number(client):
    for words in ("19100-20", "19100 20"):
        assert 'href="/aktionsplan/beschluesse/anpassung-2021/"' in find(client, words)
    assert any(entry["url"] == "/aktionsplan/beschluesse/anpassung-2021/" for entry in suggest(client, "19100-20"))


def test_near_misses_are_suggested(client):
    page = find(client, "Hombruhc")
    assert "Meinten Sie" in page and "Hombruch" in page
    assert 'href="/indikatoren/arbeitslosenquote/"' in find(client, "Arbeitslosenqoute")


def test_nothing_found_helps_and_escapes(client):
    page = find(client, "<b>xyzzyq</b>")
    assert "&lt;b&gt;xyzzyq&lt;/b&gt;" in page and "<b>xyzzyq" not in page
    assert "Straßen kennt das Portal nur" in page and 'href="/gebiete/"' in page


def test_empty_query_explains(client):
    for path in ("/suche/", "/suche/?q=", "/suche/?q=%20%20", "/suche/?q=%2F%2F"):
        assert client.get(path).status_code == 200
    assert "Hoerde" in client.get("/suche/").content.decode()


def test_a_very_long_query_is_answered(client):
    assert client.get("/suche/", {"q": "ö" * 5000}).status_code == 200
    assert client.get("/suche/", {"q": "a\x00b"}).status_code == 400


def test_searching_takes_few_queries_and_is_kept_by_nobody(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        answer = client.get("/suche/", {"q": "hoerde"})
    assert answer["Cache-Control"].startswith("private")
    with django_assert_max_num_queries(7):
        client.get("/suche/vorschlaege.json", {"q": "hoerde"})


def test_suggestions_name_kind_and_address(client):
    found = suggest(client, "hör")
    assert found[0] == {"label": "Hörde", "kind": "Stadtbezirk", "url": "/gebiete/stadtbezirk/08/"}
    assert len(found) <= 8
    assert suggest(client, "h") == []
    assert suggest(client, "") == []
    assert any(entry["url"].startswith("/indikatoren/") for entry in suggest(client, "arbeitslos"))
    assert json.dumps(suggest(client, "hombruhc")).count("Hombruch")


def test_suggestions_in_english_lead_to_english_pages(client):
    found = client.get("/en/suche/vorschlaege.json", {"q": "hör"}).json()["suggestions"]
    assert found[0]["url"] == "/en/gebiete/stadtbezirk/08/" and found[0]["kind"] == "City district"
