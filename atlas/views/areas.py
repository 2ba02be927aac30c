"""`/gebiete/`: all neighbourhoods by Stadtbezirk, with a small map; `?ebene=` chooses another level."""

from collections.abc import Mapping

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from atlas.area_list import AreaList, area_list
from atlas.asked import AskedWrongly, one_of
from atlas.charts.locator import locator_svg
from atlas.links import area_path
from atlas.locators import coarse_drawing
from atlas.pages import public_page


@require_safe
@public_page(reads={"ebene"})
def areas(request):
    """The list; while nothing is loaded the page says so."""
    found = area_list(request.GET.get("ebene", ""))
    if found is None:
        return render(request, "atlas/areas_empty.html", status=503)
    start = reverse("atlas:areas")
    levels = [
        (level, start if level.is_reporting else f"{start}?ebene={level.slug}", level == found.level)
        for level in found.levels
    ]
    context = {"list": found, "levels": levels, "overview": _overview(found), "wrong": _wrong(request.GET, found)}
    return render(request, "atlas/areas.html", context)


def _wrong(query: Mapping[str, str], found: AreaList) -> AskedWrongly | None:
    try:
        one_of(query, "ebene", [level.slug for level in found.levels], default=found.level.slug)
    except AskedWrongly as wrong:
        return wrong
    return None


def _overview(found: AreaList) -> str:
    drawing = coarse_drawing(found.level.slug)
    if drawing is None:
        return ""
    links = {code: (area_path(found.level.slug, code), name) for code, name in drawing.names.items()}
    return locator_svg(drawing.paths, size=drawing.size, links=links, plan=found.plan_codes)
