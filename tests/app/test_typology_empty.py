"""Pages of stored results before anything is published."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/typologie/", "/unter-dem-durchschnitt/"])
def test_nothing_is_published_yet(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and "noch nichts veröffentlicht" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/typologie/typologie.csv", "/unter-dem-durchschnitt/gebiete.csv", "/api/v1/typologies/", "/api/v1/screenings/"],
)
def test_nothing_to_take_away_yet(client, path):
    assert client.get(path).status_code == 404
