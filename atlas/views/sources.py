"""`/daten-und-quellen/`: every source with its licence, what is estimated or assumed, and everything to take away."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlas.pages import public_page
from atlas.selectors.sources import sources_page
from indicators.statuses import SIGN_MEANINGS


@require_safe
@public_page
def sources(request):
    """Sources, certainty, signs, downloads, interface for programs."""
    return render(request, "atlas/sources.html", {"page": sources_page(), "signs": SIGN_MEANINGS})
