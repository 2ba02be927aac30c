"""JSON for the script of the grid: checking while typing, and saving."""

import functools
import json
from dataclasses import dataclass

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from areas.models import AreaLevel
from indicators.actions.editing import CellsInConflict, CellsRefused, EditingError, save_cells
from indicators.checking_grid import check_grid
from indicators.intake.cells import Typed, cell_text
from indicators.models import Indicator, Release
from indicators.selectors_grid import GridCell, grid

from .grid import MAY_EDIT
from .grid_data import cells_data

MOST_CELLS = 20_000
LONGEST = {"comment": 2100, "joint_with": 400}
_TEXTS = ("area", "period", "seen", "text", "status", "numerator", "denominator", "joint_with", "comment")


@dataclass(frozen=True)
class Asked:
    """What a request is about."""

    indicator: Indicator
    level: AreaLevel
    release: Release
    cells: list[Typed]
    note: str


class Unusable(ValueError):
    """A request that no page of ours sends."""


def _answers_json(view):
    """Log-in, permission and odd requests are answered as JSON: a script cannot read a page."""

    @functools.wraps(view)
    def answer(request, slug):
        if not request.user.is_authenticated:
            return _refuse(401, _("Bitte anmelden."))
        if not request.user.has_perm(MAY_EDIT):
            return _refuse(403, _("Ihr Konto darf Werte nicht bearbeiten."))
        try:
            indicator = Indicator.objects.select_related("current_edition", "index").filter(slug=slug).first()
            level = AreaLevel.objects.filter(slug=request.GET.get("ebene", "")).first()
            release = Release.objects.filter(slug=request.GET.get("entwurf", "")).first()
            if None in (indicator, level, release):
                return _refuse(404, _("Diese Tabelle gibt es nicht (mehr)."))
            return view(request, Asked(indicator, level, release, *_read(request.body)))
        except Unusable as error:
            return _refuse(400, str(error))
        except EditingError as error:
            return _refuse(409, str(error))

    return never_cache(require_POST(answer))


@_answers_json
def grid_check(request, asked):
    """What the typed cells say and what is remarkable about them; saves nothing."""
    stored = grid(asked.indicator, asked.level, asked.release)
    checked = check_grid(stored, [cell for cell in asked.cells if cell.area in stored.areas])
    stale = [c.key for c in asked.cells if c.seen != stored.cells.get(c.key, GridCell()).seen]
    read = {
        "|".join(key): {"t": cell_text(state, asked.indicator.decimals), "s": state.status if state else ""}
        for key, state in checked.states.items()
    }
    return JsonResponse({"cells": read, "remarks": _told(checked.remarks), "stale": cells_data(stored, stale)})


@_answers_json
def grid_save(request, asked):
    """Save all cells or none."""
    try:
        saved = save_cells(
            release=asked.release,
            indicator=asked.indicator,
            level=asked.level,
            cells=asked.cells,
            user=request.user,
            note=asked.note,
        )
    except CellsInConflict as conflict:
        told = {"message": str(conflict), "conflicts": cells_data(conflict.grid, conflict.keys)}
        return JsonResponse(told, status=409)
    except CellsRefused as refused:
        told = {"message": str(refused), "needs_note": refused.needs_note, "remarks": _told(refused.remarks)}
        return JsonResponse(told, status=422)
    if not saved.changed:
        message = _("Nichts zu speichern: Alles steht schon so im Entwurf oder ist so veröffentlicht.")
    else:
        text = ngettext(
            "Gespeichert: %(count)s Zelle im Entwurf geändert.",
            "Gespeichert: %(count)s Zellen im Entwurf geändert.",
            saved.changed,
        )
        message = text % {"count": saved.changed}
    return JsonResponse({"message": message, "cells": cells_data(saved.grid, [c.key for c in asked.cells])})


def _refuse(status: int, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def _told(remarks) -> list[dict]:
    return [{"kind": r.kind, "code": r.code, "area": r.area, "period": r.period, "text": r.text} for r in remarks]


def _read(body: bytes) -> tuple[list[Typed], str]:
    """Cells and note of a request. Raises `Unusable`."""
    try:
        data = json.loads(body)
        cells, note = [_typed(cell) for cell in data["cells"]], data.get("note", "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unusable(_("Die Anfrage ist nicht lesbar.")) from error
    if not isinstance(note, str) or len(cells) > MOST_CELLS or len({c.key for c in cells}) < len(cells):
        raise Unusable(_("Die Anfrage ist nicht lesbar."))
    return cells, note[:2000]


def _typed(cell: dict) -> Typed:
    texts = {name: cell.get(name, "") for name in _TEXTS}
    for name, text in texts.items():
        if not isinstance(text, str) or len(text) > LONGEST.get(name, 100) or "\0" in text:
            raise ValueError(name)
    if not texts["area"] or not texts["period"]:
        raise ValueError("area")
    return Typed(**texts, computed=cell.get("computed") is True)
