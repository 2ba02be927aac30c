"""What the plan's first page tells besides the map: projects, newest papers, goals of the fields of action."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from actionplan.models import CouncilPaper, FieldGoal, FieldOfAction, Project


@dataclass(frozen=True)
class ProjectCounts:
    """How many projects are recorded: all, by reach, and those that are known to have begun by a day."""

    all: int
    in_places: int
    city: int
    unknown: int
    begun: int
    without_day: int


@dataclass(frozen=True)
class FieldAims:
    """One field of action: what it is called on a day, what it was called before, and what it wants to move."""

    field: FieldOfAction
    name: str
    earlier: tuple[str, ...]
    goals: tuple[FieldGoal, ...]

    @property
    def is_assumed(self) -> bool:
        """Whether the portal assigned one of the indicators."""
        return any(goal.is_assumed for goal in self.goals)


def project_counts(*, on: datetime.date) -> ProjectCounts:
    """Projects in the portal. 1 query."""
    reach = Project.Reach
    found = Project.objects.aggregate(
        all=Count("pk"),
        in_places=Count("pk", filter=Q(reach=reach.PLACES)),
        city=Count("pk", filter=Q(reach=reach.CITY)),
        unknown=Count("pk", filter=Q(reach=reach.UNKNOWN)),
        begun=Count("pk", filter=Q(begins__lte=on)),
        without_day=Count("pk", filter=Q(begins__isnull=True)),
    )
    return ProjectCounts(**found)


def newest_papers(count: int, *, on: datetime.date) -> list[CouncilPaper]:
    """The newest papers up to a day. 1 query."""
    return list(CouncilPaper.objects.filter(day__lte=on).order_by("-day", "-pk")[:count])


def field_aims(*, on: datetime.date) -> list[FieldAims]:
    """Fields of action with their indicators. 3 queries."""
    goals = FieldGoal.objects.select_related("indicator")
    found = FieldOfAction.objects.prefetch_related(Prefetch("goals", goals), "names")
    aims = []
    for field in found:
        names = [name for name in field.names.all() if name.valid.lower is None or name.valid.lower <= on]
        if names:
            labels = [name.label for name in names]
            aims.append(FieldAims(field, labels[-1], tuple(labels[:-1]), tuple(field.goals.all())))
    return aims
