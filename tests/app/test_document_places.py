"""Places at which visitors' documents are computed: once each, few at a time, free again whatever happens."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from atlas import document_answers
from atlas.actions.reporting import report_for
from atlas.document_answers import Desk
from atlas.models import Report, ReportFile
from tests.app.report_objects import planted_probe, published

pytestmark = [pytest.mark.django_db]
LONG = 120  # seconds that a busy machine may need


@pytest.fixture
def probe(monkeypatch):
    return planted_probe(monkeypatch)


@pytest.mark.django_db(transaction=True)
def test_a_stampede_computes_once(probe, monkeypatch, settings):
    monkeypatch.setattr("atlas.document_answers.CHAIRS", 10)
    settings.REPORT_STUCK_SECONDS = LONG  # on a busy machine a living one may be silent for a while
    published()
    counted, answers = [], []
    probe.at_step = staticmethod(counted.append)
    desk, barrier = Desk(1), threading.Barrier(6)
    report = report_for(kind="open", parameters={"steps": 2}, ending="pdf")

    def ask():
        try:
            barrier.wait(LONG)
            answers.append(desk.serve(report, LONG).state)
        except Exception as error:  # told by the assertion below, not by a warning
            answers.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["done"] * 6
    assert counted == [0, 1]
    assert ReportFile.objects.count() == 1


def test_who_finds_no_chair_is_turned_away_at_once(probe, monkeypatch):
    monkeypatch.setattr("atlas.document_answers.CHAIRS", 0)
    published()
    desk, report = Desk(1), report_for(kind="open", parameters={}, ending="pdf")
    seen = []
    probe.at_step = staticmethod(lambda _number: seen.append(desk.serve(report, 3600)))
    assert desk.serve(report, 1).state == "done"
    assert seen == [None, None]


def test_a_failure_is_told_and_not_repeated_by_everybody(probe):
    published()
    counted = []

    def fail(number):
        counted.append(number)
        raise RuntimeError

    probe.at_step = staticmethod(fail)
    report = report_for(kind="open", parameters={}, ending="pdf")
    assert [Desk(1).serve(report, 1).state for _ in range(3)] == ["failed"] * 3
    assert counted == [0]
    Report.objects.update(finished_at=timezone.now() - datetime.timedelta(minutes=1))
    Desk(1).serve(report, 1)
    assert counted == [0, 0]


@pytest.mark.django_db(transaction=True)
def test_one_place_and_little_patience_turn_others_away(probe):
    published()
    begun, go_on = threading.Event(), threading.Event()

    def hold(_number):
        begun.set()
        assert go_on.wait(LONG)

    probe.at_step = staticmethod(hold)
    desk, answers = Desk(1), []

    def first():
        try:
            answers.append(desk.serve(report_for(kind="open", parameters={"a": 1}, ending="pdf"), LONG))
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(LONG)
    other = report_for(kind="open", parameters={"a": 2}, ending="pdf")
    assert desk.serve(other, 0.1) is None
    go_on.set()
    thread.join()
    assert answers[0].state == "done"


@pytest.mark.django_db(transaction=True)
def test_a_place_is_held_until_the_file_is_saved(probe, monkeypatch):
    published()
    free = []

    def look():
        with document_answers._place(1) as is_free:
            free.append(is_free)
        connection.close()

    def saving(report, fresh):
        visitor = threading.Thread(target=look)
        visitor.start()
        visitor.join()
        return report.earlier

    monkeypatch.setattr("atlas.actions.report_work.checksums_after", saving)
    report = report_for(kind="open", parameters={}, ending="pdf")
    assert Desk(1).serve(report, LONG).state == "done"
    look()
    assert free == [False, True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", [0, 1])
def test_a_connection_that_breaks_is_told_and_the_place_is_free_again(probe, step):
    published()

    def cut(number):
        if number == step:
            connection.connection.close()

    probe.at_step = staticmethod(cut)
    report = report_for(kind="open", parameters={}, ending="pdf")
    assert Desk(1).serve(report, LONG).state == "failed"
    Report.objects.update(finished_at=timezone.now() - datetime.timedelta(minutes=1))
    probe.at_step = staticmethod(lambda _number: None)
    assert Desk(1).serve(report, LONG).state == "done"
