"""Asking for reports: the same document is asked for once, whoever asks; cancelled when nobody wants it any more."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import PublicState
from atlas.models import Report, ReportRequest
from atlas.reports.compilation import WrongCompilation
from atlas.reports.document import Document
from atlas.reports.formats import FORMATS, PICTURES
from atlas.reports.keys import document_code, file_key
from atlas.reports.kinds import KINDS, settled
from atlas.reports.origin import NothingToReport, stand_of

State = Report.State
MOST_OPEN = 20  # reports of one person that wait or run
MOST_TITLE = 300
SHORTLY = timedelta(minutes=10)  # within which a file that is about to be forgotten counts as gone


class ReportError(Exception):
    """Something that cannot be done; the message is a sentence for readers."""


def report_for(
    *, kind: str, parameters: Mapping[str, Any], ending: str, release: str = "", language: str = "", title: str = ""
) -> Report:
    """The row of a document in a format, made when it is asked for the first time; nothing is computed.

    `release` is a slug, "" the newest; `language` "" is that of the request. Raises `ReportError`.
    """
    if kind not in KINDS or ending not in (*FORMATS, *PICTURES):
        known = ", ".join(FORMATS) if kind in KINDS else ", ".join(KINDS)
        said = _("Einen Bericht „%(kind)s“ als „%(ending)s“ gibt es nicht. Möglich: %(known)s.")
        raise ReportError(said % {"kind": kind[:40], "ending": ending[:8], "known": known})
    try:
        found = stand_of(release).release
        parameters = settled(kind, parameters)
    except (NothingToReport, WrongCompilation) as error:
        raise ReportError(str(error)) from error
    language = language or get_language()
    report, _made = Report.objects.get_or_create(
        key=file_key(kind, parameters, found.slug, language, ending),
        defaults={
            "code": document_code(kind, parameters, found.slug, language),
            "kind": kind,
            "parameters": parameters,
            "release": found,
            "language": language,
            "ending": ending,
            "title": (title or str(KINDS[kind].label))[:MOST_TITLE],
            "state": State.CANCELLED,  # until somebody wants it computed
        },
    )
    report.release = found
    return report


def find_report(*, kind: str, parameters: Mapping[str, Any], ending: str, release: str, language: str) -> Report | None:
    """The row of a document in a format if there is one; `release` is the slug of a public release. 1 query."""
    key = file_key(kind, settled(kind, parameters), release, language, ending)
    return Report.objects.select_related("release").filter(key=key).first()


def ask_for_report(*, report: Report, user: AbstractBaseUser, wants_mail: bool = False, afresh: bool = False):
    """Put a report on a person's list and have it computed unless it is there or under way; returns the request.

    `afresh` computes a finished one again. Raises `ReportError` when too many reports of this person are open.
    """
    if (
        not report.is_open
        and ReportRequest.objects.filter(user=user, report__state__in=Report.OPEN).count() >= MOST_OPEN
    ):
        raise ReportError(
            _("Von Ihnen sind schon %(most)s Berichte in Arbeit. Bitte warten Sie, bis einer fertig ist.")
            % {"most": MOST_OPEN}
        )
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related("release").get(pk=report.pk)
        asked, _made = ReportRequest.objects.update_or_create(
            report=report,
            user=user,
            defaults={
                "asked_at": timezone.now(),
                "language": get_language(),
                "wants_mail": wants_mail,
                "mailed_at": None,
                "seen_at": None,
            },
        )
        if not report.is_open and (afresh or not is_current(report)):
            queue(report)
        elif report.has_file:
            Report.objects.filter(pk=report.pk).update(expires_at=kept_until())
    return asked


def is_current(report: Report) -> bool:
    """Whether the file that is there answers what is asked for now.

    A public document says what its release says, so it stays; others may tell of the action plan as it is, so they
    hold until anything public changes. 1 query at most.
    """
    if not report.has_file or report.expires_at < timezone.now() + SHORTLY:
        return False
    return KINDS[report.kind].is_public or report.data_version == data_version()


def data_version() -> int:
    """The state of everything public. 1 query."""
    return PublicState.objects.values_list("version", flat=True).get(pk=1)


def kept_until():
    """Until when a file is kept that was made or asked for now."""
    return timezone.now() + timedelta(days=settings.REPORT_DAYS)


def queue(report: Report) -> None:
    """Have a closed report computed by the worker, as soon as the transaction around it ends."""
    _wait(report, attempts=0)


def begin_here(report: Report) -> bool:
    """Make a closed report wait for this process, which computes it at once; False where somebody was quicker."""
    return _wait(report, attempts=0, wakes=False)


def queue_again(report: Report) -> bool:
    """The same for an open one whose worker is lost; its attempts go on counting. False where somebody was quicker."""
    return _wait(report, attempts=F("attempts"))


def _wait(report: Report, *, attempts: Any, wakes: bool = True) -> bool:
    seen = Report.objects.filter(pk=report.pk, state=report.state, run=report.run)
    changed = seen.update(
        state=State.WAITING,
        run=report.run + 1,
        attempts=attempts,
        heartbeat_at=timezone.now(),
        expires_at=None,
        started_at=None,
        finished_at=None,
        message="",
        step="",
        done=0,
        total=0,
    )
    if not changed:
        return False
    if wakes:
        transaction.on_commit(partial(_wake, report.pk, report.run + 1))
    report.refresh_from_db(fields=["state", "run", "heartbeat_at", "expires_at"])
    return True


def _wake(pk: int, run: int) -> None:
    from atlas.tasks import make_report  # noqa: PLC0415 - tasks import the actions

    make_report.enqueue(pk, run)


@transaction.atomic
def cancel_report(*, asked: ReportRequest) -> bool:
    """Stop the work on a report, or only leave it where colleagues wait for it too; whether it was stopped.

    The worker notices at its next step. Raises `ReportError` when nothing runs.
    """
    report = Report.objects.select_for_update().get(pk=asked.report_id)
    if not report.is_open:
        raise ReportError(_("Dieser Bericht ist nicht mehr in Arbeit."))
    if report.requests.exclude(pk=asked.pk).exists():
        asked.delete()
        return False
    Report.objects.filter(pk=report.pk).update(
        state=State.CANCELLED, message="", step="", finished_at=timezone.now(), run=F("run") + 1
    )
    return True


def share_report(*, asked: ReportRequest, is_shared: bool) -> None:
    """Let everybody who may see reports find this one, or no longer. Raises `ReportError` where there is none yet."""
    if is_shared and asked.report.state != State.DONE:
        raise ReportError(_("Freigeben lässt sich ein Bericht erst, wenn er fertig ist."))
    ReportRequest.objects.filter(pk=asked.pk).update(is_shared=is_shared)


def forget_request(*, asked: ReportRequest) -> None:
    """Take a report off a person's list. Raises `ReportError` while it is open: it has to be cancelled first."""
    if asked.report.is_open:
        raise ReportError(_("Dieser Bericht ist noch in Arbeit. Bitte brechen Sie ihn zuerst ab."))
    asked.delete()


