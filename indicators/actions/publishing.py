"""Publishing a release: what was prepared becomes public in one transaction, then it is frozen."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from areas.actions import make_current
from indicators.models import Correction, Indicator, IndicatorEdition, Release, ReleaseEvent
from indicators.querysets import FigureQuerySet

from .errors import PublishingError
from .preparing import prepare_release


@transaction.atomic
def publish_release(*, release: Release) -> Release:
    """Make everything of `release` public and freeze it; all or nothing.

    Each indicator with values in the release gets its new edition over all its periods (values of earlier
    published releases included) as the current one; public figures that it replaces are kept as corrections.
    Raises `PublishingError` for a release that is published already, has no values, or whose figures are no
    longer those that were approved.
    """
    release = prepare_release(release=release)
    if release.approved_digest and release.approved_digest != release.prepared_digest:
        raise PublishingError(
            f"„{release.title}“: Die Kennwerte sind nicht mehr die freigegebenen, weil sich seitdem Werte, Katalog "
            "oder Gebiete geändert haben. Bitte noch einmal prüfen und freigeben."
        )
    editions = list(release.editions.select_related("indicator__current_edition"))
    for edition in editions:
        _keep_corrections(release, edition)
    release.status, release.published_at = Release.State.PUBLISHED, timezone.now()
    release.save(update_fields=["status", "published_at"])
    for edition in editions:
        make_edition_current(edition)
    mark_superseded()
    return release


def make_edition_current(edition: IndicatorEdition) -> None:
    """Show an edition to the public, with its files."""
    Indicator.objects.filter(pk=edition.indicator_id).update(current_edition=edition)
    for file in edition.files.defer("plain", "gzip"):
        make_current(file=file)


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


def _keep_corrections(release: Release, edition: IndicatorEdition) -> None:
    """Write down every public figure that this edition replaces by another one for the same area and period."""
    before = edition.indicator.current_edition
    if before is None or before.pk == edition.pk:
        return
    old, new = _told(before.figures.all()), _told(edition.figures.all())
    changed = [key for key in old if key in new and old[key] != new[key]]
    Correction.objects.bulk_create(
        [
            Correction(
                release=release,
                indicator=edition.indicator,
                area_id=area,
                period_id=period,
                old_value=old[area, period][0],
                old_status=old[area, period][1],
                new_value=new[area, period][0],
                new_status=new[area, period][1],
            )
            for area, period in changed
        ],
        batch_size=2000,
    )


def _told(figures: FigureQuerySet) -> dict[tuple[int, int], tuple]:
    rows = figures.values_list("area_id", "period_id", "value", "status")
    return {(area, period): (value, status) for area, period, value, status in rows}
