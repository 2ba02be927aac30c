"""What is not needed any longer is forgotten: addresses, refused ideas, names of those who decided."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from actionplan.actions.ideas import delete_idea
from actionplan.models import ApplicationStep, Idea, IdeaContact, IdeaStep

UNCONFIRMED_DAYS = 7  # as the link in the mail is valid
_DECIDED = (Idea.State.PUBLISHED, Idea.State.REFUSED, Idea.State.PROJECT)


@dataclass(frozen=True)
class Forgotten:
    """How many addresses, ideas and names."""

    unconfirmed: int
    contacts: int
    ideas: int
    names: int


@transaction.atomic
def forget_old(*, commit: bool, now: datetime.datetime | None = None) -> Forgotten:
    """Forget what is old enough; without `commit` only count it."""
    now = now or timezone.now()
    unconfirmed = IdeaContact.objects.filter(
        confirmed_at__isnull=True, asked_at__lt=now - datetime.timedelta(days=UNCONFIRMED_DAYS)
    )
    old = _decided_before(now - datetime.timedelta(days=settings.IDEA_KEEP_DAYS))
    contacts = IdeaContact.objects.filter(idea__in=old).exclude(pk__in=unconfirmed)
    refused = old.filter(state=Idea.State.REFUSED)
    before = now - datetime.timedelta(days=settings.EDITOR_NAMES_DAYS)
    names = IdeaStep.objects.filter(at__lt=before, recorded_by__isnull=False).exclude(idea__in=refused)
    others = ApplicationStep.objects.filter(at__lt=before, recorded_by__isnull=False)
    found = Forgotten(unconfirmed.count(), contacts.count(), refused.count(), names.count() + others.count())
    if commit:
        names.update(recorded_by=None)
        others.update(recorded_by=None)
        contacts.delete()
        unconfirmed.delete()
        for idea in list(refused):
            delete_idea(idea=idea)
    return found


def _decided_before(moment: datetime.datetime) -> QuerySet[Idea]:
    """Ideas whose last decision is older than that."""
    newest = Idea.objects.annotate(last=Max("steps__at")).filter(last__lt=moment, state__in=_DECIDED)
    return Idea.objects.filter(pk__in=newest.values("pk"))
