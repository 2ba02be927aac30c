"""`/`: what this is, three entrances, search, a few figures, what is new."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlas.pages import public_page
from atlas.selectors.start import start_page


@require_safe
@public_page
def start(request):
    """The start page."""
    return render(request, "atlas/start.html", {"page": start_page()})
