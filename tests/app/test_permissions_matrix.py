"""Who may do what: every role against pages, steps, administration, interface and commands, in one table.

A cross opens; a dot is refused (403). Visitors without an account are led to the login, or refused by the interface.
"""

import io

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import resolve
from django.utils import timezone

import atlas.staff_urls
import indicators.urls
from dortmund_sozial.accounts.token_model import ApiToken
from dortmund_sozial.accounts.tokens import make_token
from indicators.actions.editors import last_editor
from indicators.models import Release, Upload, UploadContent
from indicators.selectors_waiting import _open_releases, editor_of, waiting_for

pytestmark = pytest.mark.django_db

ROLES = ["Redaktion", "Freigabe", "Aktionsplan", "Rat", "Systemverwaltung", ""]  # "": an account without a role
#                                                                        Red Fre Akt Rat Sys –
MATRIX = """
GET  /redaktion/                                                          x   x   x   x   x   x
GET  /redaktion/lieferungen/                                              x   x   .   .   x   .
POST /redaktion/lieferungen/                                              x   x   .   .   x   .
GET  /redaktion/lieferungen/{upload}/                                     x   x   .   .   x   .
GET  /redaktion/lieferungen/{upload}/stand/                               x   x   .   .   x   .
GET  /redaktion/lieferungen/{upload}/datei/                               x   x   .   .   x   .
GET  /redaktion/lieferungen/{upload}/befunde.csv                          x   x   .   .   x   .
GET  /redaktion/lieferungen/{upload}/zuordnung/                           x   .   .   .   .   .
POST /redaktion/lieferungen/{upload}/abbrechen/                           x   .   .   .   .   .
POST /redaktion/lieferungen/{upload}/noch-einmal/                         x   .   .   .   .   .
POST /redaktion/lieferungen/{upload}/begruendung/                         x   .   .   .   .   .
POST /redaktion/lieferungen/{upload}/uebernehmen/                         x   .   .   .   .   .
POST /redaktion/lieferungen/{upload}/verwerfen/                           x   .   .   .   .   .
GET  /redaktion/lieferungen/{upload}/befunde.xlsx                         x   x   .   .   x   .
GET  /redaktion/vorlagen/                                                 x   x   .   .   x   .
GET  /redaktion/raster/                                                   x   .   .   .   .   .
POST /redaktion/raster/entwurf/                                           x   .   .   .   .   .
GET  /redaktion/raster/quote/                                             x   .   .   .   .   .
POST /redaktion/raster/quote/pruefen/                                     x   .   .   .   .   .
GET  /redaktion/raster/quote/zelle/                                       x   .   .   .   .   .
POST /redaktion/raster/quote/speichern/                                   x   .   .   .   .   .
GET  /redaktion/herkunft/quote/sozialraum/023/2024/                       x   x   .   .   x   .
GET  /redaktion/aktionsplan/                                              x   x   x   x   x   .
GET  /redaktion/aktionsplan/jahr-uebernehmen/                             .   .   x   .   .   .
POST /redaktion/aktionsplan/jahr-uebernehmen/                             .   .   x   .   .   .
GET  /redaktion/aktionsplan/einlesen/                                     .   .   x   .   .   .
POST /redaktion/aktionsplan/einlesen/                                     .   .   x   .   .   .
GET  /redaktion/aktionsplan/einlesen/vorlage.xlsx                         .   .   x   .   .   .
GET  /redaktion/aktionsplan/einlesen/1/                                   .   .   x   .   .   .
GET  /redaktion/aktionsplan/einlesen/1/befunde.csv                        .   .   x   .   .   .
GET  /redaktion/aktionsplan/einlesen/1/befunde.xlsx                       .   .   x   .   .   .
POST /redaktion/aktionsplan/einlesen/1/uebernehmen/                       .   .   x   .   .   .
POST /redaktion/aktionsplan/einlesen/1/verwerfen/                         .   .   x   .   .   .
GET  /redaktion/aktionsplan/anpassungen/                                  x   x   x   x   x   .
POST /redaktion/aktionsplan/anpassungen/                                  .   .   x   .   .   .
GET  /redaktion/aktionsplan/anpassungen/probe/                            x   x   x   x   x   .
POST /redaktion/aktionsplan/anpassungen/probe/                            .   .   x   .   .   .
POST /redaktion/aktionsplan/anpassungen/probe/verwerfen/                  .   .   x   .   .   .
GET  /redaktion/aktionsplan/antraege/                                     .   .   x   x   .   .
GET  /redaktion/aktionsplan/antraege/neu/                                 .   .   x   .   .   .
POST /redaktion/aktionsplan/antraege/neu/                                 .   .   x   .   .   .
GET  /redaktion/aktionsplan/antraege/1/                                   .   .   x   x   .   .
GET  /redaktion/aktionsplan/antraege/1/berichtigen/                       .   .   x   .   .   .
GET  /redaktion/aktionsplan/antraege/1/bescheid/                          .   .   x   x   .   .
POST /redaktion/aktionsplan/antraege/1/beobachten/                        .   .   x   .   .   .
POST /redaktion/aktionsplan/antraege/1/schritt/bewilligt/                 .   .   x   .   .   .
GET  /redaktion/aktionsplan/ideen/                                        .   .   x   x   .   .
GET  /redaktion/aktionsplan/ideen/1/                                      .   .   x   x   .   .
POST /redaktion/aktionsplan/ideen/1/in-pruefung/                          .   .   x   .   .   .
POST /redaktion/aktionsplan/ideen/1/veroeffentlichen/                     .   .   x   .   .   .
POST /redaktion/aktionsplan/ideen/1/ablehnen/                             .   .   x   .   .   .
POST /redaktion/aktionsplan/ideen/1/projekt/                              .   .   x   .   .   .
GET  /redaktion/berichte/                                                 x   x   x   x   .   .
GET  /redaktion/berichte/stand.json                                       x   x   x   x   .   .
GET  /redaktion/berichte/neu/profil/                                      x   x   x   x   .   .
POST /redaktion/berichte/neu/profil/                                      x   x   x   x   .   .
GET  /redaktion/berichte/1/datei/                                         x   x   x   x   .   .
POST /redaktion/berichte/1/abbrechen/                                     x   x   x   x   .   .
POST /redaktion/berichte/1/noch-einmal/                                   x   x   x   x   .   .
POST /redaktion/berichte/1/teilen/                                        x   x   x   x   .   .
POST /redaktion/berichte/1/entfernen/                                     x   x   x   x   .   .
GET  /redaktion/berichte/zusammenstellungen/                              x   x   x   x   .   .
GET  /redaktion/berichte/zusammenstellungen/neu/                          x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/neu/                          x   x   x   .   .   .
GET  /redaktion/berichte/zusammenstellungen/1/                            x   x   x   x   .   .
GET  /redaktion/berichte/zusammenstellungen/1/titel/                      x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/titel/                      x   x   x   .   .   .
GET  /redaktion/berichte/zusammenstellungen/1/teil/neu/                   x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/teil/neu/                   x   x   x   .   .   .
GET  /redaktion/berichte/zusammenstellungen/1/teil/t1/                    x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/teil/t1/                    x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/ordnen/                     x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/fassung/                    x   x   x   .   .   .
GET  /redaktion/berichte/zusammenstellungen/1/texte/                      x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/texte/                      x   x   x   .   .   .
GET  /redaktion/berichte/zusammenstellungen/1/vorschau/                   x   x   x   x   .   .
POST /redaktion/berichte/zusammenstellungen/1/erstellen/                  x   x   x   x   .   .
GET  /redaktion/berichte/zusammenstellungen/1/durchlauf/1/                x   x   x   x   .   .
POST /redaktion/berichte/zusammenstellungen/1/durchlauf/1/                x   x   x   x   .   .
GET  /redaktion/berichte/zusammenstellungen/1/durchlauf/1/aenderungen.csv x   x   x   x   .   .
POST /redaktion/berichte/zusammenstellungen/1/teilen/                     x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/kopieren/                   x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/loeschen/                   x   x   x   .   .   .
POST /redaktion/berichte/zusammenstellungen/1/zurueckholen/               x   x   x   .   .   .
GET  /redaktion/verlauf/                                                  x   x   x   .   x   .
GET  /redaktion/verlauf/werte/1/                                          x   x   .   .   .   .
POST /redaktion/verlauf/werte-zurueckholen/                               x   .   .   .   .   .
GET  /redaktion/veroeffentlichungen/                                      x   x   x   x   x   .
GET  /redaktion/veroeffentlichungen/probe/                                x   x   x   x   x   .
GET  /redaktion/veroeffentlichungen/probe/aenderungen.csv                 x   x   x   x   x   .
POST /redaktion/veroeffentlichungen/neu/                                  x   .   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/zur-pruefung/                   x   .   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/zurueckholen/                   x   .   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/berichtigen/                    x   .   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/kommentar/                      x   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/zurueckgeben/                   .   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/freigeben/                      .   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/zeitpunkt/                      .   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/zeitpunkt-aufheben/             .   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/veroeffentlichen/               .   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/zurueckziehen/                  .   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/vorschau/                       .   x   .   .   .   .
POST /redaktion/veroeffentlichungen/probe/vorschau/1/                     .   x   .   .   .   .
GET  /konto/sicherheit/                                                   x   x   x   x   x   x
GET  /verwaltung/indicators/release/                                      x   x   x   x   x   .
GET  /verwaltung/indicators/release/add/                                  x   .   .   .   .   .
GET  /verwaltung/indicators/indicator/                                    x   x   x   x   x   .
GET  /verwaltung/indicators/indicator/add/                                x   .   .   .   .   .
GET  /verwaltung/indicators/secrecyrule/                                  x   x   x   x   x   .
GET  /verwaltung/indicators/secrecyrule/add/                              x   .   .   .   .   .
GET  /verwaltung/indicators/compositeindex/                               x   x   x   x   x   .
GET  /verwaltung/indicators/compositeindex/add/                           x   .   .   .   .   .
GET  /verwaltung/indicators/typology/                                     x   x   x   x   x   .
GET  /verwaltung/indicators/typology/add/                                 x   .   .   .   .   .
GET  /verwaltung/indicators/screening/                                    x   x   x   x   x   .
GET  /verwaltung/indicators/screening/add/                                x   .   .   .   .   .
GET  /verwaltung/indicators/value/                                        x   x   .   .   .   .
GET  /verwaltung/indicators/figure/                                       x   x   .   .   .   .
GET  /verwaltung/indicators/subscription/                                 .   .   .   .   x   .
GET  /verwaltung/actionplan/actionarea/                                   x   x   x   x   x   .
GET  /verwaltung/actionplan/actionarea/add/                               .   .   .   .   .   .
GET  /verwaltung/actionplan/project/                                      x   x   x   x   x   .
GET  /verwaltung/actionplan/fieldofaction/                                x   x   x   x   x   .
GET  /verwaltung/actionplan/fund/                                         x   x   x   x   x   .
GET  /verwaltung/actionplan/funder/                                       x   x   x   x   x   .
GET  /verwaltung/actionplan/allocation/                                   x   x   x   x   x   .
GET  /verwaltung/actionplan/carryover/                                    x   x   x   x   x   .
GET  /verwaltung/actionplan/budgetyear/                                   x   x   x   x   x   .
GET  /verwaltung/actionplan/councilpaper/                                 x   x   x   x   x   .
GET  /verwaltung/actionplan/pressrelease/                                 x   x   x   x   x   .
GET  /verwaltung/actionplan/project/add/                                  .   .   x   .   .   .
GET  /verwaltung/actionplan/fund/add/                                     .   .   x   .   .   .
GET  /verwaltung/actionplan/allocation/add/                               .   .   x   .   .   .
GET  /verwaltung/actionplan/carryover/add/                                .   .   x   .   .   .
GET  /verwaltung/actionplan/budgetyear/add/                               .   .   x   .   .   .
GET  /verwaltung/actionplan/councilpaper/add/                             .   .   x   .   .   .
GET  /verwaltung/actionplan/participation/                                x   x   x   x   x   .
GET  /verwaltung/actionplan/participation/add/                            .   .   x   .   .   .
GET  /verwaltung/actionplan/office/                                       x   x   x   x   x   .
GET  /verwaltung/actionplan/office/add/                                   .   .   x   .   .   .
GET  /verwaltung/actionplan/planfunction/                                 x   x   x   x   x   .
GET  /verwaltung/actionplan/planfunction/add/                             .   .   x   .   .   .
GET  /verwaltung/actionplan/actionprogramme/                              x   x   x   x   x   .
GET  /verwaltung/actionplan/actionprogramme/add/                          .   .   x   .   .   .
GET  /verwaltung/actionplan/programmeversion/                             x   x   x   x   x   .
GET  /verwaltung/actionplan/programmeversion/add/                         .   .   x   .   .   .
GET  /verwaltung/actionplan/areacharge/                                   .   .   .   .   x   .
GET  /verwaltung/actionplan/areacharge/add/                               .   .   .   .   x   .
GET  /verwaltung/areas/area/                                              x   x   x   .   x   .
GET  /verwaltung/areas/area/add/                                          .   .   .   .   x   .
GET  /verwaltung/areas/source/                                            x   x   x   .   x   .
GET  /verwaltung/areas/source/add/                                        .   .   .   .   x   .
GET  /verwaltung/auth/user/                                               .   .   .   .   x   .
GET  /verwaltung/auth/user/add/                                           .   .   .   .   x   .
GET  /verwaltung/auth/group/                                              .   .   .   .   x   .
GET  /verwaltung/auth/group/add/                                          .   .   .   .   .   .
GET  /verwaltung/dortmund_sozial/apitoken/                                .   .   .   .   x   .
GET  /verwaltung/dortmund_sozial/apitoken/add/                            .   .   .   .   x   .
GET  /verwaltung/axes/accessattempt/                                      .   .   .   .   x   .
POST /api/v1/uploads/                                                     x   .   .   .   .   .
GET  /api/v1/uploads/{upload}/                                            x   .   .   .   .   .
POST /api/v1/uploads/{upload}/accept/                                     x   .   .   .   .   .
"""
ROWS = [(line.split()[0], line.split()[1], line.split()[2:]) for line in MATRIX.strip().splitlines()]


