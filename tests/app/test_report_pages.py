"""/redaktion/berichte/: start, watch, cancel, take, share; what each person sees and may do."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from atlas.actions.report_work import run_report
from atlas.models import Report, ReportRequest
from indicators.models import Release
from tests.app.report_objects import asked_for, clerk, planted_probe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund", "probe")]
LIST = "/redaktion/berichte/"


@pytest.fixture
def probe(monkeypatch):
    return planted_probe(monkeypatch)


@pytest.fixture
def user():
    return clerk()


@pytest.fixture
def client(user):
    client = Client()
    client.force_login(user)
    return client


def start(client, **changed):
    data = {"angabe-areas": ["sozialraum/023"], "ending": "pdf", "release": "2026-1", "language": "de", **changed}
    return client.post(f"{LIST}neu/profil/", {name: value for name, value in data.items() if value is not None})


def do(client, asked, what, **data):
    return client.post(f"{LIST}{asked.pk}/{what}/", data, follow=True)


def test_an_empty_page_says_what_it_is_for(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = client.get(LIST).text
    assert "Hier steht, was Sie angefragt haben" in page
    assert f'href="{LIST}neu/profil/"' in page
    assert 'aria-current="page">Berichte</a>' in page
    Release.objects.all().update(withdrawn_at=timezone.now(), status="withdrawn")
    assert "Noch ist nichts veröffentlicht" in client.get(LIST).text


def test_a_profile_is_started_and_taken(client, user, django_capture_on_commit_callbacks):
    form = client.get(f"{LIST}neu/profil/").text
    assert 'value="sozialraum/023"' in form and "39" in form
    with django_capture_on_commit_callbacks(execute=True):
        answer = start(client, wants_mail="on")
    asked = ReportRequest.objects.get()
    assert answer.url == f"{LIST}#bericht-{asked.pk}"
    assert asked.wants_mail and asked.user == user
    report = asked.report
    assert (report.kind, report.parameters, report.title) == (
        "profile", {"level": "sozialraum", "code": "023"}, "Borsigplatz",
    )  # fmt: skip
    page = client.get(LIST).text
    assert "Borsigplatz" in page and "fertig" in page and report.checksum in page and "liegt bis zum" in page
    file = client.get(f"{LIST}{asked.pk}/datei/")
    assert file.content == bytes(report.file.body) and file["Content-Type"] == "application/pdf"
    assert file["Cache-Control"] == "private, no-store" and "profil-sozialraum-023.pdf" in file["Content-Disposition"]
    asked.refresh_from_db()
    assert asked.seen_at


def test_a_map_is_started_with_what_it_asks(client, django_capture_on_commit_callbacks):
    form = client.get(f"{LIST}neu/karte/").text
    assert 'value="transferleistungsquote"' in form and '<option value="sozialraum" selected>' in form
    data = {"angabe-indicator": "transferleistungsquote", "angabe-level": "stadtbezirk", "angabe-size": "A3"}
    data |= {"angabe-landscape": "on", "ending": "pdf", "release": "2026-1", "language": "de"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LIST}neu/karte/", data)
    report = Report.objects.get()
    assert (report.kind, report.state) == ("map", "done"), report.message
    assert report.parameters == {
        "query": {
            "indikator": "transferleistungsquote",
            "ebene": "stadtbezirk",
            "zeit": "2024",
            "klassen": "natuerlich",
            "anzahl": "6",
            "plan": "0",
        },
        "sheet": {"size": "A3", "landscape": True},
    }
    address = "/karte/kartenblatt.pdf?indikator=transferleistungsquote&ebene=stadtbezirk&plan=0&papier=A3&lage=quer"
    assert client.get(address).status_code == 200
    assert Report.objects.get() == report, "the page of the map asks for the same document"


def test_a_map_that_there_is_not_is_said_in_the_form(client):
    data = {"angabe-indicator": "transferleistungsquote", "angabe-level": "stadtbezirk", "angabe-size": "A4"}
    data |= {"angabe-period": "1987", "ending": "pdf", "release": "2026-1", "language": "de"}
    answer = client.post(f"{LIST}neu/karte/", data)
    assert answer.status_code == 422 and "„1987“" in answer.text
    assert not Report.objects.exists()


@pytest.mark.parametrize(("day", "said"), [("2999-01-01", "ein Tag bis heute"), ("1900-01-01", "ein Tag ab 01")])
def test_a_day_that_the_plan_cannot_tell_of_is_said_in_the_form(client, day, said):
    data = {"angabe-day": day, "ending": "pdf", "release": "2026-1", "language": "de"}
    answer = client.post(f"{LIST}neu/sachstand/", data)
    assert answer.status_code == 422 and said in answer.text
    assert not Report.objects.exists()


def test_several_areas_become_chapters_of_one_report(client):
    start(client, **{"angabe-areas": ["sozialraum/023", "stadtbezirk/01"]})
    report = Report.objects.get()
    assert (report.kind, report.title) == ("compilation", "Profile von 2 Gebieten")
    assert report.parameters["parts"][0]["options"] == {"areas": ["sozialraum/023", "stadtbezirk/01"]}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"angabe-areas": None}, "Bitte etwas wählen"),
        ({"angabe-areas": ["sozialraum/999"]}, "aus der Liste"),
        ({"ending": "exe"}, "exe"),
        ({"release": "nie"}, "nie"),
        ({"language": "fr"}, "fr"),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, changed, said):
    answer = start(client, **changed)
    assert answer.status_code == 422
    assert said in answer.text and 'class="fault"' in answer.text
    assert not Report.objects.exists()


def test_progress_is_told_to_those_who_watch(client, user):
    asked = asked_for(user, text="Lang")
    page = client.get(LIST).text
    assert "Wartet auf einen freien Platz" in page and 'data-reports="/redaktion/berichte/stand.json"' in page
    Report.objects.update(state="running", total=39, done=11, step="Nordmarkt", started_at=timezone.now())
    assert "Schritt 12 von 39: Nordmarkt" in client.get(LIST).text
    told = client.get(f"{LIST}stand.json?bericht={asked.pk}&bericht=x&bericht=999999").json()["reports"]
    assert told == {
        str(asked.pk): {"state": "running", "done": 11, "total": 39, "words": "Schritt 12 von 39: Nordmarkt"}
    }
    other = Client()
    other.force_login(clerk("andere"))
    assert other.get(f"{LIST}stand.json?bericht={asked.pk}").json() == {"reports": {}}


def test_watching_takes_up_what_is_lost(client, user):
    asked_for(user)
    Report.objects.update(state="running", attempts=1, heartbeat_at=timezone.now() - datetime.timedelta(days=1))
    client.get(f"{LIST}stand.json")
    assert Report.objects.get().state == "waiting"


def test_cancel_again_share_and_forget(client, user):
    asked = asked_for(user, text="Lang")
    assert "„Lang“ wird abgebrochen." in do(client, asked, "abbrechen").text
    assert Report.objects.get().state == "cancelled"
    assert "nicht mehr in Arbeit" in do(client, asked, "abbrechen").text
    assert "noch einmal erstellt" in do(client, asked, "noch-einmal").text
    assert "erst, wenn er fertig ist" in do(client, asked, "teilen", teilen="1").text
    assert "noch in Arbeit" in do(client, asked, "entfernen").text
    run_report(report=Report.objects.get())
    assert "allen im Haus offen" in do(client, asked, "teilen", teilen="1").text
    assert "sehen nur noch Sie" in do(client, asked, "teilen", teilen="0").text
    assert "nicht mehr auf Ihrer Liste" in do(client, asked, "entfernen").text
    assert not ReportRequest.objects.exists()


def test_colleagues_see_what_is_shared_and_nothing_else(client, user):
    colleague = clerk("kollegin", "Rat")
    asked = asked_for(colleague, text="Von der Kollegin")
    run_report(report=asked.report)
    file = f"{LIST}{asked.pk}/datei/"
    assert client.get(file).status_code == 404
    assert "Von der Kollegin" not in client.get(LIST).text
    ReportRequest.objects.update(is_shared=True)
    page = client.get(LIST).text
    assert "Im Haus geteilt" in page and "Von der Kollegin" in page and "kollegin," in page
    assert client.get(file).status_code == 200
    for step in ("abbrechen", "noch-einmal", "teilen", "entfernen"):
        assert client.post(f"{LIST}{asked.pk}/{step}/").status_code == 404
    assert ReportRequest.objects.get().seen_at is None


def test_failures_and_forgotten_files_say_what_to_do(client, user):
    asked = asked_for(user)
    Report.objects.update(state="failed", message="Dazu gibt es nichts.", finished_at=timezone.now())
    page = client.get(LIST).text
    assert "Dazu gibt es nichts." in page and "Noch einmal erstellen" in page
    run_report(report=asked_for(user).report)
    Report.objects.update(expires_at=None)
    assert "lässt sich neu erstellen" in client.get(LIST).text
    answer = client.get(f"{LIST}{asked.pk}/datei/")
    assert answer.status_code == 410 and "neu erstellen" in answer.text


def test_nothing_of_a_withdrawn_release_is_given_out(client, user):
    asked = asked_for(user)
    run_report(report=asked.report)
    ReportRequest.objects.update(is_shared=True)
    Release.objects.filter(slug="2026-1").update(withdrawn_at=timezone.now(), status="withdrawn")
    assert client.get(f"{LIST}{asked.pk}/datei/").status_code == 410
    page = client.get(LIST).text
    assert "zurückgezogen" in page and "Herunterladen" not in page
    other = Client()
    other.force_login(clerk("andere"))
    assert "Im Haus geteilt" not in other.get(LIST).text


def test_a_long_list_stays_quick(client, user, django_assert_max_num_queries):
    for number in range(20):
        run_report(report=asked_for(user, text=f"Bericht {number}").report)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).text.count('class="report"') == 20


def test_hostile_titles_are_only_text(client, user):
    asked_for(user, text='"><script>alert(1)</script>')
    page = client.get(LIST).text
    assert "<script>alert" not in page
    assert re.search(r"Probe", page)


@pytest.mark.parametrize("path", [LIST, f"{LIST}neu/profil/", f"{LIST}stand.json"])
def test_only_those_who_may(path):
    nobody = Client()
    assert nobody.get(path).status_code == 302
    nobody.force_login(clerk("gast", "Systemverwaltung"))
    assert nobody.get(path).status_code == 403
    assert reverse("staff:reports") == LIST


def test_everything_that_can_be_started_has_a_page(client):
    from atlas.report_starts import starts
    from atlas.reports.templates import TEMPLATES

    assert {start.slug for start in starts()} == {"profil", "karte", *TEMPLATES}
    for start in starts():
        page = client.get(f"{LIST}neu/{start.slug}/")
        assert page.status_code == 200 and str(start.label) in page.text


def test_an_unknown_kind_of_report_is_not_found(client):
    assert client.get(f"{LIST}neu/nichts/").status_code == 404
