"""/redaktion/aktionsplan/: where the work on the action plan begins."""

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actionplan.desk import tools_for


@require_safe
@never_cache
@login_required
@permission_required("actionplan.view_project", raise_exception=True)
def desk(request):
    """The parts of the desk that this person may open."""
    return render(request, "redaktion/plan/desk.html", {"tools": tools_for(request.user)})
