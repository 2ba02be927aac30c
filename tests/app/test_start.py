"""The start page: what this is, where to go, a few figures from the data, what is new."""

import re

import pytest

from indicators.models import Figure, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def test_takes_few_queries_and_the_second_time_one(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        first = client.get("/")
    with django_assert_max_num_queries(1):
        again = client.get("/")
    assert first.status_code == 200 and again.content == first.content


def test_three_entrances_search_and_small_map(client):
    page = client.get("/").content.decode()
    for path in ("/karte/", "/gebiete/", "/aktionsplan/"):
        assert f'href="{path}"' in page
    assert 'action="/suche/"' in page
    drawn = re.findall(r'<path class="class-\d" ', page)
    assert len(drawn) == 39


def test_figures_come_from_the_data(client):
    highest = (
        Figure.objects.current()
        .filter(edition__indicator__slug="transferleistungsquote", rank=1)
        .at_level("sozialraum")
        .for_period("2024")
        .get()
    )
    page = client.get("/").content.decode()
    assert f"{highest.value:.1f}".replace(".", ",") in page
    assert highest.area.name in page
    assert "Heute 13 Aktionsräume" in page and "und 2 Aktionsquartiere" in page


def test_the_own_position_is_hidden_without_script_and_explained(client):
    page = client.get("/").content.decode()
    block = re.search(r'<div class="find__here".*?</div>', page, re.DOTALL).group()
    assert re.search(r"<div [^>]* hidden>", block)
    assert "nicht gespeichert" in block


def test_only_published_releases_are_news(client):
    Release.objects.create(slug="entwurf", title="Noch geheim")
    page = client.get("/").content.decode()
    assert "Erste Veröffentlichung" in page
    assert "Noch geheim" not in page


def test_english_page_leads_to_english_pages(client):
    page = client.get("/en/").content.decode()
    assert 'href="/en/karte/"' in page and 'action="/en/suche/"' in page
