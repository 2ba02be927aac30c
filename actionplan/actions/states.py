"""Moving projects along their way: several at once, all or none."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import CouncilPaper, Project, ProjectState

NAMED = 5  # projects named in a refusal


class StateError(Exception):
    """A change of state that is not possible; the text is for the person who tried."""


@transaction.atomic
def set_states(
    *,
    projects: Iterable[Project],
    state: str,
    day: datetime.date,
    paper: CouncilPaper | None = None,
    note: str = "",
) -> int:
    """Give all of these projects a state from a day on; returns how many. Raises `StateError` and then changes none.

    Refused are days to come, and projects that have a state from a later day on or are in this state already.
    """
    if day > timezone.localdate():
        raise StateError(_("Der Tag liegt in der Zukunft."))
    projects = list(Project.objects.select_for_update().filter(pk__in=[p.pk for p in projects]).order_by("title", "pk"))
    newest: dict[int, ProjectState] = {}
    for known in ProjectState.objects.filter(project__in=projects).order_by("day", "pk"):
        newest[known.project_id] = known
    later = [p for p in projects if p.pk in newest and newest[p.pk].day > day]
    if later:
        told = _("Einen späteren Zustand haben schon: %(names)s. Bitte einen Tag danach wählen.")
        raise StateError(told % {"names": _named(later, newest)})
    same = [p for p in projects if p.pk in newest and newest[p.pk].state == state]
    if same:
        raise StateError(_("In diesem Zustand sind schon: %(names)s.") % {"names": _named(same, newest)})
    ProjectState.objects.bulk_create(
        ProjectState(project=project, state=state, day=day, paper=paper, note=note) for project in projects
    )
    return len(projects)


def _named(projects: list[Project], newest: dict[int, ProjectState]) -> str:
    names = [f"{p.title} ({date_format(newest[p.pk].day, 'SHORT_DATE_FORMAT')})" for p in projects[:NAMED]]
    more = len(projects) - NAMED
    return ", ".join(names) + (_(" und %(count)d weitere") % {"count": more} if more > 0 else "")
