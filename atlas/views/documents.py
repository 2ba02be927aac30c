"""Documents without login: the profile of an area as a file, and the short address that every document prints."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.models import Area
from atlas.document_answers import document_answer
from atlas.document_page import DocumentPage, document_page
from atlas.stand import PARAMETER

CHECKSUM = "pruefsumme"


@require_safe
def profile_document(request, level: str, code: str, ending: str) -> HttpResponse:
    """The profile of an area as a file; 404 for an area that there is not."""
    if not Area.objects.in_force().at_level(level).filter(code=code).exists():
        raise Http404(_("Dieses Gebiet gibt es nicht."))
    return document_answer(
        request,
        kind="profile",
        parameters={"level": level, "code": code},
        ending=ending,
        stand=request.GET.get(PARAMETER, ""),
    )


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
    report = page.report
    return document_answer(
        request, kind=report.kind, parameters=report.parameters, ending=ending, stand=report.release.slug
    )


def _page(request, code: str, *, checksum: str = "") -> DocumentPage:
    page = document_page(code, user=request.user, checksum=checksum)
    if page is None:
        raise Http404(_("Ein Dokument mit dieser Adresse gibt es nicht."))
    return page


def _crumbs(page: DocumentPage) -> list[dict]:
    return [{"label": page.title or _("Dokument"), "url": ""}]
