"""The list of neighbourhoods: all areas of a level, by Stadtbezirk, with what one wants to know first."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from actionplan.models import ActionArea
from areas.models import Area, AreaLevel
from atlas.map_state import DEFAULT_INDICATOR
from atlas.profile import POPULATION
from indicators.models import Figure, Indicator
from indicators.periods import period_label


@dataclass(frozen=True)
class ListedArea:
    """One line of the list; figures are None where nothing is published."""

    area: Area
    parts: int
    inhabitants: Figure | None
    leading: Figure | None
    plan: ActionArea | None


@dataclass(frozen=True)
class ListedGroup:
    """Areas inside one larger area (None: inside the city)."""

    whole: Area | None
    areas: tuple[ListedArea, ...]


@dataclass(frozen=True)
class AreaList:
    """All areas of `level`; `levels` are those one can choose, the figures are those of the newest period."""

    level: AreaLevel
    levels: tuple[AreaLevel, ...]
    smallest: AreaLevel
    groups: tuple[ListedGroup, ...]
    population: Indicator | None
    leading: Indicator | None
    population_period: str
    leading_period: str
    city: Area | None

    @property
    def count(self) -> int:
        """Number of areas."""
        return sum(len(group.areas) for group in self.groups)

    @property
    def plan_codes(self) -> frozenset[str]:
        """Codes of the listed areas that belong to the action plan today."""
        return frozenset(row.area.code for group in self.groups for row in group.areas if row.plan)


def area_list(level_slug: str = "") -> AreaList | None:
    """The list for a level (default: the reporting level); None while there are no areas. 6 queries.

    An unknown level gives the default.
    """
    everything = list(AreaLevel.objects.order_by("rank"))
    levels = tuple(level for level in everything if level.rank > 0)
    usual = next((level for level in levels if level.is_reporting), levels[0] if levels else None)
    if usual is None:
        return None
    level = next((level for level in levels if level.slug == level_slug), usual)
    areas = _areas(level)
    indicators = {i.slug: i for i in Indicator.objects.published().filter(slug__in=[POPULATION, DEFAULT_INDICATOR])}
    figures = {slug: _latest(indicator, level) for slug, indicator in indicators.items()}
    plan = {m.area_id: m for m in ActionArea.objects.in_force().filter(area__level=level).order_by("-kind")}
    rows = [_row(area, figures, plan) for area in areas]
    return AreaList(
        level=level,
        levels=levels,
        smallest=everything[-1],
        groups=_grouped(rows),
        population=indicators.get(POPULATION),
        leading=indicators.get(DEFAULT_INDICATOR),
        population_period=_period(figures.get(POPULATION), indicators.get(POPULATION)),
        leading_period=_period(figures.get(DEFAULT_INDICATOR), indicators.get(DEFAULT_INDICATOR)),
        city=Area.objects.in_force().filter(level__rank=0).select_related("level").defer("geometry").first(),
    )


def _areas(level: AreaLevel):
    found = Area.objects.in_force().filter(level=level).annotate(parts=Count("part_links", distinct=True))
    above = ["parent", "parent__parent", "parent__parent__parent"]
    joined = found.select_related("level", *(f"{path}__level" for path in above)).order_by("code")
    return joined.defer("geometry", *(f"{path}__geometry" for path in above))


def _latest(indicator: Indicator, level: AreaLevel) -> dict[int, Figure]:
    """Figures of the newest period of an indicator on a level, by area."""
    found = Figure.objects.filter(edition=indicator.current_edition_id, area__level=level).select_related("period")
    newest: dict[str, dict[int, Figure]] = defaultdict(dict)
    for figure in found.defer("classes"):
        newest[figure.period.code][figure.area_id] = figure
    return newest[max(newest)] if newest else {}


def _row(area: Area, figures: dict[str, dict[int, Figure]], plan: dict[int, ActionArea]) -> ListedArea:
    inhabitants = figures.get(POPULATION, {}).get(area.pk)
    return ListedArea(area, area.parts, inhabitants, figures.get(DEFAULT_INDICATOR, {}).get(area.pk), plan.get(area.pk))


def _grouped(rows: list[ListedArea]) -> tuple[ListedGroup, ...]:
    """By the largest area below the city that a row lies in; areas directly below the city stand together."""
    groups: dict[int | None, list[ListedArea]] = defaultdict(list)
    wholes: dict[int | None, Area | None] = {}
    for row in rows:
        whole = row.area.parent
        while whole is not None and whole.parent is not None and whole.parent.level.rank > 0:
            whole = whole.parent
        if whole is not None and whole.level.rank == 0:
            whole = None
        key = whole.pk if whole else None
        wholes[key] = whole
        groups[key].append(row)
    ordered = sorted(groups, key=lambda key: wholes[key].code if wholes[key] else "")
    return tuple(ListedGroup(wholes[key], tuple(groups[key])) for key in ordered)


def _period(figures: dict[int, Figure] | None, indicator: Indicator | None) -> str:
    first = next(iter(figures.values()), None) if figures else None
    return period_label(first.period.code, indicator.reference) if first else ""
