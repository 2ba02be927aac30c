"""What changed in the plan between two days, read from its journals: memberships, projects, decisions, money.

A day counts here as the day on which something holds, not the one on which it was written down; the first day of the
span does not belong to it, the last one does.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from actionplan.budget import Money, money_of
from actionplan.models import (
    ActionArea,
    Adjustment,
    CarryOver,
    CouncilPaper,
    FundChange,
    MoneyEntry,
    ProgrammeVersion,
    Project,
    ProjectState,
)

OVER = (ProjectState.State.FINISHED, ProjectState.State.ENDED_EARLY)


@dataclass(frozen=True)
class StateChange:
    """A row of a project's journal of states, and the one before it (None: the first that is known)."""

    before: ProjectState | None
    now: ProjectState


@dataclass(frozen=True)
class ProjectDay:
    """A project and the day on which it began or ended; not exact where the project tells its time in words."""

    project: Project
    day: datetime.date
    is_exact: bool


@dataclass(frozen=True)
class ProjectMoney:
    """What was booked for a project in the span, by step; amounts may be negative."""

    project: Project
    money: Money


@dataclass(frozen=True)
class PlanChanges:
    """Everything that changed after `since` and up to `until`, each kind by day."""

    since: datetime.date
    until: datetime.date
    joined: tuple[ActionArea, ...]
    left: tuple[ActionArea, ...]
    begun: tuple[ProjectDay, ...]
    ended: tuple[ProjectDay, ...]
    states: tuple[StateChange, ...]
    papers: tuple[CouncilPaper, ...]
    adjustments: tuple[Adjustment, ...]
    programmes: tuple[ProgrammeVersion, ...]
    funds: tuple[FundChange, ...]
    carried: tuple[CarryOver, ...]
    booked: tuple[ProjectMoney, ...]

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return any(
            (
                *(self.joined, self.left, self.begun, self.ended, self.states, self.papers, self.adjustments),
                *(self.programmes, self.funds, self.carried, self.booked),
            )
        )


def newest_report(before: datetime.date) -> CouncilPaper | None:
    """The newest progress report on record before a day. 1 query."""
    found = CouncilPaper.objects.filter(kind=CouncilPaper.Kind.REPORT, day__lt=before)
    return found.order_by("-day", "-pk").first()


def plan_changes(since: datetime.date, until: datetime.date) -> PlanChanges:
    """What changed in the span. 11 queries, whatever the number of rows."""
    span = {"day__gt": since, "day__lte": until}
    journal = _journal()
    over = {states[0].project_id for states in journal.values() if any(s.state in OVER for s in states)}
    memberships = ActionArea.objects.select_related("area", "paper", "end_paper").defer("geometry", "area__geometry")
    programmes = ProgrammeVersion.objects.filter(published_on__gt=since, published_on__lte=until)
    return PlanChanges(
        since=since,
        until=until,
        joined=tuple(memberships.filter(_in("valid__startswith", since, until)).order_by("valid", "area__code", "pk")),
        left=tuple(memberships.filter(_in("valid__endswith", since, until)).order_by("valid", "area__code", "pk")),
        begun=tuple(_begun(journal, since, until)),
        ended=tuple(_ended(journal, over, since, until)),
        states=tuple(_states(journal, since, until)),
        papers=tuple(CouncilPaper.objects.filter(**span).order_by("day", "pk")),
        adjustments=tuple(
            Adjustment.objects.filter(state=Adjustment.State.DECIDED, **span).select_related("paper").order_by("day")
        ),
        programmes=tuple(
            programmes.select_related("programme").exclude(programme__state="draft").order_by("published_on", "pk")
        ),
        funds=tuple(FundChange.objects.filter(**span).select_related("fund__action_area").order_by("day", "pk")),
        carried=tuple(CarryOver.objects.filter(**span).select_related("out_of", "into").order_by("day", "pk")),
        booked=tuple(_booked(MoneyEntry.objects.filter(**span))),
    )


def _in(name: str, since: datetime.date, until: datetime.date) -> Q:
    return Q(**{f"{name}__gt": since, f"{name}__lte": until})


def _journal() -> dict[int, list[ProjectState]]:
    """States of every project, oldest first. 1 query."""
    found: dict[int, list[ProjectState]] = defaultdict(list)
    for state in ProjectState.objects.select_related("project", "paper").order_by("project", "day", "pk"):
        found[state.project_id].append(state)
    return found


def _states(journal, since: datetime.date, until: datetime.date) -> list[StateChange]:
    changes = [
        StateChange(before, now)
        for states in journal.values()
        for before, now in zip([None, *states], states, strict=False)
        if since < now.day <= until
    ]
    return sorted(changes, key=lambda change: (change.now.day, change.now.pk))


def _begun(journal, since: datetime.date, until: datetime.date) -> list[ProjectDay]:
    """By the day of the beginning; where none is known, by the first state."""
    known = Project.objects.filter(begins__gt=since, begins__lte=until)
    found = [ProjectDay(project, project.begins, not project.dates_note) for project in known]
    for states in journal.values():
        first = states[0]
        if first.project.begins is None and since < first.day <= until:
            found.append(ProjectDay(first.project, first.day, first.day_is_exact))
    return _by_day(found)


def _ended(journal, over: set[int], since: datetime.date, until: datetime.date) -> list[ProjectDay]:
    """By the first state that says so; where none does, by the day of the end."""
    found = []
    for states in journal.values():
        end = next((state for state in states if state.state in OVER), None)
        if end is not None and since < end.day <= until:
            found.append(ProjectDay(end.project, end.day, end.day_is_exact))
    silent = Project.objects.filter(ends__gt=since, ends__lte=until).exclude(pk__in=over)
    return _by_day([*found, *(ProjectDay(project, project.ends, not project.dates_note) for project in silent)])


def _by_day(found: Iterable[ProjectDay]) -> list[ProjectDay]:
    return sorted(found, key=lambda one: (one.day, one.project.title, one.project.pk))


def _booked(entries) -> list[ProjectMoney]:
    by_project: dict[Project, list[MoneyEntry]] = defaultdict(list)
    for entry in entries.select_related("allocation__project").order_by("day", "pk"):
        by_project[entry.allocation.project].append(entry)
    found = [ProjectMoney(project, money_of(rows)) for project, rows in by_project.items()]
    return sorted(found, key=lambda one: (one.project.title, one.project.pk))
