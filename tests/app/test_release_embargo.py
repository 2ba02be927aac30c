"""Until its hour nothing of a release is public: not on pages, in data, in files, in search, nor by asking otherwise."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches

from indicators.actions import prepare_release
from indicators.actions.previewing import share_preview
from indicators.actions.withdrawing import create_draft
from indicators.actions.workflow import approve_release, publish_approved, submit_release
from indicators.models import Release, Value

pytestmark = pytest.mark.django_db
RATE = "transferleistungsquote"
ADDRESSES = [
    "/",
    "/en/",
    f"/karte/?indikator={RATE}&ebene=unterbezirk&gebiet=061",
    f"/karte/?indikator={RATE}&ebene=sozialraum&stand=2099-01-01",
    "/gebiete/sozialraum/023/",
    "/gebiete/unterbezirk/061/",
    f"/rangliste/{RATE}/",
    f"/indikatoren/{RATE}/",
    f"/api/v1/figures/?indicator={RATE}&level=unterbezirk&period=2024",
    f"/api/v1/indicators/{RATE}/",
    "/suche/?q=Verschlusssache",
    "/veroeffentlichungen/",
    "/daten/",
    "/sitemap.xml",
]
TITLE, NUMBER = "Verschlusssache Borsigplatz", "83.7"


@pytest.fixture
def people():
    return [get_user_model().objects.create_user(name) for name in ("redaktion", "freigabe")]


@pytest.fixture
def draft(dortmund, people):
    release = create_draft(title=TITLE, user=people[0], corrects=Release.objects.get(slug="2026-1"), notice="Geheim.")
    value = Value.objects.get(
        indicator__slug=RATE, area__code="061", area__level__slug="unterbezirk", period__code="2024"
    )
    value.pk, value.release, value.value = None, release, NUMBER
    value.save(force_insert=True)
    return release


def answers(client):
    """What everybody can see, computed anew."""
    caches["pages"].clear()
    return {
        address: (response.status_code, response.content) for address in ADDRESSES if (response := client.get(address))
    }


def test_what_everybody_sees_stays_the_same_until_it_is_published(draft, people, client):
    before = answers(client)
    assert {status for status, _body in before.values()} <= {200, 404}
    submit_release(release=draft, user=people[0])
    seen = prepare_release(release=draft).prepared_digest
    approved = approve_release(release=draft, user=people[1], seen_digest=seen)
    secret = share_preview(release=draft, user=people[1], days=1)
    assert "83,7" in client.get(f"/vorschau/{secret}/gebiete/unterbezirk/061/").content.decode()
    after = answers(client)
    assert [address for address in ADDRESSES if after[address] != before[address]] == []
    publish_approved(release=approved)
    public = answers(client)
    assert "83,7" in public[ADDRESSES[2]][1].decode()
    assert TITLE in public["/veroeffentlichungen/"][1].decode()


def test_its_files_answer_to_nobody_who_guesses(draft, people, client):
    prepare_release(release=draft)
    [file] = draft.editions.get(indicator__slug=RATE).files.filter(name=f"kennwerte/{RATE}/unterbezirk.json")
    for ask in (client.get, client.head):
        assert ask(file.path).status_code == 404
        assert ask(file.path, headers={"If-None-Match": f'"{file.digest}"'}).status_code == 404
    assert client.get(f"/veroeffentlichungen/{draft.slug}/").status_code == 404
    assert client.get(f"/karte/?stand={draft.slug}").status_code in (200, 404)
    assert NUMBER.replace(".", ",") not in client.get(f"/gebiete/unterbezirk/061/?stand={draft.slug}").content.decode()


def test_a_seen_preview_leaves_nothing_in_what_is_kept(draft, people, client):
    prepare_release(release=draft)
    secret = share_preview(release=draft, user=people[1], days=1)
    page = "gebiete/unterbezirk/061/"
    assert "83,7" in client.get(f"/vorschau/{secret}/{page}").content.decode()
    public = client.get(f"/{page}")
    assert "83,7" not in public.content.decode()
    etag = client.get(f"/vorschau/{secret}/{page}").headers.get("ETag")
    assert etag is None or client.get(f"/{page}", headers={"If-None-Match": etag}).status_code == 200
