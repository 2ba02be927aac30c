"""Applications on pages: clerks lead them on, organisations send them, the council reads."""

import datetime
import re
from decimal import Decimal
from html import unescape
from unittest import mock

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from actionplan.actions import applications as act
from actionplan.models import Application, ApplicationStep, MoneyEntry
from areas.models import PublicState
from tests.app.application_objects import a_fund, an_action_area, an_application, seen
from tests.app.plan_objects import a_project
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
LIST = "/redaktion/aktionsplan/antraege/"
S = Application.State


@pytest.fixture
def city():
    PublicState.objects.get_or_create(pk=1)
    found = small_city()
    found["member"] = an_action_area(found)
    return found


@pytest.fixture
def fund(city):
    return a_fund(city["source"], "1500.00", year=timezone.localdate().year)


@pytest.fixture
def clerk(client):
    person = User.objects.create_user("sachbearbeitung", email="amt@example.org")
    person.groups.add(Group.objects.get(name="Aktionsplan"))
    client.force_login(person)
    return person


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


def text_of(answer):
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def step(client, application, name, **data):
    data = {"gesehen": seen(application)["seen"], **data}
    return client.post(f"{LIST}{application.pk}/schritt/{name}/", data)


def test_a_clerk_leads_an_application_to_its_end(client, city, fund, clerk):
    application = an_application(city)
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert "Eintragen: Vollständig" in page and "Eintragen: Unterlagen fehlen" in page
    assert "Eintragen: Bewilligt" not in page, "only what is possible now"
    assert step(client, application, "vollstaendig").status_code == 302
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert f"Kern {today().year}, frei 1.500,00 Euro" in page
    votes = {"votes_yes": 9, "votes_no": 0, "votes_abstain": 1, "day": today().isoformat()}
    approved = step(
        client, application, "bewilligt", amount="1.000,50", fund=fund.pk, conditions="Mit Schild.", **votes
    )
    assert approved.status_code == 302
    letter = text_of(client.get(f"{LIST}{application.pk}/bescheid/"))
    assert "1.000,50 Euro" in letter and "Mit Schild." in letter and "9 Ja, 0 Nein, 1 Enthaltungen" in letter
    due = today(90).isoformat()
    assert (
        step(client, application, "bescheid", number="B-1", day=today().isoformat(), report_due=due).status_code == 302
    )
    assert "B-1" in text_of(client.get(f"{LIST}{application.pk}/bescheid/"))
    report = {"day": today().isoformat(), "spent": "900,00", "receipts": "1.100,00", "results": "Es kamen 30 Kinder."}
    assert step(client, application, "nachweis", **report).status_code == 302
    assert step(client, application, "abschluss").status_code == 302
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert "Nächster Schritt" not in page and "Es kamen 30 Kinder." in page and "abgeschlossen" in page
    assert ApplicationStep.objects.filter(recorded_by=clerk, role="Aktionsplan").count() == 5


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("vollstaendig", {"gesehen": ""}, "Das Formular war unvollständig."),
        ("unvollstaendig", {"missing": "", "deadline": "2030-01-01"}, "Dieses Feld ist zwingend erforderlich"),
        ("unvollstaendig", {"missing": "Satzung", "deadline": "morgen"}, "Das ist kein Tag."),
        ("unvollstaendig", {"missing": "Satzung", "deadline": "2020-01-01"}, "Die Frist liegt in der Vergangenheit."),
        ("bewilligt", {"amount": "viel"}, "Das ist kein Betrag."),
        ("bewilligt", {"amount": "NaN"}, "Das ist kein Betrag."),
        ("bewilligt", {"amount": "1,234"}, "zwei Dezimalstellen"),
        ("bewilligt", {"votes_yes": "-1"}, "größer oder gleich 0"),
        ("bewilligt", {"fund": "99999"}, "Bitte eine gültige Auswahl treffen"),
        ("rueckzug", {"reason": ""}, "Dieses Feld ist zwingend erforderlich"),
        ("abschluss", {}, "folgt nicht"),
    ],
)
def test_wrong_input_is_said_and_nothing_saved(client, city, clerk, name, data, sentence):  # noqa: PLR0917
    application = an_application(city)
    answer = step(client, application, name, **data)
    assert answer.status_code in (409, 422)
    page = text_of(answer)
    if name not in ("bewilligt", "abschluss"):  # those have no form in this state, so only the sentence above counts
        assert sentence in page
    assert Application.objects.get().state == "received" and application.steps.count() == 1


