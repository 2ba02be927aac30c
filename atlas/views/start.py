"""`/`: what this is, three entrances, search, a few figures, what is new."""

from django.shortcuts import render

from atlas.pages import public_page
from atlas.selectors.start import start_page


@public_page
def start(request):
    """The start page."""
    return render(request, "atlas/start.html", {"page": start_page()})
