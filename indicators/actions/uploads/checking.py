"""Checking an upload: queued, run by a worker, watched, cancelled, started again."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.intake.findings import Refusal
from indicators.models import Upload

from .errors import UploadError
from .limits import disk_full
from .progress import Cancelled, Progress, Superseded
from .storing import read_and_check, store_outcome, store_refusal

log = logging.getLogger(__name__)
State = Upload.State
STARTABLE = (State.RECEIVED, State.CHECKED, State.CANCELLED, State.FAILED)
_NO_SPACE = "53100"  # disk_full of PostgreSQL


def start_check(*, upload: Upload, user=None) -> None:
    """Queue the check (state `waiting`). Raises `UploadError` when it has no mapping or is past that."""
    queue_check(upload)
    wake_worker(upload)


def wake_worker(upload: Upload) -> None:
    """Tell a worker of a waiting upload; outside of transactions, for it may work at once."""
    from indicators.tasks import check_received  # noqa: PLC0415 - tasks import the actions

    check_received.enqueue(upload.pk, upload.run)
    upload.refresh_from_db()


def queue_check(upload: Upload) -> None:
    """Make the upload wait for its check, without a worker being told."""
    release_stuck_uploads()
    upload.refresh_from_db(fields=["mapping"])
    if not any(table.get("is_read", True) for table in upload.mapping.get("tables", [])):
        raise UploadError(_("Bitte ordnen Sie zuerst zu, was in welcher Spalte steht."), code="no_mapping")
    fresh = {"done": 0, "total": 0, "message": "", "cancel_requested": False, "step": _("wartet auf die Prüfung")}
    try:
        with transaction.atomic():
            changed = Upload.objects.filter(pk=upload.pk, state__in=STARTABLE).update(
                state=State.WAITING, run=F("run") + 1, heartbeat_at=timezone.now(), **fresh
            )
    except IntegrityError as error:
        raise UploadError(_("Diese Datei wurde inzwischen noch einmal geliefert."), code="known") from error
    if not changed:
        raise UploadError(_("Die Prüfung läuft schon, oder die Lieferung ist abgeschlossen."), code="state")
    upload.refresh_from_db()


def check_upload(*, upload: Upload, run: int | None = None) -> Upload:
    """Run the waiting check now, in this process: findings and values are stored together, or the reason why not.

    Ends as `checked` (with `error_count`, `warning_count`, `value_count`), `cancelled` or `failed` (see `message`).
    Does nothing when another worker has it, or when `run` is not the latest start.
    """
    taken = Upload.objects.filter(pk=upload.pk, state=State.WAITING, run=upload.run if run is None else run)
    if taken.update(state=State.CHECKING, heartbeat_at=timezone.now(), step=_("öffnet die Datei")):
        upload.refresh_from_db()
        _check(upload)
    upload.refresh_from_db()
    return upload


def _check(upload: Upload) -> None:
    with Progress(upload, State.CHECKING) as progress:
        try:
            with read_and_check(upload, progress) as outcome:
                store_outcome(upload, outcome, progress)
        except Superseded:
            log.warning("Upload %s: another start of the check has taken over.", upload.pk)
        except Cancelled:
            end(upload, State.CANCELLED, _("Die Prüfung wurde abgebrochen. Es wurde nichts gespeichert."))
        except Refusal as refusal:
            store_refusal(upload, refusal.finding)
        except Exception as error:  # whatever it was: the upload must not stay "checking" for ever
            log.exception("Upload %s: the check failed.", upload.pk)
            end(upload, State.FAILED, failure_text(error))


def failure_text(error: Exception) -> str:
    """What went wrong, for the planner; the log has the details."""
    code = getattr(error.__cause__, "pgcode", "") if isinstance(error, DatabaseError) else ""
    if isinstance(error, UploadError):
        return str(error)
    if code == _NO_SPACE or (isinstance(error, OSError) and error.errno in (28, 122)):
        return disk_full()
    if isinstance(error, DatabaseError):
        return _("Die Verbindung zur Datenbank ist abgerissen. Es wurde nichts gespeichert; bitte neu starten.")
    if isinstance(error, MemoryError):
        return _("Der Arbeitsspeicher reicht für diese Datei nicht. Bitte teilen Sie sie auf.")
    return _("Bei der Arbeit ist ein unerwarteter Fehler aufgetreten. Es wurde nichts gespeichert; bitte neu starten.")


def end(upload: Upload, state: str, message: str) -> None:
    """Note how the work ended, also after the connection has broken; nothing if it was started again meanwhile."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
        if not connection.is_usable():
            connection.close()
    mine = Upload.objects.filter(pk=upload.pk, run=upload.run, state__in=[State.CHECKING, State.ACCEPTING])
    try:
        with transaction.atomic():
            mine.update(state=state, message=message, step="", cancel_requested=False)
    except DatabaseError:
        log.exception("Upload %s: its end as %s could not be noted; it will count as stuck.", upload.pk, state)


def cancel_upload(*, upload: Upload, user=None) -> None:
    """Ask the worker to stop; it does within about a second. Raises `UploadError` when nothing runs."""
    mine = Upload.objects.filter(pk=upload.pk)
    waiting = mine.filter(state=State.WAITING).update(
        state=State.CANCELLED, step="", message=_("Die Prüfung wurde abgebrochen, bevor sie begann.")
    )
    if not waiting and not mine.filter(state=State.CHECKING).update(cancel_requested=True):
        raise UploadError(_("Hier läuft nichts, was sich abbrechen lässt."), code="state")
    release_stuck_uploads()
    upload.refresh_from_db()


def release_stuck_uploads() -> int:
    """Uploads whose worker gave no sign of life are `failed` and can be started again; returns how many.

    Nothing of them is stored: values and findings become visible together with the end of the check.
    """
    dead = Q(heartbeat_at__lt=timezone.now() - timedelta(seconds=settings.UPLOAD_STUCK_SECONDS))
    text = _("Die Arbeit an dieser Lieferung ist abgebrochen: Der Dienst im Hintergrund hat sich nicht mehr gemeldet. ")
    text += _("Es wurde nichts gespeichert. Sie können neu starten.")
    checking = Upload.objects.filter(dead, state=State.CHECKING).update(state=State.FAILED, step="", message=text)
    return checking + Upload.objects.filter(dead, state=State.ACCEPTING).update(
        state=State.CHECKED, step="", message=text
    )
