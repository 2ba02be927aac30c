"""News by mail: asked for and confirmed, sent once for each release whatever happens, ended by one click."""

import datetime
from html import unescape

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from indicators.actions.notifying import notify_of_release
from indicators.actions.subscribing import ASK_AGAIN_AFTER, PER_ADDRESS, request_subscription
from indicators.mailing import confirm_token, end_token
from indicators.models import Indicator, SentNotice, Subscription
from indicators.tasks_mail import notify_subscribers
from tests.app.correcting import SLUG, corrected, withdrawn
from tests.app.subscribing import path_in, subscribed, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
FORM = "/veroeffentlichungen/abonnieren/"


@pytest.fixture(autouse=True)
def _own_counts(settings):
    cache.clear()
    settings.PORTAL_URL = "https://sozial.example"
    yield
    cache.clear()


# ---- Asking and confirming ----


def test_asked_confirmed_told_and_ended(client):
    answer = client.post(FORM, {"email": "Leserin@Example.org", "indikator": SLUG, "gebiet": "sozialraum/023"})
    assert answer.status_code == 302 and "gesendet=1" in answer["Location"]
    assert "Fast fertig" in client.get(answer["Location"]).content.decode()
    (message,) = mail.outbox
    assert message.to == ["leserin@example.org"] and "Bitte bestätigen" in message.subject
    assert "Transferleistungsquote: Borsigplatz (Sozialraum 023)" in message.body
    path = path_in(message.body)
    assert "Ja, bestätigen" in client.get(path).content.decode()
    assert Subscription.objects.get().confirmed_at is None, "opening the link must not confirm"
    assert "Bestätigt" in client.post(path).content.decode()
    assert Subscription.objects.get().confirmed_at
    release = corrected("50")
    notify_subscribers.enqueue(release.pk)
    assert len(mail.outbox) == 2
    path = path_in(mail.outbox[1].body)
    assert "Abbestellen und Adresse löschen" in client.get(path).content.decode()
    assert Subscription.objects.exists(), "opening the link must not end anything"
    assert "Abbestellt" in client.post(path).content.decode()
    assert not Subscription.objects.exists() and not SentNotice.objects.exists()
    assert "Abbestellt" in client.get(path).content.decode()


def test_the_form_knows_what_the_link_was_about(client):
    page = client.get(f"{FORM}?indikator={SLUG}&gebiet=sozialraum/023").content.decode()
    assert f'<option value="{SLUG}" selected>' in page and '<option value="sozialraum/023" selected>' in page
    for where in (f"/karte/?indikator={SLUG}", f"/indikatoren/{SLUG}/", "/gebiete/sozialraum/023/"):
        assert FORM in client.get(where).content.decode()


def test_the_form_takes_few_queries_and_is_never_kept(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        answer = client.get(FORM)
    assert "no-store" in answer["Cache-Control"] and "csrftoken" in answer.cookies


def test_a_form_of_another_site_is_refused():
    assert Client(enforce_csrf_checks=True).post(FORM, {"email": "a@example.org"}).status_code == 403


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"email": ""}, "Bitte geben Sie eine E-Mail-Adresse an."),
        ({"email": "keine"}, "Das ist keine E-Mail-Adresse."),
        ({"email": "a@example.org\nBcc: b@example.org"}, "Das ist keine E-Mail-Adresse."),
        ({"email": "a@example.org", "indikator": "nie"}, "Diesen Indikator gibt es nicht."),
        ({"email": "a@example.org", "gebiet": "sozialraum/999"}, "Dieses Gebiet gibt es nicht."),
        ({"email": "a@example.org", "gebiet": "023"}, "Dieses Gebiet gibt es nicht."),
    ],
)
def test_what_cannot_be_subscribed_to_is_said(client, sent, sentence):
    answer = client.post(FORM, sent)
    assert answer.status_code == 400 and sentence in unescape(answer.content.decode())
    assert not Subscription.objects.exists() and not mail.outbox


