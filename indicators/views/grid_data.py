"""What the script of the grid is given: cells, addresses and words. No calculation, no queries."""

from django.conf import settings
from django.urls import reverse

from indicators.intake.cells import SIGNS, State, cell_text, number_text
from indicators.selectors_grid import Grid, GridCell
from indicators.statuses import WITH_VALUE, Status

from .grid_texts import texts


def state_data(state: State, decimals: int) -> dict:
    """A stored state as text, without what is empty."""
    told = {
        "t": cell_text(state, decimals),
        "s": state.status,
        "n": number_text(state.numerator),
        "d": number_text(state.denominator),
        "j": state.joint_with,
        "c": state.comment,
    }
    return {key: text for key, text in told.items() if text or key == "t"}


def cell_data(cell: GridCell, decimals: int) -> dict:
    """One cell: what is shown, `v` its fingerprint, `o` the published state (1 when it is the one shown)."""
    told = {"v": cell.seen}
    if cell.shown:
        told |= state_data(cell.shown, decimals)
    if cell.published:
        told["o"] = state_data(cell.published, decimals) if cell.draft else 1
    if cell.changed:
        told["e"] = cell.changed
    if cell.computed:
        told["f"] = cell.computed
    return told


def cells_data(shown: Grid, keys) -> dict[str, dict]:
    """Several cells by `area|period`."""
    empty = GridCell()
    return {
        f"{area}|{period}": cell_data(shown.cells.get((area, period), empty), shown.indicator.decimals)
        for area, period in keys
    }


def grid_data(shown: Grid, user) -> dict:
    """Everything that the page's script needs; the table itself is in the page."""
    query = f"?ebene={shown.level.slug}&entwurf={shown.release.slug}"
    slug = shown.indicator.slug
    return {
        "store": f"raster:{user.pk}:{slug}:{shown.level.slug}:{shown.release.pk}",
        "check": reverse("indicators:grid_check", args=[slug]) + query,
        "save": reverse("indicators:grid_save", args=[slug]) + query,
        "cookie": settings.CSRF_COOKIE_NAME,
        "areas": [[code, name] for code, name in shown.areas.items()],
        "periods": [[period.code, period.label] for period in shown.periods],
        "cells": cells_data(shown, shown.cells),
        "empty": GridCell().seen,
        "statuses": [[s.value, str(s.label), SIGNS.get(s, ""), s in WITH_VALUE] for s in Status],
        "texts": texts(),
    }
