"""Applications: taking one in, correcting it, and every step of its way; each in one transaction with its money."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.actions.application_money import approve_money, end_project, settle_money, take_money_back
from actionplan.actions.application_words import what_changed
from actionplan.actions.booking import BookingError, told_in_words
from actionplan.models import Application, ApplicationStep, CostLine, Fund, Project
from areas.acting import acting_role

S = Application.State
CORRECTABLE = (S.RECEIVED, S.INCOMPLETE, S.COMPLETE, S.POSTPONED)


class ApplicationError(Exception):
    """What cannot be done with an application; the text is for the person who tried."""


@dataclass(frozen=True)
class Vote:
    """How the Projektkonferenz voted."""

    yes: int
    no: int
    abstain: int

    @property
    def carries(self) -> bool:
        """More yes than no."""
        return self.yes > self.no

    def as_fields(self) -> dict[str, int]:
        """As columns of a step."""
        return {"votes_yes": self.yes, "votes_no": self.no, "votes_abstain": self.abstain}


@contextmanager
def _in_words() -> Iterator[None]:
    """In a transaction of its own; what the database refuses is raised as `ApplicationError` with its sentence."""
    try:
        with told_in_words(ApplicationError):
            yield
    except BookingError as error:
        raise ApplicationError(str(error)) from error


def receive_application(
    *, costs: Sequence[tuple[str, Decimal]], user=None, token_digest: str | None = None, **fields
) -> Application:
    """Take a form in; `fields` are columns of `Application`, `costs` its cost plan (euros).

    The same `token_digest` twice is one application. Raises `ApplicationError` where the plan does not add up.
    """
    with _in_words():
        known = Application.objects.filter(token_digest=token_digest).first() if token_digest else None
        if known:
            return known
        fields.setdefault("received_on", timezone.localdate())
        application = Application.objects.create(token_digest=token_digest, **fields)
        _set_costs(application, costs)
        _add(application, S.RECEIVED, user, day=application.received_on)
    application.refresh_from_db()
    return application


def amend_application(
    *, application: Application, costs: Sequence[tuple[str, Decimal]], seen: int, user=None, **fields
) -> Application:
    """Correct what came in, until it is decided; a step says what was changed. Raises `ApplicationError`."""
    with _in_words():
        held = _held(application, seen)
        _still_open(held)
        changed = what_changed(held, costs, fields)
        if not changed:
            raise ApplicationError(_("Daran ist nichts geändert."))
        for name, value in fields.items():
            setattr(held, name, value)
        held.save(update_fields=list(fields))
        held.costs.all().delete()
        _set_costs(held, costs)
        if sum(amount for _label, amount in costs) != held.amount + held.own_amount:
            raise ApplicationError(_("Der Kostenplan ergibt nicht, was beantragt und selbst aufgebracht wird."))
        _add(held, ApplicationStep.CORRECTED, user, text="\n".join(changed))
    return held


def choose_project(*, application: Application, project: Project | None, seen: int, user) -> ApplicationStep:
    """The project that the application is for, until it is decided; None: approval makes a new one."""
    with _in_words():
        held = _held(application, seen)
        _still_open(held)
        changed = what_changed(held, None, {"project": project})
        if not changed:
            raise ApplicationError(_("So ist es schon eingetragen."))
        held.project = project
        held.save(update_fields=["project"])
        return _add(held, ApplicationStep.CORRECTED, user, text="\n".join(changed))


def _still_open(application: Application) -> None:
    if application.state not in CORRECTABLE:
        raise ApplicationError(_("Über diesen Antrag ist entschieden: Er wird nicht mehr geändert."))


def _set_costs(application: Application, costs: Sequence[tuple[str, Decimal]]) -> None:
    rows = (CostLine(application=application, order=n, label=label, amount=x) for n, (label, x) in enumerate(costs, 1))
    CostLine.objects.bulk_create(rows)


def say_incomplete(
    *, application: Application, missing: str, deadline: datetime.date, seen: int, user
) -> ApplicationStep:
    """What is missing, and until when it can be handed in."""
    if deadline < timezone.localdate():
        raise ApplicationError(_("Die Frist liegt in der Vergangenheit."))
    return _step(application, S.INCOMPLETE, seen, user, text=missing.strip(), deadline=deadline)


def say_complete(*, application: Application, seen: int, user, note: str = "") -> ApplicationStep:
    """Everything is there: the Projektkonferenz can decide."""
    return _step(application, S.COMPLETE, seen, user, text=note)


def approve_application(
    *,
    application: Application,
    day: datetime.date,
    vote: Vote,
    amount: Decimal,
    fund: Fund,
    conditions: str = "",
    against_vote: str = "",
    seen: int,
    user,
) -> ApplicationStep:
    """The Projektkonferenz approves an amount (euros) from a fund: decided and booked together, or not at all.

    `against_vote`: why it is approved although there were not more yes than no. Without it that is refused.
    """
    _not_in_future(day)
    with _in_words():
        held = _held(application, seen)
        if held.state not in (S.COMPLETE, S.POSTPONED):
            raise ApplicationError(_("Entschieden wird über vollständige Anträge."))
        if not fund.volume_is_known:
            raise ApplicationError(_("Von diesem Topf ist kein Betrag bekannt; daraus kann nicht bewilligt werden."))
        entry = approve_money(application=held, fund=fund, amount=amount, day=day, user=user)
        more = {"amount": amount, "fund": fund, "entry": entry, "text": conditions.strip()}
        more["against_vote"] = "" if vote.carries else against_vote.strip()
        return _add(held, S.APPROVED, user, day=day, **vote.as_fields(), **more)


def refuse_application(
    *, application: Application, day: datetime.date, vote: Vote, reason: str, seen: int, user
) -> ApplicationStep:
    """The Projektkonferenz refuses."""
    _not_in_future(day)
    return _step(application, S.REFUSED, seen, user, day=day, text=reason.strip(), **vote.as_fields())


def postpone_application(
    *, application: Application, day: datetime.date, vote: Vote, reason: str = "", seen: int, user
) -> ApplicationStep:
    """The Projektkonferenz decides another time."""
    _not_in_future(day)
    return _step(application, S.POSTPONED, seen, user, day=day, text=reason.strip(), **vote.as_fields())


def send_letter(
    *, application: Application, number: str, day: datetime.date, report_due: datetime.date, seen: int, user
) -> ApplicationStep:
    """The letter of approval has gone out; it says until when the proof of use is due."""
    if report_due < day:
        raise ApplicationError(_("Der Nachweis kann nicht vor dem Bescheid fällig sein."))
    return _step(application, S.LETTER, seen, user, day=day, letter_number=number.strip(), deadline=report_due)


def report_use(
    *,
    application: Application,
    day: datetime.date,
    spent: Decimal,
    receipts: Decimal,
    results: str,
    seen: int,
    user,
) -> ApplicationStep:
    """The proof of use: what was spent is paid out in the books, the rest goes back into the fund."""
    if receipts < spent:
        raise ApplicationError(_("Die Belege ergeben weniger, als verwendet wurde."))
    with _in_words():
        held = _held(application, seen)
        if held.state != S.LETTER:
            raise ApplicationError(_("Ein Nachweis folgt auf den Bescheid."))
        settle_money(application=held, spent=spent, day=day, user=user)
        numbers = {"spent": spent, "receipts": receipts, "text": results.strip()}
        return _add(held, S.REPORTED, user, day=day, **numbers)


def close_application(*, application: Application, seen: int, user, note: str = "") -> ApplicationStep:
    """Nothing is left to do; the project is finished."""
    with _in_words():
        held = _held(application, seen)
        step = _add(held, S.CLOSED, user, text=note.strip())
        end_project(application=held, state="finished", day=step.day)
        return step


def withdraw_application(*, application: Application, reason: str, seen: int, user) -> ApplicationStep:
    """The organisation does not want it any more; money that was approved goes back into the fund."""
    with _in_words():
        held = _held(application, seen)
        if held.allocation_id:
            take_money_back(application=held, day=timezone.localdate(), user=user)
        return _add(held, S.WITHDRAWN, user, text=reason.strip())


def watch_application(*, application: Application, user, on: bool) -> None:
    """Whether this person is reminded of its deadlines."""
    (application.watchers.add if on else application.watchers.remove)(user)


def _step(application: Application, kind: str, seen: int, user, **fields) -> ApplicationStep:
    with _in_words():
        return _add(_held(application, seen), kind, user, **fields)


def _add(application: Application, kind: str, user, *, day: datetime.date | None = None, **fields) -> ApplicationStep:
    who = {"recorded_by": user, "role": acting_role(user)}
    return ApplicationStep.objects.create(
        application=application, kind=kind, day=day or timezone.localdate(), **who, **fields
    )


def _held(application: Application, seen: int) -> Application:
    """The application, held until the end of the transaction; `seen` is the newest step that the person saw."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if held.steps.order_by("-pk").values_list("pk", flat=True).first() != seen:
        raise ApplicationError(_("Inzwischen hat jemand anderes daran gearbeitet. Unten sehen Sie den neuen Stand."))
    return held


def _not_in_future(day: datetime.date) -> None:
    if day > timezone.localdate():
        raise ApplicationError(_("Dieser Tag liegt in der Zukunft."))
