"""Publishing a release: what was prepared becomes public in one transaction, then it is frozen."""

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from areas.actions import make_all_current
from indicators.models import Indicator, IndicatorEdition, Release, ReleaseEvent

from .errors import PublishingError
from .exposing import exposed_text
from .locking import nobody_else_shows, one_publication_at_a_time
from .preparing import prepare_release


@transaction.atomic
def publish_release(*, release: Release) -> Release:
    """Make everything of `release` public and freeze it; all or nothing.

    Each indicator with values in the release gets its new edition over all its periods (values of earlier
    published releases included) as the current one; public figures that it replaces stay written down as corrections.
    Raises `PublishingError` for a release that is published already, has no values, whose figures are no
    longer those that were approved, or from whose figures something secret could be computed.
    """
    one_publication_at_a_time()
    release = prepare_release(release=release)
    if release.approved_digest and release.approved_digest != release.prepared_digest:
        raise PublishingError(
            f"„{release.title}“: Die Kennwerte sind nicht mehr die freigegebenen, weil sich seitdem Werte, Katalog "
            "oder Gebiete geändert haben. Bitte noch einmal prüfen und freigeben."
        )
    if release.exposed:
        raise PublishingError(exposed_text(release))
    nobody_else_shows()
    show_release(release)
    mark_superseded()
    return release


@transaction.atomic
def show_release(release: Release) -> None:
    """Point readers to what was prepared: the release is public, its editions and files are the current ones.

    A handful of statements, so that a preview can do the same for the time of one request.
    """
    release.status, release.published_at = Release.State.PUBLISHED, timezone.now()
    release.save(update_fields=["status", "published_at"])
    own = IndicatorEdition.objects.filter(release=release, indicator=OuterRef("pk")).values("pk")[:1]
    Indicator.objects.filter(editions__release=release).update(current_edition=Subquery(own))
    make_all_current(
        pks=IndicatorEdition.files.through.objects.filter(indicatoredition__release=release).values_list(
            "publishedfile", flat=True
        )
    )


def make_edition_current(edition: IndicatorEdition) -> None:
    """Show an edition to the public, with its files."""
    Indicator.objects.filter(pk=edition.indicator_id).update(current_edition=edition)
    make_all_current(pks=edition.files.values_list("pk", flat=True))


def mark_superseded() -> None:
    """Releases of which nothing is current any more are superseded, those of which something is current are not."""
    public = Release.objects.published()
    shown = Q(editions__current_for__isnull=False)
    current = set(public.filter(shown).values_list("pk", flat=True))
    gone = public.filter(status=Release.State.PUBLISHED).exclude(pk__in=current)
    for release in gone:
        ReleaseEvent.objects.create(release=release, kind=ReleaseEvent.Kind.SUPERSEDED)
    gone.update(status=Release.State.SUPERSEDED)
    public.filter(status=Release.State.SUPERSEDED, pk__in=current).update(status=Release.State.PUBLISHED)
