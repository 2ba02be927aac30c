"""Ideas: what readers see, what staff decide about, what a sender comes back to."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from actionplan.mailing import read_mail_token
from actionplan.models import Idea, IdeaContact, IdeaStep
from areas.models import Area

PER_PAGE = 20
PUBLIC = (Idea.State.PUBLISHED, Idea.State.PROJECT)


@dataclass(frozen=True)
class IdeaFilters:
    """What the public list is narrowed to; `place` is the code of a Sozialraum or `stadt`, `key` one idea alone."""

    place: str = ""
    field: str = ""
    became: bool = False
    key: int | None = None

    @property
    def any(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.place or self.field or self.became or self.key is not None)


def public_ideas(filters: IdeaFilters, number: str = "1") -> Page:
    """One page of what was published, newest first. 2 queries."""
    found = _with_all(Idea.objects.filter(state__in=PUBLIC))
    if filters.key is not None:
        found = found.filter(pk=filters.key)
    if filters.place == "stadt":
        found = found.filter(area__isnull=True)
    elif filters.place:
        found = found.filter(area__code=filters.place)
    if filters.field:
        found = found.filter(field__slug=filters.field)
    if filters.became:
        found = found.filter(state=Idea.State.PROJECT)
    return Paginator(found, PER_PAGE).get_page(number)


def ideas_to_decide(state: str, number: str = "1") -> Page:
    """One page of ideas in a state ("": all), those that wait longest first. 2 queries."""
    found = _with_all(Idea.objects.all()).order_by("created_at", "pk")
    return Paginator(found.filter(state=state) if state else found, PER_PAGE).get_page(number)


def ideas_by_state() -> dict[str, int]:
    """How many ideas there are in each state. 1 query."""
    counted = dict(Idea.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in Idea.State.values}


def idea_with_steps(pk: int) -> tuple[Idea, list[IdeaStep]] | None:
    """One idea and its way. 2 queries."""
    idea = _with_all(Idea.objects.filter(pk=pk)).first()
    return (idea, list(idea.steps.select_related("recorded_by").order_by("pk"))) if idea else None


@dataclass(frozen=True)
class OwnIdea:
    """What somebody sees who holds the address of an idea. `by_mail`: the address came by mail."""

    idea: Idea
    steps: tuple[IdeaStep, ...]
    contact: IdeaContact | None
    by_mail: bool

    @property
    def refusal(self) -> IdeaStep | None:
        """Why it is not public, as long as that holds."""
        return self.steps[-1] if self.steps and self.idea.state == Idea.State.REFUSED else None


def own_idea(*, digest: str, token: str) -> OwnIdea | None:
    """The idea of a secret address, or of an address in a mail. At most 4 queries; None where there is none."""
    signed = read_mail_token(token)
    if signed:
        found = Idea.objects.filter(pk=signed[0], contact__pk=signed[1])
    else:
        found = Idea.objects.filter(token_digest=digest)
    idea = _with_all(found).first()
    if idea is None:
        return None
    contact = IdeaContact.objects.filter(idea=idea).first()
    return OwnIdea(idea, tuple(idea.steps.order_by("pk")), contact, by_mail=signed is not None)


def idea_places() -> list[Area]:
    """Every Sozialraum that an idea can be about, by name. 1 query."""
    found = Area.objects.in_force().filter(level__is_reporting=True).defer("geometry").select_related("level")
    return list(found.order_by("search_name", "code"))


def _with_all(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    return ideas.select_related("area__level", "field", "project").defer("area__geometry")
