"""Mails of the action plan. Words of a stranger are never sent to an address that nobody has confirmed."""

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from actionplan.models import ApplicationStep, IdeaContact, IdeaStep
from indicators.mailing import portal_site, templated_mail

_SALT = "actionplan.idea.mail"


def mail_token(contact: IdeaContact) -> str:
    """The address of an idea for mails: holds as long as the idea has this mail address."""
    return signing.dumps([contact.idea_id, contact.pk], salt=_SALT)


def read_mail_token(token: str) -> tuple[int, int] | None:
    """Primary keys of idea and contact; None for anything that was not made here."""
    try:
        found = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (found[0], found[1]) if isinstance(found, list) and len(found) == 2 else None


def _url(contact: IdeaContact, site: str) -> str:
    return site + reverse("atlas:idea_state", args=[mail_token(contact)])


def idea_confirmation(contact: IdeaContact, *, site: str) -> EmailMultiAlternatives:
    """Asks for confirmation. Without the words of the idea: the address may belong to somebody else."""
    with override(contact.idea.language):
        return templated_mail("idea_confirm", {"url": _url(contact, site), "site": site}, to=contact.email)


def idea_news(contact: IdeaContact, step: IdeaStep, *, site: str) -> EmailMultiAlternatives:
    """Tells what was decided, and why."""
    with override(contact.idea.language):
        context = {"idea": contact.idea, "step": step, "url": _url(contact, site), "site": site}
        return templated_mail("idea_news", context, to=contact.email)


def reminder_mail(step: ApplicationStep, *, to: str, is_staff: bool) -> EmailMultiAlternatives:
    """Reminds of the deadline of a step. German: organisations apply in German."""
    application = step.application
    site = portal_site()
    path = reverse("plan:application", args=[application.pk]) if is_staff else ""
    with override("de"):
        context = {
            "application": application,
            "step": step,
            "is_over": step.deadline < timezone.localdate(),
            "url": site + path if path else "",
            "site": site,
        }
        return templated_mail("plan_reminder", context, to=to)
