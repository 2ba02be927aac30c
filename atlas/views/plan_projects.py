"""`/aktionsplan/projekte/`: what is done in the action plan, as list, map and table to take away."""

from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import Project, ProjectState
from actionplan.selectors.project_list import (
    Filters,
    ProjectPage,
    choices,
    granted_of,
    narrowed,
    project_page,
    with_facts,
    with_fields,
)
from areas.inert import inert
from areas.kept import kept
from atlas.asked import AskedWrongly
from atlas.links import full_address, plan_path
from atlas.numbers import format_number
from atlas.pages import public_page
from atlas.plan_asking import NAMES, asked_again, asked_filters
from atlas.selectors.plan_projects import ProjectMap, project_map

from .csv_answer import csv_answer


@require_safe
@public_page(reads={*NAMES, "seite"})
def projects(request):
    """The list, narrowed by its filters (`?raum=082&feld=arbeit&jahr=2021`), with a map of where the projects work."""
    offered = choices(timezone.localdate())
    wrong, filters = None, Filters()
    try:
        filters = asked_filters(request.GET, offered)
    except AskedWrongly as asked:
        wrong = asked
    found = project_page(filters, offered, request.GET.get("seite", "1"))
    asked = "" if wrong else asked_again(request.GET)
    context = {
        "found": found,
        "filters": filters,
        "wrong": wrong,
        "choices": offered,
        "states": ProjectState.State.choices,
        "state_words": dict(ProjectState.State.choices),
        "asked": asked,
        "typed": request.GET,
        "more_open": wrong or any(request.GET.get(name) for name in NAMES if name not in ("q", "raum")),
        "map": _map(found, "" if wrong else asked_again(request.GET, without="raum"), is_whole=not filters.any),
        "crumbs": plan_crumbs(_("Projekte")),
    }
    return render(request, "atlas/plan_projects.html", context, status=400 if wrong else 200)


def _map(found: ProjectPage, asked: str, *, is_whole: bool) -> ProjectMap | None:
    """Drawn once for the whole list, anew for a narrowed one."""
    address = plan_path("projekte") + (f"?{asked}&" if asked else "?") + "raum="
    if is_whole:
        return kept(f"project-map-{get_language()}", lambda: project_map(found.by_area, address=address))
    return project_map(found.by_area, address=address)


@require_safe
@public_page(reads=set(NAMES))
def projects_csv(request):
    """The narrowed list as a table, every project of it. Anything wrong in the address is answered with a sentence."""
    try:
        filters = asked_filters(request.GET, choices(timezone.localdate()))
    except AskedWrongly as wrong:
        return HttpResponseBadRequest(str(wrong), content_type="text/plain; charset=utf-8")
    found = narrowed(filters)
    granted = granted_of(found.order_by().values("pk"), filters.until)
    columns = (
        *(
            _("Projekt"),
            _("Beschreibung"),
            _("Reichweite"),
            _("Gebiete"),
            _("Handlungsfelder"),
            _("Träger"),
            _("Partner"),
        ),
        *(_("Für wen"), _("Beginn"), _("Ende"), _("Zeit in Worten"), _("Zustand"), _("bewilligt (Euro)")),
        *(_("Quelle"), _("Adresse")),
    )
    rows = (_row(project, granted.get(project.pk)) for project in with_fields(with_facts(found, filters.until)))
    return csv_answer(columns, rows, "aktionsplan-projekte")


def _row(project: Project, granted) -> list[str]:
    """A project as a line; what is not known stays empty."""
    places = ", ".join(place.name for place in project.places.all())
    fields = ", ".join(link.field.slug for link in project.field_links.all())
    state = dict(ProjectState.State.choices).get(project.state_now, "")
    days = [day.strftime("%d.%m.%Y") if day else "" for day in (project.begins, project.ends)]
    texts = (project.title, project.description, project.get_reach_display(), places, fields, project.carrier)
    texts += (project.partners, project.target_groups, *days, project.dates_note, state)
    money = "" if granted is None else format_number(granted, 2, "de").replace(".", "")
    address = full_address(plan_path("projekte", project.slug))
    return [*map(inert, texts), money, inert(project.source.label), address]


def plan_crumbs(label: str, url: str = "", last: str = "") -> list[dict]:
    """The way from the action plan to a page below it; `last` is a title, which is German."""
    crumbs = [{"label": _("Aktionsplan"), "url": plan_path()}, {"label": label, "url": url}]
    return [*crumbs, {"label": last, "url": "", "lang": "de"}] if last else crumbs
