"""The idea box for those who send something: the form, its guards, the page of one idea, deleting, mails, and switched off."""

import datetime
import re
from html import unescape
from smtplib import SMTPException
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from actionplan.actions.ideas import confirm_contact, digest_of, publish_idea, refuse_idea, send_idea
from actionplan.mailing import mail_token
from actionplan.models import FieldOfAction, Idea, IdeaContact, IdeaStep
from actionplan.tasks_mail import ask_sender
from areas.models import PublicState
from tests.app.idea_objects import FORM, an_idea, filled, newest
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
LIST = "/aktionsplan/ideen/"


@pytest.fixture(autouse=True)
def _switched_on(settings):
    cache.clear()
    settings.IDEA_BOX = True
    settings.PORTAL_URL = "https://sozial.example"
    yield
    cache.clear()


@pytest.fixture
def city():
    PublicState.objects.get_or_create(pk=1)
    found = small_city()
    found["level"].is_reporting = True
    found["level"].save()
    field = FieldOfAction.objects.create(slug="arbeit")
    field.names.create(name="Arbeit", name_en="Work", valid="[2000-01-01,)", source=found["source"])
    return found


@pytest.fixture
def clerk():
    return User.objects.create_superuser("sachbearbeitung")


def text_of(answer):
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


# ---- Sending ----


def test_an_idea_is_sent_read_back_and_deleted_for_good(client, city):
    answer = client.post(FORM, filled(client, gebiet="01", feld="arbeit"))
    assert answer.status_code == 302
    idea = Idea.objects.get()
    assert (idea.area.code, idea.field.slug, idea.state) == ("01", "arbeit", "received")
    token = answer["Location"].split("/")[-2]
    assert idea.token_digest == digest_of(token) and len(token) == 64
    page = client.get(answer["Location"])
    assert "Danke, Ihre Idee ist angekommen" in text_of(page)
    assert f"https://sozial.example{LIST}stand/{token}/" in text_of(page)
    assert page["X-Robots-Tag"] == "noindex" and "no-store" in page["Cache-Control"]
    assert "Ein Garten" not in text_of(client.get(LIST)), "nothing is public before somebody has read it"
    gone = client.post(page.request["PATH_INFO"], {"wunsch": "loeschen"})
    assert "Ihre Idee ist gelöscht" in text_of(gone)
    assert not Idea.objects.exists() and not IdeaStep.objects.exists()
    assert client.get(page.request["PATH_INFO"]).status_code == 404


def test_the_token_itself_lies_nowhere_in_the_database(client, city):
    token = client.post(FORM, filled(client, email="a@example.org"))["Location"].split("/")[-2]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{token}%"])  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_no_address_of_a_visitor_is_stored(client, city):
    client.post(FORM, filled(client), REMOTE_ADDR="203.0.113.77")
    assert Idea.objects.exists()
    with connection.cursor() as cursor:
        for table in ("actionplan_idea", "actionplan_ideastep", "actionplan_ideacontact"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%%203.0.113%%'")  # noqa: S608
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"gebiet": ""}, "Bitte wählen Sie ein Gebiet"),
        ({"gebiet": None}, "Bitte wählen Sie ein Gebiet"),
        ({"gebiet": "99"}, "Dieses Gebiet gibt es nicht."),
        ({"gebiet": "\0"}, "Dieses Gebiet gibt es nicht."),
        ({"feld": "nie"}, "Dieses Handlungsfeld gibt es nicht."),
        ({"titel": ""}, "Bitte geben Sie Ihrer Idee einen Titel."),
        ({"titel": "kurz"}, "Bitte mindestens 5 Zeichen."),
        ({"titel": "x" * 121}, "Der Titel ist zu lang"),
        ({"titel": "Besuchen Sie www.beispiel.de"}, "Bitte hier keinen Link."),
        ({"text": ""}, "Bitte beschreiben Sie Ihre Idee."),
        ({"text": "zu wenig"}, "Bitte mindestens 20 Zeichen."),
        ({"text": "x" * 3001}, "Der Text ist zu lang"),
        ({"text": "Sehen Sie: " + "https://beispiel.de/ " * 3}, "Bitte höchstens zwei Links."),
        ({"text": "Sehen Sie: " + "[url=x]x[/url] www.x.de <a href=x>"}, "Bitte höchstens zwei Links."),
        ({"email": "keine"}, "Das ist keine E-Mail-Adresse."),
        ({"email": "a@example.org\nBcc: b@example.org"}, "Das ist keine E-Mail-Adresse."),
        ({"einverstanden": None}, "Ohne Ihr Einverständnis"),
        ({"webseite": "https://spam.example"}, "das leer bleiben muss"),
        ({"stempel": ""}, "Das Formular war nicht vollständig"),
        ({"stempel": "gefälscht"}, "Das Formular war nicht vollständig"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client, city, sent, sentence):
    data = filled(client, **{"text": "Hier steht viel Mühe, die niemand zweimal haben will.", **sent})
    answer = client.post(FORM, data)
    assert answer.status_code == 400
    page = text_of(answer)
    assert sentence in page
    if sent.get("text") is None:
        assert "viel Mühe, die niemand" in page
    assert 'name="webseite" value=""' in page, "sent again it is empty, so people need no more than one more click"
    assert not Idea.objects.exists() and not mail.outbox


