"""Computing a report: taken by one worker, watched, stopped, saved as a whole or not at all."""

import hashlib
import logging
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from areas.models import Area
from atlas.actions.pulse import Pulse
from atlas.actions.reporting import MOST_TITLE, data_version, kept_until, queue_again
from atlas.models import Report, ReportFile
from atlas.reports import kinds
from atlas.reports.compilation import WrongCompilation
from atlas.reports.content import checksum, cleaned
from atlas.reports.formats import FORMATS, written
from atlas.reports.origin import NothingToReport
from atlas.reports.progress import Cancelled
from atlas.reports.sections import WrongOption

log = logging.getLogger(__name__)
State = Report.State
TOLD = (NothingToReport, WrongCompilation, WrongOption)  # their messages are sentences for readers
MOST_EARLIER = 20  # checksums of earlier contents that are remembered


@dataclass(frozen=True)
class Made:
    """A finished file and what is known about it."""

    body: bytes
    title: str
    name: str
    checksum: str


def run_report(*, report: Report, run: int | None = None) -> Report:
    """Compute a waiting report now, in this process; nothing where another has it or `run` is not the latest start.

    Ends as `done`, or as `failed` with a sentence; one that was cancelled or started again meanwhile stays as it is.
    """
    waiting = Report.objects.filter(pk=report.pk, state=State.WAITING, run=report.run if run is None else run)
    now = timezone.now()
    taken = waiting.update(
        state=State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        data_version=data_version(),
    )
    report.refresh_from_db()
    if taken:
        with override(report.language):
            _work(report)
        report.refresh_from_db()
    return report


def _work(report: Report) -> None:
    try:
        with Pulse(report) as pulse:
            made = _made(report, pulse)
        _save(report, made)
    except Cancelled:
        log.info("Report %s: not wanted any more, or started again elsewhere.", report.pk)
    except TOLD as error:
        _fail(report, str(error))
    except Area.DoesNotExist:
        _fail(report, _("Ein Gebiet, von dem dieser Bericht handelt, gibt es nicht."))
    except MemoryError:
        log.exception("Report %s: no memory left.", report.pk)
        _fail(report, _("Der Arbeitsspeicher reicht für diesen Bericht nicht. Bitte teilen Sie ihn auf."))
    except (SystemExit, KeyboardInterrupt):  # the worker is stopped: another one begins again
        queue_again(report)
        raise
    except Exception:  # whatever it was: the report must not stay "running" for ever
        log.exception("Report %s (%s) failed.", report.pk, report.kind)
        _fail(report, unexpected())


def unexpected() -> str:
    """What people read about a fault of ours."""
    return _(
        "Beim Erstellen ist ein unerwarteter Fehler aufgetreten. Bitte versuchen Sie es noch einmal; "
        "geschieht es wieder, sagen Sie der Systemverwaltung Bescheid."
    )


def _made(report: Report, pulse: Pulse) -> Made:
    """Raises what builders raise, and `Cancelled`."""

    def progress(done: int, of: int, words: str) -> None:
        pulse(done, of + 1, words)  # writing the file is the last step

    document = kinds.make(report.kind, report.parameters, release=report.release.slug, progress=progress)
    pulse(max(pulse.total - 1, 0), max(pulse.total, 1), _("Die Datei wird geschrieben"))
    body = written(document, report.ending)
    return Made(body, document.title[:MOST_TITLE], document.name, checksum(cleaned(document)))


def _save(report: Report, made: Made) -> None:
    """The file and everything about it, or nothing where the report is not ours any more."""
    _line_that_works()
    now = timezone.now()
    with transaction.atomic():
        saved = _mine(report).update(
            state=State.DONE,
            done=F("total"),
            step="",
            message="",
            finished_at=now,
            expires_at=kept_until(),
            title=made.title,
            name=f"{made.name}.{report.ending}"[-120:],
            media_type=FORMATS[report.ending].media_type,
            size=len(made.body),
            digest=hashlib.sha256(made.body).hexdigest(),
            checksum=made.checksum,
            earlier=checksums_after(report, made.checksum),
        )
        if not saved:
            raise Cancelled
        ReportFile.objects.update_or_create(report_id=report.pk, defaults={"body": made.body})
        transaction.on_commit(lambda: _tell(report))


def checksums_after(report: Report, fresh: str) -> list[dict[str, str]]:
    """The checksums of earlier contents, once the document has the checksum `fresh`."""
    if not report.checksum or report.checksum == fresh:
        return report.earlier
    gone = {"checksum": report.checksum, "until": timezone.localdate().isoformat()}
    return [gone, *(each for each in report.earlier if each["checksum"] not in (report.checksum, fresh))][:MOST_EARLIER]


def _fail(report: Report, message: str) -> None:
    """Note why there is nothing, also after the connection has broken."""
    _line_that_works()
    try:
        with transaction.atomic():
            failed = _mine(report).update(state=State.FAILED, message=message, step="", finished_at=timezone.now())
    except DatabaseError:
        log.exception("Report %s: its failure could not be noted; it will count as stuck.", report.pk)
        return
    if failed:
        _tell(report)


def _line_that_works() -> None:
    """A connection that broke during a long work is opened anew; one that works stays, however old it is.

    Closing it would set free the place at which the report is computed: locks of the database end with their
    connection, and another report could begin beside this one.
    """
    if connection.in_atomic_block or connection.connection is None:
        return
    if not connection.is_usable():
        connection.close()


def _mine(report: Report):
    return Report.objects.filter(pk=report.pk, run=report.run, state=State.RUNNING)


def _tell(report: Report) -> None:
    """Mails to those who asked for one."""
    from atlas.tasks import tell_of_report  # noqa: PLC0415 - tasks import the actions

    wanted = report.requests.filter(wants_mail=True, mailed_at__isnull=True).exclude(user__email="")
    for pk in wanted.values_list("pk", flat=True):
        tell_of_report.enqueue(pk)
