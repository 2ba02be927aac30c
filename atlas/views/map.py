"""`/karte/`: the table, the map and what they mean, on one page."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from atlas.document_links import map_documents, series_address
from atlas.links import subscribe_path
from atlas.map_page import map_page, script_data
from atlas.map_reading import NothingPublished, read_state
from atlas.map_state import METHODS, PARAMETERS
from atlas.map_texts import script_texts
from atlas.pages import public_page
from atlas.picture_form import picture_form
from indicators.selectors import catalogue
from indicators.standing import notice_begins, recent_correction
from indicators.statistics.classes import CLASS_COUNTS


def _corrected(view):
    return recent_correction(view.indicator, notice_begins(timezone.localdate()))


@require_safe
@public_page(reads=PARAMETERS)
def map_view(request):
    """The map page in the state that the address names."""
    try:
        view = read_state(request.GET)
    except NothingPublished:
        return render(request, "atlas/map_empty.html", status=503)
    page = map_page(view)
    context = {
        "page": page,
        "view": view,
        "state": view.state,
        "indicator": view.indicator,
        "table": view.table,
        "groups": catalogue(with_data=True),
        "methods": [(word, label) for word, (method, label) in METHODS.items() if method.value in view.table.limits],
        "counts": CLASS_COUNTS,
        "comparable": [p for p in view.table.periods if f"{p.code}-{view.state.period}" in view.table.change_limits],
        "script_data": script_data(page, script_texts(view)),
        "corrected": None if view.notice.sentence else _corrected(view),
        "subscribe_url": subscribe_path(indicator=view.indicator.slug),
        "documents": map_documents(view.state.as_query()),
        "series_url": series_address(view.state.as_query()),
        "downloads": {kind: view.state.url(f"atlas:map_{kind}") for kind in ("csv", "geojson")},
        "still_url": f"{view.state.url('atlas:map_svg')}&einbettung=1",
        "picture_form": picture_form(view.state.as_query()),
    }
    return render(request, "atlas/map.html", context)
