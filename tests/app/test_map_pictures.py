"""The picture of a map alone, on the page and from the command line; other options of the command and of forms."""

import re
from argparse import ArgumentParser

import pytest
from django.conf import settings
from django.utils import timezone

from atlas.report_arguments import add_options, asked_options
from atlas.report_forms import area_choices
from atlas.reports.templates import TEMPLATES
from indicators.models import Release

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


def test_the_picture_of_a_withdrawn_release_is_gone(client):
    Release.objects.filter(slug="2026-1").update(
        withdrawn_at=timezone.now(), status="withdrawn", withdrawal_reason="Ein Fehler."
    )
    for path in ("karte.png", "karte.svg", "kennwerte.csv"):
        assert client.get(f"/karte/{path}?stand=2026-1").status_code in (410, 503)


def test_a_choice_may_be_given_by_its_label():
    parser = ArgumentParser()
    add_options(parser, TEMPLATES["sachstand"])
    for word in ("dringlich", "urgent"):
        assert asked_options(vars(parser.parse_args(["--urgency", word])))["urgency"] == "urgent"
    assert "normal|urgent" in parser.format_help()


def test_action_areas_come_first_and_say_so():
    labels = dict(area_choices())["Sozialräume"]
    marked = ["Aktionsraum" in label for _value, label in labels]
    assert marked == sorted(marked, reverse=True) and any(marked)
