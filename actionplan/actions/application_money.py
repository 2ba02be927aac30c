"""The money of an application: what approval, proof of use and withdrawal do in the books.

An application has an allocation of its own, so its money is the sum of that allocation's journal.
"""

import datetime
from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext as _

from actionplan.actions.booking import BookingError, book, open_allocation
from actionplan.actions.idea_source import application_source
from actionplan.budget import money_of
from actionplan.models import Application, Fund, MoneyEntry, Project, ProjectPlace, ProjectState

K = MoneyEntry.Kind
_S, _A = ProjectState.State, Application.State
_UNDER_WAY = (_S.APPROVED, _S.RUNNING, _S.CONTINUED)
_WITH_MONEY = (_A.APPROVED, _A.LETTER, _A.REPORTED)


def approve_money(*, application: Application, fund: Fund, amount: Decimal, day: datetime.date, user) -> MoneyEntry:
    """Book an approved amount (euros) for the application's project, which is made if there is none yet.

    The allocation is the application's own, so a project can get money from the same fund by several of them. Raises
    `BookingError` for more than the fund has free, or a locked year.
    """
    project = application.project or _new_project(application)
    here = [place for place in project.places.all() if _is_here(place, application)]
    note = _note(application)
    weights = dict.fromkeys(here[:1], Decimal(1))
    allocation = open_allocation(
        fund=fund, project=project, weights=weights, note=note, for_application=application.number
    )
    entry = book(allocation=allocation, kind=K.APPROVED, amount=amount, day=day, note=note, user=user)
    application.project, application.allocation = project, allocation
    application.save(update_fields=["project", "allocation"])
    if _newest_state(project) not in _UNDER_WAY:
        project.states.create(state="approved", day=day, note=note)
    return entry


def _is_here(place: ProjectPlace, application: Application) -> bool:
    member = application.action_area
    return place.action_area_id == member.pk or place.area_id == member.area_id


def _newest_state(project: Project) -> str | None:
    return project.states.order_by("-day", "-pk").values_list("state", flat=True).first()


def end_project(*, application: Application, state: str, day: datetime.date) -> None:
    """The project ends with its application (`state`: how), if it began with one and no other one goes on."""
    project = application.project
    others = list(project.applications.exclude(pk=application.pk))
    notes = [_note(each) for each in (application, *others)]
    began = project.states.filter(state=_S.APPROVED, note__in=notes).exists()
    if began and not any(other.state in _WITH_MONEY for other in others):
        project.states.create(state=state, day=day)


def _note(application: Application) -> str:
    return _("Antrag %(number)s") % {"number": application.number}


def _new_project(application: Application) -> Project:
    member = application.action_area
    project = Project.objects.create(
        slug=f"{slugify(application.title)[:60].strip('-') or 'projekt'}-{application.number}",
        title=application.title,
        description=application.description,
        reach=Project.Reach.PLACES,
        carrier=application.organisation,
        target_groups=application.target_groups,
        begins=application.begins,
        ends=application.ends,
        source=application_source(),
        source_note=_note(application),
    )
    quarter = member if member.geometry is not None else None
    ProjectPlace.objects.create(project=project, area=None if quarter else member.area, action_area=quarter)
    return project


def settle_money(*, application: Application, spent: Decimal, day: datetime.date, user) -> None:
    """After the proof of use exactly `spent` (euros) is approved and paid out; the rest is free again in the fund.

    Raises `BookingError` for more than was approved.
    """
    allocation = application.allocation
    money = money_of(allocation.entries.all())
    note = _("Nachweis zu Antrag %(number)s") % {"number": application.number}
    steps = (
        (K.SPENT, spent - money.spent),
        (K.COMMITTED, min(spent - money.committed, Decimal(0))),
        (K.REVISED, spent - money.granted),
    )
    if spent > money.granted:
        raise BookingError(_("Verwendet wurde mehr, als bewilligt ist."))
    for kind, amount in steps:
        if amount:
            book(allocation=allocation, kind=kind, amount=amount, day=day, note=note, user=user)


def take_money_back(*, application: Application, day: datetime.date, user) -> None:
    """Everything that was approved goes back. Raises `BookingError` once something was paid out."""
    if money_of(application.allocation.entries.all()).spent:
        raise BookingError(_("Es ist schon Geld ausgezahlt: Der Antrag endet mit dem Nachweis, nicht mit Rückzug."))
    settle_money(application=application, spent=Decimal(0), day=day, user=user)
    end_project(application=application, state=_S.ENDED_EARLY, day=day)
