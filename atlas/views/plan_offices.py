"""`/aktionsplan/bueros/`: who is there for the action areas, as offices and functions, never as people."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.selectors.offices import offices
from atlas.pages import public_page
from atlas.plan_asking import asked_day
from atlas.selectors.plan_offices import office_map

from .plan_projects import plan_crumbs


@require_safe
@public_page(reads={"am"})
def plan_offices(request):
    """Offices and functions, those of today and earlier ones; or those of an earlier day (`?am=2015-06-01`)."""
    asked = asked_day(request.GET)
    found = offices(on=asked.on)
    context = {
        "offices": found,
        "map": office_map(found.now),
        "asked": asked,
        "crumbs": plan_crumbs(_("Büros und Funktionen")),
    }
    return render(request, "atlas/plan_offices.html", context, status=asked.status)
