"""Reports that wait for a worker: asked for once by many, watched, cancelled, taken up when lost, kept for some days."""

import datetime
import logging
import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from atlas.actions.report_keeping import forget_old_reports, take_up_stuck_reports
from atlas.actions.report_work import run_report
from atlas.actions.reporting import (
    MOST_OPEN,
    ReportError,
    cancel_report,
    forget_request,
    note_downloaded,
    report_for,
    share_report,
)
from atlas.models import Report, ReportFile, ReportRequest
from atlas.reports import kinds
from atlas.reports.compilation import Compilation, Part, as_data
from atlas.reports.origin import NothingToReport
from tests.app.report_objects import asked_for, clerk, planted_probe, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("probe")]
DAY = datetime.timedelta(days=1)
LONG = 120  # seconds that a busy machine may need


@pytest.fixture
def probe(monkeypatch):
    return planted_probe(monkeypatch)


@pytest.fixture
def release():
    return published()


@pytest.fixture
def user(release):
    return clerk()


def test_a_report_is_computed_by_the_worker_and_kept(user, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = asked_for(user, text="Guten Tag")
        assert asked.report.state == "waiting"
    report = Report.objects.get()
    assert (report.state, report.title, report.name, report.media_type) == (
        "done", "Guten Tag", "probe.pdf", "application/pdf",
    )  # fmt: skip
    body = bytes(report.file.body)
    assert body.startswith(b"%PDF") and report.size == len(body)
    assert (report.done, report.total, report.step, report.attempts) == (3, 3, "", 1)
    left = report.expires_at - timezone.now()
    assert settings.REPORT_DAYS * DAY - DAY < left <= settings.REPORT_DAYS * DAY


def test_the_same_report_is_one_row_and_computed_once(user, probe):
    asked = asked_for(user, text="a")
    other = asked_for(clerk("zweiter"), text="a")
    assert asked.report_id == other.report_id
    counted = []
    probe.at_step = staticmethod(counted.append)
    assert run_report(report=asked.report).state == "done"
    assert run_report(report=Report.objects.get()).state == "done"
    assert asked_for(clerk("dritte"), text="a").report.state == "done"
    assert counted == [0, 1]
    assert asked_for(user, text="b").report_id != asked.report_id


def test_key_and_short_code_stand_for_what_is_asked(release):
    one = report_for(kind="probe", parameters={"a": "1", "b": "2"}, ending="pdf")
    same = report_for(kind="probe", parameters={"b": "2", "a": "1", "c": ""}, ending="pdf", release=release.slug)
    english = report_for(kind="probe", parameters={"a": "1", "b": "2"}, ending="pdf", language="en")
    assert same.pk == one.pk
    assert english.code != one.code
    document = kinds.make("probe", {"b": "2", "a": "1"}, release="")
    assert document.origin.permalink == f"/b/{one.code}/"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "nichts", "parameters": {}, "ending": "pdf"}, "Einen Bericht „nichts“"),
        ({"kind": "probe", "parameters": {}, "ending": "exe"}, "„exe“ gibt es nicht. Möglich: pdf"),
        ({"kind": "probe", "parameters": {}, "ending": "pdf", "release": "nie"}, "„nie“ gibt es nicht"),
        ({"kind": "compilation", "parameters": {"title": ""}, "ending": "pdf"}, "Der Titel"),
    ],
)
def test_what_there_is_not_is_said(release, asked, said):
    with pytest.raises(ReportError, match=said):
        report_for(**asked)


def test_progress_is_seen_and_a_report_nobody_wants_stops(user, probe):
    asked, seen = asked_for(user, steps=5), []

    def watch(number):
        report = Report.objects.get()
        seen.append((report.done, report.total, report.step))
        if number == 2:
            assert cancel_report(asked=asked) is True

    probe.at_step = staticmethod(watch)
    report = run_report(report=asked.report)
    assert seen == [(0, 6, "Teil 1"), (1, 6, "Teil 2"), (2, 6, "Teil 3")]
    assert report.state == "cancelled"
    assert not ReportFile.objects.exists()
    again = asked_for(user, steps=5).report
    probe.at_step = staticmethod(lambda number: None)
    assert run_report(report=again).state == "done"


