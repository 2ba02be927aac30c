"""A plan in which much happened in spring 2022, on top of the whole city: for tests of council papers."""

import datetime
from decimal import Decimal

from actionplan.actions.booking import book, carry_over, open_allocation
from actionplan.models import ActionArea, CouncilPaper, Fund, Project, ProjectPlace, ProjectState
from areas.models import Source
from tests.app.plan_objects import a_fund

SINCE, DAY = datetime.date(2022, 2, 1), datetime.date(2022, 6, 30)
STATE = ProjectState.State


def source() -> Source:
    """Any source of the city."""
    return Source.objects.order_by("pk").first()


def project(slug, code="023", title="", **more) -> Project:
    """A project in an action area of the city."""
    made = Project.objects.create(slug=slug, title=title or slug.title(), source=source(), reach="places", **more)
    member = ActionArea.objects.in_force(DAY).filter(area__code=code).first()
    ProjectPlace.objects.create(project=made, action_area=member)
    return made


def in_state(of, state, day) -> ProjectState:
    """A row of the journal of states."""
    return ProjectState.objects.create(project=of, state=state, day=day)


def day(text) -> datetime.date:
    """The day of a text in the form JJJJ-MM-TT."""
    return datetime.date.fromisoformat(text)


def busy_spring() -> dict:
    """Two projects begin, one ends, money is approved and paid in and before the span, one paper is dealt with."""
    fund = a_fund(source(), "90000.33", slug="mittel-2022", year=2022)
    old = a_fund(source(), "500.00", slug="mittel-2021", year=2021)
    carry_over(out_of=old, into=fund, amount=Decimal("100.10"), day=day("2022-03-01"))
    garden = project("garten-der-stimmen", begins=day("2022-03-15"))
    kitchen = project("kueche-fuer-alle", "021")
    ended = project("ende-gut", "021", begins=day("2019-01-01"))
    in_state(garden, STATE.APPROVED, day("2022-01-20"))
    in_state(garden, STATE.RUNNING, day("2022-03-15"))
    in_state(kitchen, STATE.APPLIED, day("2022-02-02"))
    in_state(ended, STATE.RUNNING, day("2019-01-01"))
    in_state(ended, STATE.FINISHED, day("2022-06-30"))
    for of, rows in (
        (
            garden,
            (("approved", "1000.00", "2022-01-25"), ("revised", "-33.34", "2022-04-01"), ("spent", "500.01", DAY)),
        ),
        (kitchen, (("approved", "2222.22", "2022-02-02"), ("committed", "1111.11", "2022-03-03"))),
        (ended, (("approved", "10.00", "2022-06-30"), ("spent", "10.00", "2022-07-01"))),
    ):
        allocation = open_allocation(fund=fund, project=of)
        for kind, amount, when in rows:
            book(allocation=allocation, kind=kind, amount=Decimal(amount), day=when if when is DAY else day(when))
    paper = CouncilPaper.objects.create(
        slug="probe-2022", title="Probe", kind="decision", day=day("2022-05-05"), summary="Probe.", source=source()
    )
    return {"fund": Fund.objects.get(pk=fund.pk), "garden": garden, "kitchen": kitchen, "ended": ended, "paper": paper}
