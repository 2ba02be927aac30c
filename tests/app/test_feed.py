"""The Atom feed: valid by its rules (RFC 4287), one for each language, identifiers that never change."""

import datetime
from xml.etree import ElementTree

import pytest
from django.core.cache import caches

from indicators.models import Release
from tests.app.correcting import corrected, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
FEED = "/veroeffentlichungen/atom.xml"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def published(city_of_file):
    """A correction, published once for all tests of this file."""
    return corrected("93.7")


def parsed(client, path=FEED):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def entries(client, path=FEED):
    return {entry.findtext(f"{ATOM}id"): entry for entry in parsed(client, path).iter(f"{ATOM}entry")}


def is_moment(text):
    return datetime.datetime.fromisoformat(text).tzinfo is not None


@pytest.mark.parametrize(("path", "language"), [(FEED, "de"), (f"/en{FEED}", "en")])
def test_the_feed_has_what_atom_demands(client, path, language):
    feed = parsed(client, path)
    assert feed.tag == f"{ATOM}feed" and feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert feed.findtext(f"{ATOM}id").startswith("tag:") and feed.findtext(f"{ATOM}title")
    assert is_moment(feed.findtext(f"{ATOM}updated")) and feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith(path) and links["alternate"].startswith("http://")
    assert len(feed.findall(f"{ATOM}entry")) == 2
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id") and entry.findtext(f"{ATOM}title")
        assert is_moment(entry.findtext(f"{ATOM}updated")) and is_moment(entry.findtext(f"{ATOM}published"))
        assert client.get(entry.find(f"{ATOM}link").get("href")).status_code == 200


def test_identifiers_stay_and_differ_between_languages(client, settings):
    before = set(entries(client))
    corrected(slug="2026-3")
    assert before < set(entries(client))
    assert not before & set(entries(client, f"/en{FEED}"))
    settings.PORTAL_URL = "https://sozial.example"
    caches["pages"].clear()
    assert "tag:sozial.example,2026:veroeffentlichung/2026-1/de" in entries(client)


def test_a_correction_brings_old_and_new(client):
    entry = next(e for key, e in entries(client).items() if "2026-2" in key)
    assert entry.findtext(f"{ATOM}title").startswith("Berichtigung: ")
    text = entry.findtext(f"{ATOM}summary")
    assert "37,1\u202f%" in text and "93,7\u202f%" in text and "Ein Komma war verrutscht." in text
    assert entry.find(f"{ATOM}category").get("term") == "Berichtigung"


def test_what_was_withdrawn_says_so_without_figures_and_counts_as_changed(client, published):
    release = withdrawn(Release.objects.get(pk=published.pk))
    entry = next(e for key, e in entries(client).items() if "2026-2" in key)
    assert entry.findtext(f"{ATOM}title").startswith("Zurückgezogen: ")
    text = entry.findtext(f"{ATOM}summary")
    assert "Die Datei war die falsche." in text and "93,7" not in text
    assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == release.withdrawn_at


def test_drafts_and_what_comes_are_not_in_it(client):
    Release.objects.create(slug="entwurf", title="Noch geheim")
    assert "Noch geheim" not in client.get(FEED).content.decode()


@pytest.mark.parametrize("path", ["/veroeffentlichungen/", "/veroeffentlichungen/2026-1/", "/en/veroeffentlichungen/"])
def test_pages_announce_the_feed(client, path):
    feed = f"/en{FEED}" if path.startswith("/en/") else FEED
    page = client.get(path).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page and f'href="{feed}"' in page
