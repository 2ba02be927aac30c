"""/redaktion/raster/: choosing indicator, level and draft, and the grid itself."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from areas.models import AreaLevel
from indicators.actions.errors import WorkflowError
from indicators.actions.withdrawing import create_draft
from indicators.models import Indicator, Release, Value
from indicators.selectors import catalogue
from indicators.selectors_grid import Grid, grid, open_drafts

from .grid_data import grid_data

MAY_EDIT = "indicators.edit_values"
MOST_YEARS = 20  # columns that can be added at once


@never_cache
@login_required
@permission_required(MAY_EDIT, raise_exception=True)
@require_safe
def grid_choose(request):
    """The form; a chosen indicator leads to its grid."""
    indicator = Indicator.objects.filter(slug=request.GET.get("indikator", "")).first()
    if indicator:
        return redirect(_address(indicator, request.GET.get("ebene", ""), request.GET.get("entwurf", "")))
    return render(request, "redaktion/grid_choose.html", _choices(request))


@never_cache
@login_required
@permission_required(MAY_EDIT, raise_exception=True)
@require_safe
@ensure_csrf_cookie
def grid_page(request, slug):
    """Areas by periods of one indicator, in a draft or, without one, to look at."""
    indicator = get_object_or_404(
        Indicator.objects.select_related("dimension", "source", "current_edition", "index"), slug=slug
    )
    level = AreaLevel.objects.filter(slug=request.GET.get("ebene", "")).first() or _usual_level(indicator)
    release = Release.objects.filter(slug=request.GET.get("entwurf", "")).first() if "entwurf" in request.GET else None
    extra, wrong = _years(request.GET.get("neu", ""))
    names = request.user.has_perm("indicators.view_editor_names")
    shown = grid(indicator, level, release, extra, names=names)
    is_open = release is not None and release.is_open and indicator.takes_values
    context = {
        **_choices(request, shown),
        "grid": shown,
        "is_open": is_open,
        "wrong_years": wrong,
        "extra": ",".join(extra),
        "cell_url": _cell_address(shown) if is_open else "",
        "data": grid_data(shown, request.user) if is_open else None,
    }
    return render(request, "redaktion/grid.html", context)


@login_required
@permission_required(MAY_EDIT, raise_exception=True)
@require_POST
def grid_draft(request):
    """Begin a draft and go on with the grid that was asked for."""
    indicator = Indicator.objects.filter(slug=request.POST.get("indikator", "")).first()
    level = request.POST.get("ebene", "")
    try:
        release = create_draft(title=request.POST.get("titel", ""), user=request.user)
    except WorkflowError as error:
        messages.error(request, str(error))
        return redirect(_address(indicator, level, "") if indicator else "indicators:grid_choose")
    messages.success(request, _("Der Entwurf „%(title)s“ ist angelegt.") % {"title": release.title})
    if indicator:
        return redirect(_address(indicator, level, release.slug))
    return redirect(f"{reverse('indicators:grid_choose')}?{urlencode({'entwurf': release.slug})}")


def _choices(request, shown: Grid | None = None) -> dict:
    """What the form of the page offers."""
    return {
        "groups": catalogue(),
        "levels": AreaLevel.objects.all(),
        "drafts": open_drafts(),
        "chosen_indicator": shown.indicator.slug if shown else "",
        "chosen_level": shown.level.slug if shown else request.GET.get("ebene", ""),
        "chosen_draft": shown.release.slug if shown and shown.release else request.GET.get("entwurf", ""),
    }


def _usual_level(indicator: Indicator) -> AreaLevel:
    """The level on which most values were delivered, else the one that reports show."""
    counted = Value.objects.filter(indicator=indicator).values("area__level").annotate(n=Count("pk")).order_by("-n")
    pk = counted.values_list("area__level", flat=True).first()
    return AreaLevel.objects.filter(pk=pk).first() or AreaLevel.objects.order_by("-is_reporting", "rank").first()


def _years(text: str) -> tuple[list[str], str]:
    """Years to add as columns, and what is none."""
    years = [part.strip() for part in text.split(",") if part.strip()][:MOST_YEARS]
    good = [year for year in years if year.isascii() and year.isdecimal() and len(year) == 4 and year >= "1900"]
    return sorted(set(good)), ", ".join(year for year in years if year not in good)[:40]


def _cell_address(shown: Grid) -> str:
    query = urlencode({"ebene": shown.level.slug, "entwurf": shown.release.slug})
    return f"{reverse('indicators:grid_cell', args=[shown.indicator.slug])}?{query}"


def _address(indicator: Indicator, level: str, draft: str) -> str:
    query = {key: value for key, value in (("ebene", level), ("entwurf", draft)) if value}
    path = reverse("indicators:grid", args=[indicator.slug])
    return f"{path}?{urlencode(query)}" if query else path
