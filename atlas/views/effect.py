"""`/aktionsplan/wirkung/`: how the areas of the plan developed, and what that can and cannot show."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.asked import AskedWrongly, one_of
from atlas.effect_drawing import effect_drawing
from atlas.pages import public_page
from atlas.selectors.effect import effect_page
from indicators.definitions import screened_indicators

from .plan_projects import plan_crumbs


@require_safe
@public_page(reads={"indikator"})
def effect(request):
    """One indicator (`?indikator=transferleistungsquote`): change in the plan's areas beside city and similar areas."""
    choices, wrong = screened_indicators(), None
    slugs = {indicator.slug: indicator for indicator in choices}
    usual = next(iter(slugs), "")
    try:
        asked = one_of(request.GET, "indikator", list(slugs), default=usual)
    except AskedWrongly as error:
        wrong, asked = error, usual
    page = effect_page(slugs[asked], choices, on=timezone.localdate()) if asked else None
    context = {
        "page": page,
        "drawing": effect_drawing(page) if page else None,
        "choices": choices,
        "chosen": asked,
        "wrong": wrong,
        "crumbs": plan_crumbs(_("Was sich verändert hat")),
    }
    return render(request, "atlas/effect.html", context, status=400 if wrong else 200)
