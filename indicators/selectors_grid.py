"""Reading one indicator on one level for typing: areas by periods, draft over published. Known number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from areas.models import Area, AreaLevel
from indicators.intake.cells import CellRules, State, cell_text, fingerprint
from indicators.intake.gridchecks import Measure, Whole, limits_of
from indicators.models import Figure, Indicator, Period, Release, Value
from indicators.periods import period_label
from indicators.selectors import PeriodName

Key = tuple[str, str]  # codes of area and period
_TOLD = ("value", "status", "numerator", "denominator", "joint_with", "comment")


@dataclass(frozen=True)
class GridCell:
    """What is stored for one cell, and what the public sees where the value is computed from its parts."""

    draft: State | None = None
    published: State | None = None
    changed: str = ""  # who changed it in this draft (role) and when
    computed: str = ""

    @property
    def shown(self) -> State | None:
        """The draft's value, else the published one."""
        return self.draft or self.published

    @property
    def seen(self) -> str:
        """Fingerprint for recognising that somebody else has changed the cell."""
        return fingerprint(self.draft, self.published)


@dataclass(frozen=True)
class Grid:
    """Areas by periods; cells without anything are not in `cells`."""

    indicator: Indicator
    level: AreaLevel
    release: Release | None
    areas: dict[str, str]
    periods: list[PeriodName]
    cells: dict[Key, GridCell] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[tuple[str, str, list[tuple[str, GridCell, str]]]]:
        """For tables: code, name, and of each period code, cell and text."""
        empty = GridCell()
        found = []
        for code, name in self.areas.items():
            cells = [(p.code, self.cells.get((code, p.code), empty)) for p in self.periods]
            texts = [(of, cell, cell_text(cell.shown, self.indicator.decimals)) for of, cell in cells]
            found.append((code, name, texts))
        return found

    @property
    def states(self) -> dict[Key, State]:
        """What stands in each cell that is not empty."""
        return {key: cell.shown for key, cell in self.cells.items() if cell.shown}

    @property
    def reading(self) -> CellRules:
        """How typed cells are read."""
        return CellRules(self.indicator.unit, self.indicator.factor, frozenset(self.areas))

    @property
    def measure(self) -> Measure:
        """What the checks know about the indicator; limits of the catalogue go before those of its unit."""
        of = self.indicator
        lowest, highest = limits_of(of.name, of.unit, of.unit_long, is_count=of.is_count)
        return Measure(
            unit=of.unit,
            decimals=of.decimals,
            lowest=lowest if of.lowest is None else of.lowest,
            highest=highest if of.highest is None else of.highest,
            is_count=of.is_count,
            factor=of.factor,
        )


def state_of(value: Value) -> State:
    """Everything that a stored value says."""
    return State(*(getattr(value, name) for name in _TOLD))


def grid(indicator: Indicator, level: AreaLevel, release: Release | None, extra: Sequence[str] = (), *, names=False):
    """The grid of an indicator on a level in a draft; `extra` are codes of periods to offer beside those with values.

    `names` tells persons by name, else by role. 5 queries.
    """
    areas = dict(Area.objects.in_force().filter(level=level).order_by("code").values_list("code", "name"))
    published = published_states(indicator, level)
    drafts = _drafts(indicator, level, release)
    computed = _computed(indicator, level)
    keys = {key for key in {*published, *drafts, *computed} if key[0] in areas}
    cells = {
        key: GridCell(
            draft=state_of(drafts[key]) if key in drafts else None,
            published=published.get(key),
            changed=_told_change(drafts[key], names=names) if key in drafts else "",
            computed=computed.get(key, "") if key not in published else "",
        )
        for key in keys
    }
    codes = sorted({period for _area, period in cells} | set(extra))
    periods = [PeriodName(code, period_label(code, indicator.reference)) for code in codes]
    return Grid(indicator, level, release, areas, periods, cells)


def _at(indicator: Indicator, level: AreaLevel) -> QuerySet[Value]:
    values = Value.objects.filter(indicator=indicator, area__level=level)
    needed = ("area__code", "period__code", "edit__role", "edit__at", "edit__user__username", "upload__file_name")
    names = ("edit__user__first_name", "edit__user__last_name")
    related = values.select_related("area", "period", "edit__user", "upload")
    return related.only(*_TOLD, "source", "origin", *needed, *names)


