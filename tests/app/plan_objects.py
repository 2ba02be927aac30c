"""A small action plan on top of the small city: one project, one fund of a year, for tests on an empty database."""

import datetime
from decimal import Decimal

from actionplan.actions.booking import open_allocation, put_into_fund
from actionplan.models import (
    ActionArea,
    ActionProgramme,
    FieldOfAction,
    Fund,
    Funder,
    Participation,
    ProgrammeVersion,
    Project,
)

DAY = datetime.date(2021, 5, 1)


def a_project(source, slug="garten", **more) -> Project:
    """A project of which little is known."""
    return Project.objects.create(slug=slug, title=slug.title(), source=source, **more)


def a_fund(source, amount="1000.00", *, slug="kern", year=2021, **more) -> Fund:
    """A fund of a year with an amount in it (None: not known)."""
    funder, _made = Funder.objects.get_or_create(slug="stadt", defaults={"name": "Stadt", "kind": "city"})
    more = {"kind": "core", "volume_is_known": amount is not None, **more}
    fund = Fund.objects.create(slug=slug, name=slug.title(), year=year, funder=funder, source=source, **more)
    if amount is not None:
        put_into_fund(fund=fund, amount=Decimal(amount), day=datetime.date(year, 1, 1))
    return fund


def an_allocation(source, amount="1000.00", **more):
    """What a project gets from a fund: nothing yet."""
    return open_allocation(fund=a_fund(source, amount, **more), project=a_project(source))


def a_member(city, area=0, **more) -> ActionArea:
    """An area of the small city that has been an action area since 2021."""
    place = city["areas"][area]
    more = {"kind": "aktionsraum", "name": place.name, "valid": "[2021-01-01,)", "decision": "Rat, 2021", **more}
    return ActionArea.objects.create(area=place, source=city["source"], **more)


def a_programme(
    member, slug="programm", *, valid="[2022-01-01,2025-01-01)", state="in_force", **more
) -> ActionProgramme:
    """A programme of three years for an action area; nothing stands in it yet."""
    return ActionProgramme.objects.create(
        slug=slug, title=slug.title(), action_area=member, valid=valid, state=state, source=member.source, **more
    )


def a_version(programme, number=1, **more) -> ProgrammeVersion:
    """A draft version with a goal, a measure and a milestone."""
    version = ProgrammeVersion.objects.create(programme=programme, number=number, **more)
    field, _made = FieldOfAction.objects.get_or_create(slug="arbeit")
    version.goals.create(text="Mehr Menschen finden Arbeit.", field=field)
    version.measures.create(title="Beratung im Laden", field=field)
    version.milestones.create(title="Laden ist offen", day=datetime.date(2022, 6, 1))
    return version


def a_participation(source, slug="forum", **more) -> Participation:
    """A meeting for the whole city on the first of May 2022."""
    more = {"kind": "meeting", "reach": "city", "begins": datetime.date(2022, 5, 1), "state": "held", **more}
    return Participation.objects.create(slug=slug, title=slug.title(), source=source, **more)
