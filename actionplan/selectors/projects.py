"""One project with everything that is recorded about it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from actionplan.budget import Money, split_exactly, sum_known
from actionplan.models import (
    Allocation,
    AllocationShare,
    FieldName,
    Idea,
    MoneyEntry,
    Project,
    ProjectField,
    ProjectFile,
    ProjectPlace,
    ProjectResult,
    ProjectState,
)
from actionplan.querysets import named_on

from .sums import SUMS, money_from, with_sums

STEPS = ("planned", "approved", "revised", "committed", "spent")


@dataclass(frozen=True)
class PlacePart:
    """What one place of a project gets of an allocation."""

    place: ProjectPlace
    money: Decimal


@dataclass(frozen=True)
class AllocationLine:
    """Money of a project from one fund, with its split and its steps."""

    allocation: Allocation
    money: Money
    parts: tuple[PlacePart, ...]
    entries: tuple[MoneyEntry, ...]

    @property
    def amounts(self) -> dict[str, Decimal | None]:
        """Sums in euros by step; None where no such step is recorded, because that is not zero."""
        return {step: getattr(self.allocation, f"sum_{step}") for step in STEPS}


@dataclass(frozen=True)
class Beginning:
    """The idea of a citizen with which a project began; its title as readers see it."""

    pk: int
    title: str


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
    idea: Beginning | None = None

    @property
    def pictures(self) -> list[ProjectFile]:
        """Files that are shown."""
        return [file for file in self.files if file.is_picture]

    @property
    def documents(self) -> list[ProjectFile]:
        """Files that are offered."""
        return [file for file in self.files if not file.is_picture]

    @property
    def amounts(self) -> dict[str, Decimal | None]:
        """What all funds together come to, in euros by step; None where no such step is recorded."""
        return {step: sum_known(line.amounts[step] for line in self.lines) for step in STEPS}

    @property
    def state(self) -> ProjectState | None:
        """The newest known state."""
        return self.states[-1] if self.states else None


def field_names(on: datetime.date) -> list[FieldName]:
    """What each field of action is called on a day, in their order. 1 query."""
    return list(named_on(FieldName.objects, on).select_related("field").order_by("field__order"))


def project_detail(slug: str, *, on: datetime.date) -> ProjectDetail:
    """One project with money until and including a day. 8 queries. Raises `Project.DoesNotExist`."""
    project = Project.objects.select_related("source").annotate(begun_as=_public_idea()).get(slug=slug)
    places = project.places.select_related("area__level", "action_area__area__level").defer(
        "area__geometry", "action_area__geometry", "action_area__area__geometry"
    )
    by_key = {place.pk: place for place in places}
    states = project.states.filter(day__lte=on).select_related("paper")
    lines = tuple(_line(allocation, by_key) for allocation in _allocations(project, on))
    return ProjectDetail(
        project=project,
        places=tuple(by_key.values()),
        fields=tuple((name, name.is_assumed) for name in _field_names(project, on)),
        states=tuple(states),
        lines=lines,
        money=sum((line.money for line in lines), Money()),
        results=tuple(project.results.select_related("source").order_by("what", "ends", "pk")),
        files=tuple(project.files.defer("body").order_by("pk")),
        idea=Beginning(**project.begun_as) if project.begun_as else None,
    )


def _public_idea() -> Subquery:
    """Key and title of the published idea that became the project; None without one."""
    became = Idea.objects.filter(project=OuterRef("pk"), state=Idea.State.PROJECT).order_by("pk")
    return Subquery(became.values(said=JSONObject(pk=F("pk"), title=F("public_title")))[:1])


def _field_names(project: Project, on: datetime.date) -> QuerySet[FieldName]:
    """Names of its fields of action on a day, with `is_assumed`."""
    link = ProjectField.objects.filter(project=project, field=OuterRef("field")).values("is_assumed")
    named = named_on(FieldName.objects.annotate(is_assumed=Subquery(link)), on).filter(is_assumed__isnull=False)
    return named.select_related("field").order_by("field__order")


def _allocations(project: Project, on: datetime.date) -> QuerySet[Allocation]:
    """With the sums of their journal, its rows, and `split`: the weights of their places by key, as text."""
    shares = AllocationShare.objects.filter(allocation=OuterRef("pk")).order_by("place")
    split = ArraySubquery(shares.values(said=JSONObject(place=F("place"), weight=Cast("weight", CharField()))))
    entries = MoneyEntry.objects.filter(day__lte=on).select_related("paper", "source")
    summed = with_sums(project.allocations.select_related("fund__funder"), on)
    found = summed.annotate(split=split).prefetch_related(Prefetch("entries", entries))
    return found.order_by("fund__year", "fund__name", "pk")


def _line(allocation: Allocation, places: Mapping[int, ProjectPlace]) -> AllocationLine:
    money = money_from([getattr(allocation, name) for name in SUMS])
    weights = {
        places[share["place"]]: Decimal(share["weight"]) for share in allocation.split if share["place"] in places
    }
    parts = split_exactly(money.granted, weights) if weights and money.granted else {}
    return AllocationLine(
        allocation, money, tuple(PlacePart(*part) for part in parts.items()), tuple(allocation.entries.all())
    )
