"""Looking ahead: addresses under which a release can be seen before it is public."""

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import PreviewLink, Release, ReleaseEvent

from .editors import role_of
from .errors import WorkflowError


@transaction.atomic
def share_preview(*, release: Release, user, days: int, note: str = "", needs_account: bool = False, users=()) -> str:
    """Make a preview address for some days; returns its secret, of which only a digest is kept.

    With `needs_account` it works only for the accounts in `users`, after they have logged in.
    """
    if release.published_at:
        raise WorkflowError(_("Diese Veröffentlichung ist schon öffentlich."))
    secret = secrets.token_urlsafe(24)
    link = PreviewLink.objects.create(
        release=release,
        token_digest=digest_of(secret),
        needs_account=needs_account,
        note=note.strip(),
        created_by=user,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    link.users.set(users)
    told = _("gültig bis %(until)s") % {"until": f"{timezone.localtime(link.expires_at):%d.%m.%Y, %H:%M}"}
    text = f"{link.note} ({told})" if link.note else told
    ReleaseEvent.objects.create(
        release=release, kind=ReleaseEvent.Kind.SHARED, user=user, role=role_of(user), text=text
    )
    return secret


def revoke_preview(*, link: PreviewLink) -> None:
    """End a preview now."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def digest_of(secret: str) -> str:
    """What is kept of a secret: the secret is long and random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
