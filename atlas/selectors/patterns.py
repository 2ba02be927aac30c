"""Spatial patterns for readers: one indicator on the map, and all indicators in one table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.fields.json import KeyTransform

from actionplan.models import ActionArea
from areas.models import AreaLevel
from atlas.asked import one_of
from atlas.drawings import level_drawing
from atlas.links import area_path, pattern_path
from atlas.stand import Stand, stand_for
from atlas.stand_notice import StandNotice, notice_of_edition
from indicators.actions.spatial_patterns import KIND
from indicators.analyses import analyses_at
from indicators.models import Analysis, Figure, Indicator
from indicators.periods import period_label
from indicators.selectors import PeriodName
from indicators.statistics.spatial import GROUPS, NONE


class NoPattern(Exception):
    """Nothing was computed for this indicator."""


@dataclass(frozen=True)
class PatternRow:
    """One area: its figure, its group, and what was computed (None: it took no part)."""

    figure: Figure
    group: str
    local: dict | None
    url: str

    @property
    def name(self) -> str:
        """Name of the area."""
        return self.figure.area.name

    @property
    def is_sure(self) -> bool:
        """Whether the group is more than a hint."""
        return bool(self.local and self.local["sure"])


@dataclass(frozen=True)
class PatternPage:
    """What one page shows; `rows` by group and value, `without` are areas that took no part."""

    indicator: Indicator
    level: AreaLevel
    levels: Sequence[AreaLevel]
    period: PeriodName
    periods: Sequence[PeriodName]
    content: dict
    rows: Sequence[PatternRow]
    without: Sequence[PatternRow]
    plan: frozenset[str]
    release: str
    stand: Stand
    notice: StandNotice

    @property
    def drawing(self):
        """The published boundaries; None without any. 1 query."""
        return level_drawing(self.level.slug)

    def in_group(self, group: str, *, sure: bool) -> list[PatternRow]:
        """Rows of one group, those that are sure or those that are hints."""
        return [row for row in self.rows if row.group == group and row.is_sure == sure]


def pattern_page(indicator: Indicator, query) -> PatternPage:
    """The pattern that an address asks for (`ebene`, `zeit`, `stand`). 8 queries, 11 for an earlier state.

    Raises `AskedWrongly` for a level or period that there is not, `NoPattern` where nothing was computed.
    """
    stand, edition = stand_for(indicator, query.get("stand", ""))
    results = analyses_at(KIND, stand.moment).filter(indicator=indicator)
    known = list(results.values_list("level__slug", "period__code"))
    if not known:
        raise NoPattern
    levels = list(AreaLevel.objects.filter(slug__in={level for level, _period in known}).order_by("rank"))
    usual = next((level for level in levels if level.is_reporting), levels[0])
    slug = one_of(query, "ebene", [level.slug for level in levels], default=usual.slug)
    codes = sorted(period for level, period in known if level == slug)
    code = one_of(query, "zeit", codes, default=codes[-1])
    content = results.get(level__slug=slug, period__code=code).content
    rows = _rows(edition, slug, code, content)
    newest = pattern_path(indicator.slug, level=slug, period=code)
    which = {"area__level__slug": slug, "period__code": code}
    periods = [PeriodName(each, period_label(each, indicator.reference)) for each in codes]
    return PatternPage(
        indicator=indicator,
        level=next(level for level in levels if level.slug == slug),
        levels=levels,
        period=next(period for period in periods if period.code == code),
        periods=periods,
        content=content,
        rows=[row for row in rows if row.local],
        without=[row for row in rows if not row.local],
        plan=frozenset(
            ActionArea.objects.in_force().filter(area__level__slug=slug).values_list("area__code", flat=True)
        ),
        release=edition.release.label,
        stand=stand,
        notice=notice_of_edition(stand, edition, newest=newest, **which),
    )


def _rows(edition, level: str, period: str, content: dict) -> list[PatternRow]:
    figures = edition.figures.at_level(level).for_period(period).select_related("area").defer("area__geometry")
    rows = []
    for figure in figures:
        local = content["areas"].get(figure.area.code)
        group = local["group"] if local else NONE
        rows.append(PatternRow(figure, group, local, area_path(level, figure.area.code)))
    order = [*GROUPS, NONE]
    lowest_first = {"low", "low_among_high"}

    def key(row: PatternRow) -> tuple:
        value = row.figure.value or 0
        return order.index(row.group), value if row.group in lowest_first else -value, row.figure.area.code

    return sorted(rows, key=key)


@dataclass(frozen=True)
class PatternEntry:
    """One indicator in the overview: Moran's I of its newest period on a level."""

    indicator: Indicator
    period: PeriodName
    i: float | None
    p: float | None
    counts: dict[str, int]
    url: str


@dataclass(frozen=True)
class PatternOverview:
    """All indicators on one level, strongest pattern first."""

    level: AreaLevel | None
    levels: Sequence[AreaLevel]
    entries: Sequence[PatternEntry]


def pattern_overview(query, stand: Stand) -> PatternOverview:
    """The overview that an address asks for (`ebene`). 3 queries. Raises `AskedWrongly` for an unknown level."""
    results = analyses_at(KIND, stand.moment)
    ranked = AreaLevel.objects.filter(pk__in=Analysis.objects.filter(kind=KIND).values("level")).order_by("rank")
    levels = list(ranked)
    if not levels:
        return PatternOverview(None, [], [])
    usual = next((level for level in levels if level.is_reporting), levels[0])
    slug = one_of(query, "ebene", [level.slug for level in levels], default=usual.slug)
    found = results.filter(level__slug=slug).defer("content", "release").select_related(None)
    found = found.select_related("indicator", "period", "level")
    found = found.annotate(**{f"told_{name}": KeyTransform(name, "content") for name in ("i", "p", "counts")})
    newest = {row.indicator_id: row for row in sorted(found, key=lambda row: row.period.code)}
    entries = [_entry(row, slug, stand) for row in newest.values()]
    entries.sort(key=lambda e: (-(e.i if e.i is not None else -9), e.indicator.slug))
    return PatternOverview(next(level for level in levels if level.slug == slug), levels, entries)


def _entry(row: Analysis, level: str, stand: Stand) -> PatternEntry:
    indicator, code = row.indicator, row.period.code
    return PatternEntry(
        indicator=indicator,
        period=PeriodName(code, period_label(code, indicator.reference)),
        i=row.told_i,
        p=row.told_p,
        counts=row.told_counts,
        url=pattern_path(indicator.slug, level=level, period=code, stand=stand.asked),
    )
