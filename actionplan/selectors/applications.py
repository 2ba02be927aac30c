"""Applications: the list with what is due, and one with its way."""

import datetime
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplan.models import Application, ApplicationStep, CostLine

PER_PAGE = 30
SOON = datetime.timedelta(days=14)
S = Application.State
DUE, OVERDUE = "faellig", "ueberfaellig"
WAY = (
    (_("Eingang"), ()),
    (_("Vollständigkeit"), (S.RECEIVED, S.INCOMPLETE)),
    (_("Entscheidung"), (S.COMPLETE, S.POSTPONED)),
    (_("Bescheid"), (S.APPROVED,)),
    (_("Nachweis"), (S.LETTER,)),
    (_("Abschluss"), (S.REPORTED,)),
)
REACHED = {S.REFUSED: 3, S.CLOSED: 6}  # how many stations are behind an application that has ended


@dataclass(frozen=True)
class Station:
    """One of the stations that every application passes."""

    label: str | Promise
    is_done: bool
    is_here: bool


def stations(application: Application, steps: list[ApplicationStep]) -> list[Station]:
    """The way of an application: what is behind it, where it stands, what is to come."""
    here = next((n for n, (_label, states) in enumerate(WAY) if application.state in states), None)
    behind = here if here is not None else REACHED.get(application.state, _passed(steps))
    return [Station(label, n < behind, n == here) for n, (label, _states) in enumerate(WAY)]


def _passed(steps: list[ApplicationStep]) -> int:
    """How far a withdrawn application had come."""
    kinds = [step.kind for step in steps[:-1] if step.kind != ApplicationStep.CORRECTED]
    return max((n for n, (_label, states) in enumerate(WAY) if kinds and kinds[-1] in states), default=1)


@dataclass(frozen=True)
class ApplicationDetail:
    """One application with its cost plan and everything that happened."""

    application: Application
    costs: tuple[CostLine, ...]
    steps: tuple[ApplicationStep, ...]

    @property
    def way(self) -> list[Station]:
        """The stations."""
        return stations(self.application, list(self.steps))

    @property
    def newest(self) -> ApplicationStep:
        """What happened last."""
        return self.steps[-1]

    @property
    def total(self):
        """What the whole project costs, in euros."""
        return self.application.amount + self.application.own_amount

    @property
    def missing(self) -> str:
        """What the newest request says that is missing."""
        asked = self.last(S.INCOMPLETE)
        return asked.text if asked else ""

    def last(self, kind: str) -> ApplicationStep | None:
        """The newest step of a kind."""
        return next((step for step in reversed(self.steps) if step.kind == kind), None)


def applications_page(which: str = "", number: str = "1") -> Page:
    """One page: all (""), a state, or those whose deadline is near or past; nearest deadline first. 2 queries."""
    found = Application.objects.select_related("action_area").defer("action_area__geometry")
    today = timezone.localdate()
    if which == OVERDUE:
        found = found.filter(deadline__lt=today).order_by("deadline", "pk")
    elif which == DUE:
        found = found.filter(deadline__gte=today, deadline__lte=today + SOON).order_by("deadline", "pk")
    elif which:
        found = found.filter(state=which)
    return Paginator(found, PER_PAGE).get_page(number)


def applications_counted() -> dict[str, int]:
    """How many there are in each state, and how many are due soon or overdue. 3 queries."""
    today = timezone.localdate()
    counted = dict(Application.objects.order_by().values_list("state").annotate(Count("pk")))
    return {
        **{state: counted.get(state, 0) for state in S.values},
        OVERDUE: Application.objects.filter(deadline__lt=today).count(),
        DUE: Application.objects.filter(deadline__gte=today, deadline__lte=today + SOON).count(),
    }


def application_detail(pk: int) -> ApplicationDetail | None:
    """One application. 3 queries; None where there is none."""
    return _detail(Application.objects.filter(pk=pk))


def own_application(digest: str) -> ApplicationDetail | None:
    """The application of a secret address. 3 queries."""
    return _detail(Application.objects.filter(token_digest=digest))


def _detail(found: QuerySet[Application]) -> ApplicationDetail | None:
    related = found.select_related("action_area__area", "project", "allocation__fund")
    application = related.defer("action_area__geometry", "action_area__area__geometry").first()
    if application is None:
        return None
    steps = application.steps.select_related("fund", "recorded_by").order_by("pk")
    return ApplicationDetail(application, tuple(application.costs.order_by("order")), tuple(steps))
