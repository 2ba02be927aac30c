"""A small action plan on top of the small city: one project, one fund of a year, for tests on an empty database."""

import datetime
from decimal import Decimal

from actionplan.actions.booking import open_allocation, put_into_fund
from actionplan.models import Fund, Funder, Project

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
