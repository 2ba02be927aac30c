"""Moving projects along their way: several at once; who cannot move is told, never dropped."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import CouncilPaper, Project, ProjectState


class StateError(Exception):
    """A change of state that is not possible; the text is for the person who tried."""


class LeftOut(StateError):
    """Some of the projects cannot get the state: `projects` are pairs of project and reason."""

    def __init__(self, projects: list[tuple[Project, str]], remaining: int):
        super().__init__(_("Nicht alle gewählten Projekte können diesen Zustand an diesem Tag bekommen."))
        self.projects, self.remaining = projects, remaining


@transaction.atomic
def set_states(
    *,
    projects: Iterable[Project],
    state: str,
    day: datetime.date,
    paper: CouncilPaper | None = None,
    note: str = "",
    without: Collection[int] = (),
) -> int:
    """Give these projects a state from a day on; returns how many. Raises `StateError` and then changes none.

    Nothing is left out silently: projects that have a state from a later day on, or are in this state already, are told
    by `LeftOut`, until they are all named in `without` (keys). A day to come is refused.
    """
    if day > timezone.localdate():
        raise StateError(_("Der Tag liegt in der Zukunft."))
    projects = list(Project.objects.select_for_update().filter(pk__in=[p.pk for p in projects]).order_by("title", "pk"))
    newest: dict[int, ProjectState] = {}
    for known in ProjectState.objects.filter(project__in=projects).order_by("day", "pk"):
        newest[known.project_id] = known
    left_out = [(p, reason) for p in projects if (reason := why_not(newest.get(p.pk), state, day))]
    gone = {project.pk for project, _reason in left_out}
    if gone - set(without) or len(gone) == len(projects):
        raise LeftOut(left_out, len(projects) - len(gone))
    ProjectState.objects.bulk_create(
        ProjectState(project=project, state=state, day=day, paper=paper, note=note)
        for project in projects
        if project.pk not in gone
    )
    return len(projects) - len(gone)


def why_not(known: ProjectState | None, state: str, day: datetime.date) -> str:
    """Why a state cannot follow on the newest known one; "" where it can."""
    if known is None:
        return ""
    words = {"state": known.get_state_display(), "day": date_format(known.day, "SHORT_DATE_FORMAT")}
    if known.day > day:
        return _("hat schon einen späteren Zustand: „%(state)s“ seit %(day)s") % words
    if known.state == state:
        return _("ist schon in diesem Zustand: „%(state)s“ seit %(day)s") % words
    return ""
