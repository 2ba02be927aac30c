"""Where everything comes from that a printed profile shows: figures, boundaries, places, and the action plan."""

from datetime import date

from django.db.models import Q

from actionplan.models import ProjectPlace
from areas.models import Area, Facility, Source
from atlas.profile import AreaProfile
from atlas.profile_page import sources


def profile_sources(profile: AreaProfile, on: date) -> list[Source]:
    """Sources in the order of the page on sources; `on` is the day of the action plan. 1 query.

    Boundaries come from the area's own source and from those of the parts that it is put together from.
    """
    area = profile.area
    told = {source.pk: source for source in sources(profile)}
    members = [entry.membership for entry in profile.plan if entry.membership.valid.lower <= on]
    more = Q(pk__in={member.source_id for member in members})
    more |= Q(pk__in=Area.objects.filter(whole_links__whole=area).order_by().values("source"))
    if profile.facilities:
        more |= Q(pk__in=Facility.objects.filter(point__coveredby=area.geometry).order_by().values("source"))
    if any(member.area_id == area.pk for member in members):
        here = Q(area__code=area.code, area__level=area.level_id) | Q(action_area__area=area.pk)
        more |= Q(pk__in=ProjectPlace.objects.filter(here).order_by().values("project__source"))
    told |= {source.pk: source for source in Source.objects.filter(more)}
    return sorted(told.values(), key=lambda source: (source.order, source.title))
