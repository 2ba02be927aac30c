"""Ideas of citizens: sending, deciding, confirming an address, deleting for good."""

import datetime
import hashlib
from dataclasses import dataclass

import pgtrigger
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from actionplan.actions.booking import told_in_words
from actionplan.models import FieldOfAction, Idea, IdeaContact, IdeaStep, Project, ProjectField, ProjectPlace
from areas.acting import acting_role
from areas.models import Area

from .idea_source import idea_source

UNCONFIRMED_PER_ADDRESS = 3  # mails that ask an address to confirm, in a day; more would pester its owner
A_DAY = datetime.timedelta(days=1)


class IdeaError(Exception):
    """What cannot be done with an idea; the text is for the person who tried."""


@dataclass(frozen=True)
class Sent:
    """An idea that came in; `contact` is the address to ask for confirmation, None without one."""

    idea: Idea
    contact: IdeaContact | None
    is_new: bool = True


def digest_of(token: str) -> str:
    """What is stored of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def send_idea(
    *,
    token: str,
    title: str,
    text: str,
    area: Area | None = None,
    field: FieldOfAction | None = None,
    email: str = "",
    language: str = "de",
) -> Sent:
    """Take an idea in. The same form sent twice with the same words is one idea (`is_new` says which).

    Raises `IdeaError` where the form was used for another idea before.
    """
    what = {"title": title, "text": text, "area": area, "field": field}
    idea, is_new = Idea.objects.get_or_create(token_digest=digest_of(token), defaults={**what, "language": language})
    if not is_new:
        if any(getattr(idea, name) != value for name, value in what.items()):
            raise IdeaError(_("Mit diesem Formular kam schon eine andere Idee. Bitte senden Sie noch einmal."))
        return Sent(idea, None, is_new=False)
    IdeaStep.objects.create(idea=idea, kind=Idea.State.RECEIVED)
    idea.refresh_from_db()
    return Sent(idea, _contact(idea, email.strip().lower()) if email else None)


def _contact(idea: Idea, email: str) -> IdeaContact | None:
    waiting = IdeaContact.objects.filter(email=email, confirmed_at__isnull=True, asked_at__gt=timezone.now() - A_DAY)
    if waiting.count() >= UNCONFIRMED_PER_ADDRESS:
        return None
    return IdeaContact.objects.create(idea=idea, email=email)


def take_up(*, idea: Idea, seen: int, user) -> IdeaStep:
    """Somebody reads it now; also: a refusal is looked at again. Raises `IdeaError`."""
    return _step(idea, Idea.State.IN_REVIEW, seen=seen, user=user)


def publish_idea(*, idea: Idea, title: str, text: str, seen: int, user, reason: str = "") -> IdeaStep:
    """Show it to everybody in these words; the words that were sent stay beside them. Raises `IdeaError`."""
    words = {"public_title": title, "public_text": text}
    return _step(idea, Idea.State.PUBLISHED, seen=seen, user=user, reason=reason, **words)


def refuse_idea(*, idea: Idea, reason: str, seen: int, user) -> IdeaStep:
    """Not for the public, or not any more; the sender reads why. Raises `IdeaError`."""
    if not reason.strip():
        raise IdeaError(_("Bitte sagen Sie, warum."))
    return _step(idea, Idea.State.REFUSED, seen=seen, user=user, reason=reason.strip())


@transaction.atomic
def make_project(*, idea: Idea, seen: int, user, day: datetime.date | None = None) -> Project:
    """A project in the state "Idee" that begins with this idea; both name each other. Raises `IdeaError`."""
    idea = _held(idea, seen)
    title, text = idea.public_title or idea.title, idea.public_text or idea.text
    reach = Project.Reach.PLACES if idea.area_id else Project.Reach.CITY
    project = Project.objects.create(
        slug=_free_slug(title),
        title=title,
        description=text,
        reach=reach,
        source=idea_source(),
        source_note=_("Idee Nr. %(number)s") % {"number": idea.pk},
    )
    if idea.area_id:
        ProjectPlace.objects.create(project=project, area=idea.area)
    if idea.field_id:
        ProjectField.objects.create(project=project, field=idea.field)
    project.states.create(state="idea", day=day or timezone.localdate())
    words = {"public_title": title, "public_text": text, "project": project}
    _step(idea, Idea.State.PROJECT, seen=seen, user=user, **words)
    return project


@transaction.atomic
def _step(idea: Idea, kind: str, *, seen: int, user, reason: str = "", **changes) -> IdeaStep:
    """One decision; what it changes about the idea goes with it, or nothing does."""
    idea = _held(idea, seen)
    for name, value in changes.items():
        setattr(idea, name, value)
    if changes:
        idea.save(update_fields=list(changes))
    shortened = kind == Idea.State.PUBLISHED and idea.is_shortened
    more = {"reason": reason, "is_shortened": shortened, "recorded_by": user, "role": acting_role(user)}
    with told_in_words(IdeaError):
        return IdeaStep.objects.create(idea=idea, kind=kind, **more)


def _held(idea: Idea, seen: int) -> Idea:
    """The idea, held until the end of the transaction; `seen` is the newest step that the person saw."""
    held = Idea.objects.select_for_update(of=("self",)).filter(pk=idea.pk).first()
    if held is None:
        raise IdeaError(_("Diese Idee gibt es nicht mehr: Wer sie gesendet hat, hat sie gelöscht."))
    if held.steps.order_by("-pk").values_list("pk", flat=True).first() != seen:
        raise IdeaError(_("Inzwischen hat jemand anderes entschieden. Unten sehen Sie den neuen Stand."))
    return held


def _free_slug(title: str) -> str:
    stem = slugify(title)[:70].strip("-") or "idee"
    taken = set(Project.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def confirm_contact(*, idea: Idea) -> None:
    """The owner of the address wants the messages. Asked twice, nothing changes."""
    IdeaContact.objects.filter(idea=idea, confirmed_at__isnull=True).update(confirmed_at=timezone.now())


def forget_contact(*, idea: Idea) -> None:
    """No more messages; the address is gone."""
    IdeaContact.objects.filter(idea=idea).delete()


@transaction.atomic
def delete_idea(*, idea: Idea) -> None:
    """Everything about it, for good: words, address, decisions. A project that came of it is the city's and stays.

    The right of its sender goes before the rule that a journal is only added to.
    """
    with pgtrigger.ignore("actionplan.IdeaStep:only_added"):
        Idea.objects.filter(pk=idea.pk).delete()
