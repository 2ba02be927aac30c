"""Projects: the list with its filters, and everything about one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from actionplan.budget import Money, money_of, split_exactly
from actionplan.models import (
    ActionArea,
    Allocation,
    FieldName,
    FieldOfAction,
    MoneyEntry,
    Project,
    ProjectField,
    ProjectPlace,
    ProjectState,
)
from actionplan.querysets import named_on
from areas.naming import fold

PER_PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What a list of projects is narrowed to; empty means everything.

    `place`: code of a Sozialraum, `stadt` for city-wide, `unbekannt` for projects without a known area.
    """

    words: str = ""
    place: str = ""
    field: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        """Whether the list is narrowed at all."""
        return any((self.words, self.place, self.field, self.state))


@dataclass(frozen=True)
class ProjectPage:
    """One page of the list and how many there are in all."""

    page: Page
    found: int
    total: int


@dataclass(frozen=True)
class PlacePart:
    """What one place of a project gets of an allocation."""

    place: ProjectPlace
    money: Decimal


@dataclass(frozen=True)
class AllocationLine:
    """Money of a project from one fund, with its split and its journal."""

    allocation: Allocation
    money: Money
    parts: tuple[PlacePart, ...]
    entries: tuple[MoneyEntry, ...]


@dataclass(frozen=True)
class ProjectDetail:
    """One project with everything that is recorded about it; `fields` are pairs of name and whether assumed."""

    project: Project
    places: tuple[ProjectPlace, ...]
    fields: tuple[tuple[FieldName, bool], ...]
    states: tuple[ProjectState, ...]
    lines: tuple[AllocationLine, ...]
    money: Money

    @property
    def state(self) -> ProjectState | None:
        """The newest known state."""
        return self.states[-1] if self.states else None


def project_page(filters: Filters, number: str = "1") -> ProjectPage:
    """One page of the list. 7 queries, whatever the number of projects."""
    found = _narrowed(filters).order_by("title", "pk")
    paginator = Paginator(found, PER_PAGE)
    return ProjectPage(paginator.get_page(number), paginator.count, Project.objects.count())


def _narrowed(filters: Filters) -> QuerySet[Project]:
    newest = ProjectState.objects.filter(project=OuterRef("pk")).order_by("-day", "-pk").values("state")[:1]
    found = Project.objects.annotate(state_now=Subquery(newest)).select_related("source")
    places = ProjectPlace.objects.select_related("area", "action_area__area").defer(
        "area__geometry", "action_area__geometry", "action_area__area__geometry"
    )
    links = ProjectField.objects.select_related("field")
    found = found.prefetch_related(Prefetch("places", places), Prefetch("field_links", links))
    for word in fold(filters.words).split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(description__icontains=word) | Q(carrier__icontains=word))
    if filters.place == "stadt":
        found = found.filter(reach=Project.Reach.CITY)
    elif filters.place == "unbekannt":
        found = found.filter(reach=Project.Reach.UNKNOWN)
    elif filters.place:
        inside = ProjectPlace.objects.filter(
            Q(area__code=filters.place, area__level__is_reporting=True) | Q(action_area__area__code=filters.place)
        )
        found = found.filter(pk__in=inside.values("project"))
    if filters.field:
        found = found.filter(field_links__field__slug=filters.field)
    if filters.state == "unbekannt":
        found = found.filter(state_now__isnull=True)
    elif filters.state:
        found = found.filter(state_now=filters.state)
    return found


def places_with_projects() -> list[tuple[str, str]]:
    """Code and name of every Sozialraum in which a project works, by name. 1 query."""
    rows = ProjectPlace.objects.values_list(
        "area__code", "area__name", "action_area__area__code", "action_area__area__name"
    )
    found = {(code or code_of_member, name or name_of_member) for code, name, code_of_member, name_of_member in rows}
    return sorted(found, key=lambda pair: fold(pair[1]))


def field_names(on: datetime.date) -> list[FieldName]:
    """What each field of action is called on a day, in their order. 1 query."""
    return list(named_on(FieldName.objects, on).select_related("field").order_by("field__order"))


def project_detail(slug: str, *, on: datetime.date) -> ProjectDetail:
    """One project with money until and including a day. 7 queries. Raises `Project.DoesNotExist`."""
    project = Project.objects.select_related("source").get(slug=slug)
    places = project.places.select_related("area__level", "action_area__area__level").defer(
        "area__geometry", "action_area__geometry", "action_area__area__geometry"
    )
    assumed = dict(project.field_links.values_list("field_id", "is_assumed"))
    names = named_on(FieldName.objects.filter(field__in=assumed), on).order_by("field__order")
    states = project.states.filter(day__lte=on).select_related("paper")
    lines = tuple(_line(allocation, on) for allocation in _allocations(project))
    return ProjectDetail(
        project=project,
        places=tuple(places),
        fields=tuple((name, assumed[name.field_id]) for name in names),
        states=tuple(states),
        lines=lines,
        money=sum((line.money for line in lines), Money()),
    )


def _allocations(project: Project) -> QuerySet[Allocation]:
    entries = MoneyEntry.objects.select_related("paper", "source")
    return (
        project.allocations.select_related("fund__funder")
        .prefetch_related(Prefetch("entries", entries), "shares__place__area", "shares__place__action_area")
        .order_by("fund__year", "fund__name")
    )


def _line(allocation: Allocation, on: datetime.date) -> AllocationLine:
    entries = tuple(entry for entry in allocation.entries.all() if entry.day <= on)
    money = money_of(entries)
    shares: Sequence = allocation.shares.all()
    parts = split_exactly(money.granted, {s.place: s.weight for s in shares}) if shares and money.granted else {}
    return AllocationLine(allocation, money, tuple(PlacePart(*part) for part in parts.items()), entries)


def members_of(detail: ProjectDetail) -> list[ActionArea]:
    """Quarters that the project names as its places."""
    return [place.action_area for place in detail.places if place.action_area is not None]


def all_fields() -> list[str]:
    """Slugs of all fields of action. 1 query."""
    return list(FieldOfAction.objects.values_list("slug", flat=True))
