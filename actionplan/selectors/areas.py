"""A Sozialraum in the action plan: since when and by which decision, what is done there, with which money."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Window

from actionplan.budget import sum_known
from actionplan.models import (
    ActionArea,
    Allocation,
    AllocationShare,
    Fund,
    Funder,
    Project,
    ProjectPlace,
    ProjectState,
)
from areas.models import Area

from .funds import with_standing
from .sums import AreaPart, parts_of_area

MOST_SHOWN = 50  # projects told on the page of an area; the list of projects has them all


@dataclass(frozen=True)
class ProjectHere:
    """A project that works in the area; `place` names the quarter where it is not the whole area.

    `state` is the newest one in words, "" where none is known.
    """

    project: Project
    place: ProjectPlace
    state: str


@dataclass(frozen=True)
class SourceHere:
    """What falls to the area from one kind of funder in a year, in euros; None where nothing of the kind is recorded.

    `granted` is approved by now, `spent` paid out.
    """

    label: str
    planned: Decimal | None
    granted: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class YearHere:
    """Money of one year, in euros: funds of the area alone (None: amount not known) and its parts of projects.

    `sources` are the area's part of projects whose money is divided, by kind of funder; without any, nothing is known.
    """

    year: int
    funds: tuple[tuple[Fund, Decimal | None], ...]
    sources: tuple[SourceHere, ...]

    @property
    def granted(self) -> Decimal | None:
        """Approved by now from all sources; None where nothing is recorded."""
        return sum_known(source.granted for source in self.sources)

    @property
    def spent(self) -> Decimal | None:
        """Paid out from all sources; None where nothing is recorded."""
        return sum_known(source.spent for source in self.sources)


@dataclass(frozen=True)
class AreaInPlan:
    """Everything the plan records about one Sozialraum up to a day; `memberships` oldest first.

    `projects` are the first MOST_SHOWN by title, of `project_count`.
    """

    area: Area
    memberships: tuple[ActionArea, ...]
    projects: tuple[ProjectHere, ...]
    project_count: int
    years: tuple[YearHere, ...]
    has_undivided: bool

    def holding(self, on: datetime.date) -> list[ActionArea]:
        """Memberships that hold on a day."""
        return [m for m in self.memberships if m.holds_on(on)]


def area_in_plan(code: str, *, on: datetime.date) -> AreaInPlan:
    """The Sozialraum of a code. 5 queries, whatever the number of projects.

    Raises `ActionArea.DoesNotExist` where none was ever in the plan.
    """
    found = ActionArea.objects.filter(area__code=code, valid__startswith__lte=on).annotate(has_undivided=_undivided())
    found = found.select_related("area__level", "area__parent__level", "paper", "end_paper", "source")
    memberships = tuple(found.defer("geometry", "area__geometry", "area__parent__geometry").order_by("valid", "kind"))
    if not memberships:
        raise ActionArea.DoesNotExist(code)
    area = memberships[0].area
    places = ProjectPlace.objects.filter(Q(area__code=area.code, area__level=area.level) | Q(action_area__area=area))
    shown = _projects(places, on)
    return AreaInPlan(
        area=area,
        memberships=memberships,
        projects=shown,
        project_count=shown[0].project.count if shown else 0,
        years=_years(memberships, on),
        has_undivided=any(membership.has_undivided for membership in memberships),
    )


def _projects(places: QuerySet[ProjectPlace], on: datetime.date) -> tuple[ProjectHere, ...]:
    """The first ones by title. 2 queries."""
    newest = ProjectState.objects.filter(project=OuterRef("pk"), day__lte=on).order_by("-day", "-pk").values("state")
    projects = Project.objects.filter(pk__in=places.values("project")).annotate(state_now=Subquery(newest[:1]))
    here = places.select_related("area", "action_area").defer("area__geometry", "action_area__geometry")
    projects = projects.annotate(count=Window(Count("pk"))).prefetch_related(
        Prefetch("places", here.order_by("pk"), to_attr="here")
    )
    words = dict(ProjectState.State.choices)
    return tuple(
        ProjectHere(project, project.here[0], words.get(project.state_now, ""))
        for project in projects.order_by("title", "pk")[:MOST_SHOWN]
    )


def _undivided() -> Exists:
    """Whether a project that works in the membership's area has money that is not divided among places."""
    divided = AllocationShare.objects.filter(allocation=OuterRef("pk"))
    place = "project__places"
    here = Q(**{f"{place}__area__code": OuterRef("area__code"), f"{place}__area__level": OuterRef("area__level")})
    here |= Q(**{f"{place}__action_area__area": OuterRef("area")})
    return Exists(Allocation.objects.filter(~Exists(divided)).filter(here))


def _years(memberships: Sequence[ActionArea], on: datetime.date) -> tuple[YearHere, ...]:
    """2 queries."""
    own = with_standing(Fund.objects.filter(action_area__in=memberships), on)
    funds: dict[int, list] = defaultdict(list)
    for fund in own.order_by("year", "name"):
        funds[fund.year].append((fund, fund.volume_now if fund.volume_is_known and fund.is_decided else None))
    parts: dict[int, dict[str, list[AreaPart]]] = defaultdict(lambda: defaultdict(list))
    for part in parts_of_area(memberships[0].area, on):
        parts[part.year][part.source].append(part)
    years = sorted(funds.keys() | parts.keys(), reverse=True)
    return tuple(YearHere(year, tuple(funds[year]), _sources(parts[year])) for year in years)


def _sources(parts: Mapping[str, Sequence[AreaPart]]) -> tuple[SourceHere, ...]:
    """By kind of funder, in the order of the kinds."""
    return tuple(
        SourceHere(
            str(label),
            sum_known(part.planned for part in parts[kind]),
            sum_known(part.granted for part in parts[kind]),
            sum_known(part.spent for part in parts[kind]),
        )
        for kind, label in Funder.Kind.choices
        if kind in parts
    )
