"""Mails that wait for `manage.py db_worker`. A task knows keys only: no address and no secret lies in the queue."""

from django_tasks import task

from actionplan.mailing import idea_confirmation, idea_news
from actionplan.models import IdeaContact, IdeaStep
from indicators.mailing import portal_site


@task()
def ask_sender(contact_id: int, site: str) -> bool:
    """Ask the sender of an idea whether the address is right; False where that is settled or gone."""
    contact = IdeaContact.objects.select_related("idea").filter(pk=contact_id, confirmed_at__isnull=True).first()
    if contact is None:
        return False
    idea_confirmation(contact, site=site).send()
    return True


@task()
def tell_sender(step_id: int) -> bool:
    """Tell the sender of an idea what was decided, if the address was confirmed; False where nobody is to be told."""
    step = IdeaStep.objects.filter(pk=step_id).first()
    contact = (
        step
        and IdeaContact.objects.select_related("idea").filter(idea=step.idea_id, confirmed_at__isnull=False).first()
    )
    if not contact:
        return False
    idea_news(contact, step, site=portal_site()).send()
    return True
