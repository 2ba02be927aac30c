"""`/aktionsplan/projekte/`: what is done in the action plan; and each project."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import Project, ProjectState
from actionplan.selectors.projects import (
    Filters,
    field_names,
    places_with_projects,
    project_detail,
    project_page,
)
from atlas.asked import AskedWrongly, one_of
from atlas.links import plan_path
from atlas.pages import public_page

LONGEST_SEARCH = 80
_NAMES = ("q", "raum", "feld", "zustand")


@require_safe
@public_page(reads={*_NAMES, "seite"})
def projects(request):
    """The list, narrowed by words, place, field and state (`?raum=082&feld=arbeit`)."""
    places, fields = places_with_projects(), field_names(timezone.localdate())
    wrong, filters = None, Filters()
    try:
        filters = _filters(request, places, fields)
    except AskedWrongly as asked:
        wrong = asked
    asked = {name: request.GET[name] for name in _NAMES if request.GET.get(name) and not wrong}
    context = {
        "found": project_page(filters, request.GET.get("seite", "1")),
        "filters": filters,
        "wrong": wrong,
        "places": places,
        "fields": fields,
        "field_words": {name.field.slug: name for name in fields},
        "states": ProjectState.State.choices,
        "state_words": dict(ProjectState.State.choices),
        "asked": urlencode(asked),
        "crumbs": plan_crumbs(_("Projekte")),
    }
    return render(request, "atlas/plan_projects.html", context, status=400 if wrong else 200)


def _filters(request, places, fields) -> Filters:
    """Raises `AskedWrongly` for a place, field or state that there is not."""
    known = ["stadt", "unbekannt", *(code for code, _name in places)]
    return Filters(
        words=" ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH],
        place=one_of(request.GET, "raum", known, default=""),
        field=one_of(request.GET, "feld", [name.field.slug for name in fields], default=""),
        state=one_of(request.GET, "zustand", ["unbekannt", *ProjectState.State.values], default=""),
    )


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


def plan_crumbs(label: str, url: str = "", last: str = "") -> list[dict]:
    """The way from the action plan to a page below it."""
    crumbs = [{"label": _("Aktionsplan"), "url": plan_path()}, {"label": label, "url": url}]
    return [*crumbs, {"label": last, "url": ""}] if last else crumbs
