"""/redaktion/aktionsplan/jahr-uebernehmen/: the funds of a year once more for the next one, shown before it is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actionplan.actions.booking import BookingError
from actionplan.actions.copying import CopiedYear, copy_year
from actionplan.rights import EVERY_AREA
from actionplan.selectors.money import years_with_money


@never_cache
@login_required
@permission_required(("actionplan.add_fund", EVERY_AREA), raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request):
    """Ask for year and extent, show what would come, do it."""
    asked = request.POST if request.method == "POST" else request.GET
    years = years_with_money()
    year = int(asked["von"]) if asked.get("von") in map(str, years) else None
    options = {"with_amounts": asked.get("betraege") == "gleich", "with_projects": asked.get("projekte") == "ja"}
    wrong, found = "", None
    if asked.get("von") and year is None:
        wrong = _("Für dieses Jahr sind keine Töpfe eingetragen.")
    elif year is not None:
        wrong, found = _copied(request, year, options)
    if request.method == "POST" and found is not None and not wrong:
        messages.success(request, _("%(count)d Töpfe sind angelegt.") % {"count": len(found.copied)})
        return redirect(reverse("admin:actionplan_fund_changelist") + f"?year={found.year}")
    context = {"years": years, "year": year, "found": found, "wrong": wrong, **options}
    return render(request, "redaktion/plan/copy.html", context, status=422 if wrong else 200)


def _copied(request, year: int, options: dict) -> tuple[str, CopiedYear | None]:
    try:
        return "", copy_year(year=year, commit=request.method == "POST", user=request.user, **options)
    except BookingError as error:
        return str(error), None