@pytest.mark.parametrize(
    ("age", "sentence"),
    [(0, "Das ging sehr schnell"), (2, "Das ging sehr schnell"), (90_000, "länger als einen Tag offen")],
)
def test_the_stamp_knows_how_long_the_form_was_open(client, city, age, sentence):
    answer = client.post(FORM, filled(client, age=age))
    assert answer.status_code == 400 and sentence in text_of(answer)
    assert "Ein Garten für alle" in text_of(answer)
    assert not Idea.objects.exists()


def test_errors_stand_above_and_beside_their_fields(client, city):
    page = client.post(FORM, filled(client, titel="", email="keine")).content.decode()
    assert 'href="#id_titel"' in page and 'href="#id_email"' in page
    assert 'id="id_titel_error"' in page and re.search(r'<input[^>]*name="titel"[^>]*aria-invalid="true"', page)
    assert re.search(r'<input[^>]*name="titel"[^>]*aria-describedby="[^"]*id_titel_error', page)


def test_a_corrected_form_keeps_its_stamp(client, city):
    data = filled(client, titel="")
    page = client.post(FORM, data).content.decode()
    assert f'value="{data["stempel"]}"' in page


def test_the_same_form_twice_is_one_idea_on_the_same_page(client, city):
    data = filled(client)
    first, second = client.post(FORM, data), client.post(FORM, data)
    assert first["Location"] == second["Location"] and Idea.objects.count() == 1
    other = client.post(FORM, {**data, "titel": "Etwas ganz anderes"})
    assert other.status_code == 409 and "schon eine andere Idee" in text_of(other)
    again = re.search(r'name="stempel" value="([^"]+)"', other.content.decode()).group(1)
    assert again != data["stempel"], "the next click sends a form of its own"


def test_one_connection_sends_only_so_often_and_errors_do_not_count(client, city, settings):
    with mock.patch("dortmund_sozial.throttling.SendingByVisitor.rate", "2/hour", create=True):
        for _attempt in range(3):
            assert client.post(FORM, filled(client, titel="")).status_code == 400
        assert client.post(FORM, filled(client)).status_code == 302
        assert client.post(FORM, filled(client)).status_code == 302
        refused = client.post(FORM, filled(client))
        assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
        assert "Ein Garten für alle" in text_of(refused) and "viele Sendungen" in text_of(refused)
        assert client.post(FORM, filled(client), REMOTE_ADDR="203.0.113.9").status_code == 302
    assert Idea.objects.count() == 3


def test_a_form_of_another_site_is_refused(city):
    assert Client(enforce_csrf_checks=True).post(FORM, {"titel": "x"}).status_code == 403


def test_markup_is_shown_as_text(client, city, clerk):
    bad = "<script>alert(1)</script> und sonst noch einiges mehr"
    idea = an_idea(text=bad, title=bad[:60])
    publish_idea(idea=idea, title=bad[:60], text=bad, seen=newest(idea), user=clerk)
    for path in (LIST, f"{LIST}stand/geheim/"):
        assert b"<script>alert" not in client.get(path).content


# ---- Mails ----


