"""What was public at an earlier moment, and what has been corrected since.

What was withdrawn later counts as if it had never been: its figures are not shown again.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from indicators.models import Correction, Figure, Indicator, IndicatorEdition, Release

NOTICE_DAYS = 90  # days for which a page tells that one of its figures was corrected


@dataclass(frozen=True)
class Corrected:
    """A figure that was corrected after it had been shown: what stood there, and what stands there today."""

    correction: Correction
    today: Decimal | None
    today_status: str

    @property
    def release(self) -> Release:
        """The release that corrected it."""
        return self.correction.release


def editions_until(moment: datetime.datetime) -> QuerySet[IndicatorEdition]:
    """Editions published until a moment and not withdrawn, newest first."""
    public = IndicatorEdition.objects.filter(release__published_at__lte=moment, release__withdrawn_at__isnull=True)
    return public.select_related("release").order_by("-release__published_at", "-pk")


def edition_at(indicator: Indicator, moment: datetime.datetime | None) -> IndicatorEdition | None:
    """The public edition of an indicator at a moment, the newest for None; None where there was none. 1 query."""
    if moment is None:
        return indicator.editions.select_related("release").filter(pk=indicator.current_edition_id).first()
    found = editions_until(moment).filter(indicator=indicator).first()
    if found is not None:
        found.indicator = indicator
    return found


def editions_at(moment: datetime.datetime) -> dict[int, int]:
    """Primary keys of the public editions at a moment, by that of their indicator. 1 query."""
    newest = editions_until(moment).order_by("indicator_id", "-release__published_at", "-pk").distinct("indicator_id")
    return dict(newest.values_list("indicator_id", "pk"))


def current_editions() -> dict[int, int]:
    """The same for the newest state. 1 query."""
    return dict(Indicator.objects.published().order_by().values_list("pk", "current_edition_id"))


def withdrawn_at(moment: datetime.datetime, indicator: Indicator | None = None) -> Release | None:
    """The newest release that was public at a moment (with figures of an indicator) and is withdrawn today. 1 query."""
    found = Release.objects.filter(published_at__lte=moment, withdrawn_at__gt=moment)
    if indicator is not None:
        found = found.filter(editions__indicator=indicator)
    return found.order_by("-published_at").first()


def corrected_since(moment: datetime.datetime, **which) -> list[Corrected]:
    """Figures corrected after a moment and not withdrawn since; `which` are filters of `Correction`. 2 queries.

    Each figure once, with its newest correction; one that is today what it was at first is left out.
    """
    rows = Correction.objects.filter(
        release__published_at__gt=moment, release__withdrawn_at__isnull=True, **which
    ).select_related("release", "indicator", "area__level", "period")
    rows = rows.defer("area__geometry").order_by("release__published_at", "area__level__rank", "area__code")
    newest: dict[tuple, Correction] = {}
    first: dict[tuple, Correction] = {}
    for row in rows:
        key = (row.indicator_id, row.area_id, row.period_id)
        first.setdefault(key, row)
        newest[key] = row
    today = _figures_today(newest.values()) if newest else {}
    found = []
    for key, row in newest.items():
        row.old_value, row.old_status = first[key].old_value, first[key].old_status
        value, status = today.get(key, (row.new_value, row.new_status))
        if (value, status) != (row.old_value, row.old_status):
            found.append(Corrected(row, value, status))
    return found


def _figures_today(corrections: Iterable[Correction]) -> dict[tuple, tuple]:
    corrections = list(corrections)
    found = Figure.objects.current().filter(
        edition__indicator__in={c.indicator_id for c in corrections},
        area__in={c.area_id for c in corrections},
        period__in={c.period_id for c in corrections},
    )
    columns = ("edition__indicator_id", "area_id", "period_id", "value", "status")
    return {row[:3]: row[3:] for row in found.values_list(*columns)}


def notice_begins(today: datetime.date, days: int = NOTICE_DAYS) -> datetime.date:
    """The first day whose corrections are still told on `today`."""
    return today - datetime.timedelta(days=days)


def recent_correction(indicator: Indicator, begin: datetime.date) -> Release | None:
    """The newest release that corrected figures of an indicator since a day. 1 query."""
    changed = Correction.objects.filter(indicator=indicator).values("release")
    found = Release.objects.published().filter(pk__in=changed, published_at__date__gte=begin)
    return found.order_by("-published_at").first()


def recent_corrections_of_area(area_id: int, begin: datetime.date) -> dict[tuple[int, str], Release]:
    """By indicator and code of the period: the newest release that corrected the area's figure since a day. 1 query."""
    rows = Correction.objects.filter(
        area=area_id, release__published_at__date__gte=begin, release__withdrawn_at__isnull=True
    )
    rows = rows.select_related("release", "period").order_by("release__published_at")
    return {(row.indicator_id, row.period.code): row.release for row in rows}