def test_wrong_amounts_stay_in_the_form_of_a_decision(client, city, clerk, fund):
    application = an_application(city)
    act.say_complete(**seen(application))
    votes = {"votes_yes": "9", "votes_no": "0", "votes_abstain": "1", "day": today().isoformat()}
    for amount, sentence in (("viel", "Das ist kein Betrag."), ("1.200,00", "beantragt sind 1.000,50")):
        answer = step(
            client, application, "bewilligt", amount=amount, fund=fund.pk, conditions="Mühsam Getipptes", **votes
        )
        page = text_of(answer)
        assert answer.status_code in (409, 422) and sentence in page and "Mühsam Getipptes" in page
    future = step(client, application, "bewilligt", amount="5", fund=fund.pk, **{**votes, "day": today(5).isoformat()})
    assert "in der Zukunft" in text_of(future)
    assert not MoneyEntry.objects.exists()


def test_a_decision_is_dated_between_receipt_and_today(client, city, clerk, fund):
    application = an_application(city, received_on=today(-10))
    act.say_complete(**seen(application))
    votes = {"votes_yes": "9", "votes_no": "0", "votes_abstain": "1", "reason": "Später."}
    for name, more in (("vertagt", {}), ("abgelehnt", {}), ("bewilligt", {"amount": "5", "fund": fund.pk})):
        answer = step(client, application, name, day=today(-11).isoformat(), **votes, **more)
        assert answer.status_code == 422 and "liegt vor dem Eingang des Antrags" in text_of(answer)
    assert step(client, application, "vertagt", day=today(-10).isoformat(), **votes).status_code == 302


def test_older_funds_stand_apart_and_are_taken_on_purpose_only(client, city, clerk, fund):
    older = a_fund(city["source"], slug="frueher", year=2021)
    planned = a_fund(city["source"], slug="naechstes", year=today().year + 1)
    application = an_application(city)
    act.say_complete(**seen(application))
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    places = [page.index(f'<option value="{one.pk}">') for one in (fund, planned, older)]
    assert places == sorted(places) and places[1] < page.index("Frühere Jahre, nur mit Absicht") < places[2]
    votes = {"votes_yes": "9", "votes_no": "0", "votes_abstain": "1", "day": today().isoformat(), "amount": "5"}
    answer = step(client, application, "bewilligt", fund=older.pk, conditions="Getippt", **votes)
    assert answer.status_code == 422 and "Der Topf ist von 2021." in text_of(answer) and "Getippt" in text_of(answer)
    assert step(client, application, "bewilligt", fund=older.pk, older="on", **votes).status_code == 302


def test_an_approval_without_a_majority_says_why(client, city, clerk, fund):
    application = an_application(city)
    act.say_complete(**seen(application))
    sent = {"votes_no": "9", "votes_abstain": "0", "day": today().isoformat(), "amount": "5", "fund": fund.pk}
    for yes in ("0", "9"):
        answer = step(client, application, "bewilligt", votes_yes=yes, **sent)
        assert answer.status_code == 422 and "Es gab nicht mehr Ja als Nein" in text_of(answer)
    assert not MoneyEntry.objects.exists()
    answer = step(client, application, "bewilligt", votes_yes="0", against_vote="Beschluss des Amts.", **sent)
    assert answer.status_code == 302
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert "Bewilligt ohne Mehrheit, weil: Beschluss des Amts." in page


