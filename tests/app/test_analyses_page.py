"""The entrance to all analyses leads only to pages that exist."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def test_every_link_leads_somewhere(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        page = client.get("/analysen/").content.decode()
    links = re.findall(r'<h2 id="to-\d+"><a href="([^"]+)"', page)
    assert "/raeumliche-muster/" in links
    assert {client.get(link).status_code for link in links} == {200}


def test_it_stands_in_the_navigation(client):
    page = client.get("/raeumliche-muster/").content.decode()
    assert 'href="/analysen/" data-text="Vertiefen" aria-current="true"' in page
