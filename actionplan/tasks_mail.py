"""Mails that wait for `manage.py db_worker`. A task knows keys only: no address and no secret lies in the queue."""

import datetime
import logging
from collections.abc import Callable
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from actionplan.mailing import idea_confirmation, idea_news
from actionplan.models import IdeaContact, IdeaStep
from indicators.mailing import portal_site

logger = logging.getLogger(__name__)
ATTEMPTS = 5  # then it is only logged; the page of the idea says the same
FIRST_PAUSE = datetime.timedelta(minutes=10)  # before the second attempt, doubled each time


@task()
def ask_sender(contact_id: int, site: str, attempt: int = 1) -> bool:
    """Ask the sender of an idea whether the address is right; False where that is settled, gone or did not work."""
    contact = IdeaContact.objects.select_related("idea").filter(pk=contact_id, confirmed_at__isnull=True).first()
    if contact is None:
        return False
    again = lambda later: ask_sender.using(run_after=later).enqueue(contact_id, site, attempt + 1)  # noqa: E731
    return _sent(idea_confirmation(contact, site=site), again, attempt)


@task()
def tell_sender(step_id: int, attempt: int = 1) -> bool:
    """Tell the sender of an idea what was decided; False where nobody confirmed an address or it did not work."""
    step = IdeaStep.objects.filter(pk=step_id).first()
    contacts = IdeaContact.objects.select_related("idea__project").filter(confirmed_at__isnull=False)
    contact = contacts.filter(idea=step.idea_id).first() if step else None
    if contact is None:
        return False
    again = lambda later: tell_sender.using(run_after=later).enqueue(step_id, attempt + 1)  # noqa: E731
    return _sent(idea_news(contact, step, site=portal_site()), again, attempt)


def _sent(message: EmailMessage, again: Callable, attempt: int) -> bool:
    """Hand the mail over; a server that is away is asked again later."""
    try:
        message.send()
    except (SMTPException, OSError) as error:
        logger.warning("no mail about an idea at attempt %s: %s", attempt, type(error).__name__)
        if attempt < ATTEMPTS and ask_sender.get_backend().supports_defer:
            again(timezone.now() + FIRST_PAUSE * 2 ** (attempt - 1))
        return False
    return True
