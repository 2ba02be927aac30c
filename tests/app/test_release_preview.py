"""Looking ahead: the whole portal as it will be, for those who may, and nothing of it anywhere else."""

import datetime
import re
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from areas.models import PublicState
from indicators.actions import prepare_release
from indicators.actions.previewing import revoke_preview, share_preview
from indicators.actions.withdrawing import create_draft
from indicators.models import Figure, Indicator, PreviewLink, Release, Value

pytestmark = pytest.mark.django_db
PAGES = ["", "karte/?ebene=unterbezirk&gebiet=061", "gebiete/sozialraum/023/", "rangliste/transferleistungsquote/"]
NEW, OLD = "37,9", "34,6"  # Borsigplatz's rate of 2024 in the draft, and today


@pytest.fixture(scope="module")
def prepared(city_of_file):
    """A correction, prepared once for the whole file, and who made it: to prepare takes seconds."""
    person = get_user_model().objects.create_user("freigabe")
    release = create_draft(title="Quetzalkoatl", user=person, corrects=Release.objects.get(slug="2026-1"))
    value = Value.objects.get(
        indicator__slug="transferleistungsquote", area__code="061", area__level__slug="unterbezirk", period__code="2024"
    )
    value.pk, value.release, value.value = None, release, Decimal("51.37")
    value.save(force_insert=True)
    return prepare_release(release=release), person


@pytest.fixture
def draft(prepared):
    return Release.objects.get(pk=prepared[0].pk)


@pytest.fixture
def person(prepared):
    return get_user_model().objects.get(pk=prepared[1].pk)


@pytest.fixture
def secret(draft, person):
    return share_preview(release=draft, user=person, days=3)


def test_every_page_shows_what_will_be_and_says_so(draft, secret, client):
    for path in PAGES:
        response = client.get(f"/vorschau/{secret}/{path}")
        assert response.status_code == 200, path
        assert "Vorschau – nicht öffentlich." in response.content.decode(), path
    page = client.get(f"/vorschau/{secret}/gebiete/sozialraum/023/").content.decode()
    assert NEW in page and OLD not in page


def test_links_and_data_stay_inside_the_preview(draft, secret, client):
    page = client.get(f"/vorschau/{secret}/karte/?ebene=unterbezirk").content.decode()
    leading_out = [
        a for a in re.findall(r'href="(/[^"]*)"', page) if not a.startswith((f"/vorschau/{secret}/", "/static/"))
    ]
    assert leading_out == []
    [data] = set(re.findall(rf"/vorschau/{secret}/daten/\w+/kennwerte/transferleistungsquote/unterbezirk.json", page))
    response = client.get(data)
    body = response.json()
    assert body["values"]["2024"][body["areas"].index("061")] == 51.4
    assert client.get(data.removeprefix(f"/vorschau/{secret}")).status_code == 404  # not for the public
    assert client.get(f"/vorschau/{secret}/en/karte/").context["frame"].home == f"/vorschau/{secret}/en/"


def test_the_interface_and_the_downloads_show_it_too(draft, secret, client):
    asked = "indicator=transferleistungsquote&level=unterbezirk&period=2024"
    answer = client.get(f"/vorschau/{secret}/api/v1/figures/?{asked}")
    assert "51.4" in answer.content.decode()
    csv = client.get(f"/vorschau/{secret}/karte/kennwerte.csv?ebene=unterbezirk&zeit=2024")
    assert "51,4" in csv.content.decode()


def test_nothing_of_it_stays_and_nothing_of_it_is_kept(draft, secret, client):
    before = (
        PublicState.objects.get().version,
        list(Indicator.objects.values_list("pk", "current_edition")),
        list(Release.objects.values_list("pk", "status", "published_at")),
        Figure.objects.current().count(),
    )
    public = client.get("/gebiete/sozialraum/023/").content
    for path in PAGES:
        response = client.get(f"/vorschau/{secret}/{path}")
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"].startswith("noindex")
        assert response["Referrer-Policy"] == "no-referrer"
    assert client.get("/gebiete/sozialraum/023/").content == public
    assert before == (
        PublicState.objects.get().version,
        list(Indicator.objects.values_list("pk", "current_edition")),
        list(Release.objects.values_list("pk", "status", "published_at")),
        Figure.objects.current().count(),
    )


