"""When something breaks while a release becomes public: nothing half-visible, nothing lost, and a clear word.

On real connections and real transactions, with a small city.
"""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pgtrigger
import psycopg2
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.utils import timezone

from areas.models import PublicState, PublishedFile
from atlas import preview
from indicators.actions import PublishingError, WorkflowError, prepare_release, publish_release, publishing
from indicators.actions.due import may_be_tried, publish_due
from indicators.actions.locking import SHOWING
from indicators.actions.previewing import share_preview
from indicators.actions.withdrawing import create_draft
from indicators.actions.workflow import (
    approve_release,
    publish_approved,
    return_release,
    schedule_release,
    submit_release,
)
from indicators.management.commands import run_schedule
from indicators.models import Figure, Release, ReleaseEvent
from tests.app.small_city import small_city, value_in

Kind = ReleaseEvent.Kind
KEPT = {"areas_publicstate"}


@pytest.fixture
def city(django_db_setup, django_db_blocker):
    """A small city in real transactions, seen by all connections; afterwards every table is empty again."""
    with django_db_blocker.unblock():
        PublicState.objects.get_or_create(pk=1)
        yield small_city()
        tables = {
            model._meta.db_table
            for app in ("areas", "indicators", "actionplan")
            for model in apps.get_app_config(app).get_models()
            if not model._meta.proxy
        }
        names = ", ".join(connection.ops.quote_name(name) for name in sorted(tables - KEPT))
        with pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {names}, auth_user CASCADE")
        connection.close()


@pytest.fixture
def people(city):
    return [get_user_model().objects.create_user(name) for name in ("redaktion", "freigabe", "vertretung")]


@pytest.fixture
def public(city):
    release = Release.objects.create(slug="erste", title="Erste")
    value_in(release, city, 0, "10.0")
    value_in(release, city, 1, "20.0")
    return publish_release(release=release)


@pytest.fixture
def draft(city, people, public):
    release = create_draft(title="Zweite", user=people[0], corrects=public)
    value_in(release, city, 0, "12.5")
    return release


def to_approved(release, people):
    submit_release(release=release, user=people[0])
    seen = prepare_release(release=release).prepared_digest
    return approve_release(release=release, user=people[1], seen_digest=seen)


def visible():
    """Everything that decides about what readers see."""
    return (
        sorted(Figure.objects.current().values_list("pk", "value", "rank")),
        sorted(PublishedFile.objects.values_list("name", "digest", "is_current", "is_public")),
        sorted(Release.objects.values_list("slug", "status", "published_at")),
    )


