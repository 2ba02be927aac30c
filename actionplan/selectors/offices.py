"""Who is there for the action areas, and who was on an earlier day: offices and functions."""

import datetime
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Transform
from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils import timezone

from actionplan.models import Office, OfficePlace, PlanFunction, PlanFunctionPlace
from areas.models import Area
from areas.selectors import WGS84

NOW, EARLIER, UNSURE = "now", "earlier", "unsure"


@dataclass(frozen=True)
class Offices:
    """Offices and functions, each with `wgs84` (its position, None: not recorded) where it is an office.

    `now`: they are there, or nothing says that they have ended; `earlier`: they have, or are not yet there. `unsure`,
    for a day that has passed: no source says whether they were there on it.
    """

    now: tuple[Office, ...]
    earlier: tuple[Office, ...]
    functions: tuple[PlanFunction, ...]
    earlier_functions: tuple[PlanFunction, ...]
    unsure: tuple[Office, ...] = ()
    unsure_functions: tuple[PlanFunction, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.now or self.earlier or self.functions or self.earlier_functions)


def offices(*, on: datetime.date) -> Offices:
    """All of them with their places, seen from a day. 4 queries."""
    with_places = _offices().prefetch_related(_places(OfficePlace))
    return _seen(with_places, _functions().prefetch_related(_places(PlanFunctionPlace)), on)


def offices_here(area: Area, *, on: datetime.date) -> Offices:
    """Those that are there for a Sozialraum or a quarter in it, without those for the whole city. 2 queries."""
    return _seen(_of(_offices(), area), _of(_functions(), area), on)


def project_offices(*, on: datetime.date) -> list[Office]:
    """The central office or offices of a day. 1 query."""
    found = Office.objects.filter(kind=Office.Kind.PROJECT).order_by("begins", "slug")
    return [office for office in found if _holds(office, on) == NOW]


def placed_offices(*, on: datetime.date) -> list[Office]:
    """Offices of a day whose position is recorded. 1 query."""
    return [office for office in _offices().filter(location__isnull=False) if _holds(office, on) == NOW]


def _of(found: QuerySet, area: Area) -> QuerySet:
    here = Q(places__area__code=area.code, places__area__level=area.level) | Q(places__action_area__area=area)
    return found.filter(here).distinct()


def _offices() -> QuerySet[Office]:
    found = Office.objects.select_related("source").annotate(wgs84=Transform("location", WGS84)).defer("location")
    return found.order_by("kind", "begins", "name", "slug")


def _functions() -> QuerySet[PlanFunction]:
    return PlanFunction.objects.select_related("source", "office").defer("office__location").order_by("pk")


def _places(model: type[Model]) -> Prefetch:
    found = model.objects.select_related("area__level", "action_area__area__level").order_by("area__code", "pk")
    return Prefetch("places", found.defer("area__geometry", "action_area__geometry", "action_area__area__geometry"))


def _seen(every_office: QuerySet[Office], every_function: QuerySet[PlanFunction], on: datetime.date) -> Offices:
    found = sorted(every_office, key=lambda office: office.kind != Office.Kind.PROJECT)
    functions = list(every_function)

    def those(things: list, when: str) -> tuple:
        return tuple(thing for thing in things if _holds(thing, on) == when)

    return Offices(
        now=those(found, NOW),
        earlier=those(found, EARLIER),
        unsure=those(found, UNSURE),
        functions=those(functions, NOW),
        earlier_functions=those(functions, EARLIER),
        unsure_functions=those(functions, UNSURE),
    )


def _holds(thing: Office | PlanFunction, on: datetime.date) -> str:
    """Whether it was there on a day. Of today: as long as nothing says that it has ended.

    Of an earlier day: by its days; where one of them is missing or only its year is known, nobody can say.
    """
    if (thing.begins and thing.begins > on) or (thing.ends and thing.ends <= on):
        return EARLIER
    if on >= timezone.localdate():
        return EARLIER if thing.is_former else NOW
    vague_begin = thing.begins is None or (not thing.begins_is_exact and thing.begins.year == on.year)
    vague_end = (thing.is_former and thing.ends is None) or (
        thing.ends is not None and not thing.ends_is_exact and thing.ends.year == on.year
    )
    return UNSURE if vague_begin or vague_end else NOW
