"""`/aktionsplan/beteiligung/`: where people take part, next dates first; those also as a calendar file."""

import datetime
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import Participation
from actionplan.selectors.participation import dates
from atlas.appointments import Appointment, calendar_text
from atlas.links import plan_path
from atlas.navigation import Frame
from atlas.pages import public_page

from .plan_projects import plan_crumbs


@require_safe
@public_page
def participation(request):
    """Everything that comes and was."""
    context = {"dates": dates(on=timezone.localdate()), "crumbs": plan_crumbs(_("Beteiligung"))}
    return render(request, "atlas/plan_participation.html", context)


@require_safe
@public_page
def participation_calendar(request):
    """Dates to come whose day is known, for a calendar; what was cancelled is left out."""
    site = Frame(request).site
    host = urlsplit(site).hostname or "sozialportal"
    coming = [
        event
        for event in dates(on=timezone.localdate()).coming
        if event.exactness == Participation.Exactness.DAY and event.state != Participation.State.CANCELLED
    ]
    text = calendar_text(_("Beteiligung am Aktionsplan"), [_appointment(event, site, host) for event in coming])
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="beteiligung.ics"'
    return response


def _appointment(event: Participation, site: str, host: str) -> Appointment:
    at = event.begins
    if event.starts_at and event.begins == event.last_day:
        at = timezone.make_aware(datetime.datetime.combine(event.begins, event.starts_at))
    return Appointment(
        uid=f"participation-{event.slug}@{host}",
        at=at,
        changed=event.changed_at,
        title=event.label,
        url=f"{site}{plan_path('beteiligung')}#{event.slug}",
        place=event.place,
        last=event.last_day,
    )