def test_who_saw_an_old_state_is_told(client, city, clerk):
    application = an_application(city)
    old = seen(application)["seen"]
    act.say_complete(**seen(application))
    answer = step(client, application, "rueckzug", gesehen=old, reason="Alt.")
    assert answer.status_code == 409 and "Inzwischen hat jemand anderes" in text_of(answer)


def test_the_list_shows_what_is_due(client, city, clerk, django_assert_max_num_queries):
    for number, days in enumerate((-5, 5, 50)):
        application = an_application(city, title=f"Werkstatt {number}")
        act.say_incomplete(**seen(application), missing="Satzung", deadline=today(abs(days)))
        if days < 0:
            past = today(days)
            with mock.patch("actionplan.actions.applications.timezone.localdate", return_value=today(-9)):
                act.say_incomplete(**seen(application), missing="Satzung", deadline=past)
    with django_assert_max_num_queries(12):
        page = text_of(client.get(LIST))
    assert "Frist vorbei (1)" in page and "Frist in 14 Tagen (1)" in page and "alle (3)" in page
    page = text_of(client.get(f"{LIST}?stand=ueberfaellig"))
    assert "Werkstatt 0" in page and "Werkstatt 1" not in page
    assert client.get(f"{LIST}?stand=nie&seite=x").status_code == 200


def test_the_council_reads_and_changes_nothing(client, city):
    person = User.objects.create_user("rat")
    person.groups.add(Group.objects.get(name="Rat"))
    client.force_login(person)
    application = an_application(city)
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert "Werkstatt am Platz" in page and "Nächster Schritt" not in page
    assert step(client, application, "vollstaendig").status_code == 403


# ---- Forms ----


def form_data(city, **more):
    words = {
        "organisation": "Verein am Platz", "email": "buero@example.org", "telefon": "", "titel": "Werkstatt am Platz",
        "aktionsraum": city["member"].pk, "beschreibung": "Eine offene Werkstatt für alle.", "zielgruppe": "Kinder",
        "ziele": "Dreißig Kinder kommen.", "beginn": "2027-06-01", "ende": "2027-12-01", "betrag": "1.000,50",
        "eigenes": "200", "kosten_1": "Material", "betrag_1": "700", "kosten_2": "Honorare", "betrag_2": "500,50",
    }  # fmt: skip
    return {**words, **more}


def test_a_clerk_types_in_a_paper_form_and_corrects_it(client, city, clerk):
    data = {**form_data(city), "eingang": today(-3).isoformat()}
    assert client.post(f"{LIST}neu/", data).status_code == 302
    application = Application.objects.get()
    assert (application.amount, application.received_on) == (Decimal("1000.50"), today(-3))
    page = client.get(f"{LIST}{application.pk}/berichtigen/").content.decode()
    assert 'value="1.000,50"' in page or 'value="1000,50"' in page
    data = form_data(
        city, betrag="500", eigenes="", kosten_2="", betrag_2="", betrag_1="500", gesehen=seen(application)["seen"]
    )
    assert client.post(f"{LIST}{application.pk}/berichtigen/", data).status_code == 302
    application.refresh_from_db()
    assert application.amount == 500 and application.costs.count() == 1
    act.say_complete(**seen(application))
    data |= {"email": "neu@example.org", "gesehen": seen(application)["seen"]}
    assert client.post(f"{LIST}{application.pk}/berichtigen/", data).status_code == 302
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert "Berichtigt" in page and "→ „neu@example.org“" in page and "Eintragen: Bewilligt" in page
    again = client.post(f"{LIST}{application.pk}/berichtigen/", data | {"gesehen": seen(application)["seen"]})
    assert again.status_code == 422 and "Daran ist nichts geändert" in text_of(again)
    act.refuse_application(**seen(application), day=today(), vote=act.Vote(0, 9, 0), reason="Nein.")
    assert client.get(f"{LIST}{application.pk}/berichtigen/").status_code == 404