def test_an_address_is_asked_confirmed_told_and_forgotten(client, city, clerk):
    answer = client.post(FORM, filled(client, email="Leserin@Example.org"))
    (asked,) = mail.outbox
    assert asked.to == ["leserin@example.org"] and "Ein Garten" not in asked.body + asked.subject
    token = answer["Location"].split("/")[-2]
    assert token not in asked.body, "the mail has an address of its own"
    path = re.search(r"https://sozial.example(/\S+)", asked.body).group(1)
    assert "Ja, bitte schreiben" in text_of(client.get(path))
    assert IdeaContact.objects.get().confirmed_at is None, "opening the link must not confirm"
    client.post(f"{LIST}stand/{token}/", {"wunsch": "bestaetigen"})
    assert IdeaContact.objects.get().confirmed_at is None, "only who reads the mail can confirm"
    assert client.post(path, {"wunsch": "bestaetigen"}).status_code == 302
    assert "Wir schreiben Ihnen, wenn entschieden ist" in text_of(client.get(path))
    client.force_login(clerk)
    idea = Idea.objects.get()
    data = {"gesehen": newest(idea), "grund": "Der Platz ist vergeben."}
    assert client.post(f"/redaktion/aktionsplan/ideen/{idea.pk}/ablehnen/", data).status_code == 302
    told = mail.outbox[1]
    assert "nicht veröffentlicht" in told.subject and "Der Platz ist vergeben." in told.body
    assert "Adresse ist gelöscht" in text_of(client.post(path, {"wunsch": "adresse-loeschen"}))
    assert not IdeaContact.objects.exists() and Idea.objects.exists()
    assert client.get(path).status_code == 404, "the address in the mail goes with it"


def test_an_address_that_was_not_confirmed_hears_nothing(client, city, clerk):
    client.post(FORM, filled(client, email="a@example.org"))
    mail.outbox.clear()
    client.force_login(clerk)
    idea = Idea.objects.get()
    client.post(f"/redaktion/aktionsplan/ideen/{idea.pk}/in-pruefung/", {"gesehen": newest(idea)})
    assert Idea.objects.get().state == "in_review" and not mail.outbox


def test_nobody_fills_the_mailbox_of_somebody_else(client, city):
    for number in range(5):
        client.post(FORM, filled(client, email="opfer@example.org", titel=f"Idee Nummer {number}"))
    assert len(mail.outbox) == 3 and Idea.objects.count() == 5


@pytest.mark.parametrize("token", ["geheimx", "a:b:c", "WzEsMV0:1:x", "\ud83d", "x" * 5000])
def test_no_other_token_opens_an_idea(client, city, token):
    an_idea()
    assert client.get(f"{LIST}stand/{token.encode('utf-8', 'replace').decode()}/").status_code == 404


def test_a_mail_token_is_worth_nothing_for_another_address(client, city):
    idea = an_idea(email="a@example.org")
    old = mail_token(idea.contact)
    idea.contact.delete()
    IdeaContact.objects.create(idea=idea, email="b@example.org")
    assert client.get(f"{LIST}stand/{old}/").status_code == 404


def test_a_mail_server_that_is_away_stops_no_decision(client, city, clerk):
    idea = an_idea(email="a@example.org")
    confirm_contact(idea=idea)
    client.force_login(clerk)
    with mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=SMTPException):
        answer = client.post(f"/redaktion/aktionsplan/ideen/{idea.pk}/in-pruefung/", {"gesehen": newest(idea)})
    assert answer.status_code == 302 and Idea.objects.get().state == "in_review"


# ---- Readers ----


def test_readers_see_published_words_only_and_can_narrow(client, city, clerk, django_assert_max_num_queries):
    here = an_idea("a", area=city["areas"][0], title="Hier ein Garten")
    there = an_idea("b", area=city["areas"][1], title="Dort eine Bank")
    an_idea("c", title="Noch nicht gelesen")
    publish_idea(idea=here, title="Hier ein Garten", text="Ohne Namen.", seen=newest(here), user=clerk)
    publish_idea(idea=there, title="Dort eine Bank", text=there.text, seen=newest(there), user=clerk)
    with django_assert_max_num_queries(6):
        page = text_of(client.get(LIST))
    assert "2 Ideen" in page and "Ohne Namen." in page and "gekürzt" in page
    assert "Noch nicht gelesen" not in page
    narrowed = text_of(client.get(f"{LIST}?raum=01"))
    assert "1 Idee" in narrowed and "Dort eine Bank" not in narrowed
    assert "Keine Idee passt" in text_of(client.get(f"{LIST}?stand=projekt"))
    assert client.get(f"{LIST}?raum=99").status_code == 400
    refuse_idea(idea=here, reason="Doch nicht.", seen=newest(here), user=clerk)
    assert "Hier ein Garten" not in text_of(client.get(LIST))
    assert "Doch nicht." in text_of(client.get(f"{LIST}stand/a/"))


