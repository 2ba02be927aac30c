"""Publishing at the hour: every scheduled release whose time has come, each for itself, tried again when it fails."""

import datetime
import logging

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone

from indicators.models import Release, ReleaseEvent

from .errors import PublishingError
from .workflow import publish_approved

logger = logging.getLogger(__name__)
FIRST_PAUSE = datetime.timedelta(minutes=1)  # after the first failure, doubled each time
LONGEST_PAUSE = datetime.timedelta(hours=1)


def publish_due(*, now: datetime.datetime | None = None) -> list[tuple[Release, str]]:
    """Publish every scheduled release whose hour has come; each with "" or what went wrong.

    One that fails does not hold up the others. It stays scheduled and is tried again after a pause that grows.
    Without a database there is nothing to do: raises `OperationalError` or `InterfaceError`.
    """
    now = now or timezone.now()
    due = Release.objects.filter(status=Release.State.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")
    return [outcome for release in due if may_be_tried(release, now) for outcome in _published(release)]


def may_be_tried(release: Release, now: datetime.datetime) -> bool:
    """Whether the pause after the last failed attempt is over; a new hour starts afresh."""
    kinds = (ReleaseEvent.Kind.SCHEDULED, ReleaseEvent.Kind.FAILED)
    events = release.events.filter(kind__in=kinds).order_by("-at", "-pk").values_list("kind", "at")
    failures = []
    for kind, at in events:
        if kind == ReleaseEvent.Kind.SCHEDULED:
            break
        failures.append(at)
    if not failures:
        return True
    doubled = min(len(failures) - 1, 10)
    return now >= failures[0] + min(FIRST_PAUSE * 2**doubled, LONGEST_PAUSE)


def _published(release: Release) -> list[tuple[Release, str]]:
    try:
        return [(release, "")] if publish_approved(release=release) else []
    except PublishingError as error:
        logger.error("release %s was not published: %s", release.slug, error)
        return [(release, str(error))]
    except (OperationalError, InterfaceError):
        logger.exception("release %s was not published: the database did not answer", release.slug)
        raise
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError, OSError) as error:
        logger.exception("release %s was not published", release.slug)
        return [(release, type(error).__name__)]
