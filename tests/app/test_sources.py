"""Sources: all of them, what is uncertain, what can be taken away."""

import re

import pytest

from areas.models import Area, Source
from indicators.models import Indicator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


@pytest.fixture
def page(client):
    return client.get("/daten-und-quellen/").content.decode()


def test_takes_few_queries_and_the_second_time_one(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get("/daten-und-quellen/")
    with django_assert_max_num_queries(1):
        client.get("/daten-und-quellen/")


def test_every_source_with_publisher_and_an_address_of_its_own(page):
    for source in Source.objects.all():
        assert f'id="{source.slug}"' in page
        assert source.publisher in page
    assert page.count("nicht angegeben; vor einer Weiterverwendung") == Source.objects.filter(licence="").count()


def test_areas_of_unsure_composition_are_listed_from_the_data(page):
    unsure = Area.objects.in_force().exclude(certainty="published")
    assert unsure.count() == 22
    for area in unsure.select_related("level"):
        assert f'href="/gebiete/{area.level.slug}/{area.code}/"' in page
    assert page.count("<td>angenommen</td>") == 2


@pytest.mark.parametrize(
    ("confirmed", "text"), [(True, "Der Betreiber hat die Lizenzen"), (False, "noch nicht geschehen")]
)
def test_says_whether_licences_are_confirmed(client, settings, confirmed, text):
    settings.OPERATOR_LICENCES_CONFIRMED = confirmed
    assert text in client.get("/daten-und-quellen/").content.decode()


def test_every_download_works(client, page):
    links = set(re.findall(r'href="(/(?:indikatoren|api|daten)/[^"]*)"', page))
    tables = [link for link in links if link.endswith("kennwerte.csv")]
    assert len(tables) == Indicator.objects.published().count()
    boundaries = [link for link in links if "areas.geojson" in link or link.startswith("/daten/")]
    assert len(boundaries) == 10
    for link in [*boundaries, *tables[:3], "/api/v1/", "/api/v1/schema/"]:
        assert client.get(link).status_code == 200, link


def test_all_signs_are_explained(page):
    for sign in ("–", "...", "x", "( )", "J"):
        assert f"<dt>{sign}</dt>" in page