@pytest.fixture
def people():
    """One account for each role, each allowed into the administration, so that only permissions decide."""
    found = {}
    for number, role in enumerate(ROLES):
        found[role] = User.objects.create_user(f"konto{number}", is_staff=True)
        found[role].groups.set(Group.objects.filter(name=role))
    return found


@pytest.fixture
def upload():
    Release.objects.create(slug="probe", title="Probe")
    made = Upload.objects.create(file_name="probe.csv", digest="0" * 64, size=14, state="checked", format="csv")
    UploadContent.objects.create(upload=made, body=b"Gebiet;Wert\n1;2")
    return made


def client_of(person, path):
    if path.startswith("/api/"):
        _token, text = make_token(user=person, name="Probe", days=1)
        return Client(headers={"authorization": f"Token {text}"}, raise_request_exception=False)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.mark.parametrize(("method", "path", "cells"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_each_role_may_what_the_table_says(people, upload, method, path, cells):
    address = path.format(upload=upload.pk)
    found = []
    for role in ROLES:
        response = getattr(client_of(people[role], path), method.lower())(address)
        assert "/konto/anmelden/" not in response.headers.get("Location", "")
        assert response.status_code < 500, (role, response.status_code)
        found.append("." if response.status_code == 403 else "x")
    assert found == cells


@pytest.mark.parametrize(("method", "path"), [row[:2] for row in ROWS])
def test_visitors_are_led_to_the_login_or_refused(client, upload, method, path):
    response = getattr(client, method.lower())(path.format(upload=upload.pk))
    if path.startswith("/api/") or path.endswith(("/pruefen/", "/speichern/")):  # asked by programs and scripts
        assert response.status_code == 401
    else:
        assert response.status_code == 302
        assert "/konto/anmelden/" in response.url or response.url.startswith("/verwaltung/login/")


def test_the_table_names_every_page_for_staff():
    named = {resolve(path.format(upload=1)).view_name for _method, path, _cells in ROWS}
    patterns = [("indicators", indicators.urls.urlpatterns), ("staff", atlas.staff_urls.urlpatterns)]
    assert {f"{space}:{pattern.name}" for space, found in patterns for pattern in found} <= named
    assert "provenance_staff" in named


def test_the_table_names_every_list_of_the_administration():
    shown = {f"/verwaltung/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry}
    left = {"axes/accesslog", "axes/accessfailurelog", "areas/arealevel", "areas/facility", "areas/publishedfile"}
    left |= {"indicators/dimension", "indicators/period", "django_tasks_database/dbtaskresult"}
    assert shown - {row[1] for row in ROWS} <= {f"/verwaltung/{name}/" for name in left}


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("wurzel"))
    return client


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label_lower)
def test_lists_of_the_administration_are_quick(root, people, model, django_assert_max_num_queries):
    address = f"/verwaltung/{model._meta.app_label}/{model._meta.model_name}/"
    with django_assert_max_num_queries(10):
        assert root.get(address).status_code == 200


# ---- Accounts ----


def test_the_administration_does_not_give_itself_roles(people):
    person = people["Systemverwaltung"]
    client = client_of(person, "")
    page = client.get(f"/verwaltung/auth/user/{person.pk}/change/")
    assert "is_superuser" not in page.text
    assert 'name="groups"' not in page.text
    data = {"username": "konto4", "email": "", "groups": [Group.objects.get(name="Freigabe").pk], "is_superuser": "on"}
    client.post(f"/verwaltung/auth/user/{person.pk}/change/", data)
    person = User.objects.get(pk=person.pk)
    assert [group.name for group in person.groups.all()] == ["Systemverwaltung"]
    assert not person.is_superuser


def test_the_administration_gives_roles_to_others(people):
    other = people[""]
    other.set_password("ein-langes-kennwort-von-hier")
    other.save()
    data = {"username": "konto5", "email": "fuenf@example.org", "is_active": "on", "is_staff": "on"}
    data["groups"] = [Group.objects.get(name="Freigabe").pk]
    client = client_of(people["Systemverwaltung"], "")
    assert "Niemand kann das Kennwort sehen" in client.get(f"/verwaltung/auth/user/{other.pk}/change/").text
    assert client.post(f"/verwaltung/auth/user/{other.pk}/change/", data).status_code == 302
    assert User.objects.get(pk=other.pk).has_perm("indicators.approve_release")


@pytest.mark.parametrize("page", ["change/", "password/"])
def test_superusers_are_changed_by_superusers_only(people, page):
    root = User.objects.create_superuser("wurzel")
    client = client_of(people["Systemverwaltung"], "")
    response = client.post(f"/verwaltung/auth/user/{root.pk}/{page}", {"username": "gekapert"})
    assert response.status_code == 403
    assert User.objects.get(pk=root.pk).username == "wurzel"


# ---- Tokens ----


def test_a_token_is_shown_once_and_stored_as_its_digest(people):
    client = client_of(people["Systemverwaltung"], "")
    data = {"user": people["Redaktion"].pk, "name": "Nachtlauf", "days": 30}
    page = client.post("/verwaltung/dortmund_sozial/apitoken/add/", data)
    text = page.text.split('<code id="token">')[1].split("<")[0]
    token = ApiToken.objects.get()
    assert text.startswith("sozial_")
    assert text not in (token.digest, token.token_key)
    assert text not in client.get("/verwaltung/dortmund_sozial/apitoken/").text
    assert Client(headers={"authorization": f"Token {text}"}).post("/api/v1/uploads/").status_code == 400


@pytest.mark.parametrize("fault", ["expired", "unknown", "locked", "empty"])
def test_tokens_that_do_not_hold(people, upload, fault):
    _token, text = make_token(user=people["Redaktion"], name="Probe", days=1)
    if fault == "expired":
        ApiToken.objects.update(expiry=timezone.now())
    if fault == "locked":
        User.objects.update(is_active=False)
    text = {"unknown": text[:-1] + "!", "empty": ""}.get(fault, text)
    answer = Client(headers={"authorization": f"Token {text}"}).get(f"/api/v1/uploads/{upload.pk}/")
    assert answer.status_code == 401
    assert "gilt nicht" in answer.json()["detail"] or fault == "empty"


def test_token_by_command(people):
    out = io.StringIO()
    call_command("make_api_token", "konto0", name="Nachtlauf", days=7, stdout=out, stderr=io.StringIO())
    assert out.getvalue().strip().startswith("sozial_")
    assert ApiToken.objects.get().user == people["Redaktion"]


@pytest.mark.parametrize(
    ("user", "name", "days"),
    [("niemand", "Probe", 7), ("konto0", " ", 7), ("konto0", "Probe", 0), ("konto0", "P", 999)],
)
def test_wrong_tokens_are_not_made(people, user, name, days):
    with pytest.raises(CommandError):
        call_command("make_api_token", user, name=name, days=days)
    assert not ApiToken.objects.exists()


# ---- Overview ----


def test_overview_shows_each_role_what_it_can_do(people, upload):
    Release.objects.filter(status="draft").update(slug="entwurf")
    Upload.objects.update(created_by=people["Redaktion"])
    editor, checker, council = (waiting_for(people[role]) for role in ("Redaktion", "Freigabe", "Rat"))
    assert [entry.pk for entry in editor.uploads] == [upload.pk]
    assert [entry.slug for entry in editor.drafts] == ["entwurf"]
    assert (editor.to_approve, editor.to_plan) == (None, None)
    assert (checker.uploads, checker.drafts, checker.to_approve) == (None, None, [])
    assert checker.is_empty
    assert (council.uploads, council.to_approve, council.with_others) == (None, None, [])


def test_overview_asks_few_questions(people, upload, django_assert_max_num_queries):
    client = client_of(people["Redaktion"], "")
    with django_assert_max_num_queries(10):
        assert "probe.csv" not in client.get("/redaktion/").text


def test_overview_knows_the_last_editor_as_the_rules_do(people, upload):
    release = Release.objects.get(slug="probe")
    release.created_by = people["Freigabe"]
    release.save()
    assert editor_of(_open_releases().get()) == last_editor(release) == people["Freigabe"].pk
    release.status = "in_review"
    release.save()
    assert [entry.slug for entry in waiting_for(people["Freigabe"]).with_others] == ["probe"]
    upload.state, upload.release, upload.accepted_at = "accepted", release, timezone.now()
    upload.accepted_by = people["Redaktion"]
    upload.save()
    assert editor_of(_open_releases().get()) == last_editor(release) == people["Redaktion"].pk
    assert [entry.slug for entry in waiting_for(people["Freigabe"]).to_approve] == ["probe"]
