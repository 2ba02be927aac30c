"""News by mail: asked for and confirmed, sent once for each release whatever happens, ended by one click."""

import datetime
import re
from html import unescape
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from areas.models import AreaLevel
from indicators.actions.notifying import notify_of_release
from indicators.actions.subscribing import ASK_AGAIN_AFTER, PER_ADDRESS, request_subscription
from indicators.mailing import confirm_token, end_token
from indicators.models import Indicator, SentNotice, Subscription
from indicators.tasks_mail import notify_subscribers
from tests.app.correcting import SLUG, corrected, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
FORM = "/veroeffentlichungen/abonnieren/"


@pytest.fixture(autouse=True)
def _own_counts(settings):
    cache.clear()
    settings.PORTAL_URL = "https://sozial.example"
    yield
    cache.clear()


def subscribed(email="leserin@example.org", *, indicator="", level="", code="", language="de", confirmed=True):
    yesterday = timezone.now() - datetime.timedelta(days=1)
    subscription = Subscription.objects.create(
        email=email,
        indicator=Indicator.objects.get(slug=indicator) if indicator else None,
        level=AreaLevel.objects.get(slug=level) if level else None,
        area_code=code,
        language=language,
        confirmed_at=yesterday if confirmed else None,
    )
    Subscription.objects.filter(pk=subscription.pk).update(created_at=yesterday)
    return subscription


def path_in(text):
    url = re.search(r"https?://\S+/abonnement/\S+", text).group()
    return urlsplit(url).path


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


# ---- Telling ----


def told():
    return sorted(message.to[0] for message in mail.outbox)


def test_only_those_concerned_hear_of_it():
    subscribed("alles@example.org")
    subscribed("indikator@example.org", indicator=SLUG)
    subscribed("gebiet@example.org", level="sozialraum", code="023")
    subscribed("beides@example.org", indicator=SLUG, level="unterbezirk", code="061")
    subscribed("anderer-indikator@example.org", indicator="einwohner")
    subscribed("anderes-gebiet@example.org", level="sozialraum", code="104")
    subscribed("anderes-paar@example.org", indicator="einwohner", level="unterbezirk", code="061")
    subscribed("unbestaetigt@example.org", confirmed=False)
    sent = notify_of_release(release=corrected("50"))
    assert told() == ["alles@example.org", "beides@example.org", "gebiet@example.org", "indikator@example.org"]
    assert (sent.mails, sent.failed) == (4, 0)


def test_who_subscribed_after_the_publication_is_not_told():
    release = corrected("50")
    late = subscribed()
    Subscription.objects.filter(pk=late.pk).update(confirmed_at=timezone.now() + datetime.timedelta(seconds=5))
    notify_of_release(release=release)
    assert not mail.outbox


def test_the_mail_says_old_and_new_and_how_to_end_it():
    subscribed(level="sozialraum", code="023")
    notify_of_release(release=corrected("50"))
    (message,) = mail.outbox
    assert message.subject == "Berichtigte Zahlen: Berichtigung Westliche Innenstadt"
    assert (
        "Transferleistungsquote, Borsigplatz (Sozialraum 023), 2024: vorher (34,6)\u202f%, jetzt (37,6)\u202f%"
        in message.body
    )
    assert "https://sozial.example/veroeffentlichungen/2026-2/" in message.body
    assert "https://sozial.example/gebiete/sozialraum/023/" in message.body
    html = message.alternatives[0].content
    assert "<strong>(37,6)\u202f%</strong>" in html and "<img" not in html and "http://" not in html
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = message.extra_headers["List-Unsubscribe"].strip("<>")
    answer = Client(enforce_csrf_checks=True).post(urlsplit(url).path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and not Subscription.objects.exists()
    assert message.message()["Message-ID"].startswith("<release-")


def test_new_figures_of_an_area_are_those_that_are_new_or_other():
    subscribed(level="unterbezirk", code="061")
    subscribed("nebenan@example.org", level="unterbezirk", code="131")
    release = corrected("50", kind="regular", title="Neue Zahlen")
    notify_of_release(release=release)
    assert told() == ["leserin@example.org"]
    assert mail.outbox[0].subject == "Neue Zahlen: Neue Zahlen"


def test_the_mail_speaks_the_language_of_the_subscription():
    subscribed("reader@example.org", indicator=SLUG, language="en")
    notify_of_release(release=corrected("50"))
    text = mail.outbox[0].body
    assert "https://sozial.example/en/veroeffentlichungen/2026-2/" in text and "(37.6)\u202f%" in text


def test_one_mail_for_an_address_with_several_subscriptions():
    for indicator in ("", SLUG):
        subscribed(indicator=indicator)
    subscribed(level="sozialraum", code="023")
    notify_of_release(release=corrected("50"))
    (message,) = mail.outbox
    assert "alle Veröffentlichungen" in message.body and "Borsigplatz (Sozialraum 023)" in message.body
    assert SentNotice.objects.count() == 3
    Client().post(path_in(message.body))
    assert not Subscription.objects.exists()


def test_told_once_however_often_the_task_runs():
    subscribed()
    release = corrected("50")
    for _time in range(3):
        notify_subscribers.enqueue(release.pk)
    assert len(mail.outbox) == 1
    assert Subscription.objects.get().last_mailed_at


class Dying(EmailBackend):
    """A mail server with whom the process dies at the third mail; one address is always refused."""

    taken = 0
    dies = False

    def send_messages(self, messages):
        if messages[0].to == ["kaputt@example.org"]:
            raise SMTPRecipientsRefused({})
        if Dying.dies and Dying.taken == 2:
            raise KeyboardInterrupt
        Dying.taken += 1
        return super().send_messages(messages)


@pytest.fixture
def dying(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Dying"
    Dying.taken, Dying.dies = 0, False
    return Dying


def test_a_worker_that_dies_in_the_middle_goes_on_where_it_was(dying):
    for number in range(5):
        subscribed(f"{number}@example.org")
    release = corrected("50")
    dying.dies = True
    with pytest.raises(KeyboardInterrupt):
        notify_of_release(release=release)
    assert len(mail.outbox) == 2 and SentNotice.objects.count() == 2
    dying.dies = False
    notify_of_release(release=release)
    assert told() == [f"{number}@example.org" for number in range(5)]


def test_an_address_that_is_refused_stops_nobody_and_is_not_in_the_log(dying, caplog):
    for name in ("a", "kaputt", "z"):
        subscribed(f"{name}@example.org")
    release = corrected("50")
    sent = notify_of_release(release=release)
    assert (sent.mails, sent.failed) == (2, 1)
    assert told() == ["a@example.org", "z@example.org"]
    assert "SMTPRecipientsRefused" in caplog.text and "example.org" not in caplog.text
    assert notify_of_release(release=release).failed == 1, "it is tried again"
    assert len(mail.outbox) == 2


def test_the_same_mail_keeps_its_identifier(dying):
    subscribed()
    release = corrected("50")
    notify_of_release(release=release)
    SentNotice.objects.all().delete()  # as if the process had died between the server's yes and the commit
    notify_of_release(release=release)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_what_was_withdrawn_before_the_mails_went_out_is_not_told():
    subscribed()
    assert notify_of_release(release=withdrawn(corrected("93.7"))).mails == 0
    assert not mail.outbox


def test_many_addresses_take_few_queries_each(django_assert_max_num_queries):
    for number in range(30):
        subscribed(f"{number:02}@example.org", level="sozialraum", code="023")
    release = corrected("50")
    with django_assert_max_num_queries(15 + 30 * 8):
        notify_of_release(release=release)
    assert len(mail.outbox) == 30
