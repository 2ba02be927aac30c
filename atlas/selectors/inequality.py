"""Inequality inside the city for readers: one indicator over time, and all indicators in one table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from areas.models import AreaLevel
from atlas.asked import one_of
from atlas.charts.trend import TrendPoint
from atlas.links import inequality_path
from atlas.stand import Stand, stand_for
from atlas.stand_notice import StandNotice, notice_of_edition
from indicators.actions.inequality import KIND
from indicators.analyses import analyses_at
from indicators.models import Analysis, Indicator, SeriesBreak
from indicators.periods import period_label
from indicators.selectors import PeriodName


class NoInequality(Exception):
    """Nothing was computed for this indicator."""


@dataclass(frozen=True)
class InequalityOfPeriod:
    """All measures of one period; `content` as `indicators/actions/inequality.py` says."""

    period: PeriodName
    content: dict

    @property
    def difference(self) -> float:
        """P90 less P10, in the unit of the indicator."""
        return self.content["p90"] - self.content["p10"]


@dataclass(frozen=True)
class InequalityPage:
    """One indicator on one level; `broken` is the newest break in the series among the periods shown."""

    indicator: Indicator
    level: AreaLevel
    levels: Sequence[AreaLevel]
    periods: Sequence[InequalityOfPeriod]
    weight: Indicator | None
    broken: SeriesBreak | None
    release: str
    stand: Stand
    notice: StandNotice

    @property
    def latest(self) -> InequalityOfPeriod:
        """The newest period."""
        return self.periods[-1]

    @property
    def is_estimated(self) -> bool:
        """Whether any of it rests on estimates."""
        return any(one.content["estimated"] for one in self.periods)

    @property
    def comparable(self) -> Sequence[InequalityOfPeriod]:
        """The newest periods that no break in the series separates."""
        begin = self.broken.period.code if self.broken else ""
        return [one for one in self.periods if one.period.code >= begin]


def inequality_page(indicator: Indicator, query) -> InequalityPage:
    """What an address asks for (`ebene`, `stand`). 6 queries, 9 for an earlier state.

    Raises `AskedWrongly` for a level that there is not, `NoInequality` where nothing was computed.
    """
    stand, edition = stand_for(indicator, query.get("stand", ""))
    results = {a.level.slug: a for a in analyses_at(KIND, stand.moment).filter(indicator=indicator)}
    if not results:
        raise NoInequality
    levels = sorted((a.level for a in results.values()), key=lambda level: level.rank)
    usual = next((level for level in levels if level.is_reporting), levels[0])
    slug = one_of(query, "ebene", [level.slug for level in levels], default=usual.slug)
    found = results[slug]
    periods = [
        InequalityOfPeriod(PeriodName(code, period_label(code, indicator.reference)), content)
        for code, content in sorted(found.content["periods"].items())
    ]
    gaps = indicator.breaks.select_related("period").order_by("-period__code")
    return InequalityPage(
        indicator=indicator,
        level=found.level,
        levels=levels,
        periods=periods,
        weight=indicator.weight,
        broken=next((g for g in gaps if periods[0].period.code < g.period.code <= periods[-1].period.code), None),
        release=found.release.label,
        stand=stand,
        notice=notice_of_edition(
            stand, edition, newest=inequality_path(indicator.slug, level=slug), area__level__slug=slug
        ),
    )


@dataclass(frozen=True)
class InequalityEntry:
    """One indicator in the overview: its newest period, and the line of Gini's coefficient."""

    indicator: Indicator
    latest: InequalityOfPeriod
    line: Sequence[TrendPoint]
    url: str


@dataclass(frozen=True)
class InequalityOverview:
    """All indicators on one level, the most unequal first."""

    level: AreaLevel | None = None
    levels: Sequence[AreaLevel] = field(default_factory=list)
    entries: Sequence[InequalityEntry] = field(default_factory=list)


def inequality_overview(query, stand: Stand) -> InequalityOverview:
    """The overview that an address asks for (`ebene`). 3 queries. Raises `AskedWrongly` for an unknown level."""
    levels = list(AreaLevel.objects.filter(pk__in=Analysis.objects.filter(kind=KIND).values("level")).order_by("rank"))
    if not levels:
        return InequalityOverview()
    usual = next((level for level in levels if level.is_reporting), levels[0])
    slug = one_of(query, "ebene", [level.slug for level in levels], default=usual.slug)
    found = analyses_at(KIND, stand.moment).filter(level__slug=slug).prefetch_related("indicator__breaks__period")
    entries = [_entry(row, slug, stand) for row in found]
    entries.sort(key=lambda e: (-(e.latest.content["gini"] or 0), e.indicator.slug))
    return InequalityOverview(next(level for level in levels if level.slug == slug), levels, entries)


def _entry(row: Analysis, level: str, stand: Stand) -> InequalityEntry:
    indicator, periods = row.indicator, sorted(row.content["periods"].items())
    gaps = [gap.period.code for gap in indicator.breaks.all()]
    known = [(code, content["gini"]) for code, content in periods if content["gini"] is not None]
    line = [
        TrendPoint(float(code[:4]), gini, comparable=not any(before < gap <= code for gap in gaps))
        for before, (code, gini) in zip(["", *(code for code, _gini in known)], known, strict=False)
        if code[:4].isdecimal()
    ]
    code, content = periods[-1]
    latest = InequalityOfPeriod(PeriodName(code, period_label(code, indicator.reference)), content)
    return InequalityEntry(indicator, latest, line, inequality_path(indicator.slug, level=level, stand=stand.asked))
