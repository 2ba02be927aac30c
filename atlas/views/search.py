"""`/suche/`: areas, indicators and places by name; and suggestions while typing."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from areas.models import AreaLevel
from atlas.selectors.search import search, suggestions

BROWSER_ONLY = "private, max-age=60"  # what somebody looks for is kept by nobody else


@require_safe
def search_view(request):
    """What was found, or help where nothing was."""
    levels = list(AreaLevel.objects.order_by("rank"))
    query = request.GET.get("q", "").strip()
    found = search(query, reporting=_reporting(levels)) if query else None
    context = {"query": query, "found": found, "levels": levels}
    response = render(request, "atlas/search.html", context)
    response["Cache-Control"] = BROWSER_ONLY
    return response


@require_safe
def suggestions_view(request):
    """`{"suggestions": [{"label", "kind", "url"}]}` for the list below the search field."""
    found = suggestions(request.GET.get("q", ""), reporting=_reporting(AreaLevel.objects.order_by("rank")))
    response = JsonResponse({"suggestions": [vars(suggestion) for suggestion in found]})
    response["Cache-Control"] = BROWSER_ONLY
    return response


def _reporting(levels) -> str:
    return next((level.slug for level in levels if level.is_reporting), "")
