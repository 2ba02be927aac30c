"""A Sozialraum in the action plan: since when and by which decision, what is done there, with which money."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q

from actionplan.budget import NOTHING, money_of, split_exactly
from actionplan.models import ActionArea, Allocation, AllocationShare, Fund, Project, ProjectPlace, ProjectState
from areas.models import Area


@dataclass(frozen=True)
class ProjectHere:
    """A project that works in the area; `place` names the quarter where it is not the whole area."""

    project: Project
    place: ProjectPlace
    state: ProjectState | None


@dataclass(frozen=True)
class YearHere:
    """Money of one year, in euros: funds of the area alone (None: amount not known) and its parts of projects.

    `granted` is approved and `spent` paid out, each the area's part of projects whose money is divided.
    """

    year: int
    funds: tuple[tuple[Fund, Decimal | None], ...]
    granted: Decimal
    spent: Decimal


@dataclass(frozen=True)
class AreaInPlan:
    """Everything the plan records about one Sozialraum up to a day; `memberships` oldest first."""

    area: Area
    memberships: tuple[ActionArea, ...]
    projects: tuple[ProjectHere, ...]
    years: tuple[YearHere, ...]
    has_undivided: bool

    def holding(self, on: datetime.date) -> list[ActionArea]:
        """Memberships that hold on a day."""
        return [m for m in self.memberships if m.holds_on(on)]


def area_in_plan(code: str, *, on: datetime.date) -> AreaInPlan:
    """The Sozialraum of a code. 9 queries. Raises `ActionArea.DoesNotExist` where none was ever in the plan."""
    found = ActionArea.objects.filter(area__code=code, valid__startswith__lte=on)
    found = found.select_related("area__level", "area__parent__level", "paper", "end_paper", "source")
    memberships = tuple(found.defer("geometry", "area__geometry", "area__parent__geometry").order_by("valid", "kind"))
    if not memberships:
        raise ActionArea.DoesNotExist(code)
    places = _places(memberships[0].area)
    shares = _shares(places)
    divided = {share.allocation.project_id for share in shares}
    with_money = set(Allocation.objects.filter(project__places__in=places).values_list("project", flat=True))
    return AreaInPlan(
        area=memberships[0].area,
        memberships=memberships,
        projects=_projects(places, on),
        years=_years(memberships, shares, {place.pk for place in places}, on),
        has_undivided=bool(with_money - divided),
    )


def _places(area: Area) -> list[ProjectPlace]:
    found = ProjectPlace.objects.filter(Q(area__code=area.code, area__level=area.level) | Q(action_area__area=area))
    found = found.select_related("project", "area", "action_area").defer("area__geometry", "action_area__geometry")
    return list(found.order_by("project__title", "pk"))


def _projects(places: Sequence[ProjectPlace], on: datetime.date) -> tuple[ProjectHere, ...]:
    states = ProjectState.objects.filter(project__places__in=places, day__lte=on).order_by("day", "pk")
    newest = {state.project_id: state for state in states}
    once = {place.project_id: place for place in reversed(places)}
    return tuple(
        ProjectHere(place.project, place, newest.get(place.project_id))
        for place in sorted(once.values(), key=lambda place: (place.project.title, place.pk))
    )


def _shares(places: Sequence[ProjectPlace]) -> list[AllocationShare]:
    every = AllocationShare.objects.order_by("pk")
    found = AllocationShare.objects.filter(place__in=places).select_related("allocation__fund")
    return list(found.prefetch_related("allocation__entries", Prefetch("allocation__shares", every)))


def _years(
    memberships: Sequence[ActionArea], shares: Sequence[AllocationShare], here: set[int], on: datetime.date
) -> tuple[YearHere, ...]:
    funds: dict[int, list] = defaultdict(list)
    for fund in Fund.objects.filter(action_area__in=memberships).prefetch_related("changes").order_by("year", "name"):
        amount = sum((change.amount for change in fund.changes.all() if change.day <= on), NOTHING)
        funds[fund.year].append((fund, amount if fund.volume_is_known else None))
    granted: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    spent: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    for allocation in {share.allocation_id: share.allocation for share in shares}.values():
        weights = {share.place_id: share.weight for share in allocation.shares.all()}
        money = money_of(allocation.entries.all(), on)
        for sums, amount in ((granted, money.granted), (spent, money.spent)):
            parts = split_exactly(amount, weights)
            sums[allocation.fund.year] += sum((part for place, part in parts.items() if place in here), NOTHING)
    years = sorted(funds.keys() | granted.keys(), reverse=True)
    return tuple(YearHere(year, tuple(funds[year]), granted[year], spent[year]) for year in years)