def published_values(indicator: Indicator, level: AreaLevel) -> QuerySet[Value]:
    """Of each area and period the newest published value."""
    public = _at(indicator, level).filter(release__published_at__isnull=False, release__withdrawn_at__isnull=True)
    return public.order_by("area_id", "period_id", "-release__published_at").distinct("area_id", "period_id")


def published_states(indicator: Indicator, level: AreaLevel) -> dict[Key, State]:
    """The same as states. 1 query."""
    rows = published_values(indicator, level).values_list("area__code", "period__code", *_TOLD)
    return {row[:2]: State(*row[2:]) for row in rows}


def _drafts(indicator: Indicator, level: AreaLevel, release: Release | None) -> dict[Key, Value]:
    if release is None:
        return {}
    return {(v.area.code, v.period.code): v for v in _at(indicator, level).filter(release=release)}


def _computed(indicator: Indicator, level: AreaLevel) -> dict[Key, str]:
    """Public figures; they show what stands where nothing was delivered."""
    figures = Figure.objects.filter(edition=indicator.current_edition_id, area__level=level, value__isnull=False)
    rows = figures.values_list("area__code", "period__code", "value", "status")
    return {row[:2]: cell_text(State(*row[2:]), indicator.decimals) for row in rows}


def _told_change(value: Value, *, names: bool) -> str:
    if value.edit:
        person = value.edit.user if names else None
        who = (person.get_full_name() or person.get_username()) if person else value.edit.role
        told = {"who": who or _("Redaktion"), "at": f"{localtime(value.edit.at):%d.%m.%Y, %H:%M}"}
        return _("%(who)s, %(at)s Uhr") % told
    return _("Lieferung „%(name)s“") % {"name": value.upload.file_name} if value.upload else value.origin


def wholes(of: Grid) -> list[Whole]:
    """Larger areas with delivered values, each with its parts among the grid's areas. 2 queries, for counts only."""
    if not of.indicator.is_count:
        return []
    parts: dict[int, set[str]] = defaultdict(set)
    links = Area.objects.in_force().filter(level=of.level, parent__isnull=False).values_list("parent_id", "code")
    for parent, code in links:
        parts[parent].add(code)
    values: dict[int, dict] = defaultdict(dict)
    titles: dict[int, tuple] = {}
    columns = ("area_id", "area__name", "area__level__rank", "period__code", "value")
    for pk, name, rank, period, value in _visible(of).filter(area__level__rank__lt=of.level.rank).values_list(*columns):
        titles[pk] = (name, rank)
        values[pk].setdefault(period, value)
    found = []
    for pk, (name, rank) in titles.items():
        inside = frozenset(of.areas) if rank == 0 else frozenset(parts.get(pk, ()))
        if inside:
            found.append(Whole(name, inside, values[pk]))
    return found


def sums_of_parts(of: Grid) -> dict[Key, Decimal]:
    """For counts: what the parts of an area add up to, where all parts of one finer level have a value. 2 queries."""
    if not of.indicator.is_count:
        return {}
    areas = Area.objects.in_force().filter(level__rank__gt=of.level.rank).order_by("level__rank")
    inside: dict[tuple, set[int]] = defaultdict(set)
    for pk, level, parent in areas.values_list("pk", "level_id", "parent__code"):
        inside[level, next(iter(of.areas)) if of.level.rank == 0 else parent].add(pk)
    values: dict[str, dict[int, Decimal]] = defaultdict(dict)
    columns = ("period__code", "area_id", "value")
    for period, pk, value in _visible(of).filter(area__level__rank__gt=of.level.rank).values_list(*columns):
        values[period][pk] = value
    found: dict[Key, Decimal] = {}
    for (_level, code), parts in inside.items():
        for period, by_area in values.items():
            if code in of.areas and parts <= by_area.keys():
                found.setdefault((code, period), sum((by_area[pk] for pk in parts), Decimal(0)))
    return found


def _visible(of: Grid) -> QuerySet[Value]:
    """Numbers of the indicator as they are with the grid's draft."""
    shown = Value.objects.filter(release__published_at__isnull=False, release__withdrawn_at__isnull=True)
    if of.release:
        shown = Value.objects.visible_to(of.release)
    return shown.filter(indicator=of.indicator, value__isnull=False)


def open_drafts() -> QuerySet[Release]:
    """Releases whose values may be changed, newest first."""
    return Release.objects.filter(status=Release.State.DRAFT).order_by("-created_at")


def known_periods() -> list[str]:
    """Codes of all periods. 1 query."""
    return list(Period.objects.values_list("code", flat=True))
