"""Writing down which public figures a release replaces, with the old and the new number."""

from indicators.models import Correction, IndicatorEdition, Release
from indicators.querysets import FigureQuerySet


def keep_corrections(release: Release, editions: list[IndicatorEdition]) -> None:
    """One correction for every public figure that an edition replaces by another one for the same area and period."""
    Correction.objects.filter(release=release).delete()
    for edition in editions:
        _keep(release, edition)


def _keep(release: Release, edition: IndicatorEdition) -> None:
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
