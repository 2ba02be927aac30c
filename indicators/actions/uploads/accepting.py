"""Accepting an upload: all its values into a draft, in one transaction, or none."""

import logging

from django.contrib.auth import get_user_model
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.actions.editors import role_of
from indicators.actions.errors import WorkflowError
from indicators.actions.withdrawing import create_draft
from indicators.models import Release, ReleaseEvent, StagedValue, Upload, UploadFinding

from .checking import end, failure_text, release_stuck_uploads
from .errors import UploadError
from .moving import move_staged
from .progress import Progress, Superseded

log = logging.getLogger(__name__)
State = Upload.State
LARGE = 20_000  # values from which on the worker accepts, because a browser would wait too long


def accept_upload(
    *,
    upload: Upload,
    release: Release | None = None,
    title: str = "",
    replace: bool = False,
    user=None,
    in_background: bool | None = None,
) -> Release | None:
    """Put the checked values into a draft `release`, or into a new one with this title.

    Values that are public already, exactly so, are left out: a draft holds what differs. Values that the draft already
    has for the same indicator, area and period are replaced only with `replace`. Large uploads are accepted by the
    worker: the answer is then None and the state `accepting`; how it ended stands in `state` and `message`. Raises
    `UploadError` with open errors, warnings without reason, conflicts, and when somebody else was faster.
    """
    release_stuck_uploads()
    upload.refresh_from_db()
    check_acceptable(upload, release)
    if in_background or (in_background is None and upload.value_count > LARGE):
        _queue(upload, {"release": release.pk if release else None, "title": title, "replace": replace}, user)
        return None
    try:
        with transaction.atomic():
            _claim(upload)
            return _accept(upload, release, title, replace, user, None)
    except DatabaseError as error:
        raise _in_words(error) from error
    finally:
        _refresh(upload)


def accept_in_background(upload_pk: int, run: int, target: dict) -> str:
    """The worker's part: as `accept_upload`, with progress; a failure leaves the upload checked, with the reason."""
    upload = Upload.objects.filter(pk=upload_pk, run=run, state=State.ACCEPTING).first()
    if upload is None:
        return "gone"
    release = Release.objects.filter(pk=target["release"]).first()
    user = get_user_model().objects.filter(pk=target["user"]).first()
    with Progress(upload, State.ACCEPTING) as progress:
        try:
            if target["release"] and release is None:
                raise UploadError(_("Den Entwurf gibt es nicht mehr."), code="release")
            with transaction.atomic():
                _accept(upload, release, target["title"], target["replace"], user, progress)
        except Superseded:
            log.warning("Upload %s: another start has taken over.", upload.pk)
        except Exception as error:  # whatever it was: the upload must not stay "accepting" for ever
            log.exception("Upload %s: accepting failed.", upload.pk)
            end(upload, State.CHECKED, str(_in_words(error)))
    _refresh(upload)
    return upload.state


def check_acceptable(upload: Upload, release: Release | None) -> None:
    """Raise `UploadError` while something stands in the way."""
    if upload.state != State.CHECKED:
        text = _("Diese Lieferung lässt sich jetzt nicht übernehmen (%(state)s).")
        raise UploadError(text % {"state": upload.get_state_display()}, code="state")
    if upload.error_count:
        text = ngettext(
            "Die Lieferung hat noch %(count)s Fehler. Berichtigen Sie die Tabelle und liefern Sie sie neu.",
            "Die Lieferung hat noch %(count)s Fehler. Berichtigen Sie die Tabelle und liefern Sie sie neu.",
            upload.error_count,
        )
        raise UploadError(text % {"count": upload.error_count}, code="errors")
    open_warnings = upload.findings.filter(kind=UploadFinding.Kind.WARNING, reason="").count()
    if open_warnings:
        raise UploadError(_("Bitte begründen Sie zuerst alle Warnungen."), code="warnings")
    if not upload.value_count:
        raise UploadError(_("Diese Lieferung enthält keine Werte."), code="no_values")
    if release is not None and not release.is_open:
        raise UploadError(_not_open(release), code="release")


def _queue(upload: Upload, target: dict, user) -> None:
    from indicators.tasks import accept_checked  # noqa: PLC0415 - tasks import the actions

    waiting = {"step": _("wartet auf die Übernahme"), "done": 0, "message": ""}
    _claim(upload, run=F("run") + 1, total=upload.value_count, **waiting)
    upload.refresh_from_db()
    accept_checked.enqueue(upload.pk, upload.run, {**target, "user": user.pk if user else None})
    upload.refresh_from_db()


def _claim(upload: Upload, **fields: object) -> None:
    """Of two accepting at once the second waits here for the first, and then finds that it is too late."""
    mine = Upload.objects.filter(pk=upload.pk, state=State.CHECKED, run=upload.run)
    if not mine.update(state=State.ACCEPTING, heartbeat_at=timezone.now(), **fields):
        raise UploadError(_("Jemand anderes hat diese Lieferung gerade bearbeitet."), code="state")


def _accept(upload: Upload, release: Release | None, title: str, replace: bool, user, progress) -> Release:  # noqa: PLR0917
    if release is None:
        release = _new_draft(title, user)
    else:  # the row is the lock: grid and uploads change a draft one after the other
        release = Release.objects.select_for_update().get(pk=release.pk)
        if not release.is_open:
            raise UploadError(_not_open(release), code="release")
    moved, same = move_staged(upload, release, replace=replace, progress=progress)
    if not moved:
        raise UploadError(
            _("Alle Werte sind schon genau so veröffentlicht; es gibt nichts zu übernehmen."), code="same"
        )
    told = {"file": upload.file_name, "count": moved}
    text = _("Lieferung „%(file)s“: %(count)s Werte") % told
    ReleaseEvent.objects.create(
        release=release, kind=ReleaseEvent.Kind.EDITED, text=text, role=role_of(user), user=user
    )
    message = ngettext("%(count)s Wert übernommen.", "%(count)s Werte übernommen.", moved) % told
    if same:
        message += " " + _("%(count)s waren schon genau so veröffentlicht.") % {"count": same}
    StagedValue.objects.filter(upload_id=upload.pk)._raw_delete("default")
    fields = {"step": "", "message": message, "release": release, "accepted_at": timezone.now()}
    fields |= {"accepted_by": user, "role": role_of(user)}
    mine = Upload.objects.filter(pk=upload.pk, run=upload.run, state=State.ACCEPTING)
    if not mine.update(state=State.ACCEPTED, **fields):
        raise Superseded
    return release


def _new_draft(title: str, user) -> Release:
    try:
        return create_draft(title=title, user=user)
    except WorkflowError as error:
        raise UploadError(str(error), code="title") from error


def _not_open(release: Release) -> str:
    told = {"title": release.title, "state": release.get_status_display()}
    return _("„%(title)s“ ist kein Entwurf mehr (%(state)s) und lässt sich nicht ändern.") % told


def _in_words(error: Exception) -> UploadError:
    if isinstance(error, UploadError):
        return error
    if isinstance(error, IntegrityError):
        text = _("Katalog oder Gebiete haben sich seit der Prüfung geändert. Bitte lassen Sie noch einmal prüfen.")
        return UploadError(text, code="changed")
    return UploadError(failure_text(error), code="database")


def _refresh(upload: Upload) -> None:
    try:
        upload.refresh_from_db()
    except DatabaseError:
        log.warning("Upload %s: its state could not be read again.", upload.pk)
