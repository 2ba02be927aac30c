"""`/aktionsplan/programme/`: which areas have an action programme; and each programme in each published version."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import ActionProgramme, ProgrammeVersion
from actionplan.selectors.programmes import (
    members_without_programme,
    programme_detail,
    programmes_running,
    public_programmes,
)
from atlas.links import plan_path
from atlas.pages import public_page
from atlas.plan_asking import asked_day

from .plan_projects import plan_crumbs


@require_safe
@public_page(reads={"am"})
def programmes(request):
    """Public programmes, and the areas that have none; or what ran and was published on an earlier day."""
    asked = asked_day(request.GET)
    context = {
        "programmes": public_programmes(on=asked.on) if asked.is_today else programmes_running(on=asked.on),
        "without": members_without_programme(on=asked.on),
        "asked": asked,
        "crumbs": plan_crumbs(_("Aktionsprogramme")),
    }
    return render(request, "atlas/plan_programmes.html", context, status=asked.status)


@require_safe
@public_page
def programme(request, slug: str, number: int | None = None):
    """One programme: its newest published version, or an older one by its number."""
    try:
        detail = programme_detail(slug, number, on=timezone.localdate())
    except (ActionProgramme.DoesNotExist, ProgrammeVersion.DoesNotExist) as error:
        raise Http404(_("Dieses Aktionsprogramm gibt es nicht, oder es ist nicht veröffentlicht.")) from error
    crumbs = plan_crumbs(_("Aktionsprogramme"), plan_path("programme"), detail.programme.title)
    context = {"detail": detail, "programme": detail.programme, "version": detail.version, "crumbs": crumbs}
    return render(request, "atlas/plan_programme.html", context)
