"""The way of a release: draft, review, approval, hour, publication; each step leaves an event and nobody skips one.

Who may do what by permission is decided by the pages; what a release allows, and that two people take part, is
decided here, under a lock on the release.
"""

import datetime
import logging

from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import Release, ReleaseEvent

from .editors import may_not_approve, role_of
from .errors import PublishingError, WorkflowError
from .exposing import exposed_text
from .locking import one_publication_at_a_time
from .preparing import is_prepared
from .publishing import publish_release

logger = logging.getLogger(__name__)
State, Kind = Release.State, ReleaseEvent.Kind
LATEST = datetime.timedelta(days=366)  # further ahead somebody has mistyped the year


@transaction.atomic
def submit_release(*, release: Release, user, text: str = "") -> Release:
    """Give a draft to review. Raises `WorkflowError` for an empty one."""
    release = _locked(release, State.DRAFT)
    if not release.values.exists():
        raise WorkflowError(_("Der Entwurf enthält keine Werte."))
    return _moved(release, State.IN_REVIEW, Kind.SUBMITTED, user, text, submitted_at=timezone.now())


@transaction.atomic
def recall_release(*, release: Release, user, text: str = "") -> Release:
    """Take a release back from review to change it once more."""
    release = _locked(release, State.IN_REVIEW, State.APPROVED)
    return _reopened(release, Kind.RECALLED, user, text)


@transaction.atomic
def return_release(*, release: Release, user, text: str) -> Release:
    """Send a release back with a reason. Raises `WorkflowError` without one."""
    release = _locked(release, State.IN_REVIEW, State.APPROVED)
    if not text.strip():
        raise WorkflowError(_("Bitte sagen Sie, was überarbeitet werden soll."))
    return _reopened(release, Kind.RETURNED, user, text)


@transaction.atomic
def comment_release(*, release: Release, user, text: str) -> ReleaseEvent:
    """Say something about a release, whatever its state."""
    if not text.strip():
        raise WorkflowError(_("Der Kommentar ist leer."))
    return _event(release, Kind.COMMENTED, user, text)


@transaction.atomic
def approve_release(*, release: Release, user, seen_digest: str, text: str = "") -> Release:
    """Approve exactly the figures that the reviewer saw (`seen_digest` is the `prepared_digest` of her page).

    Raises `WorkflowError` when they are not computed yet or have changed since, when they betray
    something, and, with RELEASE_FOUR_EYES, when the reviewer is the person who edited last.
    """
    release = _locked(release, State.IN_REVIEW)
    if user is not None and user.pk in may_not_approve(release):
        raise WorkflowError(_("Sie haben diese Veröffentlichung zuletzt bearbeitet; freigeben muss jemand anderes."))
    if not is_prepared(release):
        raise WorkflowError(_("Die Kennwerte werden gerade neu berechnet. Bitte danach noch einmal ansehen."))
    if release.exposed:
        raise WorkflowError(exposed_text(release))
    if seen_digest != release.prepared_digest:
        raise WorkflowError(
            _("Die Kennwerte haben sich geändert, seit Sie die Seite geöffnet haben. Bitte neu ansehen.")
        )
    return _moved(
        release,
        State.APPROVED,
        Kind.APPROVED,
        user,
        text,
        approved_at=timezone.now(),
        approved_digest=release.prepared_digest,
    )


@transaction.atomic
def schedule_release(*, release: Release, user, at: datetime.datetime) -> Release:
    """Set the hour at which an approved release becomes public. Raises `WorkflowError` for the past."""
    release = _locked(release, State.APPROVED, State.SCHEDULED)
    now = timezone.now()
    if at <= now:
        raise WorkflowError(_("Der Zeitpunkt liegt in der Vergangenheit."))
    if at > now + LATEST:
        raise WorkflowError(_("Der Zeitpunkt liegt mehr als ein Jahr in der Zukunft."))
    told = f"{timezone.localtime(at):%d.%m.%Y, %H:%M} Uhr"
    return _moved(release, State.SCHEDULED, Kind.SCHEDULED, user, told, publish_at=at)


@transaction.atomic
def unschedule_release(*, release: Release, user, text: str = "") -> Release:
    """Take the hour back; the release stays approved."""
    release = _locked(release, State.SCHEDULED)
    return _moved(release, State.APPROVED, Kind.UNSCHEDULED, user, text, publish_at=None)


def publish_approved(*, release: Release, user=None) -> bool:
    """Publish an approved or scheduled release; True when this call did it, False when it was public already.

    When it fails nothing of it is public, the release stays as it was, and an event says why.
    """
    try:
        with transaction.atomic():
            one_publication_at_a_time()
            release = Release.objects.select_for_update().get(pk=release.pk)
            if release.published_at:
                return False
            _expect(release, State.APPROVED, State.SCHEDULED)
            published = publish_release(release=release)
            _event(published, Kind.PUBLISHED, user, "")
            _tell_subscribers(published)
    except WorkflowError:
        raise  # a step that is not possible now; nothing was tried
    except PublishingError as error:
        _remember_failure(release, user, str(error))
        raise
    except Exception as error:
        _remember_failure(release, user, _("Technischer Fehler (%(kind)s).") % {"kind": type(error).__name__})
        raise
    return True


def _remember_failure(release: Release, user, text: str) -> None:
    """On a new connection if the old one broke; without a database the log is all there is."""
    try:
        _event(release, Kind.FAILED, user, text)
    except (DatabaseError, InterfaceError):
        logger.exception("release %s: the failure could not be stored", release.pk)


def local_moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """A moment of the city's clock. Raises `WorkflowError` for an hour that the change to summer time skips.

    Of an hour that comes twice in autumn the first one is meant.
    """
    moment = datetime.datetime.combine(day, time, tzinfo=timezone.get_default_timezone())
    if timezone.localtime(moment.astimezone(datetime.UTC)).time() != time:
        raise WorkflowError(_("Diese Uhrzeit gibt es an dem Tag nicht (Umstellung auf Sommerzeit)."))
    return moment


def _locked(release: Release, *states: str) -> Release:
    release = Release.objects.select_for_update().get(pk=release.pk)
    _expect(release, *states)
    return release


def _expect(release: Release, *states: str) -> None:
    if release.status not in states:
        told = {"title": release.title, "state": release.get_status_display()}
        raise WorkflowError(
            _("„%(title)s“ ist inzwischen: %(state)s. Dieser Schritt geht jetzt nicht; bitte die Seite neu laden.")
            % told
        )


def _moved(release: Release, state: str, kind: str, user, text: str, **fields) -> Release:
    release.status = state
    for name, value in fields.items():
        setattr(release, name, value)
    release.save(update_fields=["status", *fields])
    _event(release, kind, user, text)
    return release


def _reopened(release: Release, kind: str, user, text: str) -> Release:
    cleared = {"submitted_at": None, "approved_at": None, "approved_digest": "", "publish_at": None}
    return _moved(release, State.DRAFT, kind, user, text, **cleared)


def _event(release: Release, kind: str, user, text: str) -> ReleaseEvent:
    return ReleaseEvent.objects.create(release=release, kind=kind, user=user, role=role_of(user), text=text.strip())


def _tell_subscribers(release: Release) -> None:
    """Stored in the queue by the transaction that publishes: neither can happen without the other."""
    from indicators.tasks_mail import notify_subscribers  # noqa: PLC0415 - tasks import actions

    notify_subscribers.enqueue(release.pk)
