"""Reading stored results: what is public at a moment, and which figures a release will be seen with."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from indicators.models import Analysis, Figure, Indicator, Release

from .standing import current_editions


def analysis_at(kind: str, key: str, moment: datetime.datetime | None = None) -> Analysis | None:
    """The stored result that is public at a moment, the newest for None; None where there is none. 1 query.

    None also where a later release shows other figures of one of its inputs without storing the result anew: a result
    never outlives the figures it was computed from.
    """
    return analyses_at(kind, moment).filter(key=key).first()


def analyses_at(kind: str, moment: datetime.datetime | None = None) -> QuerySet[Analysis]:
    """All public results of a kind at a moment, by key; filter further by indicator, level or period. 1 query."""
    found = Analysis.objects.filter(kind=kind).public_at(moment or timezone.now())
    found = found.select_related("release", "indicator", "level", "period")
    return found.order_by("key", "-release__published_at").distinct("key")


def editions_seen_with(release: Release) -> dict[int, int]:
    """Primary keys of the editions that readers see together with a release, by that of their indicator. 2 queries.

    Its own, and of all other indicators what is public today: for results over several indicators.
    """
    return current_editions() | dict(release.editions.values_list("indicator_id", "pk"))


def figures_seen_with(release: Release, indicators: Iterable[Indicator]) -> QuerySet[Figure]:
    """Published (rounded) figures of these indicators as readers see them together with a release; no areas' shapes."""
    editions = editions_seen_with(release)
    wanted = [editions[i.pk] for i in indicators if i.pk in editions]
    found = Figure.objects.filter(edition__in=wanted).select_related("edition__indicator", "area__level", "period")
    return found.defer("area__geometry", "edition__breaks", "classes").order_by("edition", "period", "area")


@dataclass(frozen=True, slots=True)
class Told:
    """One published figure as far as calculation needs it; a model of it would take ten times longer to read."""

    code: str
    value: Decimal | None
    status: str
    numerator: Decimal | None
    denominator: Decimal | None
    joint_with: str


Tables = dict[int, dict[str, dict[str, list[Told]]]]


def tables_of(figures: QuerySet[Figure], *, with_city: bool = False) -> Tables:
    """Figures of areas below the city (`with_city`: and its own) as {indicator: {level slug: {period code: by area
    code}}}. 1 query."""
    place = ("edition__indicator", "area__level__slug", "period__code")
    told = ("area__code", "value", "status", "numerator", "denominator", "joint_with")
    rows = figures.select_related(None).defer(None)
    rows = rows if with_city else rows.filter(area__level__rank__gt=0)
    rows = rows.order_by("edition__indicator__slug", "area__level__rank", "period__code", "area__code")
    tables: Tables = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for indicator, level, period, *rest in rows.values_list(*place, *told).iterator(chunk_size=5000):
        tables[indicator][level][period].append(Told(*rest))
    return tables
