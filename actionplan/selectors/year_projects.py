"""Which projects got money in a year."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, Sum

from actionplan.models import MoneyEntry

MOST_SHOWN = 30  # projects named on the page of a year; the table of a project tells the rest

_GRANTED = Q(kind__in=[MoneyEntry.Kind.APPROVED, MoneyEntry.Kind.REVISED])


@dataclass(frozen=True)
class PaidProject:
    """A project with what it got from the funds of one year, in euros; None where no such step is recorded."""

    slug: str
    title: str
    granted: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class YearProjects:
    """Which kinds of steps are recorded in a year's money, and which projects got it."""

    recorded: frozenset[str] = frozenset()
    paid: tuple[PaidProject, ...] = ()


def paid_projects(year: int, *, on: datetime.date, most: int = MOST_SHOWN) -> list[PaidProject]:
    """The projects of a year's money up to a day, those with the largest approvals first. 1 query."""
    booked = MoneyEntry.objects.filter(allocation__fund__year=year, day__lte=on).order_by()
    rows = booked.values(slug=F("allocation__project__slug"), title=F("allocation__project__title")).annotate(
        granted=Sum("amount", filter=_GRANTED), spent=Sum("amount", filter=Q(kind=MoneyEntry.Kind.SPENT))
    )
    return [PaidProject(**row) for row in rows.order_by(F("granted").desc(nulls_last=True), "title", "slug")[:most]]


def recorded_steps(year: int, *, on: datetime.date) -> frozenset[str]:
    """Which kinds of steps anybody recorded in a year's money up to a day; of the others nothing is known. 1 query."""
    booked = MoneyEntry.objects.filter(allocation__fund__year=year, day__lte=on).order_by()
    return frozenset(booked.values_list("kind", flat=True).distinct())
