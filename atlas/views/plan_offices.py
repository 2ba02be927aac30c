"""`/aktionsplan/bueros/`: who is there for the action areas, as offices and functions, never as people."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.selectors.offices import offices
from atlas.pages import public_page

from .plan_projects import plan_crumbs


@require_safe
@public_page
def plan_offices(request):
    """Offices and functions, those of today and earlier ones."""
    context = {"offices": offices(on=timezone.localdate()), "crumbs": plan_crumbs(_("Büros und Funktionen"))}
    return render(request, "atlas/plan_offices.html", context)
