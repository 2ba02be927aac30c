"""What the pages of the social index show: the published indices, and one of them on one level in one period."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import get_language

from actionplan.models import ActionArea
from areas.models import Area, AreaLevel
from atlas.asked import one_of
from atlas.links import index_path
from atlas.stand import Stand, stand_for
from atlas.stand_notice import StandNotice, notice_of_edition
from indicators.index_definitions import components_from, rules_from
from indicators.models import CompositeIndex, IndexResult, Indicator, IndicatorEdition
from indicators.periods import period_label
from indicators.selectors import PeriodName
from indicators.statistics.composite import Component, Rules
from indicators.statuses import Status


class NoIndex(Exception):
    """There are no results of this index."""


@dataclass(frozen=True)
class ShownComponent:
    """One indicator of the index: `number` from 1, for colours and addresses."""

    number: int
    indicator: Indicator
    component: Component


@dataclass(frozen=True)
class IndexView:
    """One index on one level in one period, as it was published; `results` with scores, the highest first, and
    `left`, the areas without one."""

    indicator: Indicator
    edition: IndicatorEdition
    definition: Mapping
    components: Sequence[ShownComponent]
    rules: Rules
    level: AreaLevel
    levels: Sequence[AreaLevel]
    period: PeriodName
    periods: Sequence[PeriodName]
    statistics: Mapping
    results: Sequence[IndexResult]
    left: Sequence[IndexResult]
    statuses: Mapping[int, str]
    plan: frozenset[str]
    stand: Stand
    notice: StandNotice

    @property
    def is_dynamics(self) -> bool:
        """Whether it tells a change."""
        return self.definition["kind"] == CompositeIndex.Kind.DYNAMICS

    @property
    def class_labels(self) -> list[str]:
        """Names of the classes in the language of the request, the most favourable first."""
        english = self.definition["class_names_en"]
        return english if get_language() == "en" and english else self.definition["class_names"]

    @property
    def has_estimates(self) -> bool:
        """Whether a score comes from estimated numbers."""
        return Status.ESTIMATED in self.statuses.values()

    @property
    def earlier(self) -> str:
        """The period that a dynamics index starts from; "" for a status index."""
        return self.statistics["earlier"]

    @property
    def same(self) -> dict[str, str]:
        """What addresses of other pages about the same numbers repeat."""
        return {"level": self.level.slug, "period": self.period.code, "stand": self.stand.asked}


def published_indices() -> QuerySet[CompositeIndex]:
    """Indices of which there are public results. 1 query, 2 more for their indicators."""
    found = CompositeIndex.objects.filter(indicator__current_edition__index_edition__isnull=False)
    found = found.select_related("indicator__dimension", "status_index__indicator")
    return found.prefetch_related("components__indicator", "dynamics__indicator")


def index_named(slug: str) -> Indicator | None:
    """The indicator of an index that is or was public. 1 query."""
    found = Indicator.objects.for_lists().filter(slug=slug, editions__index_edition__isnull=False)
    return found.filter(editions__release__published_at__isnull=False).distinct().first()


def index_view(indicator: Indicator, query: Mapping[str, str]) -> IndexView:
    """The index that an address asks for (`ebene`, `zeit`, `stand`). 9 queries, more for an earlier state.

    Raises `AskedWrongly` for a level or period that there is not and `NoIndex` where nothing is published.
    """
    stand, edition = stand_for(indicator, query.get("stand", ""))
    kept = getattr(edition, "index_edition", None) if edition else None
    if kept is None or not kept.statistics:
        raise NoIndex
    levels = list(AreaLevel.objects.filter(slug__in=kept.statistics).order_by("rank"))
    usual = next((level for level in levels if level.is_reporting), levels[-1])
    slug = one_of(query, "ebene", [level.slug for level in levels], default=usual.slug)
    codes = sorted(kept.statistics[slug])
    period = one_of(query, "zeit", codes, default=codes[-1])
    level = next(level for level in levels if level.slug == slug)
    rows = edition.index_results.filter(area__level=level, period__code=period).select_related("area")
    rows = list(rows.defer("area__geometry").order_by("-score", "area__code"))
    newest = index_path(indicator.slug, level=slug, period=period)
    return IndexView(
        indicator=indicator,
        edition=edition,
        definition=kept.definition,
        components=shown_components(kept.definition),
        rules=rules_from(kept.definition),
        level=level,
        levels=levels,
        period=PeriodName(period, period_label(period, indicator.reference)),
        periods=[PeriodName(code, period_label(code, indicator.reference)) for code in codes],
        statistics=kept.statistics[slug][period],
        results=[row for row in rows if row.score is not None],
        left=sorted((row for row in rows if row.score is None), key=lambda row: row.area.code),
        statuses=dict(edition.figures.filter(area__level=level, period__code=period).values_list("area_id", "status")),
        plan=plan_of_level(level),
        stand=stand,
        notice=notice_of_edition(stand, edition, newest=newest, area__level__slug=slug, period__code=period),
    )


def shown_components(definition: Mapping) -> list[ShownComponent]:
    """The indicators of a kept definition with their names of today. 1 query."""
    components = components_from(dict(definition))
    found = {i.slug: i for i in Indicator.objects.for_lists().filter(slug__in=[c.key for c in components])}
    return [ShownComponent(n, found[c.key], c) for n, c in enumerate(components, start=1)]


def plan_of_level(level: AreaLevel, on: datetime.date | None = None) -> frozenset[str]:
    """Codes of the level's areas that are action areas on a day (default: today), or lie inside one. 2 queries."""
    members = ActionArea.objects.in_force(on).filter(kind=ActionArea.Kind.ACTION_AREA)
    codes = set(members.filter(area__level=level).values_list("area__code", flat=True))
    inside = Area.objects.in_force(on).filter(level=level, parent__in=members.values("area"))
    return frozenset(codes | set(inside.values_list("code", flat=True)))


def contributions_of(result: IndexResult) -> list[Decimal]:
    """What each indicator adds to the score, as kept."""
    return [Decimal(part["part"]) for part in result.contributions]


def comparable_of(result: IndexResult) -> tuple[Decimal, ...]:
    """The values of the indicators made comparable, as kept."""
    return tuple(Decimal(part["z"]) for part in result.contributions)
