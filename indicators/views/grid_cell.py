"""/redaktion/raster/<indicator>/zelle/: one cell as a plain form, for browsers without JavaScript."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from areas.models import AreaLevel
from indicators.actions.editing import CellsInConflict, CellsRefused, EditingError, save_cells
from indicators.intake.cells import Typed, cell_text
from indicators.models import Indicator, Release
from indicators.selectors_grid import GridCell, grid
from indicators.statuses import Status

from .grid import MAY_EDIT
from .grid_data import state_data

_EMPTY = GridCell()
_SENT = ("seen", "text", "status", "numerator", "denominator", "joint_with", "comment")


@never_cache
@login_required
@permission_required(MAY_EDIT, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def grid_cell(request, slug):
    """Show the form; save it; keep what was typed when it cannot be saved."""
    indicator = get_object_or_404(Indicator.objects.select_related("current_edition", "index"), slug=slug)
    level = get_object_or_404(AreaLevel, slug=request.GET.get("ebene", ""))
    release = get_object_or_404(Release, slug=request.GET.get("entwurf", ""))
    area, period = request.GET.get("gebiet", ""), request.GET.get("zeit", "")
    shown = grid(indicator, level, release, [period])
    if area not in shown.areas or not release.is_open:
        raise Http404
    back = f"{reverse('indicators:grid', args=[slug])}?{urlencode({'ebene': level.slug, 'entwurf': release.slug})}"
    cell, problems, typed = shown.cells.get((area, period), _EMPTY), [], None
    if request.method == "POST":
        typed = Typed(area, period, **{name: request.POST.get(name, "")[:2100] for name in _SENT})
        problems, cell = _save(request, shown, typed, cell)
        if not problems:
            return redirect(back)
    context = {
        "grid": shown,
        "area": f"{area} {shown.areas[area]}",
        "period": next((p.label for p in shown.periods if p.code == period), period),
        "form": _form(typed, cell, shown.indicator.decimals),
        "seen": cell.seen,
        "published": cell_text(cell.published, indicator.decimals),
        "statuses": Status.choices,
        "problems": problems,
        "note": request.POST.get("note", ""),
        "back": back,
    }
    return render(request, "redaktion/grid_cell.html", context, status=422 if problems else 200)


def _save(request, shown, typed: Typed, cell: GridCell) -> tuple[list[str], GridCell]:
    """What keeps the cell from being saved, and the cell as it is stored now."""
    note = request.POST.get("note", "")[:2000]
    given = {"release": shown.release, "indicator": shown.indicator, "level": shown.level}
    try:
        saved = save_cells(**given, cells=[typed], user=request.user, note=note)
    except EditingError as error:
        return [str(error)], cell
    except CellsInConflict as conflict:
        theirs = conflict.grid.cells.get(typed.key, _EMPTY)
        told = cell_text(theirs.shown, shown.indicator.decimals) or _("leer")
        text = _("Inzwischen steht hier: %(theirs)s. Wenn Sie noch einmal speichern, gilt Ihre Eingabe.")
        return [text % {"theirs": told}], theirs
    except CellsRefused as refused:
        return [r.text for r in refused.remarks if r.kind != "note"] + [str(refused)], cell
    if saved.changed:
        messages.success(request, _("Gespeichert."))
    else:
        messages.info(request, _("Nichts geändert."))
    return [], cell


def _form(typed: Typed | None, cell: GridCell, decimals: int) -> dict[str, str]:
    """What the fields hold: what was typed, else what is stored."""
    if typed:
        return {name: getattr(typed, name) for name in _SENT}
    told = state_data(cell.shown, decimals) if cell.shown else {}
    parts = {"text": "t", "numerator": "n", "denominator": "d", "joint_with": "j", "comment": "c"}
    # The status is read from the text unless the sign does not tell it: "." may mean secret.
    keeps = cell.shown is not None and cell.shown.status in {"joint", "suppressed", "suppressed_secondary"}
    return {name: told.get(part, "") for name, part in parts.items()} | {"status": told["s"] if keeps else ""}
