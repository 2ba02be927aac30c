"""/redaktion/: what waits for the person who is logged in."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from indicators.selectors_waiting import waiting_for


@require_safe
@never_cache
@login_required
def overview(request):
    """Own uploads, drafts, releases to check and to plan; for everybody with an account, each by permission."""
    return render(request, "redaktion/overview.html", {"waiting": waiting_for(request.user)})
