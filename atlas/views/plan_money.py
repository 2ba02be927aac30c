"""`/aktionsplan/geld/`: the money of a year, who decides about it and where it went."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.selectors.money import year_money, years_with_money
from atlas.asked import AskedWrongly, one_of
from atlas.pages import public_page

from .plan_projects import plan_crumbs


@require_safe
@public_page(reads={"jahr"})
def money(request):
    """Funds of a year (`?jahr=2011`; the newest without), what was approved and paid, by project and place."""
    years = years_with_money()
    wrong, year = None, years[0] if years else None
    if years:
        try:
            year = int(one_of(request.GET, "jahr", [str(known) for known in years], default=str(year)))
        except AskedWrongly as asked:
            wrong = asked
    context = {
        "years": years,
        "money": year_money(year, on=timezone.localdate()) if year else None,
        "wrong": wrong,
        "crumbs": plan_crumbs(_("Geld")),
    }
    return render(request, "atlas/plan_money.html", context, status=400 if wrong else 200)
