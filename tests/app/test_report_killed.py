"""A worker is killed in the middle of a report: real processes, as an operator runs them."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from atlas.actions.reporting import report_for
from atlas.models import Report, ReportRequest
from atlas.reports.compilation import Compilation, Part, as_data
from tests.app.report_objects import clerk, published

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 300  # seconds for each step, on a machine that does other things too
PARAGRAPH = "Ein Satz, der in jedem Absatz steht und Zeilen füllt. " * 12


def long_plan():
    """Some twenty pages of text: a few seconds of work."""
    return as_data(Compilation("Lang", parts=(Part("text", "Kapitel", "\n\n".join([PARAGRAPH] * 90)),)))


@pytest.fixture
def start():
    """`start("db_worker")`: a management command as a process of its own on the test database."""
    address = urlsplit(os.environ.get("DATABASE_URL", "postgis:///"))
    environment = {
        **os.environ,
        "DATABASE_URL": address._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "DJANGO_SETTINGS_MODULE": "dortmund_sozial.settings.development",
        "REPORT_STUCK_SECONDS": "10",  # a living worker on a busy machine gives a sign every two
        "SECRET_KEY": settings.SECRET_KEY,
    }
    running = []

    def begin(*words):
        command = [sys.executable, "-W", "ignore", "manage.py", *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **quiet))
        return running[-1]

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_for(what, holds):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        report = Report.objects.get()
        if holds(report):
            return report
        time.sleep(0.1)
    pytest.fail(f"waited in vain until {what}; the report: {vars(report)}")


def put_into_the_queue(report):
    """What the page does, with the queue that workers read (tests run tasks at once)."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from atlas.tasks import make_report

    Report.objects.filter(pk=report.pk).update(state="waiting", heartbeat_at=timezone.now())
    DBTaskResult.objects.create(
        task_path=make_report.module_path,
        args_kwargs={"args": [report.pk, report.run], "kwargs": {}},
        backend_name="default",
        queue_name="default",
        priority=0,
    )


def test_a_killed_worker_loses_nothing_another_takes_up_its_report(start):
    published()
    report = report_for(kind="compilation", parameters=long_plan(), ending="pdf")
    ReportRequest.objects.create(report=report, user=clerk(), asked_at=report.created_at)
    put_into_the_queue(report)
    first = start("db_worker", "--interval", "0.2", "--no-reload")
    wait_for("it is being computed", lambda report: report.state == "running" and report.total)
    first.send_signal(signal.SIGKILL)
    first.wait()
    left = Report.objects.get()
    assert (left.state, left.has_file, left.attempts) == ("running", False, 1)
    start("db_worker", "--interval", "0.2", "--no-reload")  # nothing else runs: no schedule, no visitor
    done = wait_for("it is ready", lambda report: report.state == "done")
    assert done.run == left.run + 1
    assert (done.attempts, done.has_file) == (2, True)
    assert bytes(done.file.body).startswith(b"%PDF")
