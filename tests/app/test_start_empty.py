"""Before a city is loaded every page answers with what there is: nothing."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/suche/?q=hoerde", "/indikatoren/", "/daten-und-quellen/", "/aktionsplan/", "/wo/?lat=51.5&lon=7.5"]
)
def test_empty_portal_answers(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/suche/", "/suche/vorschlaege.json", "/wo/", "/indikatoren/", "/aktionsplan/"])
def test_pages_can_only_be_read(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