def test_an_error_inside_rolls_back_too(draft, secret, client):
    assert client.get(f"/vorschau/{secret}/gebiete/sozialraum/999/").status_code == 404
    draft.refresh_from_db()
    assert draft.published_at is None


def gone(client, secret):
    response = client.get(f"/vorschau/{secret}/karte/")
    return response.status_code == 404 and "keine Vorschau" in response.content.decode()


def test_previews_end(draft, secret, client):
    assert not gone(client, secret)
    link = PreviewLink.objects.get()
    PreviewLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert gone(client, secret)
    PreviewLink.objects.update(expires_at=timezone.now() + datetime.timedelta(days=1))
    revoke_preview(link=link)
    assert gone(client, secret)
    assert gone(client, "falsch")


def test_the_secret_is_not_stored(draft, secret):
    link = PreviewLink.objects.get()
    assert secret not in {str(getattr(link, f.name)) for f in link._meta.fields}
    assert not draft.events.filter(text__contains=secret).exists()


def test_for_named_accounts_only(draft, person, client):
    guest = get_user_model().objects.create_user("gast")
    other = get_user_model().objects.create_user("andere")
    secret = share_preview(release=draft, user=person, days=1, needs_account=True, users=[guest])
    assert client.get(f"/vorschau/{secret}/karte/").status_code == 302
    client.force_login(other)
    assert gone(client, secret)
    client.force_login(guest)
    assert client.get(f"/vorschau/{secret}/karte/").status_code == 200


def test_staff_with_the_right_need_no_secret(draft, client):
    colleague = get_user_model().objects.create_user("rat", is_staff=True)
    client.force_login(colleague)
    assert gone(client, f"intern-{draft.pk}")
    colleague.user_permissions.add(Permission.objects.get(codename="preview_release"))
    client.force_login(get_user_model().objects.get(pk=colleague.pk))
    assert client.get(f"/vorschau/intern-{draft.pk}/karte/").status_code == 200
    assert gone(client, "intern-999999") and gone(client, "intern-x")


def test_an_account_without_second_factor_is_led_to_set_one_up(draft, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(get_user_model().objects.create_superuser("nur-kennwort"))
    response = client.get(f"/vorschau/intern-{draft.pk}/karte/")
    assert response.status_code == 302 and "/konto/" in response["Location"]


def test_refusals_carry_the_protecting_headers_too(draft, client):
    response = client.get("/vorschau/falsch/karte/")
    assert "frame-ancestors" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/redaktion/lieferungen/", "/redaktion/veroeffentlichungen/", "/verwaltung/", "/konto/"]
)
def test_pages_for_accounts_are_stored_nowhere(db, client, path):
    client.force_login(get_user_model().objects.create_superuser("leitung"))
    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_staff_pages_do_not_open_inside_and_nothing_can_be_sent(draft, secret, client):
    for path in ("verwaltung/", "redaktion/lieferungen/", "konto/login/"):
        assert client.get(f"/vorschau/{secret}/{path}").status_code == 404
    assert client.post(f"/vorschau/{secret}/karte/").status_code == 405


def test_a_draft_that_changed_is_computed_again_first(draft, secret, client, settings):
    Value.objects.filter(release=draft).update(value=45)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    response = client.get(f"/vorschau/{secret}/karte/")
    assert response.status_code == 503 and "wird berechnet" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/karte/?ebene=unterbezirk&gebiet=061",
        "/gebiete/unterbezirk/061/",
        "/rangliste/transferleistungsquote/?ebene=unterbezirk",
        "/indikatoren/transferleistungsquote/",
        "/veroeffentlichungen/",
        "/api/v1/figures/?indicator=transferleistungsquote&level=unterbezirk&period=2024",
        "/karte/kennwerte.csv?indikator=transferleistungsquote&ebene=unterbezirk&zeit=2024",
    ],
)
def test_the_public_sees_nothing_of_it(draft, client, path):
    response = client.get(path)
    assert response.status_code == 200
    text = response.content.decode()
    assert not any(word in text for word in ("51.37", "51,37", draft.slug, draft.title))
