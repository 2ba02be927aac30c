"""Looking ahead: addresses under which a release can be seen before it is public."""

import datetime
import hashlib
import secrets
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Opened:
    """A preview that may be seen: `for_account` says that an account opened it, `needs_login` that one has to."""

    release: Release
    needs_login: bool = False
    for_account: bool = False


def open_preview(*, secret: str, user) -> Opened | None:
    """The release behind a secret address; None for one that does not exist, is over, or is for others.

    `intern-<number>` is the address for staff with the right to see what is not public.
    """
    if secret.startswith("intern-"):
        return _internal(secret.removeprefix("intern-"), user)
    now = timezone.now()
    link = PreviewLink.objects.select_related("release").filter(token_digest=digest_of(secret)).first()
    if link is None or link.revoked_at or link.expires_at <= now or link.release.withdrawn_at:
        return None
    if link.needs_account and not user.is_authenticated:
        return Opened(link.release, needs_login=True)
    if link.needs_account and not link.users.filter(pk=user.pk).exists():
        return None
    stale = link.last_used_at is None or now - link.last_used_at > datetime.timedelta(minutes=1)
    if stale:
        PreviewLink.objects.filter(pk=link.pk).update(last_used_at=now)
    return Opened(link.release, for_account=link.needs_account)


def _internal(number: str, user) -> Opened | None:
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    release = Release.objects.filter(pk=int(number)).first()
    if release is None or not user.is_authenticated:
        return Opened(release, needs_login=True) if release else None
    return Opened(release, for_account=True) if user.has_perm("indicators.preview_release") else None
