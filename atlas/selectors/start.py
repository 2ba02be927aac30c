"""What the start page tells: a few figures as sentences, the plan in one sentence, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q
from django.utils import timezone

from actionplan.models import ActionArea
from areas.models import AreaLevel
from atlas.links import map_path, provenance_path
from atlas.selectors.summaries import is_estimated, summary
from atlas.selectors.thumbnails import Thumbnail, indicator_thumbnail
from indicators.models import Figure, Indicator, Period, Release
from indicators.periods import period_label

TOLD = 4  # indicators that are told about, each of another dimension
NEWS = 3


@dataclass(frozen=True)
class Told:
    """One indicator in two sentences."""

    indicator: Indicator
    text: str
    period: str
    is_estimated: bool
    url: str
    origin: str  # address that says where the city's number comes from; "" where there is none


@dataclass(frozen=True)
class StartPage:
    """Everything on the start page; `thumbnail` and `smallest` are None before a city is loaded."""

    levels: list[AreaLevel]
    told: list[Told]
    thumbnail: Thumbnail | None
    thumbnail_indicator: Indicator | None
    action_areas: int
    action_quarters: int
    releases: list[Release]


def start_page() -> StartPage:
    """10 queries, whatever the number of areas, indicators and values."""
    today = Q(areas__valid__contains=timezone.localdate())
    levels = list(AreaLevel.objects.annotate(area_count=Count("areas", filter=today)).order_by("rank"))
    reporting = next((level for level in levels if level.is_reporting), None)
    leading = _leading()
    kinds = list(ActionArea.objects.in_force().values_list("kind", flat=True))
    first = leading[0] if leading else None
    return StartPage(
        levels=levels,
        told=_told(leading, reporting) if reporting else [],
        thumbnail=indicator_thumbnail(first.current_edition, levels) if first else None,
        thumbnail_indicator=first,
        action_areas=kinds.count(ActionArea.Kind.ACTION_AREA),
        action_quarters=kinds.count(ActionArea.Kind.ACTION_QUARTER),
        releases=list(Release.objects.published()[:NEWS]),
    )


def _leading() -> list[Indicator]:
    """The indicators whose sentences tell most about a city, one of each dimension, in the catalogue's priority."""
    found = Indicator.objects.published().for_lists().filter(headline__priority__isnull=False)
    found = found.prefetch_related("current_edition__periods")
    chosen: dict[int, Indicator] = {}
    for indicator in sorted(found, key=lambda i: i.headline["priority"]):
        chosen.setdefault(indicator.dimension_id, indicator)
    return list(chosen.values())[:TOLD]


def _told(indicators: Sequence[Indicator], level: AreaLevel) -> list[Told]:
    newest = {i: max(i.current_edition.periods.all(), key=lambda p: (p.start, p.code)) for i in indicators}
    figures = _figures(newest, level)
    return [_one(i, newest[i], level, [f for f in figures if f.edition_id == i.current_edition_id]) for i in indicators]


def _figures(newest: dict[Indicator, Period], level: AreaLevel) -> list[Figure]:
    if not newest:
        return []
    wanted = reduce(or_, (Q(edition=i.current_edition_id, period=p) for i, p in newest.items()))
    around = Q(area__level=level) | Q(area__level__rank=0)
    return list(Figure.objects.filter(wanted & around).select_related("area__level").defer("area__geometry"))


def _one(indicator: Indicator, period: Period, level: AreaLevel, figures: Sequence[Figure]) -> Told:
    city = next((f for f in figures if f.area.level.rank == 0), None)
    areas = [f for f in figures if f is not city]
    return Told(
        indicator=indicator,
        text=summary(indicator, level, areas, city),
        period=period_label(period.code, indicator.reference),
        is_estimated=is_estimated(figures),
        url=map_path(indicator.slug, level=level.slug, period=period.code),
        origin=provenance_path(indicator.slug, city.area.level.slug, city.area.code, period.code) if city else "",
    )
