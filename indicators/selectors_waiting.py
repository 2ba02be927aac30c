"""Reading what waits for a person: own uploads, drafts, releases to check, to plan, and what is planned."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from indicators.models import Edit, Release, ReleaseEvent, Upload

State, Kind = Release.State, ReleaseEvent.Kind
MOST = 20  # of a kind; the pages of uploads and releases list all
FAILED_DAYS = 14  # afterwards nobody waits for a failed check any more
OPEN_UPLOADS = (
    Upload.State.RECEIVED,
    Upload.State.WAITING,
    Upload.State.CHECKING,
    Upload.State.CHECKED,
    Upload.State.ACCEPTING,
)


@dataclass(frozen=True)
class Waiting:
    """What waits for one person; a list is None where the person may not do that at all."""

    uploads: list[Upload] | None
    drafts: list[Release] | None
    to_approve: list[Release] | None
    with_others: list[Release] | None
    to_plan: list[Release] | None
    planned: list[Release] | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not any((self.uploads, self.drafts, self.to_approve, self.to_plan))


def waiting_for(user: Any) -> Waiting:
    """Everything that waits for `user`, by permission. At most 2 queries besides those for permissions."""
    open_releases = list(_open_releases()) if user.has_perm("indicators.view_release") else []
    in_review = [release for release in open_releases if release.status == State.IN_REVIEW]
    own = [release for release in in_review if settings.RELEASE_FOUR_EYES and editor_of(release) == user.pk]
    others = [release for release in in_review if release not in own]
    may_approve = user.has_perm("indicators.approve_release")
    return Waiting(
        uploads=_own_uploads(user) if user.has_perm("indicators.add_upload") else None,
        drafts=_in(open_releases, State.DRAFT) if user.has_perm("indicators.change_release") else None,
        to_approve=others if may_approve else None,
        with_others=own if may_approve else in_review,
        to_plan=_in(open_releases, State.APPROVED) if user.has_perm("indicators.schedule_release") else None,
        planned=_in(open_releases, State.SCHEDULED),
    )


def editor_of(release: Release) -> int | None:
    """Primary key of who worked on it last: the same answer as `last_editor`, from what was read with all others."""
    changes = [(release.edited, release.edited_by), (release.delivered, release.delivered_by)]
    dated = [change for change in changes if change[0] is not None]
    return max(dated, key=lambda change: change[0])[1] if dated else release.sent_by or release.created_by_id


def _in(releases: list[Release], state: str) -> list[Release]:
    return [release for release in releases if release.status == state][:MOST]


def _own_uploads(user: Any) -> list[Upload]:
    recently = timezone.now() - datetime.timedelta(days=FAILED_DAYS)
    failed = Q(state=Upload.State.FAILED, created_at__gte=recently)
    mine = Upload.objects.filter(Q(state__in=OPEN_UPLOADS) | failed, created_by=user)
    return list(mine.select_related("template").defer("mapping")[:MOST])


def _open_releases() -> QuerySet[Release]:
    """Unpublished releases with what `editor_of` needs."""
    of_release = {"release": OuterRef("pk")}
    edits = Edit.objects.filter(**of_release).order_by("-at")
    uploads = Upload.objects.filter(accepted_at__isnull=False, **of_release).order_by("-accepted_at")
    sent = ReleaseEvent.objects.filter(kind=Kind.SUBMITTED, **of_release).order_by("-at")
    return (
        Release.objects.filter(status__in=Release.UNPUBLISHED)
        .annotate(
            edited=Subquery(edits.values("at")[:1]),
            edited_by=Subquery(edits.values("user")[:1]),
            delivered=Subquery(uploads.values("accepted_at")[:1]),
            delivered_by=Subquery(uploads.values("accepted_by")[:1]),
            sent_by=Subquery(sent.values("user")[:1]),
        )
        .order_by("publish_at", "-created_at")
    )
