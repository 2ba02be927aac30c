"""The picture of a map alone: offered on the page in sizes, and telling by itself where it comes from."""

import re

import pytest
from django.conf import settings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def test_the_picture_of_a_map_is_offered_in_sizes_and_says_where_it_comes_from(client):
    page = client.get("/karte/?indikator=transferleistungsquote&ebene=stadtbezirk&zeit=2024").text
    address = re.search(r'href="(/karte/karte\.png\?[^"]*breite=3000)"', page)
    assert address and page.count("data-width=") == 4
    png = client.get(address[1].replace("&amp;", "&")).content
    assert int.from_bytes(png[16:20]) == 3000
    drawing = client.get(
        "/karte/karte.svg?indikator=transferleistungsquote&ebene=stadtbezirk&zeit=2024&breite=800"
    ).text
    assert ' width="800" ' in drawing
    told = re.search(r">Diese Karte: ([^<]*)<", drawing)[1].replace("&amp;", "&")
    assert "stand=2026-1" in told and client.get(told.removeprefix(settings.PORTAL_URL)).status_code == 200