def test_colleagues_who_wait_too_are_not_disturbed(user):
    asked, other = asked_for(user), asked_for(clerk("zweiter"))
    assert cancel_report(asked=asked) is False
    assert list(ReportRequest.objects.all()) == [other]
    assert Report.objects.get().state == "waiting"
    run_report(report=other.report)
    with pytest.raises(ReportError, match="nicht mehr in Arbeit"):
        cancel_report(asked=other)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NothingToReport("Dazu gibt es nichts."), "Dazu gibt es nichts."),
        (RuntimeError("secret detail"), "unerwarteter Fehler"),
        (MemoryError(), "Arbeitsspeicher"),
    ],
)
def test_a_failure_is_a_sentence_and_no_traceback(user, probe, caplog, error, said):
    def fail(_number):
        raise error

    probe.at_step = staticmethod(fail)
    with caplog.at_level(logging.ERROR):
        report = run_report(report=asked_for(user).report)
    assert (report.state, report.expires_at) == ("failed", None)
    assert said in report.message and "secret" not in report.message
    assert ("secret detail" in caplog.text) == isinstance(error, RuntimeError)
    probe.at_step = staticmethod(lambda number: None)
    assert run_report(report=asked_for(user).report).state == "done"


def test_a_lost_report_begins_again_and_the_old_run_saves_nothing(user, probe, django_capture_on_commit_callbacks):
    report, taken = asked_for(user).report, []

    def lose(number):
        if number == 1 and not taken:
            taken.append(number)
            Report.objects.update(heartbeat_at=timezone.now() - DAY)
            assert take_up_stuck_reports() == 1

    probe.at_step = staticmethod(lose)
    with django_capture_on_commit_callbacks() as calls:
        report = run_report(report=report)
    assert (report.state, report.run, report.attempts) == ("waiting", 3, 1)
    assert not ReportFile.objects.exists()
    for call in calls:
        call()
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("done", 2)


def test_after_three_attempts_it_is_given_up_with_a_sentence(user):
    report = asked_for(user).report
    Report.objects.update(state="running", attempts=3, heartbeat_at=timezone.now() - DAY)
    assert take_up_stuck_reports() == 1
    report.refresh_from_db()
    assert report.state == "failed" and "dreimal" in report.message
    assert take_up_stuck_reports() == 0
    assert asked_for(user).report.attempts == 0


def test_a_living_worker_and_a_short_queue_are_left_alone(user, settings):
    report = asked_for(user).report
    assert take_up_stuck_reports() == 0
    Report.objects.update(heartbeat_at=timezone.now() - datetime.timedelta(seconds=settings.REPORT_STUCK_SECONDS * 2))
    assert take_up_stuck_reports() == 0  # waiting
    Report.objects.update(heartbeat_at=timezone.now() - DAY)
    assert take_up_stuck_reports() == 1
    report.refresh_from_db()
    assert report.state == "waiting"


def test_a_worker_that_is_told_to_stop_gives_its_report_back(user, probe):
    def stop(_number):
        raise SystemExit(1)

    probe.at_step = staticmethod(stop)
    report = asked_for(user).report
    with pytest.raises(SystemExit):
        run_report(report=report)
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("waiting", 1)


def test_a_report_about_live_data_is_made_again_when_they_have_changed(user, probe):
    from areas.models import PublicState

    first = run_report(report=asked_for(user).report)
    assert asked_for(user).report.state == "done"
    PublicState.objects.update(version=first.data_version + 1)
    probe.content = "neu"
    second = run_report(report=asked_for(user).report)
    assert second.checksum != first.checksum
    assert [each["checksum"] for each in second.earlier] == [first.checksum]
    assert run_report(report=asked_for(user, afresh=True).report).earlier == second.earlier


def test_what_a_release_says_is_computed_once_whatever_changes_besides(user):
    from areas.models import PublicState

    run_report(report=asked_for(user, kind="open").report)
    PublicState.objects.update(version=1_000_000)
    assert asked_for(user, kind="open").report.state == "done"


def test_files_are_forgotten_and_addresses_stay(user):
    asked = asked_for(user)
    run_report(report=asked.report)
    Report.objects.update(expires_at=timezone.now() - DAY)
    assert forget_old_reports() == 1
    report = Report.objects.get()
    assert (report.state, report.has_file, ReportFile.objects.count()) == ("done", False, 0)
    assert report.checksum
    ReportRequest.objects.update(asked_at=timezone.now() - 9999 * DAY)
    assert forget_old_reports() == 0
    assert not ReportRequest.objects.exists() and Report.objects.exists()
    assert run_report(report=asked_for(user).report).has_file