def test_a_clerk_chooses_a_project_that_is_there(client, city, fund, clerk):
    project = a_project(city["source"], reach="city")
    a_project(city["source"], slug="anderswo", reach="unknown")
    application = an_application(city)
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert "Garten (Zustand nicht bekannt)" in page and "Anderswo" not in page
    assert step(client, application, "projekt", project=project.pk).status_code == 302
    page = text_of(client.get(f"{LIST}{application.pk}/"))
    assert "Projekt: „–“ → „Garten“" in page and "/aktionsplan/projekte/garten/" in page
    refused = step(client, application, "projekt", project=project.pk)
    assert refused.status_code == 409 and "So ist es schon eingetragen." in text_of(refused)
    assert step(client, application, "projekt", project="").status_code == 302
    application.refresh_from_db()
    assert application.project is None


@pytest.fixture
def public_form(settings, city):
    cache.clear()
    settings.APPLICATION_FORM = True
    yield city
    cache.clear()


def public_data(client, city, **more):
    from tests.app.idea_objects import stamp_of

    return {**form_data(city), "einverstanden": "on", "webseite": "", "stempel": stamp_of(client, APPLY), **more}


APPLY = "/aktionsplan/antrag/"


def test_an_organisation_applies_and_sees_its_number(client, public_form):
    data = public_data(client, public_form)
    answer = client.post(APPLY, data)
    assert answer.status_code == 302 and client.post(APPLY, data)["Location"] == answer["Location"]
    application = Application.objects.get()
    page = client.get(answer["Location"])
    assert f"Antrag {application.number}" in text_of(page) and page["X-Robots-Tag"] == "noindex"
    act.say_incomplete(**seen(application), missing="Satzung fehlt", deadline=today(5))
    assert "Satzung fehlt" in text_of(client.get(answer["Location"]))
    assert not mail.outbox, "no mail to an address that nobody has confirmed"
    assert client.get("/aktionsplan/antrag/eingang/falsch/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"organisation": ""}, "Bitte nennen Sie die Organisation."),
        ({"organisation": "www.spam.example"}, "Bitte hier keinen Link."),
        ({"email": "keine"}, "Das ist keine E-Mail-Adresse."),
        ({"aktionsraum": "99999"}, "Diesen Aktionsraum gibt es heute nicht."),
        ({"ende": "2027-01-01"}, "Das Ende liegt vor dem Beginn."),
        ({"beginn": "2027-02-30"}, "Das ist kein Tag."),
        ({"betrag": "1.000,51"}, "Der Kostenplan ergibt 1.200,50 Euro"),
        ({"betrag": "-5"}, "größer oder gleich"),
        ({"betrag": "1e999"}, "Ziffern"),
        ({"betrag": "99999999999"}, "Ziffern"),
        ({"kosten_2": ""}, "Bitte sagen, wofür."),
        ({"betrag_2": ""}, "Bitte einen Betrag angeben."),
        ({"webseite": "x"}, "das leer bleiben muss"),
        ({"stempel": "x"}, "Das Formular war nicht vollständig"),
        ({"einverstanden": ""}, "Ohne diese Bestätigung"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client, public_form, sent, sentence):
    data = public_data(client, public_form, **sent)
    answer = client.post(APPLY, data)
    page = text_of(answer)
    assert answer.status_code == 400 and sentence in page
    if not {"webseite", "stempel"} & sent.keys():
        assert f'value="{data["stempel"]}"' in page, "corrected quickly, it is not taken for a machine"
    assert "Eine offene Werkstatt für alle." in page and not Application.objects.exists()


def test_switched_off_there_is_no_form(client, city):
    assert client.get(APPLY).status_code == 404 and client.post(APPLY, {}).status_code == 404
    assert APPLY not in client.get("/aktionsplan/projekte/").content.decode()
