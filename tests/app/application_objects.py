"""Applications for tests: an action area, a fund, and an application somewhere on its way."""

import datetime
from decimal import Decimal

from django.utils import timezone

from actionplan.actions import applications as act
from actionplan.models import ActionArea, Application
from tests.app.plan_objects import a_fund

COSTS = [("Material", Decimal("700.00")), ("Honorare", Decimal("500.50"))]
VOTE = act.Vote(9, 1, 2)


def an_action_area(city, **more) -> ActionArea:
    """The first area of the small city as an Aktionsraum."""
    more = {"kind": "aktionsraum", "name": "Mitte", "decision": "Beschluss", "valid": "[2008-01-01,)", **more}
    return ActionArea.objects.create(area=city["areas"][0], source=city["source"], **more)


def an_application(city, *, member=None, **more) -> Application:
    """Asks for 1,000.50 euros and brings 200 itself."""
    fields = {
        "organisation": "Verein am Platz", "email": "buero@example.org", "title": "Werkstatt am Platz",
        "description": "Eine offene Werkstatt für alle.", "target_groups": "Kinder", "goals": "Dreißig Kinder kommen.",
        "action_area": member or ActionArea.objects.first() or an_action_area(city),
        "begins": datetime.date(2021, 6, 1), "ends": datetime.date(2021, 12, 1),
        "amount": Decimal("1000.50"), "own_amount": Decimal("200.00"),
    }  # fmt: skip
    return act.receive_application(**{"costs": COSTS, **fields, **more})


def seen(application) -> dict:
    """What every step is called with."""
    newest = application.steps.order_by("-pk").values_list("pk", flat=True).first()
    return {"application": application, "seen": newest, "user": None}


def approve(application, fund, amount="1000.50", **more):
    """Complete and approved."""
    if Application.objects.get(pk=application.pk).state != "complete":
        act.say_complete(**seen(application))
    more = {"day": timezone.localdate(), "vote": VOTE, **more}
    return act.approve_application(**seen(application), amount=Decimal(amount), fund=fund, **more)


def with_letter(application, fund, *, due=None, number="B-1", **more):
    """Approved, and the letter has gone out."""
    approve(application, fund, **more)
    today = timezone.localdate()
    return act.send_letter(**seen(application), number=number, day=today, report_due=due or today)


__all__ = ["COSTS", "VOTE", "a_fund", "an_action_area", "an_application", "approve", "seen", "with_letter"]
