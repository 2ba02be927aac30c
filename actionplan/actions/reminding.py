"""Reminding of deadlines: each organisation and each watching clerk once for each day of PLAN_REMINDER_DAYS."""

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplan.mailing import reminder_mail
from actionplan.models import Application, ApplicationStep, Reminder

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """One mail to send: about which step's deadline, for which day of the setting, to whom (None: the organisation)."""

    step: ApplicationStep
    days: int
    user: AbstractUser | None

    @property
    def to(self) -> str:
        """The address."""
        return self.user.email if self.user else self.step.application.email


def reminders_due(today: datetime.date | None = None) -> list[Due]:
    """What nobody was reminded of yet. Where several days have passed, the last of them only. 3 queries."""
    today = today or timezone.localdate()
    waiting = Application.objects.filter(deadline__isnull=False).prefetch_related("watchers", "steps__reminders")
    return [due for application in waiting.order_by("deadline", "pk") for due in _due(application, today)]


def _due(application: Application, today: datetime.date) -> Iterator[Due]:
    moved = (step for step in application.steps.all() if step.kind != ApplicationStep.CORRECTED)
    step = max(moved, key=lambda step: step.pk)  # the one that set the deadline
    step.application = application
    passed = [n for n in settings.PLAN_REMINDER_DAYS if application.deadline + datetime.timedelta(days=n) <= today]
    if not passed:
        return
    told = {(reminder.user_id, reminder.days) for reminder in step.reminders.all()}
    watching = [user for user in application.watchers.all() if user.is_active and user.email]
    for user in (None, *watching):
        key = user.pk if user else None
        if not any(whom == key and days >= max(passed) for whom, days in told):
            yield Due(step, max(passed), user)


def remind_of_deadlines(*, today: datetime.date | None = None) -> tuple[int, int]:
    """Send every reminder that is due; how many went out and how many could not. Done twice, nobody hears twice."""
    done = [_remind(due) for due in reminders_due(today)]
    return done.count(True), done.count(False)


def _remind(due: Due) -> bool | None:
    """That it was sent is stored in the transaction that hands it over; None where another run was quicker."""
    try:
        with transaction.atomic():
            Reminder.objects.create(step=due.step, days=due.days, user=due.user)
            reminder_mail(due.step, to=due.to, is_staff=due.user is not None).send()
    except IntegrityError:
        return None
    except (SMTPException, OSError) as error:
        logger.warning("no reminder for step %s: %s", due.step.pk, type(error).__name__)
        return False
    return True
