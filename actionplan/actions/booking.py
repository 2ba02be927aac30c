"""Moving money: every step is a new row of the journal, checked by the database (models/triggers.py)."""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import (
    Allocation,
    AllocationShare,
    BudgetYear,
    CarryOver,
    CouncilPaper,
    Fund,
    FundChange,
    MoneyEntry,
    Project,
    ProjectPlace,
)
from areas.models import PublicState

_AMOUNT = re.compile(r"(?<![\d.])-?\d+\.\d+(?!\.?\d)")  # and no day: 01.05.2021

ALREADY = gettext_lazy(
    "Das ist schon gebucht und wird nicht zweimal gebucht. Für eine weitere Buchung öffnen Sie die Seite bitte neu."
)


class BookingError(Exception):
    """What cannot be booked; the text is for the person who tried."""


@contextmanager
def told_in_words(as_error: type[Exception] = BookingError) -> Iterator[None]:
    """In a transaction of its own; what the database refuses is raised as `as_error` with its sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise as_error(in_words(error)) from error


def in_words(error: IntegrityError) -> str:
    """The database's own sentence with amounts as Germans write them, or one for a broken constraint."""
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    text = (diagnosis.message_primary or "") if diagnosis else ""
    if diagnosis is None or diagnosis.constraint_name:
        rule = (diagnosis.constraint_name or text) if diagnosis else str(error)
        if rule.endswith("_origin_key"):
            return str(ALREADY)
        return _sentence_of(rule) or _("Diese Buchung ist nicht möglich (%(rule)s).") % {"rule": rule}
    return _AMOUNT.sub(lambda found: euros(Decimal(found.group())), text)


def _sentence_of(rule: str) -> str:
    """What a constraint of the plan says in words; "" where it says nothing."""
    for model in apps.get_app_config("actionplan").get_models():
        for constraint in model._meta.constraints:
            if (
                constraint.name == rule
                and constraint.violation_error_message != constraint.default_violation_error_message
            ):
                return str(constraint.violation_error_message)
    return ""


def euros(amount: Decimal) -> str:
    """An amount with thousands point and decimal comma, without the unit.

    >>> euros(Decimal("-237784.8"))
    '−237.784,80'
    """
    text = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"−{text}" if amount < 0 else text


def hold_the_money() -> None:
    """Wait for who books at this moment, and let others wait until the end of the transaction.

    The triggers take hold of the same row first: whoever reads sums in order to book takes it before reading.
    """
    PublicState.objects.select_for_update(no_key=True).filter(pk=1).first()


def put_into_fund(
    *, fund: Fund, amount: Decimal, day: datetime.date, paper: CouncilPaper | None = None, note: str = "", user=None
) -> FundChange:
    """Add an amount (euros; negative: take out) to a fund by a decision."""
    with told_in_words():
        return FundChange.objects.create(fund=fund, amount=amount, day=day, paper=paper, note=note, recorded_by=user)


def open_allocation(
    *,
    fund: Fund,
    project: Project,
    weights: dict[ProjectPlace, Decimal] | None = None,
    note: str = "",
    for_application: str = "",
) -> Allocation:
    """A place for the money that a project gets from a fund, divided among the project's places by `weights`.

    One for each project and fund, and one for each application (its number) besides. Without `weights` the money of a
    project that works in one place only falls to it; that of others stays undivided.
    """
    places = weights or {}
    if any(place.project_id != project.pk for place in places):
        raise BookingError(_("Geteilt wird nur unter den Orten des Projekts."))
    with told_in_words():
        allocation = Allocation.objects.create(fund=fund, project=project, note=note, for_application=for_application)
        AllocationShare.objects.bulk_create(
            AllocationShare(allocation=allocation, place=place, weight=weight) for place, weight in places.items()
        )
        if weights is None:
            divide_by_default(allocation)
    return allocation


def divide_by_default(allocation: Allocation) -> None:
    """Give an allocation that is not divided to the only place of its project; with none or several leave it so."""
    project = allocation.project
    places = list(project.places.all()[:2]) if project.reach == Project.Reach.PLACES else []
    if len(places) == 1:
        AllocationShare.objects.create(allocation=allocation, place=places[0], weight=Decimal(1))


def book(
    *,
    allocation: Allocation,
    kind: MoneyEntry.Kind,
    amount: Decimal,
    day: datetime.date,
    paper: CouncilPaper | None = None,
    note: str = "",
    origin: str | None = None,
    user=None,
) -> MoneyEntry:
    """One step of an allocation's money (euros). Raises `BookingError` for more than there is or a locked year.

    `origin` is the own key of a booking that may come a second time: no two bookings have the same.
    """
    step = {"kind": kind, "amount": amount, "day": day, "paper": paper, "note": note, "origin": origin}
    with told_in_words():
        return MoneyEntry.objects.create(allocation=allocation, recorded_by=user, **step)


def carry_over(
    *, out_of: Fund, into: Fund, amount: Decimal, day: datetime.date, paper: CouncilPaper | None = None, user=None
) -> CarryOver:
    """Move what a year left over (euros, above zero) into a fund of a later year."""
    with told_in_words():
        return CarryOver.objects.create(out_of=out_of, into=into, amount=amount, day=day, paper=paper, recorded_by=user)


def lock_year(*, year: int, on: datetime.date, paper: CouncilPaper | None = None, note: str = "") -> BudgetYear:
    """Close a year: from now on the database refuses every booking in it, once those under way are done."""
    with told_in_words():
        defaults = {"locked_on": on, "paper": paper, "note": note}
        return BudgetYear.objects.update_or_create(year=year, defaults=defaults)[0]
