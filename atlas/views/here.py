"""`/wo/?lat=…&lon=…`: the area on every level at a position. The position is used for this answer and not kept."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from areas.models import AreaLevel
from areas.selectors import areas_at
from atlas.asked import AskedWrongly, degrees


@require_safe
@never_cache
def here(request):
    """Names and links of the areas here; says so outside the city; programs are sent to the interface."""
    if request.GET.get("format") == "json" or request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    ):
        asked = urlencode({name: request.GET[name] for name in ("lat", "lon") if name in request.GET})
        return HttpResponseRedirect(f"{reverse('api:here')}?{asked}")
    if not request.GET.get("lat") and not request.GET.get("lon"):
        return render(request, "atlas/here.html", {"asked": False})
    try:
        found = areas_at(degrees(request.GET, "lon", 180), degrees(request.GET, "lat", 90))
    except AskedWrongly as wrong:
        return render(request, "atlas/here.html", {"asked": True, "wrong": wrong}, status=400)
    reporting = AreaLevel.objects.filter(is_reporting=True).first()
    nearest = next((area for area in found.areas if reporting and area.level == reporting.slug), None)
    return render(request, "atlas/here.html", {"asked": True, "found": found, "nearest": nearest})
