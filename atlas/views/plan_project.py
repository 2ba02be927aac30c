"""`/aktionsplan/projekte/rampe-2/`: one project with everything that is recorded about it."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import Project
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
