"""Who works on a release, and in which role."""

from django.conf import settings
from django.utils.translation import gettext as _

from indicators.models import Edit, Indicator, Release, ReleaseEvent, Upload


def role_of(user) -> str:
    """The role in which a person acts: the group, never the name; "" for the portal itself."""
    if user is None:
        return ""
    group = user.groups.order_by("name").values_list("name", flat=True).first()
    return group or (_("Systemverwaltung") if user.is_superuser else "")


def last_editor(release: Release) -> int | None:
    """Primary key of the person who changed values of a release last; else who gave it to review, else who made it.

    None when nobody is known, for example because names were purged.
    """
    edits = Edit.objects.filter(release=release).order_by("-at").values_list("at", "user")[:1]
    uploads = Upload.objects.filter(release=release, accepted_at__isnull=False)
    accepted = uploads.order_by("-accepted_at").values_list("accepted_at", "accepted_by")[:1]
    if changes := [*edits, *accepted]:
        return max(changes, key=lambda change: change[0])[1]
    sent = (
        release.events.filter(kind=ReleaseEvent.Kind.SUBMITTED).order_by("-at").values_list("user", flat=True).first()
    )
    return sent or release.created_by_id


def note_edit(*, release: Release, indicator: Indicator, user) -> Edit:
    """Write down that somebody changed one value outside of the grid."""
    return Edit.objects.create(release=release, indicator=indicator, user=user, role=role_of(user), cells=1)


def may_not_approve(release: Release) -> set[int]:
    """Primary keys of those who cannot approve: the last editor, with RELEASE_FOUR_EYES_STRICT everybody who edited."""
    if not settings.RELEASE_FOUR_EYES:
        return set()
    last = last_editor(release)
    own = {last} if last is not None else set()
    return own | editors(release) if settings.RELEASE_FOUR_EYES_STRICT else own


def editors(release: Release) -> set[int]:
    """Primary keys of everybody who changed values of a release or gave it to review."""
    found = set(Edit.objects.filter(release=release).values_list("user", flat=True))
    found |= set(Upload.objects.filter(release=release).values_list("accepted_by", flat=True))
    found |= set(release.events.filter(kind=ReleaseEvent.Kind.SUBMITTED).values_list("user", flat=True))
    return {pk for pk in found if pk is not None}
