"""`/aktionsplan/gebiete/023/`: why a Sozialraum is in the action plan, what is done there, with which money."""

import datetime

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import ActionArea
from actionplan.selectors.areas import AreaInPlan, area_in_plan
from actionplan.selectors.offices import offices_here
from actionplan.selectors.participation import dates_here
from actionplan.selectors.programmes import programmes_of
from areas.kept import kept
from atlas.links import area_path, map_path
from atlas.pages import public_page
from atlas.selectors.adjustments import grounds
from atlas.selectors.plan_area import since_joining
from atlas.selectors.plan_offices import office_map

from .plan_projects import plan_crumbs


@require_safe
@public_page
def plan_area(request, code: str):
    """One Sozialraum that is or was in the plan, as a whole or with a quarter."""
    today = timezone.localdate()
    try:
        found = area_in_plan(code, on=today)
    except ActionArea.DoesNotExist as error:
        raise Http404(_("Dieses Gebiet gehört nicht zum Aktionsplan und hat nie dazu gehört.")) from error
    area, holding = found.area, found.holding(today)
    around = kept(f"plan-area-{area.level_id}-{area.code}-{get_language()}", lambda: _around(found, today))
    rows = around["rows"]
    context = {
        "found": found,
        "area": area,
        "holding": holding,
        "whole": next((m for m in holding if m.kind == ActionArea.Kind.ACTION_AREA), None),
        "quarters": [m for m in holding if m.kind == ActionArea.Kind.ACTION_QUARTER],
        **around,
        "has_earliest": any(row.is_earliest for row in rows),
        "has_frozen": any(row.is_frozen for row in rows),
        "cluster": next((m.cluster_2007 for m in found.memberships if m.cluster_2007), None),
        "profile_url": area_path(area.level.slug, area.code),
        "map_url": f"{map_path(rows[0].indicator.slug, level=area.level.slug)}&gebiet={area.code}" if rows else "",
        "crumbs": plan_crumbs(area.name),
    }
    return render(request, "atlas/plan_area.html", context)


def _around(found: AreaInPlan, today: datetime.date) -> dict:
    """What stands around projects and money; asked for anew only when anything public changes."""
    area = found.area
    here = offices_here(area, on=today)
    return {
        "rows": since_joining(area, found.memberships),
        "grounds": grounds(area),
        "programmes": programmes_of(area, on=today),
        "dates": dates_here(area, found.memberships, on=today),
        "offices": here,
        "office_map": office_map(here.now, here=[area.code]),
    }
