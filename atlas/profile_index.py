"""In which class of each social index an area is, for its profile."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from areas.models import Area
from atlas.links import index_path
from indicators.models import IndexResult
from indicators.periods import period_label
from indicators.standing import editions_at


@dataclass(frozen=True)
class IndexEntry:
    """One index: the class in words, or `reason`, why the area has none."""

    label: str
    class_label: str
    reason: str
    period: str
    url: str


def index_entries(area: Area, *, moment: datetime.datetime | None = None, stand: str = "") -> Sequence[IndexEntry]:
    """The newest result of every public index, in the order of the catalogue. 1 query, 2 for an earlier moment."""
    found = IndexResult.objects.filter(area=area)
    if moment is None:
        found = found.filter(edition__current_for__isnull=False)
    else:
        found = found.filter(edition__in=editions_at(moment).values())
    found = found.select_related("edition__indicator", "edition__index_edition", "period").defer(
        "contributions", "changes", "edition__breaks", "edition__index_edition__statistics"
    )
    newest = found.order_by("edition__indicator__order", "edition__indicator_id", "-period__start")
    rows = newest.distinct("edition__indicator__order", "edition__indicator_id")
    return [_entry(row, area, stand) for row in rows]


def _entry(row: IndexResult, area: Area, stand: str) -> IndexEntry:
    indicator, definition = row.edition.indicator, row.edition.index_edition.definition
    english = definition["class_names_en"] if get_language() == "en" else []
    names = english or definition["class_names"]
    return IndexEntry(
        label=indicator.label,
        class_label="" if row.number_class is None else names[row.number_class],
        reason=str(row.get_reason_display()) if row.reason else "",
        period=period_label(row.period.code, indicator.reference),
        url=index_path(indicator.slug, level=area.level.slug, period=row.period.code, stand=stand),
    )
