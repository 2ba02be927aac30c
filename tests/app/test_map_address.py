"""An address of the map stays what it was: older releases say that they are, and lead to the newest."""

from html import unescape

import pytest
from django.test import Client

from indicators.actions import publish_release
from indicators.models import Indicator, Release, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
SENTENCE = "Dies ist der Stand der Veröffentlichung „Erste Veröffentlichung: Statistikatlas 2018 und 2024“ vom"


@pytest.fixture(scope="module")
def first(city_of_file):
    """Name of the first release, after a second one has replaced its figures of one indicator."""
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    first = indicator.current_edition.release
    second = Release.objects.create(slug="zweite", title="Zweite")
    old = Value.objects.filter(release=first, indicator=indicator, value__isnull=False).select_related("area").first()
    old.pk, old.release, old.value = None, second, old.value + 1
    old.save()
    publish_release(release=second)
    return first.slug


def read(query):
    return unescape(Client().get(f"/karte/?ebene=bezirk&{query}").content.decode())


def test_a_superseded_release_says_so_and_leads_to_the_newest(first):
    page = read(f"stand={first}")
    assert SENTENCE in page and "Inzwischen gibt es einen neueren." in page
    link = page.split('Inzwischen gibt es einen neueren. <a href="', 1)[1].split('"', 1)[0]
    assert link.startswith("/karte/?") and "ebene=bezirk" in link and "stand=" not in link
    assert SENTENCE not in Client().get(link).content.decode()
    assert Client().get(f"/karte/kennwerte.csv?stand={first}").status_code == 200


def test_the_newest_release_says_nothing(first):
    assert "Dies ist der Stand" not in read("stand=zweite")
    assert "Dies ist der Stand" not in read("")


def test_the_picture_of_a_change_says_unit_and_years(client):
    query = {"indikator": "transferleistungsquote", "ebene": "sozialraum", "zeit": "2024", "vergleich": "2018"}
    svg = client.get("/karte/karte.svg", query).content.decode()
    assert "Sozialräume · Veränderung 2018 bis 2024 · in Prozentpunkten" in svg
    assert "% der Bevölkerung · 31.12.2024" not in svg
