"""Documents without login: the profile of an area as a file, and the short address that every document prints."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from areas.models import Area
from atlas.asked import one_of
from atlas.document_answers import document_answer
from atlas.document_page import DocumentPage, document_page
from atlas.map_reading import read_state
from atlas.map_state import PARAMETERS as MAP_PARAMETERS
from atlas.reports.compilation import SIZES
from atlas.reports.kinds import query_of
from atlas.stand import PARAMETER
from indicators.models import Release

CHECKSUM = "pruefsumme"
SORTING = "sortierung"


@require_safe
def profile_document(request, level: str, code: str, ending: str) -> HttpResponse:
    """The profile of an area as a file; 404 for an area that there is not."""
    if not Area.objects.in_force().at_level(level).filter(code=code).exists():
        raise Http404(_("Dieses Gebiet gibt es nicht."))
    return document_answer(
        request,
        kind="profile",
        parameters=lambda _release: {"level": level, "code": code},
        ending=ending,
        stand=request.GET.get(PARAMETER, ""),
    )


@require_safe
def map_document(request, ending: str) -> HttpResponse:
    """What the map page shows, as a sheet; its parameters, and `papier` (A4 / A3) and `lage` (hoch / quer)."""
    return document_answer(
        request, kind="map", parameters=partial(_sheet, request), ending=ending, stand=request.GET.get(PARAMETER, "")
    )


@require_safe
def map_series(request, ending: str) -> HttpResponse:
    """The same map for all periods; what the address says about time is left out."""
    return document_answer(
        request,
        kind="series",
        parameters=partial(_series, request),
        ending=ending,
        stand=request.GET.get(PARAMETER, ""),
    )


def _series(request, release: Release) -> dict:
    """Raises `AskedWrongly`."""
    asked = _sheet(request, release, kind="series")
    return asked | {"query": {name: text for name, text in asked["query"].items() if name != SORTING}}


def _sheet(request, release: Release, kind: str = "map") -> dict:
    """The state of the map in full, so that the same map has one address. Raises `AskedWrongly`."""
    query = {name: request.GET.get(name, "").strip() for name in MAP_PARAMETERS if name != PARAMETER}
    view = read_state({name: text for name, text in query.items() if text} | {PARAMETER: release.slug})
    if view.wrong:
        raise view.wrong[0]
    size = one_of(request.GET, "papier", SIZES, default="A4")
    lies = one_of(request.GET, "lage", ["hoch", "quer"], default="hoch") == "quer"
    return {"query": query_of(kind, view.state), "sheet": {"size": size, "landscape": lies}}


@require_safe
def document(request, code: str) -> HttpResponse:
    """What a document is, whether it is the newest, whether a checksum is its own, and the same once more."""
    page = _page(request, code, checksum=request.GET.get(CHECKSUM, ""))
    status = 410 if page.withdrawn else 403 if page.is_closed else 200
    response = render(request, "atlas/document.html", {"page": page, "crumbs": _crumbs(page)}, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def document_file(request, code: str, ending: str) -> HttpResponse:
    """A public document in any format, computed once more where its file is gone."""
    page = _page(request, code)
    if not page.is_public:
        raise Http404(_("Dieses Dokument gibt es nicht öffentlich."))
    kind, parameters, stand = page.report.kind, page.report.parameters, page.report.release.slug
    with override(page.report.language):  # whatever the language of the address
        return document_answer(request, kind=kind, parameters=lambda _release: parameters, ending=ending, stand=stand)


def _page(request, code: str, *, checksum: str = "") -> DocumentPage:
    page = document_page(code, user=request.user, checksum=checksum)
    if page is None:
        raise Http404(_("Ein Dokument mit dieser Adresse gibt es nicht."))
    return page


def _crumbs(page: DocumentPage) -> list[dict]:
    return [{"label": page.title or _("Dokument"), "url": ""}]
