"""News of a correction by mail: once to each who asked for it, whatever happens on the way."""

import datetime
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from indicators.actions.notifying import notify_of_release
from indicators.models import Release, SentNotice, Subscription
from indicators.tasks_mail import notify_subscribers
from tests.app.correcting import SLUG, corrected
from tests.app.subscribing import path_in, subscribed, told

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published(city_of_file):
    """A correction, published once for all tests of this file; who subscribes in a test did so the day before."""
    return corrected("50")


@pytest.fixture
def release(published):
    """The correction as it stands in the database."""
    return Release.objects.get(pk=published.pk)


@pytest.fixture(autouse=True)
def _own_counts(settings):
    cache.clear()
    settings.PORTAL_URL = "https://sozial.example"
    yield
    cache.clear()


def test_only_those_concerned_hear_of_it(release):
    subscribed("alles@example.org")
    subscribed("indikator@example.org", indicator=SLUG)
    subscribed("gebiet@example.org", level="sozialraum", code="023")
    subscribed("beides@example.org", indicator=SLUG, level="unterbezirk", code="061")
    subscribed("anderer-indikator@example.org", indicator="einwohner")
    subscribed("anderes-gebiet@example.org", level="sozialraum", code="104")
    subscribed("anderes-paar@example.org", indicator="einwohner", level="unterbezirk", code="061")
    subscribed("unbestaetigt@example.org", confirmed=False)
    sent = notify_of_release(release=release)
    assert told() == ["alles@example.org", "beides@example.org", "gebiet@example.org", "indikator@example.org"]
    assert (sent.mails, sent.failed) == (4, 0)


def test_who_subscribed_after_the_publication_is_not_told(release):
    late = subscribed()
    Subscription.objects.filter(pk=late.pk).update(confirmed_at=timezone.now() + datetime.timedelta(seconds=5))
    notify_of_release(release=release)
    assert not mail.outbox


def test_the_mail_says_old_and_new_and_how_to_end_it(release):
    subscribed(level="sozialraum", code="023")
    notify_of_release(release=release)
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


def test_the_mail_speaks_the_language_of_the_subscription(release):
    subscribed("reader@example.org", indicator=SLUG, language="en")
    notify_of_release(release=release)
    text = mail.outbox[0].body
    assert "https://sozial.example/en/veroeffentlichungen/2026-2/" in text and "(37.6)\u202f%" in text


def test_one_mail_for_an_address_with_several_subscriptions(release):
    for indicator in ("", SLUG):
        subscribed(indicator=indicator)
    subscribed(level="sozialraum", code="023")
    notify_of_release(release=release)
    (message,) = mail.outbox
    assert "alle Veröffentlichungen" in message.body and "Borsigplatz (Sozialraum 023)" in message.body
    assert SentNotice.objects.count() == 3
    Client().post(path_in(message.body))
    assert not Subscription.objects.exists()


def test_told_once_however_often_the_task_runs(release):
    subscribed()
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


def test_a_worker_that_dies_in_the_middle_goes_on_where_it_was(release, dying):
    for number in range(5):
        subscribed(f"{number}@example.org")
    dying.dies = True
    with pytest.raises(KeyboardInterrupt):
        notify_of_release(release=release)
    assert len(mail.outbox) == 2 and SentNotice.objects.count() == 2
    dying.dies = False
    notify_of_release(release=release)
    assert told() == [f"{number}@example.org" for number in range(5)]


def test_an_address_that_is_refused_stops_nobody_and_is_not_in_the_log(release, dying, caplog):
    for name in ("a", "kaputt", "z"):
        subscribed(f"{name}@example.org")
    sent = notify_of_release(release=release)
    assert (sent.mails, sent.failed) == (2, 1)
    assert told() == ["a@example.org", "z@example.org"]
    assert "SMTPRecipientsRefused" in caplog.text and "example.org" not in caplog.text
    assert notify_of_release(release=release).failed == 1, "it is tried again"
    assert len(mail.outbox) == 2


def test_the_same_mail_keeps_its_identifier(release, dying):
    subscribed()
    notify_of_release(release=release)
    SentNotice.objects.all().delete()  # as if the process had died between the server's yes and the commit
    notify_of_release(release=release)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_many_addresses_take_few_queries_each(release, django_assert_max_num_queries):
    for number in range(30):
        subscribed(f"{number:02}@example.org", level="sozialraum", code="023")
    with django_assert_max_num_queries(15 + 30 * 8):
        notify_of_release(release=release)
    assert len(mail.outbox) == 30