def test_bad_parameters_are_answered_calmly(client, city):
    for value in ("\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "' OR 1=1", "-1", "9" * 400, "²"):
        for name in ("raum", "feld", "stand", "seite"):
            assert client.get(LIST, {name: value}).status_code in (200, 400)
        assert client.get(FORM, {"raum": value}).status_code == 200


def test_switched_off_there_is_nothing_but_the_way_to_delete(client, city, clerk, settings):
    an_idea()
    assert "/aktionsplan/ideen/" in client.get("/aktionsplan/projekte/").content.decode()
    assert "Ideen für den Aktionsplan" in client.get("/datenschutz/").content.decode()
    settings.IDEA_BOX = False
    for path in (LIST, FORM):
        assert client.get(path).status_code == 404
    assert client.post(FORM, {}).status_code == 404
    caches["pages"].clear()
    assert "/aktionsplan/ideen/" not in client.get("/aktionsplan/projekte/").content.decode()
    assert "Ideen für den Aktionsplan" not in client.get("/datenschutz/").content.decode()
    client.force_login(clerk)
    assert client.get("/redaktion/aktionsplan/ideen/").status_code == 404
    assert "Ideen aus der Stadt" not in client.get("/redaktion/aktionsplan/").content.decode()
    client.logout()
    assert "Ihre Idee ist gelöscht" in text_of(client.post(f"{LIST}stand/geheim/", {"wunsch": "loeschen"}))


def test_in_english_and_without_cookies_for_readers(client, city):
    page = client.get("/en/aktionsplan/ideen/")
    assert "Suggest an idea" in page.content.decode() and not page.cookies
    assert "Your idea" in client.get("/en/aktionsplan/ideen/neu/").content.decode()


# ---- Forgetting ----


def aged(days):
    return mock.patch("django.utils.timezone.now", return_value=timezone.now() + datetime.timedelta(days=days))


def test_addresses_and_refused_ideas_are_forgotten(city, clerk, capsys, settings):
    settings.IDEA_KEEP_DAYS = 90
    _unconfirmed, decided, refused, waiting = (an_idea(t, email=f"{t}@example.org") for t in "abcd")
    for idea in (decided, refused, waiting):
        confirm_contact(idea=idea)
    publish_idea(idea=decided, title="Ein Garten", text="Ohne Namen.", seen=newest(decided), user=clerk)
    refuse_idea(idea=refused, reason="Nein.", seen=newest(refused), user=clerk)
    with aged(91):
        call_command("purge_plan")
        assert IdeaContact.objects.count() == 4 and "mit --commit" in capsys.readouterr().out
        call_command("purge_plan", commit=True)
    assert list(IdeaContact.objects.values_list("idea", flat=True)) == [waiting.pk]
    assert not Idea.objects.filter(pk=refused.pk).exists() and Idea.objects.count() == 3
    assert decided.steps.filter(recorded_by=clerk).exists()
    settings.EDITOR_NAMES_DAYS = 365
    with aged(400):
        call_command("purge_plan", commit=True)
    assert not IdeaStep.objects.filter(recorded_by__isnull=False).exists()


# ---- The database ----


def test_the_database_refuses_what_must_not_be(city, clerk):
    idea = an_idea()
    wrong = [
        lambda: Idea.objects.filter(pk=idea.pk).update(state="published"),
        lambda: IdeaStep.objects.create(idea=idea, kind="received"),
        lambda: IdeaStep.objects.create(idea=idea, kind="refused"),
        lambda: IdeaStep.objects.create(idea=idea, kind="published"),
        lambda: IdeaStep.objects.create(idea=idea, kind="project"),
        lambda: idea.steps.update(kind="published"),
        lambda: idea.steps.all().delete(),
    ]
    for each in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            each()
    assert Idea.objects.get().state == "received"


def test_a_mail_that_did_not_go_out_is_tried_again_later(city):
    contact = send_idea(token="x", title="Ein Garten", text="Für alle.", email="a@example.org").contact  # noqa: S106
    later = []
    with (
        mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=SMTPException),
        mock.patch("django_tasks.backends.immediate.ImmediateBackend.supports_defer", True),
        mock.patch.object(
            type(ask_sender), "using", lambda task, **more: later.append(more["run_after"]) or mock.Mock()
        ),
    ):
        assert ask_sender.call(contact.pk, "https://sozial.example") is False
        assert ask_sender.call(contact.pk, "https://sozial.example", 5) is False
    assert len(later) == 1 and later[0] > timezone.now()
