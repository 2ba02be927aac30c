"""Forgetting who did something, after the time that the operator allows; in which role it was done stays."""

import datetime
from dataclasses import dataclass, fields

from django.db import connection, transaction

from areas.acting import acting_role
from indicators.models import Edit, PreviewLink, Release, ReleaseEvent, Upload, UploadFinding, UploadTemplate


@dataclass(frozen=True)
class Forgotten:
    """How many names were forgotten, by where they stood."""

    histories: int = 0
    uploads: int = 0
    edits: int = 0
    steps: int = 0
    reasons: int = 0
    releases: int = 0
    templates: int = 0
    previews: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(getattr(self, field.name) for field in fields(self))


_CONTEXTS = """
    UPDATE pghistory_context SET metadata = metadata - 'user'
    WHERE created_at < %s AND metadata ? 'user'
"""


@transaction.atomic
def forget_editors(*, before: datetime.datetime, commit: bool) -> Forgotten:
    """Take the accounts out of everything that is older than `before`; without `commit` only count them."""
    _keep_roles(before)
    found = Forgotten(
        histories=_forget_contexts(before),
        uploads=Upload.objects.filter(created_at__lt=before, created_by__isnull=False).update(created_by=None)
        + Upload.objects.filter(accepted_at__lt=before, accepted_by__isnull=False).update(accepted_by=None),
        edits=Edit.objects.filter(at__lt=before, user__isnull=False).update(user=None),
        steps=ReleaseEvent.objects.filter(at__lt=before, user__isnull=False).update(user=None),
        reasons=UploadFinding.objects.filter(reasoned_at__lt=before, reasoned_by__isnull=False).update(
            reasoned_by=None
        ),
        releases=Release.objects.filter(created_at__lt=before, created_by__isnull=False).update(created_by=None),
        templates=UploadTemplate.objects.filter(created_at__lt=before, created_by__isnull=False).update(
            created_by=None
        ),
        previews=PreviewLink.objects.filter(created_at__lt=before, created_by__isnull=False).update(created_by=None),
    )
    transaction.set_rollback(not commit)
    return found


def _forget_contexts(before: datetime.datetime) -> int:
    """History tables cannot be changed, but they only point to the context in which a change was made."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTEXTS, [before])
        return cursor.rowcount


def _keep_roles(before: datetime.datetime) -> None:
    """Uploads and edits that do not say their role yet learn it from the account, before that is forgotten."""
    uploads = Upload.objects.filter(created_at__lt=before, role="").select_related("accepted_by", "created_by")
    for upload in uploads:
        if role := acting_role(upload.accepted_by or upload.created_by):
            Upload.objects.filter(pk=upload.pk).update(role=role)
    for edit in Edit.objects.filter(at__lt=before, role="", user__isnull=False).select_related("user"):
        Edit.objects.filter(pk=edit.pk).update(role=acting_role(edit.user))