def cut(pid):
    """End a connection from outside, as a dying server would."""
    with psycopg2.connect(dsn()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def dsn():
    wanted = ("dbname", "user", "password", "host", "port")
    settings = connection.get_connection_params()
    return " ".join(f"{name}='{settings[name]}'" for name in wanted if settings.get(name))


@pytest.fixture
def breaking(monkeypatch):
    """The connection breaks after the release was shown, before the transaction ends; only the first time."""
    show, broken = publishing.show_release, []

    def show_and_break(release):
        show(release)
        if not broken:
            broken.append(True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                cut(cursor.fetchone()[0])

    monkeypatch.setattr(publishing, "show_release", show_and_break)
    return broken


def test_a_connection_that_breaks_while_publishing(draft, people, breaking):
    approved = to_approved(draft, people)
    before = visible()
    with pytest.raises(OperationalError):
        publish_approved(release=approved, user=people[1])
    assert breaking
    assert visible() == before
    last = draft.events.last()
    assert (last.kind, last.text) == (Kind.FAILED, "Technischer Fehler (OperationalError).")
    assert publish_approved(release=approved, user=people[1])
    assert dict(Figure.objects.current().values_list("area__code", "value")) == {"01": 12.5, "02": 20}


def test_a_connection_that_breaks_at_the_hour(draft, people, breaking):
    at = timezone.now() + datetime.timedelta(hours=1)
    schedule_release(release=to_approved(draft, people), user=people[1], at=at)
    before = visible()
    with pytest.raises(OperationalError):
        publish_due(now=at)
    assert visible() == before
    failed = draft.events.get(kind=Kind.FAILED).at
    draft.refresh_from_db()
    assert not may_be_tried(draft, failed + datetime.timedelta(seconds=50))
    assert may_be_tried(draft, failed + datetime.timedelta(seconds=70))
    assert publish_due(now=at + datetime.timedelta(minutes=2)) == [(draft, "")]


def test_pauses_grow_up_to_an_hour_and_a_new_hour_starts_afresh(draft, people):
    at = timezone.now() + datetime.timedelta(hours=1)
    planned = schedule_release(release=to_approved(draft, people), user=people[1], at=at)
    for _attempt in range(9):
        last = ReleaseEvent.objects.create(release=draft, kind=Kind.FAILED).at
    assert not may_be_tried(planned, last + datetime.timedelta(minutes=59))
    assert may_be_tried(planned, last + datetime.timedelta(minutes=60))
    again = schedule_release(release=planned, user=people[1], at=at + datetime.timedelta(minutes=1))
    assert may_be_tried(again, last)


def test_a_failing_release_does_not_hold_up_others(city, draft, people):
    at = timezone.now() + datetime.timedelta(hours=1)
    schedule_release(release=to_approved(draft, people), user=people[1], at=at)
    other = create_draft(title="Dritte", user=people[0])
    value_in(other, city, 1, "25.0")
    schedule_release(release=to_approved(other, people), user=people[1], at=at + datetime.timedelta(minutes=1))
    draft.values.update(value=99)  # behind everybody's back
    (first, wrong), (second, right) = publish_due(now=at + datetime.timedelta(minutes=1))
    assert (first, second, right) == (draft, other, "") and "nicht mehr die freigegebenen" in wrong
    assert dict(Figure.objects.current().values_list("area__code", "value")) == {"01": 10, "02": 25}


def test_the_schedule_awaits_a_database_that_is_away(monkeypatch):
    def away():
        raise OperationalError("the database is starting up")

    monkeypatch.setattr(run_schedule, "publish_due", away)
    run_schedule.Command().round()


def at_once(*steps):
    """What each step gives or raises when all begin in the same moment, each on its own connection."""
    together = Barrier(len(steps))

    def run(step):
        together.wait(timeout=10)
        try:
            return step()
        except PublishingError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as threads:
        return list(threads.map(run, steps))


def test_two_reviewers_at_once(draft, people):
    submit_release(release=draft, user=people[0])
    seen = prepare_release(release=draft).prepared_digest
    outcomes = at_once(
        *(lambda who=who: approve_release(release=draft, user=who, seen_digest=seen) for who in people[1:])
    )
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, WorkflowError)]
    assert "ist inzwischen: freigegeben" in str(refusal)
    assert draft.events.filter(kind=Kind.APPROVED).count() == 1


def test_approving_and_returning_at_once(draft, people):
    submit_release(release=draft, user=people[0])
    seen = prepare_release(release=draft).prepared_digest
    at_once(
        lambda: approve_release(release=draft, user=people[1], seen_digest=seen),
        lambda: return_release(release=draft, user=people[2], text="Bitte noch einmal."),
    )
    draft.refresh_from_db()
    kinds = list(draft.events.values_list("kind", flat=True))[2:]
    assert (draft.status, kinds) in [("draft", ["approved", "returned"]), ("draft", ["returned"])]


def test_publishing_twice_at_once(draft, people):
    approved = to_approved(draft, people)
    outcomes = at_once(*[lambda: publish_approved(release=approved, user=people[1])] * 2)
    assert sorted(outcomes) == [False, True]
    assert draft.events.filter(kind=Kind.PUBLISHED).count() == 1


def test_two_releases_at_once_do_not_undo_each_other(city, draft, people):
    other = create_draft(title="Dritte", user=people[0])
    value_in(other, city, 1, "25.0")
    ready = [to_approved(draft, people), to_approved(other, people)]
    outcomes = at_once(*(lambda release=release: publish_approved(release=release) for release in ready))
    [refused] = [outcome for outcome in outcomes if outcome is not True]
    assert "nicht mehr die freigegebenen" in str(refused)  # they were approved without what the first one changed
    figures = dict(Figure.objects.current().values_list("area__code", "value"))
    assert figures in [{"01": 12.5, "02": 20}, {"01": 10, "02": 25}]


def test_a_preview_waits_for_others_but_not_long(draft, people, client, monkeypatch):
    prepare_release(release=draft)
    secret = share_preview(release=draft, user=people[1], days=1)
    monkeypatch.setattr(preview, "PATIENCE", 1)
    with psycopg2.connect(dsn()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SHOWING])
        answer = client.get(f"/vorschau/{secret}/")
        other.rollback()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "private, no-store")
    assert client.get(f"/vorschau/{secret}/").status_code == 200
