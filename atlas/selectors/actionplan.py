"""The action plan's areas: who belongs to it on a day, and how that came about."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.gis.db.models.functions import Transform
from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import ActionArea, Office
from actionplan.selectors.offices import placed_offices
from areas.geometry.drawing import Drawing
from areas.models import AreaLevel
from areas.selectors import WGS84
from atlas.charts.letters import letter, letter_marks
from atlas.charts.locator import GRID, coarse_path
from atlas.charts.thumbnail import thumbnail_svg
from atlas.drawings import level_drawing, placed_path
from atlas.links import plan_path

from .plan_offices import office_marks


@dataclass(frozen=True)
class Member:
    """One area or quarter in the plan; `letter` names it on the map."""

    letter: str
    name: str
    lies_in: str
    url: str


@dataclass(frozen=True)
class MemberGroup:
    """Members of one kind that joined together; `since` is a day, or a year where the day is not known."""

    is_quarters: bool
    since: str
    decision: str
    members: list[Member]


@dataclass
class Change:
    """What one decision changed: names that joined and left, by kind."""

    when: str
    decision: str = ""
    joined: list[str] = field(default_factory=list)
    joined_quarters: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PlanOnDay:
    """The plan on one day, drawn and in words, with the whole history of its areas."""

    on: datetime.date
    is_today: bool
    earliest: datetime.date | None
    start_is_vague: bool
    groups: list["MemberGroup"]
    area_count: int
    quarter_count: int
    changes: list[Change]
    offices: list[Office]
    map: str
    letters: Mapping[int, str] = field(default_factory=dict)
    """Letters on the map by the key of the membership: areas before quarters, the oldest first."""


def first_day() -> datetime.date | None:
    """The first day for which memberships are known; None when there are none. 1 query."""
    return ActionArea.objects.aggregate(first=Min("valid__startswith"))["first"]


def plan_on(on: datetime.date, *, earliest: datetime.date | None) -> PlanOnDay:
    """The plan on a day. 5 queries, one more when the boundaries are drawn for the first time."""
    everything = list(_memberships())
    holding = [m for m in everything if m.holds_on(on)]
    areas = [m for m in holding if m.kind == ActionArea.Kind.ACTION_AREA]
    quarters = [m for m in holding if m.kind == ActionArea.Kind.ACTION_QUARTER]
    placed = placed_offices(on=on)
    letters = {m.pk: letter(number) for number, m in enumerate(_oldest_first(areas) + _oldest_first(quarters))}
    vague = [m for m in holding if not m.start_is_exact and m.valid.lower.year == on.year]
    return PlanOnDay(
        on=on,
        is_today=on == timezone.localdate(),
        earliest=earliest,
        start_is_vague=bool(vague),
        groups=_groups(areas, letters) + _groups(quarters, letters),
        area_count=len(areas),
        quarter_count=len(quarters),
        changes=_changes(everything),
        offices=placed,
        map=_map(areas, quarters, placed, letters),
        letters=letters,
    )


def _memberships():
    found = ActionArea.objects.select_related("area__level", "area__parent__level").annotate(
        wgs84=Transform("geometry", WGS84)
    )
    return found.defer("geometry", "area__geometry", "area__parent__geometry").order_by("area__code", "valid")


def _oldest_first(memberships: Sequence[ActionArea]) -> list[ActionArea]:
    return sorted(memberships, key=lambda m: (m.valid.lower, m.decision))


def _groups(memberships: Sequence[ActionArea], letters: Mapping[int, str]) -> list[MemberGroup]:
    """Those who joined together, the oldest first."""
    found: dict[tuple, list[ActionArea]] = {}
    for m in _oldest_first(memberships):
        found.setdefault((m.valid.lower, m.decision), []).append(m)
    return [
        MemberGroup(
            is_quarters=together[0].kind == ActionArea.Kind.ACTION_QUARTER,
            since=_day(first, exact=together[0].start_is_exact),
            decision=decision,
            members=[_member(m, letters[m.pk]) for m in together],
        )
        for (first, decision), together in found.items()
    ]


def _member(membership: ActionArea, on_map: str) -> Member:
    area = membership.area
    is_quarter = membership.kind == ActionArea.Kind.ACTION_QUARTER
    around = area if is_quarter else area.parent
    return Member(
        letter=on_map,
        name=membership.name,
        lies_in=f"{around.level.label} {around.name}" if around else "",
        url=plan_path("gebiete", area.code),
    )


def _day(day: datetime.date, *, exact: bool) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if exact else str(day.year)


def _changes(memberships: Sequence[ActionArea]) -> list[Change]:
    """Newest first."""
    changes: dict[datetime.date, Change] = {}
    for m in memberships:
        change = changes.setdefault(m.valid.lower, Change(_day(m.valid.lower, exact=m.start_is_exact), m.decision))
        is_quarter = m.kind == ActionArea.Kind.ACTION_QUARTER
        (change.joined_quarters if is_quarter else change.joined).append(_with_area(m) if is_quarter else m.name)
        if m.valid.upper:
            end = changes.setdefault(m.valid.upper, Change(_day(m.valid.upper, exact=True), m.end_decision))
            end.left.append(m.name)
    return [changes[day] for day in sorted(changes, reverse=True)]


def _with_area(quarter: ActionArea) -> str:
    return _("%(quarter)s in %(area)s") % {"quarter": quarter.name, "area": quarter.area.name}


def _map(
    areas: Sequence[ActionArea],
    quarters: Sequence[ActionArea],
    offices: Sequence[Office],
    letters: Mapping[int, str],
) -> str:
    """The reporting level with action areas filled and outlined, their letters, and offices.

    "" without published boundaries.
    """
    level = AreaLevel.objects.filter(is_reporting=True).first()
    drawing = level_drawing(level.slug) if level else None
    if drawing is None:
        return ""
    members = {m.area.code for m in areas}
    paths = {code: coarse_path(path) for code, path in drawing.paths.items()}
    classes = {code: "is-plan" if code in members else "is-plain" for code in paths}
    placed = (coarse_path(placed_path(q.wgs84, drawing)) for q in quarters if q.wgs84 is not None)
    shapes = "".join(f'<path class="is-quarter" d="{path}"/>' for path in placed)
    borders = drawing.mesh({code: code for code in members}) + drawing.outline(members)
    lines = f'<path class="thumbnail__lines" transform="scale({1 / GRID:.4f})" d="{borders}"/>' if members else ""
    marks = letter_marks(_spots(areas, quarters, drawing, letters)) + office_marks(offices, drawing)
    text = _(
        "Karte der Stadt: %(areas)d Aktionsräume und %(quarters)d Aktionsquartiere; ihre Namen stehen in der Liste."
    )
    text %= {"areas": len(areas), "quarters": len(quarters)}
    return thumbnail_svg(
        paths,
        size=(drawing.width / GRID, drawing.height / GRID),
        classes=classes,
        text=text,
        on_top=lines + shapes + marks,
    )


def _spots(areas, quarters, drawing: Drawing, letters: Mapping[int, str]) -> Iterator[tuple[float, float, str]]:
    """Where the letters stand, in units of the coarse drawing; above a quarter, which is small."""
    for m in areas:
        place = drawing.labels.get(m.area.code)
        if place:
            yield place.x / GRID, place.y / GRID, letters[m.pk]
    for m in quarters:
        if m.wgs84 is not None:
            inside = m.wgs84.point_on_surface
            x, y = drawing.place(inside.x, inside.y)
            yield x / GRID, y / GRID - 13, letters[m.pk]