def test_mail_is_sent_once_in_the_language_of_who_asked_and_only_if_wanted(user, django_capture_on_commit_callbacks):
    from django.utils.translation import override

    with django_capture_on_commit_callbacks(execute=True):
        asked_for(user, text="Bericht", wants_mail=True)
        asked_for(clerk("still"), text="Bericht")
        with override("en"):
            english = report_for(kind="probe", parameters={"text": "Bericht"}, ending="pdf", language="de")
            from atlas.actions.reporting import ask_for_report

            ask_for_report(report=english, user=clerk("reader"), wants_mail=True)
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects == {
        "sachbearbeiterin@example.org": "Ihr Bericht „Bericht“ ist fertig",
        "reader@example.org": "Your report “Bericht” is ready",
    }
    assert "/redaktion/berichte/#bericht-" in mail.outbox[0].body
    assert ReportRequest.objects.filter(mailed_at__isnull=False).count() == 2


def test_a_mail_server_that_is_away_loses_no_report(user, monkeypatch, django_capture_on_commit_callbacks):
    from smtplib import SMTPServerDisconnected

    from django.core.mail import EmailMessage

    from atlas.tasks import tell_of_report

    def away(_self):
        raise SMTPServerDisconnected

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(EmailMessage, "send", away)
        asked = asked_for(user, wants_mail=True)
        run_report(report=asked.report)
    asked.refresh_from_db()
    assert (asked.mailed_at, asked.report.state) == (None, "done")
    assert tell_of_report.call(asked.pk) is True
    assert tell_of_report.call(asked.pk) is False
    assert len(mail.outbox) == 1


def test_sharing_and_lists(user):
    asked = asked_for(user)
    with pytest.raises(ReportError, match="erst, wenn er fertig ist"):
        share_report(asked=asked, is_shared=True)
    with pytest.raises(ReportError, match="noch in Arbeit"):
        forget_request(asked=asked)
    run_report(report=asked.report)
    asked.refresh_from_db()
    share_report(asked=asked, is_shared=True)
    note_downloaded(asked=asked)
    asked.refresh_from_db()
    assert asked.is_shared and asked.seen_at
    forget_request(asked=asked)
    assert not ReportRequest.objects.exists()


def test_nobody_fills_the_queue(user):
    for number in range(MOST_OPEN):
        asked_for(user, text=str(number))
    with pytest.raises(ReportError, match="schon 20 Berichte in Arbeit"):
        asked_for(user, text="noch einer")
    assert asked_for(user, text="1").report.state == "waiting"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "lost"},
        {"state": "running", "heartbeat_at": None},
        {"state": "done", "checksum": ""},
        {"state": "failed", "message": ""},
        {"done": 2, "total": 1},
        {"state": "cancelled", "expires_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_the_database_refuses_what_cannot_be(user, fields):
    asked_for(user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(**fields)


def test_a_compilation_is_a_report_with_its_plan_as_parameters(release):
    plan = as_data(Compilation("Vorwort", parts=(Part("text", "Vorwort", "Guten Tag"),)))
    report = report_for(kind="compilation", parameters={"parts": plan["parts"], "title": "Vorwort"}, ending="pdf")
    assert report.parameters == plan
    from atlas.actions.reporting import begin_here

    assert begin_here(report)
    assert run_report(report=report).title == "Vorwort"


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_the_same_moment_get_one_report():
    published()
    people = [clerk(f"person{number}") for number in range(10)]
    barrier, found = threading.Barrier(10), []

    def ask(person):
        try:
            barrier.wait(LONG)
            found.append(asked_for(person, text="gleich").report_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 10 and len(set(found)) == 1
    report = Report.objects.get()
    assert (report.state, report.attempts, report.requests.count()) == ("done", 1, 10)


@pytest.mark.django_db(transaction=True)
def test_two_workers_compute_it_once_and_all_see_how_far_it_is(probe):
    published()
    user, counted, seen = clerk(), [], []
    begun, go_on = threading.Event(), threading.Event()
    report = report_for(kind="probe", parameters={"steps": 3}, ending="pdf")
    Report.objects.update(state="waiting", heartbeat_at=timezone.now())
    ReportRequest.objects.create(report=report, user=user, asked_at=timezone.now())

    def step(number):
        counted.append(number)
        if number == 1:
            begun.set()
            assert go_on.wait(LONG)

    probe.at_step = staticmethod(step)

    def work():
        try:
            run_report(report=Report.objects.get())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(LONG)
    for _ in range(LONG * 20):
        report.refresh_from_db()
        if report.step == "Teil 2":
            seen.append((report.done, report.total))
            break
        threading.Event().wait(0.05)
    go_on.set()
    for thread in threads:
        thread.join()
    report.refresh_from_db()
    assert seen == [(1, 4)]
    assert (report.state, counted) == ("done", [0, 1, 2])
