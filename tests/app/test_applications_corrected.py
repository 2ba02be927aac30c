"""Applications: corrected until the decision, for a project that is there, several of them for one project."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from actionplan.actions import applications as act
from actionplan.actions.reminding import remind_of_deadlines
from actionplan.budget import money_of
from areas.models import PublicState
from tests.app.application_objects import (
    COSTS,
    VOTE,
    a_fund,
    an_action_area,
    an_application,
    approve,
    seen,
    with_letter,
)
from tests.app.plan_objects import a_project
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    PublicState.objects.get_or_create(pk=1)
    found = small_city()
    found["member"] = an_action_area(found)
    return found


@pytest.fixture
def fund(city):
    return a_fund(city["source"], "1500.00")


@pytest.fixture
def clerk(client):
    person = User.objects.create_user("sachbearbeitung", email="amt@example.org")
    person.groups.add(Group.objects.get(name="Aktionsplan"))
    return person


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


def test_a_project_gets_from_a_fund_by_several_applications_each_with_its_own_money(city, fund):
    first = an_application(city)
    with_letter(first, fund, amount="100")
    first.refresh_from_db()
    second = an_application(city)
    act.choose_project(**seen(second), project=first.project)
    with_letter(second, fund, number="B-2", amount="50")
    second.refresh_from_db()
    assert second.project == first.project and second.allocation != first.allocation
    report = {"day": today(), "receipts": Decimal("100"), "results": "Gut."}
    act.report_use(**seen(second), spent=Decimal("20"), **report)
    first_money, second_money = (money_of(each.allocation.entries.all()) for each in (first, second))
    assert (first_money.granted, first_money.spent) == (100, 0) and second_money.granted == second_money.spent == 20
    states = first.project.states.order_by("pk").values_list("state", flat=True)
    act.close_application(**seen(second))
    assert list(states) == ["approved"], "the first application goes on"
    act.report_use(**seen(first), spent=Decimal("100"), **report)
    act.close_application(**seen(first))
    assert list(states.all()) == ["approved", "finished"]


def test_a_project_that_was_there_before_does_not_end_with_an_application(city, fund):
    project = a_project(city["source"], reach="city")
    project.states.create(state="running", day=today(-90))
    application = an_application(city)
    act.choose_project(**seen(application), project=project)
    approve(application, fund)
    act.withdraw_application(**seen(application), reason="Anders.")
    assert [state.state for state in project.states.all()] == ["running"]


def test_until_the_decision_contact_and_content_can_be_corrected_and_each_change_is_told(city, fund, clerk):
    application = an_application(city)
    act.say_complete(**seen(application))
    stale = seen(application)["seen"]
    call = {"application": application, "user": clerk, "costs": COSTS}
    act.amend_application(seen=stale, email="neu@example.org", title="Werkstatt", **call)
    application.refresh_from_db()
    step = application.steps.order_by("-pk").first()
    assert (application.state, application.email, step.kind, step.role) == (
        *("complete", "neu@example.org"),
        *("corrected", "Aktionsplan"),
    )
    assert step.text == (
        "E-Mail der Organisation: „buero@example.org“ → „neu@example.org“\n"
        "Titel des Projekts: „Werkstatt am Platz“ → „Werkstatt“"
    )
    assert [row.title for row in application.history.all()] == ["Werkstatt am Platz"]
    with pytest.raises(act.ApplicationError, match="jemand anderes"):
        act.refuse_application(application=application, seen=stale, user=None, day=today(), vote=VOTE, reason="Nein.")
    with pytest.raises(act.ApplicationError, match="nichts geändert"):
        act.amend_application(**{**call, **seen(application)}, title="Werkstatt")
    costs = [("Papier", Decimal("1200.50"))]
    act.amend_application(**{**call, **seen(application), "costs": costs})
    text = application.steps.order_by("-pk").first().text
    assert text == "Kostenplan: „Material 700,00; Honorare 500,50“ → „Papier 1.200,50“"
    approve(application, fund)
    with pytest.raises(act.ApplicationError, match="ist entschieden"):
        act.amend_application(**{**call, **seen(application)}, title="Zu spät")
    with pytest.raises(act.ApplicationError, match="ist entschieden"):
        act.choose_project(**seen(application), project=None)


def test_a_correction_leaves_state_deadline_and_reminders(city, settings):
    settings.PLAN_REMINDER_DAYS = [-7]
    application = an_application(city)
    act.say_incomplete(**seen(application), missing="Satzung", deadline=today(5))
    assert remind_of_deadlines() == (1, 0)
    act.amend_application(**seen(application), costs=COSTS, phone="0231 1")
    application.refresh_from_db()
    assert (application.state, application.deadline) == ("incomplete", today(5))
    assert remind_of_deadlines() == (0, 0), "nobody is reminded again because something was corrected"
