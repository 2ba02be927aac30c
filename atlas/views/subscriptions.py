"""`/veroeffentlichungen/abonnieren/`: news by mail about new figures, with confirmation and an end at any time."""

from django.http import Http404


def subscribe(request):
    """Not there yet."""
    raise Http404


def confirm(request, token: str):
    """Not there yet."""
    raise Http404


def unsubscribe(request, token: str):
    """Not there yet."""
    raise Http404