def note_downloaded(*, asked: ReportRequest) -> None:
    """The first time that a person has taken their report."""
    ReportRequest.objects.filter(pk=asked.pk, seen_at__isnull=True).update(seen_at=timezone.now())


def note_made(*, kind: str, parameters: Mapping[str, Any], ending: str, document: Document) -> Report:
    """Remember a document that was made elsewhere, so that its short address and its checksum answer; no file.

    `ending` may be one of `PICTURES`: of a map alone, drawn when it is asked for, no file is ever kept.
    """
    from atlas.actions.report_work import checksums_after  # noqa: PLC0415 - it imports this module
    from atlas.reports.content import checksum, cleaned  # noqa: PLC0415

    report = report_for(
        kind=kind,
        parameters=parameters,
        ending=ending,
        release=document.origin.release_slug,
        language=document.language,
        title=document.title,
    )
    made = checksum(cleaned(document))
    is_other = ending in PICTURES and report.checksum != made
    if report.state in (State.CANCELLED, State.FAILED) or is_other:
        Report.objects.filter(pk=report.pk, state=report.state, run=report.run).update(
            state=State.DONE,
            run=report.run + 1,
            message="",
            finished_at=timezone.now(),
            title=document.title[:MOST_TITLE],
            checksum=made,
            earlier=checksums_after(report, made),
        )
    return report
