"""`/aktionsplan/projekte/rampe-2/`: one project with everything that is recorded about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import Project, ProjectFile
from actionplan.selectors.projects import project_detail
from atlas.links import plan_path
from atlas.pages import public_page

from .plan_projects import plan_crumbs


@require_safe
@public_page
def project(request, slug: str):
    """One project: what, where, who, since when, with what money, from what source."""
    try:
        detail = project_detail(slug, on=timezone.localdate())
    except Project.DoesNotExist as error:
        raise Http404(_("Dieses Projekt gibt es nicht.")) from error
    crumbs = plan_crumbs(_("Projekte"), plan_path("projekte"), detail.project.title)
    return render(request, "atlas/plan_project.html", {"detail": detail, "project": detail.project, "crumbs": crumbs})


@require_safe
def project_file(request, slug: str, name: str):
    """A picture, or a document to save. Other bytes have another address, so it can be kept for a year."""
    key, _mark, _rest = name.partition("-")
    found = (
        ProjectFile.objects.filter(project__slug=slug, pk=key).first() if key.isdecimal() and len(key) < 10 else None
    )
    if found is None or found.file_name != name:
        raise Http404(_("Diese Datei gibt es nicht."))
    response = HttpResponse(bytes(found.body), content_type=found.content_type)
    way = "inline" if found.is_picture else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{slug}-{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
