"""The catalogue for readers: what each indicator means, and for which areas and years there are values."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.models import AreaLevel
from atlas.map_legend import range_texts
from atlas.map_state import METHODS
from atlas.selectors.thumbnails import usual_limits, usual_method
from indicators.models import Dimension, Figure, Indicator, IndicatorEdition
from indicators.periods import period_label
from indicators.selectors import catalogue
from indicators.statistics.classes import ClassLimits
from indicators.statuses import SECRET, Status

_METHOD_LABELS = {method.value: label for method, label in METHODS.values()}
PERIODS_NAMED = 3  # as many periods are named one by one; more are summed up


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue."""

    indicator: Indicator
    periods: str
    levels: str


@dataclass(frozen=True)
class Group:
    """Entries that stand under one theme."""

    dimension: Dimension
    entries: list[Entry]

    @property
    def is_target_group(self) -> bool:
        """Whether the theme is a group of people instead of a dimension of the social situation."""
        return self.dimension.kind == Dimension.Kind.TARGET_GROUP


@dataclass(frozen=True)
class Known:
    """For how many of the areas of a level and period there is a value, and for how many one that is not told."""

    values: int
    areas: int
    secret: int = 0

    @property
    def text(self) -> str:
        """In words: "39", "15 von 39", "8 von 39, 2 geheim" or nothing."""
        if self.values == self.areas:
            return str(self.areas)
        parts = [_("%(values)s von %(areas)s") % {"values": self.values, "areas": self.areas}] if self.values else []
        if self.secret:
            parts.append(_("%s geheim") % self.secret)
        return ", ".join(parts)


@dataclass(frozen=True)
class Availability:
    """Which values of an indicator there are: per period a level of `levels` and how many (None: no cell)."""

    levels: list[AreaLevel]
    rows: list[tuple[str, list[tuple[AreaLevel, Known | None]]]]
    estimated: list[AreaLevel]
    partly_estimated: list[AreaLevel]
    has_secret: bool


@dataclass(frozen=True)
class UsualClasses:
    """The classes that the map of a level begins with: how their limits were found, and each in words."""

    level: AreaLevel
    method: str
    classes: list[str]


def usual_classes(edition: IndicatorEdition, levels: list[AreaLevel]) -> list[UsualClasses]:
    """For each level with more than one area and more than one class, in the words of the map's legend. No queries."""
    found = []
    for level in levels:
        if not level.rank or not edition.breaks.get(level.slug):
            continue
        method = usual_method(edition, level.slug)
        limits = ClassLimits(tuple(usual_limits(edition, level.slug, method)))
        if limits.limits:
            words = range_texts(limits, decimals=edition.indicator.decimals, signed=False)
            found.append(UsualClasses(level, str(_METHOD_LABELS[method]), words))
    return found


def catalogue_groups() -> list[Group]:
    """The whole catalogue by theme, groups of people last; also what has no figures or indicators. 5 queries."""
    periods, every = _periods_by_edition(), AreaLevel.objects.count()
    indicators = {group.dimension.pk: group.indicators for group in catalogue()}
    found = [
        Group(
            dimension,
            [
                Entry(i, periods_text(periods[i.current_edition_id]), levels_text(sorted_levels(i), every))
                for i in indicators.get(dimension.pk, [])
            ],
        )
        for dimension in Dimension.objects.all()
    ]
    return sorted(found, key=lambda group: group.is_target_group)


def _periods_by_edition() -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = defaultdict(list)
    links = IndicatorEdition.periods.through.objects.filter(indicatoredition__current_for__isnull=False)
    for edition, code in links.values_list("indicatoredition_id", "period__code").order_by("period__code"):
        found[edition].append(code)
    return found


def sorted_levels(indicator: Indicator) -> list[AreaLevel]:
    """Levels of an indicator from the city down (prefetched)."""
    return sorted(indicator.levels.all(), key=lambda level: level.rank)


def periods_text(codes: list[str]) -> str:
    """Periods in words: each by its code, or first, last and number."""
    if not codes:
        return ""
    if len(codes) <= PERIODS_NAMED:
        return ", ".join(codes)
    count = ngettext("%d Zeitpunkt", "%d Zeitpunkte", len(codes)) % len(codes)
    return _("%(first)s bis %(last)s (%(count)s)") % {"first": codes[0], "last": codes[-1], "count": count}


def levels_text(levels: list[AreaLevel], every: int) -> str:
    """Levels in words; `every` is the number of levels that there are."""
    return _("alle Ebenen") if len(levels) == every else ", ".join(level.label_plural for level in levels)


def availability(edition: IndicatorEdition) -> Availability:
    """Numbers of published values by period and level. 2 queries."""
    counted = (
        Figure.objects.filter(edition=edition)
        .values("period__code", "area__level")
        .annotate(
            areas=Count("pk"),
            known=Count("pk", filter=Q(value__isnull=False)),
            estimated=Count("pk", filter=Q(status=Status.ESTIMATED)),
            secret=Count("pk", filter=Q(status__in=SECRET)),
        )
        .order_by("period__code")
    )
    cells: dict[str, dict[int, Known]] = defaultdict(dict)
    known, estimated, secret = Counter(), Counter(), 0
    for row in counted:
        cells[row["period__code"]][row["area__level"]] = Known(row["known"], row["areas"], row["secret"])
        known[row["area__level"]] += row["known"]
        estimated[row["area__level"]] += row["estimated"]
        secret += row["secret"]
    used = {level for by_level in cells.values() for level in by_level}
    levels = [level for level in AreaLevel.objects.order_by("rank") if level.pk in used]
    reference = edition.indicator.reference
    rows = [
        (period_label(code, reference), [(level, by_level.get(level.pk)) for level in levels])
        for code, by_level in cells.items()
    ]
    wholly = [level for level in levels if 0 < known[level.pk] == estimated[level.pk]]
    partly = [level for level in levels if 0 < estimated[level.pk] < known[level.pk]]
    return Availability(levels, rows[::-1], wholly, partly, secret > 0)
