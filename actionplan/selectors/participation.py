"""Participation in the plan: what comes, and what was."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from actionplan.models import ActionArea, Participation, ParticipationPlace
from areas.models import Area


@dataclass(frozen=True)
class Dates:
    """Events that end on or after a day, the next first, and those before, the newest first."""

    coming: tuple[Participation, ...]
    past: tuple[Participation, ...]


def dates(*, on: datetime.date) -> Dates:
    """All participation, seen from a day. 2 queries."""
    places = ParticipationPlace.objects.select_related("area__level", "action_area__area__level").defer(
        "area__geometry", "action_area__geometry", "action_area__area__geometry"
    )
    return _split(_events().prefetch_related(Prefetch("places", places)), on)


def dates_here(area: Area, memberships: Sequence[ActionArea], *, on: datetime.date) -> Dates:
    """What concerns a Sozialraum: events there, events in all or some of the plan's areas while it was one of them.

    Events for the whole city only as long as they are to come. 1 query: places are not read.
    """
    here = Q(area__code=area.code, area__level=area.level) | Q(action_area__area=area)
    is_here = Exists(ParticipationPlace.objects.filter(here, participation=OuterRef("pk")))
    everything = _split(_events().annotate(is_here=is_here), on)
    return Dates(
        coming=tuple(e for e in everything.coming if _city(e) or _concerns(e, memberships)),
        past=tuple(e for e in everything.past if _concerns(e, memberships)),
    )


def _events() -> QuerySet[Participation]:
    return Participation.objects.select_related("source", "paper")


def _split(events: Iterable[Participation], on: datetime.date) -> Dates:
    events = list(events)
    coming = [event for event in events if event.last_day >= on]
    past = [event for event in events if event.last_day < on]
    return Dates(
        tuple(sorted(coming, key=lambda e: (e.begins, e.starts_at or datetime.time(), e.slug))),
        tuple(sorted(past, key=lambda e: (e.last_day, e.begins, e.slug), reverse=True)),
    )


def _city(event: Participation) -> bool:
    return event.reach == Participation.Reach.CITY


def _concerns(event: Participation, memberships: Sequence[ActionArea]) -> bool:
    if event.reach == Participation.Reach.PLACES:
        return event.is_here
    return not _city(event) and any(m.holds_on(event.last_day) or m.holds_on(event.begins) for m in memberships)
