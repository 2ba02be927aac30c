"""Everything the profile of one area shows, read in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.gis.db.models.functions import Area as SurfaceOf
from django.db.models import QuerySet
from django.utils import timezone

from areas.models import Area, AreaLevel, AreaPart
from areas.recutting import recut_since
from areas.selectors import PlacesOfKind, facilities_in
from atlas.links import area_path
from atlas.locators import CoarseDrawing, coarse_drawing
from atlas.profile_figures import profile_figures
from atlas.profile_index import IndexEntry, index_entries
from atlas.profile_plan import PlanEntry, plan_entries
from atlas.profile_rows import ProfileFigures, ProfileRow
from atlas.stand import Stand
from atlas.stand_notice import StandNotice, notice_of_area
from indicators.models import Release
from indicators.standing import notice_begins, recent_corrections_of_area

POPULATION = "einwohner"  # the indicator whose figures are the number of inhabitants
_OTHER_BOUNDARIES = ("parent__geometry", "parent__parent__geometry", "parent__parent__parent__geometry")


@dataclass(frozen=True)
class AreaGroup:
    """Areas of one level, in the order of their codes."""

    level: AreaLevel
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class AreaProfile:
    """One area with everything around it. `square_km` is the surface of the stored boundary, `drawing` the
    whole level on a coarse grid (None while no boundaries are published). `corrected` names the releases that
    lately corrected its figures, by indicator and code of the period; none for an earlier state, whose notice tells."""

    area: Area
    city: Area | None
    square_km: float
    above: tuple[Area, ...]
    wholes: tuple[Area, ...]
    parts: tuple[AreaGroup, ...]
    drawing: CoarseDrawing | None
    compared: AreaLevel
    reporting: AreaLevel
    figures: ProfileFigures
    plan: tuple[PlanEntry, ...]
    facilities: tuple[PlacesOfKind, ...]
    stand: Stand
    notice: StandNotice
    corrected: Mapping[tuple[int, str], Release]
    indices: Sequence[IndexEntry] = ()
    recut: date | None = None

    @property
    def is_city(self) -> bool:
        """Whether this is the whole city, which has no rank and nothing above it."""
        return self.area.level.rank == 0

    @property
    def neighbours(self) -> tuple[tuple[str, str], ...]:
        """Code and name of the areas of the same level that share a border, by name."""
        if self.drawing is None:
            return ()
        names = [(code, self.drawing.names[code]) for code in self.drawing.neighbours.get(self.area.code, [])]
        return tuple(sorted(names, key=lambda pair: pair[1].casefold()))

    @property
    def population(self) -> ProfileRow | None:
        """The row of inhabitants; None where the catalogue has no such indicator for this level."""
        return next((row for row in self.figures.rows if row.indicator.slug == POPULATION), None)

    @property
    def facility_count(self) -> int:
        """Places of all kinds inside the area."""
        return sum(len(kind.places) for kind in self.facilities)


def area_profile(level_slug: str, code: str, *, stand: Stand | None = None, on: date | None = None) -> AreaProfile:
    """The profile of the area in force today. At most 16 queries, whatever the number of indicators and parts.

    With a `stand` its figures are those of then (at most 7 queries more); the action plan is that of the day `on`.
    Raises `Area.DoesNotExist` for a level or code that does not exist.
    """
    area = _with_surroundings(Area.objects.in_force().at_level(level_slug)).get(code=code)
    city = _city(area)
    stand = stand or Stand()
    reporting = AreaLevel.objects.filter(is_reporting=True).first() or area.level
    compared = area.level if area.level.rank else reporting
    notice = notice_of_area(stand, newest=area_path(level_slug, code), area_id=area.pk)
    lately = notice_begins(timezone.localdate())
    return AreaProfile(
        area=area,
        city=city,
        square_km=area.surface.sq_m / 1e6,
        above=tuple(_above(area)),
        wholes=_wholes(area),
        parts=_parts(area),
        drawing=coarse_drawing(area.level.slug),
        compared=compared,
        reporting=reporting,
        figures=profile_figures(area, city=city, compared=compared, moment=stand.moment),
        plan=plan_entries(area, on),
        facilities=facilities_in(area),
        stand=stand,
        notice=notice,
        indices=index_entries(area, moment=stand.moment, stand=stand.asked),
        recut=recut_since(area.level.slug, on or timezone.localdate()).get(area.code),
        corrected={} if notice.sentence else recent_corrections_of_area(area.pk, lately),
    )


def _with_surroundings(areas: QuerySet) -> QuerySet:
    joined = areas.select_related(
        "level", "source", "parent__parent__parent__level", "parent__parent__level", "parent__level"
    )
    return joined.annotate(surface=SurfaceOf("geometry")).defer(*_OTHER_BOUNDARIES)


def _above(area: Area) -> list[Area]:
    """The areas that this one lies in, from the city down."""
    chain = []
    while (area := area.parent) is not None:
        chain.insert(0, area)
    return chain


def _city(area: Area) -> Area | None:
    if area.level.rank == 0:
        return area
    return Area.objects.in_force().filter(level__rank=0).select_related("level").defer("geometry").first()


def _wholes(area: Area) -> tuple[Area, ...]:
    """Every larger area that a smallest area belongs to, largest first; nothing for the other levels."""
    if not area.level.is_smallest:
        return ()
    links = AreaPart.objects.filter(part=area, whole__in=Area.objects.in_force())
    links = links.select_related("whole__level").defer("whole__geometry").order_by("whole__level__rank")
    return tuple(link.whole for link in links)


def _parts(area: Area) -> tuple[AreaGroup, ...]:
    """Direct children by level, and the smallest areas where they are no children."""
    children = Area.objects.in_force().filter(parent=area)
    smallest = Area.objects.in_force().filter(whole_links__whole=area)
    found = (children | smallest).distinct().select_related("level").defer("geometry").order_by("level__rank", "code")
    groups: dict[int, list[Area]] = {}
    for part in found:
        groups.setdefault(part.level_id, []).append(part)
    return tuple(AreaGroup(areas[0].level, tuple(areas)) for areas in groups.values())