@pytest.mark.parametrize("known", [None, False, True], ids=["new", "unconfirmed", "confirmed"])
def test_the_answer_does_not_tell_which_addresses_are_known(client, known):
    if known is not None:
        subscribed("a@example.org", confirmed=known)
    answer = client.post(FORM, {"email": "a@example.org"})
    assert (answer.status_code, answer["Location"]) == (302, f"{FORM}?gesendet=1")
    assert Subscription.objects.count() == 1
    assert len(mail.outbox) == (0 if known else 1)


def test_nobody_is_pestered_by_asking_again_and_again():
    ask = {"email": "opfer@example.org"}
    assert request_subscription(**ask)
    assert request_subscription(**ask) is None
    Subscription.objects.update(created_at=timezone.now() - ASK_AGAIN_AFTER * 2)
    assert request_subscription(**ask)
    found = [request_subscription(**ask, indicator=i) for i in Indicator.objects.published()[: PER_ADDRESS + 3]]
    assert sum(each is not None for each in found) == PER_ADDRESS - 1


def test_a_visitor_who_asks_too_often_waits(client):
    for number in range(10):
        assert client.post(FORM, {"email": f"{number}@example.org"}).status_code == 302
    answer = client.post(FORM, {"email": "einer-mehr@example.org"})
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert "Bitte versuchen Sie es in einer Stunde noch einmal." in answer.content.decode()
    assert not Subscription.objects.filter(email="einer-mehr@example.org").exists()


@pytest.mark.parametrize("kind", ["bestaetigen", "abmelden"])
@pytest.mark.parametrize("change", ["cut", "other kind", "foreign"])
def test_a_token_that_was_changed_opens_nothing(client, kind, change):
    subscription = subscribed(confirmed=False)
    tokens = {"bestaetigen": confirm_token(subscription), "abmelden": end_token([subscription])}
    other = {"bestaetigen": "abmelden", "abmelden": "bestaetigen"}[kind]
    token = {"cut": tokens[kind][:-3], "other kind": tokens[other], "foreign": "WzFd:1abc:xyz"}[change]
    for answer in (client.get(f"/abonnement/{kind}/{token}/"), client.post(f"/abonnement/{kind}/{token}/")):
        assert answer.status_code in (404, 410)
    assert Subscription.objects.get().confirmed_at is None


def test_a_confirmation_is_valid_for_seven_days_only(client, monkeypatch):
    path = f"/abonnement/bestaetigen/{confirm_token(subscribed(confirmed=False))}/"
    monkeypatch.setattr("indicators.mailing.CONFIRM_SECONDS", -1)
    answer = client.post(path)
    assert answer.status_code == 410 and "gilt nicht mehr" in answer.content.decode()


def test_unconfirmed_addresses_are_forgotten_after_seven_days(capsys):
    old, young, kept = (
        subscribed(f"{name}@example.org", confirmed=name == "kept") for name in ("old", "young", "kept")
    )
    long_ago = timezone.now() - datetime.timedelta(days=7, minutes=1)
    Subscription.objects.filter(pk__in=[old.pk, kept.pk]).update(created_at=long_ago)
    call_command("purge_subscriptions")
    assert Subscription.objects.count() == 3 and "1 zu löschen" in capsys.readouterr().out
    call_command("purge_subscriptions", commit=True)
    assert set(Subscription.objects.all()) == {young, kept}


# ---- Telling of other releases than a correction (test_subscriptions_told.py) ----


def test_new_figures_of_an_area_are_those_that_are_new_or_other():
    subscribed(level="unterbezirk", code="061")
    subscribed("nebenan@example.org", level="unterbezirk", code="131")
    release = corrected("50", kind="regular", title="Neue Zahlen")
    notify_of_release(release=release)
    assert told() == ["leserin@example.org"]
    assert mail.outbox[0].subject == "Neue Zahlen: Neue Zahlen"


def test_what_was_withdrawn_before_the_mails_went_out_is_not_told():
    subscribed()
    assert notify_of_release(release=withdrawn(corrected("93.7"))).mails == 0
    assert not mail.outbox
