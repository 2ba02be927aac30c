"""Documents for everybody, without login: each computed once, few at a time, and not too many for one visitor.

A document that is there costs a few queries. One that is not is computed by the process that is asked: whoever asks
for the same, or for another, in the meantime waits a moment and is then told to come back.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas.actions.report_keeping import take_up_stuck_reports
from atlas.actions.report_work import run_report, unexpected
from atlas.actions.reporting import ReportError, begin_here, find_report, is_current, report_for
from atlas.asked import AskedWrongly
from atlas.map_reading import NothingPublished
from atlas.models import Report
from atlas.negotiation import is_known
from atlas.pages import BROWSER_SECONDS
from atlas.reports.formats import FORMATS
from atlas.stand import NoSuchStand, is_withdrawn, read_stand
from dortmund_sozial.throttling import ReportsByVisitor
from indicators.models import Release

LOOK = 0.2  # seconds between two looks whether another process has finished
RETRY = 10  # seconds after which those who were turned away may come back
PLACE = 7_231_002_100  # number of the first lock
CHAIRS = 2  # requests that may wait in one process
State = Report.State


class Desk:
    """The places at which visitors' documents are computed, counted over all processes by locks of the database.

    A process of the web server does one thing at a time: if all of them wrote documents, nobody would get a page. So
    those for whom no place is free wait a moment only, and few at a time.
    """

    def __init__(self, places: int):
        self._places = places
        self._chairs = BoundedSemaphore(places + CHAIRS)

    def serve(self, report: Report, patience: float) -> Report | None:
        """The report when it is over, computed here unless another process is at it; None when it takes too long."""
        if not self._chairs.acquire(blocking=False):
            return None
        try:
            return self._serve(report, time.monotonic() + patience)
        finally:
            self._chairs.release()

    def _serve(self, report: Report, until: float) -> Report | None:
        while True:
            report = _fresh(report)
            if _is_over(report):
                return report
            if report.state == State.RUNNING:
                take_up_stuck_reports()
            else:
                with _place(self._places) as is_free:
                    report = _computed_here(report) if is_free else report
                if _is_over(report):
                    return report
            if time.monotonic() >= until:
                return None
            time.sleep(LOOK)


@contextmanager
def _place(places: int) -> Iterator[bool]:
    """Whether one of the places is free; held as long as the context lasts, and no longer than this connection."""
    with connection.cursor() as cursor:
        for number in range(PLACE, PLACE + places):
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            if cursor.fetchone()[0]:
                break
        else:
            number = None
    try:
        yield number is not None
    finally:
        if number is not None:
            _give_back(number)


def _give_back(number: int) -> None:
    """A place; a connection that broke meanwhile has given it back by itself, and what it answers is said elsewhere."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
    except (DatabaseError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()


def _computed_here(report: Report) -> Report:
    """The report once this process has computed it, or as it is where another was quicker."""
    report = _fresh(report)
    if _is_over(report) or not (report.is_open or begin_here(report)):
        return report
    return run_report(report=report)


def _is_over(report: Report) -> bool:
    """Whether there is an answer: a file that holds, or a reason of this very moment why there is none."""
    if report.state == State.FAILED:
        return report.finished_at > timezone.now() - timedelta(seconds=RETRY)
    return is_current(report)


def _fresh(report: Report) -> Report:
    return Report.objects.select_related("release").get(pk=report.pk)


DESK = Desk(max(settings.REPORTS_AT_ONCE, 1))


def document_answer(
    request: HttpRequest, *, kind: str, parameters: Callable[[Release], Mapping[str, Any]], ending: str, stand: str
) -> HttpResponse:
    """The file of a public document; `stand` is a release, a day, or "" for the newest. 5 queries when it is there.

    `parameters` gives those of the document for a release; it raises `AskedWrongly`.
    304 for those who have it; a sentence with 400, 404 or 410 where there is none; 429 and 503 with `Retry-After`.
    """
    try:
        wanted = _wanted(request, kind, parameters, ending, stand)
    except _Refused as refused:
        return _said(str(refused), refused.status)
    found = find_report(**wanted, language=get_language())
    if found is not None and is_current(found):
        return _file(request, found)
    return _computed(request, wanted)


class _Refused(Exception):
    """Why there is no document, in a sentence, and the status that says so to programs."""

    def __init__(self, text: str, status: int):
        super().__init__(text)
        self.status = status


def _wanted(request: HttpRequest, kind: str, parameters: Callable, ending: str, stand: str) -> dict[str, Any]:
    """What `report_for` wants. Raises `_Refused`."""
    if ending not in FORMATS:
        said = _("Das Format „%(ending)s“ gibt es nicht. Möglich: %(known)s.")
        raise _Refused(said % {"ending": ending[:8], "known": ", ".join(FORMATS)}, 404)
    if hasattr(request, "preview"):
        raise _Refused(_("In der Vorschau gibt es noch keine Dokumente zum Herunterladen."), 404)
    try:
        release = release_of(stand)
        if release is None:
            raise _Refused(_("Es ist noch nichts veröffentlicht."), 503)
        return {"kind": kind, "parameters": parameters(release), "ending": ending, "release": release.slug}
    except NoSuchStand as wrong:
        raise _Refused(str(wrong), 410 if is_withdrawn(wrong) else 400) from wrong
    except AskedWrongly as wrong:
        raise _Refused(str(wrong), 400) from wrong
    except NothingPublished as error:
        raise _Refused(_("Es ist noch nichts veröffentlicht."), 503) from error


def release_of(stand: str) -> Release | None:
    """The release that a state of the figures belongs to; None when nothing is public. Raises `NoSuchStand`."""
    asked = read_stand(stand)
    if asked.wrong:
        raise asked.wrong
    if asked.release is not None:
        return asked.release
    public = Release.objects.published().order_by("-published_at")
    return (public.filter(published_at__lte=asked.moment) if asked.moment else public).first()


def _computed(request: HttpRequest, wanted: dict[str, Any]) -> HttpResponse:
    throttle = ReportsByVisitor()
    if not throttle.allow_request(request, None):
        return _later(request, "429.html", 429, int(throttle.wait() or RETRY) + 1)
    try:
        report = DESK.serve(report_for(**wanted), settings.REPORT_PATIENCE_SECONDS)
    except ReportError as error:
        return _said(str(error), 404)
    if report is None:
        return _later(request, "atlas/document_busy.html", 503, RETRY)
    if report.state == State.DONE and report.has_file:
        return _file(request, report)
    if report.state == State.FAILED:
        return _said(report.message, 500 if report.message == unexpected() else 404)
    return _later(request, "atlas/document_busy.html", 503, RETRY)


def _file(request: HttpRequest, report: Report) -> HttpResponse:
    etag = f'"{report.digest[:24]}"'
    caching = {"ETag": etag, "Cache-Control": f"public, max-age={BROWSER_SECONDS}", "X-Robots-Tag": "noindex"}
    if is_known(etag, request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=caching)
    body = b"" if request.method == "HEAD" else bytes(report.file.body)
    response = HttpResponse(body, content_type=report.media_type, headers=caching)
    response["Content-Disposition"] = f'attachment; filename="{report.name}"'
    response["Content-Length"] = str(report.size)
    return response


def _later(request: HttpRequest, template: str, status: int, seconds: int) -> HttpResponse:
    response = render(request, template, {"address": request.get_full_path()}, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _said(text: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8", headers=headers)
