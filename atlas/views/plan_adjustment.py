"""`/aktionsplan/anpassungen/anpassung-2021/`: which areas a decision took in or let go, by which rule, and why."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import Adjustment
from actionplan.selectors.adjustments import decided
from atlas.links import plan_path
from atlas.pages import public_page
from atlas.selectors.adjustments import adjustment_page

from .plan_projects import plan_crumbs


@require_safe
@public_page
def plan_adjustment(request, slug: str):
    """One decided adjustment with all areas; drafts are for staff."""
    try:
        page = adjustment_page(decided().filter(slug=slug))
    except Adjustment.DoesNotExist as error:
        raise Http404(_("Diese Anpassung gibt es nicht.")) from error
    crumbs = plan_crumbs(_("Beschlüsse und Berichte"), plan_path("beschluesse"), page.adjustment.title)
    return render(
        request, "atlas/plan_adjustment.html", {"page": page, "adjustment": page.adjustment, "crumbs": crumbs}
    )
