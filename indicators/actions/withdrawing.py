"""Withdrawing what should never have been public, and beginning a correction."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from areas.actions import hide_files, retire_files
from areas.naming import fold
from indicators.dependencies import computed_from, dependents
from indicators.models import Indicator, IndicatorEdition, Release, ReleaseEvent

from .editors import role_of
from .errors import WorkflowError
from .locking import nobody_else_shows, one_publication_at_a_time
from .publishing import make_edition_current, mark_superseded

LONGEST_TITLE = 160


@transaction.atomic
def create_draft(*, title: str, user, corrects: Release | None = None, notice: str = "") -> Release:
    """A new empty draft; with `corrects` the correction of a public release. Raises `WorkflowError` for odd titles."""
    title = " ".join(title.split())
    if not 3 <= len(title) <= LONGEST_TITLE:
        raise WorkflowError(_("Bitte einen Titel von 3 bis 160 Zeichen angeben."))
    if corrects is not None and corrects.published_at is None:
        raise WorkflowError(_("Berichtigt wird nur, was veröffentlicht ist."))
    kind = Release.Kind.CORRECTION if corrects else Release.Kind.REGULAR
    release = Release.objects.create(
        title=title, slug=_free_slug(title), kind=kind, corrects=corrects, notice=notice.strip(), created_by=user
    )
    ReleaseEvent.objects.create(release=release, kind=ReleaseEvent.Kind.CREATED, role=role_of(user), user=user)
    return release


@transaction.atomic
def withdraw_release(*, release: Release, user, reason: str) -> Release:
    """Take a public release back: its figures are no longer shown, those of before are.

    Raises `WorkflowError` without a reason, and when a later release was computed on top of it: then the way is a
    correction, because the later figures would still contain what is withdrawn.
    """
    one_publication_at_a_time()
    release = Release.objects.select_for_update().get(pk=release.pk)
    if not release.published_at or release.withdrawn_at:
        raise WorkflowError(_("Zurückziehen lässt sich nur, was veröffentlicht ist."))
    if not reason.strip():
        raise WorkflowError(_("Bitte einen Grund angeben; er wird öffentlich."))
    if later := _built_upon(release):
        told = {"later": later.title}
        raise WorkflowError(
            _("„%(later)s“ baut auf diesen Zahlen auf. Bitte veröffentlichen Sie stattdessen eine Berichtigung.") % told
        )
    nobody_else_shows()
    release.status, release.withdrawn_at = Release.State.WITHDRAWN, timezone.now()
    release.withdrawal_reason = reason.strip()
    release.save(update_fields=["status", "withdrawn_at", "withdrawal_reason"])
    for edition in release.editions.filter(current_for__isnull=False):
        _fall_back(edition)
    _hide_files(release)
    mark_superseded()
    ReleaseEvent.objects.create(
        release=release, kind=ReleaseEvent.Kind.WITHDRAWN, role=role_of(user), user=user, text=reason.strip()
    )
    return release


def _built_upon(release: Release) -> Release | None:
    """A later public release with figures of the same indicators, of those this one weighs, or results from them."""
    own = Indicator.objects.filter(editions__release=release)
    touched = own | Indicator.objects.filter(weight__in=own)
    touched = dependents(touched.values_list("pk", flat=True), computed_from())
    later = Release.objects.published().filter(published_at__gt=release.published_at)
    slugs = list(own.values_list("slug", flat=True))
    upon = Q(editions__indicator__in=touched) | Q(analyses__inputs__overlap=slugs)
    return later.filter(upon).order_by("published_at").first()


def _fall_back(edition: IndicatorEdition) -> None:
    before = (
        IndicatorEdition.objects.filter(indicator=edition.indicator, release__in=Release.objects.published())
        .order_by("-release__published_at")
        .first()
    )
    if before:
        make_edition_current(before)
    else:
        Indicator.objects.filter(pk=edition.indicator_id).update(current_edition=None)
        retire_files(pks=list(edition.files.values_list("pk", flat=True)))


def _hide_files(release: Release) -> None:
    """What is withdrawn is nowhere, also not at the addresses of its files, unless others have the same bytes."""
    files = IndicatorEdition.files.through.objects
    own = files.filter(indicatoredition__release=release).values_list("publishedfile", flat=True)
    others = files.filter(indicatoredition__release__in=Release.objects.published(), publishedfile__in=own)
    hide_files(pks=set(own) - set(others.values_list("publishedfile", flat=True)))


def _free_slug(title: str) -> str:
    base = slugify(fold(title))[:40].strip("-") or "entwurf"
    slug, number = base, 1
    while Release.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
