"""Who is there for the action areas: offices and functions, those of today and those that are documented of earlier."""

import datetime
from dataclasses import dataclass

from django.db.models import Model, Prefetch, Q, QuerySet

from actionplan.models import Office, OfficePlace, PlanFunction, PlanFunctionPlace
from areas.models import Area


@dataclass(frozen=True)
class Offices:
    """Offices and functions. `now`: nothing says that they have ended; `earlier`: they have, or are not yet there."""

    now: tuple[Office, ...]
    earlier: tuple[Office, ...]
    functions: tuple[PlanFunction, ...]
    earlier_functions: tuple[PlanFunction, ...]

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
    return [office for office in found if _holds(office, on)]


def _of(found: QuerySet, area: Area) -> QuerySet:
    here = Q(places__area__code=area.code, places__area__level=area.level) | Q(places__action_area__area=area)
    return found.filter(here).distinct()


def _offices() -> QuerySet[Office]:
    found = Office.objects.select_related("source").defer("location")
    return found.order_by("kind", "begins", "name", "slug")


def _functions() -> QuerySet[PlanFunction]:
    return PlanFunction.objects.select_related("source", "office").defer("office__location").order_by("pk")


def _places(model: type[Model]) -> Prefetch:
    found = model.objects.select_related("area__level", "action_area__area__level").order_by("area__code", "pk")
    return Prefetch("places", found.defer("area__geometry", "action_area__geometry", "action_area__area__geometry"))


def _seen(every_office: QuerySet[Office], every_function: QuerySet[PlanFunction], on: datetime.date) -> Offices:
    found = sorted(every_office, key=lambda office: office.kind != Office.Kind.PROJECT)
    functions = list(every_function)
    return Offices(
        now=tuple(office for office in found if _holds(office, on)),
        earlier=tuple(office for office in found if not _holds(office, on)),
        functions=tuple(function for function in functions if _holds(function, on)),
        earlier_functions=tuple(function for function in functions if not _holds(function, on)),
    )


def _holds(thing: Office | PlanFunction, on: datetime.date) -> bool:
    """Nothing says that it has ended by the day, or begins after it."""
    started = thing.begins is None or thing.begins <= on
    return started and not thing.is_former and (thing.ends is None or thing.ends > on)
