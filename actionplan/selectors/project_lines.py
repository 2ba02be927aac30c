"""Projects as lists of papers have them: with state, places, fields and money of a day."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from actionplan.budget import Money
from actionplan.models import Allocation, FieldName, Project, ProjectField, ProjectPlace, ProjectState
from areas.models import Area

from .changes import OVER
from .projects import field_names
from .sums import SUMS, money_from, with_sums


@dataclass(frozen=True)
class ProjectLine:
    """One project on a day. `state` is None where none is known by then; `has_money`: whether anything is booked."""

    project: Project
    state: ProjectState | None
    places: tuple[ProjectPlace, ...]
    areas: tuple[Area, ...]
    fields: tuple[FieldName, ...]
    money: Money
    has_money: bool

    def is_over(self, on: datetime.date) -> bool:
        """Whether the project has ended by a day, as far as that is known."""
        if self.state is not None and self.state.state in OVER:
            return True
        return self.state is None and self.project.ends is not None and self.project.ends < on


def project_lines(*, on: datetime.date, codes: Collection[str] | None = None, wide: bool = True) -> list[ProjectLine]:
    """Projects by title that are not known to begin after a day. 6 queries.

    `codes`: only those that work in one of these Sozialräume or in a quarter there; `wide` adds those for the whole
    city and those whose area is not known.
    """
    found = Project.objects.filter(Q(begins__isnull=True) | Q(begins__lte=on))
    if codes is not None:
        found = found.filter(_inside(codes) | Q(reach__in=["city", "unknown"]) if wide else _inside(codes))
    found = list(_with_facts(found.defer("words"), on))
    names = {name.field_id: name for name in field_names(on)}
    money = _money([project.pk for project in found], on)
    return [_line(project, names, money.get(project.pk)) for project in found]


def _inside(codes: Collection[str]) -> Q:
    here = Q(area__code__in=codes, area__level__is_reporting=True) | Q(action_area__area__code__in=codes)
    return Q(pk__in=ProjectPlace.objects.filter(here).values("project"))


def _with_facts(found: QuerySet[Project], on: datetime.date) -> QuerySet[Project]:
    places = ProjectPlace.objects.select_related("area__level", "action_area__area__level").order_by("pk")
    places = places.defer("area__geometry", "action_area__geometry", "action_area__area__geometry")
    states = ProjectState.objects.filter(day__lte=on).order_by("day", "pk")
    fields = ProjectField.objects.select_related("field").order_by("field__order", "pk")
    return found.prefetch_related(
        Prefetch("places", places), Prefetch("states", states, to_attr="known"), Prefetch("field_links", fields)
    ).order_by("title", "pk")


def _money(projects: list[int], on: datetime.date) -> dict[int, Money]:
    """By project, those with nothing booked left out. 1 query."""
    found: dict[int, Money] = {}
    rows = with_sums(Allocation.objects.filter(project__in=projects), on).order_by("pk")
    for project, *sums in rows.values_list("project", *SUMS):
        if any(one is not None for one in sums):
            found[project] = found.get(project, Money()) + money_from(sums)
    return found


def _line(project: Project, names: dict[int, FieldName], money: Money | None) -> ProjectLine:
    places = tuple(project.places.all())
    areas = {}
    for place in places:
        area = place.area or place.action_area.area
        areas.setdefault((area.level_id, area.code), area)
    return ProjectLine(
        project=project,
        state=project.known[-1] if project.known else None,
        places=places,
        areas=tuple(areas.values()),
        fields=tuple(names[link.field_id] for link in project.field_links.all() if link.field_id in names),
        money=money or Money(),
        has_money=money is not None,
    )
