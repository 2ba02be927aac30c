"""One project with everything that is recorded about it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from actionplan.budget import Money, money_of, split_exactly
from actionplan.models import (
    Allocation,
    AllocationShare,
    FieldName,
    MoneyEntry,
    Project,
    ProjectFile,
    ProjectPlace,
    ProjectResult,
    ProjectState,
)
from actionplan.querysets import named_on


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
    results: tuple[ProjectResult, ...] = ()
    files: tuple[ProjectFile, ...] = ()

    @property
    def pictures(self) -> list[ProjectFile]:
        """Files that are shown."""
        return [file for file in self.files if file.is_picture]

    @property
    def documents(self) -> list[ProjectFile]:
        """Files that are offered."""
        return [file for file in self.files if not file.is_picture]

    @property
    def state(self) -> ProjectState | None:
        """The newest known state."""
        return self.states[-1] if self.states else None


def field_names(on: datetime.date) -> list[FieldName]:
    """What each field of action is called on a day, in their order. 1 query."""
    return list(named_on(FieldName.objects, on).select_related("field").order_by("field__order"))


def project_detail(slug: str, *, on: datetime.date) -> ProjectDetail:
    """One project with money until and including a day. 9 queries. Raises `Project.DoesNotExist`."""
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
        results=tuple(project.results.select_related("source").order_by("what", "ends", "pk")),
        files=tuple(project.files.defer("body").order_by("pk")),
    )


def _allocations(project: Project) -> QuerySet[Allocation]:
    entries = MoneyEntry.objects.select_related("paper", "source")
    shares = AllocationShare.objects.select_related("place__area", "place__action_area").order_by("place")
    shares = shares.defer("place__area__geometry", "place__action_area__geometry")
    return (
        project.allocations.select_related("fund__funder")
        .prefetch_related(Prefetch("entries", entries), Prefetch("shares", shares))
        .order_by("fund__year", "fund__name")
    )


def _line(allocation: Allocation, on: datetime.date) -> AllocationLine:
    entries = tuple(entry for entry in allocation.entries.all() if entry.day <= on)
    money = money_of(entries)
    shares: Sequence = allocation.shares.all()
    parts = split_exactly(money.granted, {s.place: s.weight for s in shares}) if shares and money.granted else {}
    return AllocationLine(allocation, money, tuple(PlacePart(*part) for part in parts.items()), entries)
