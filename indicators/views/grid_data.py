"""What the script of the grid is given: cells, addresses and words. No calculation, no queries."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.intake.cells import SIGNS, State, cell_text, number_text
from indicators.selectors_grid import Grid, GridCell
from indicators.statuses import WITH_VALUE, Status


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


def texts() -> dict[str, str | list[str]]:
    """Words of the script; `{…}` is filled in by it; of two texts the first is for one, the second for many."""
    return {
        "was": _("war {text}"),
        "wasEmpty": _("neu"),
        "details": _("Angaben neu"),
        "unsaved": _("nicht gespeichert"),
        "asTyped": _("wie eingegeben"),
        "computed": _("berechnet {text}"),
        "empty": _("leer"),
        "hasComment": _("mit Bemerkung"),
        "error": _("Fehler"),
        "warning": _("Warnung"),
        "note": _("Hinweis"),
        "changed": [_("1 Zelle geändert, nicht gespeichert"), _("{count} Zellen geändert, nicht gespeichert")],
        "unchanged": _("Keine ungespeicherten Änderungen"),
        "checking": _("Wird geprüft …"),
        "clean": _("Keine Befunde."),
        "errors": [_("1 Fehler"), _("{count} Fehler")],
        "warnings": [_("1 Warnung"), _("{count} Warnungen")],
        "notes": [_("1 Hinweis"), _("{count} Hinweise")],
        "pasted": [
            _("1 Zelle eingefügt."),
            _("{count} Zellen eingefügt."),
        ],
        "pastedCut": _("{count} Zellen eingefügt; {cut} lagen außerhalb der Tabelle."),
        "copied": [
            _("1 Zelle kopiert."),
            _("{count} Zellen kopiert."),
        ],
        "emptied": [
            _("1 Zelle geleert: Wo ein veröffentlichter Wert steht, heißt es jetzt „nicht bekannt“."),
            _("{count} Zellen geleert: Wo ein veröffentlichter Wert steht, heißt es jetzt „nicht bekannt“."),
        ],
        "reset": [
            _("1 Zelle auf den veröffentlichten Stand zurückgesetzt."),
            _("{count} Zellen auf den veröffentlichten Stand zurückgesetzt."),
        ],
        "undone": [
            _("Rückgängig: 1 Zelle."),
            _("Rückgängig: {count} Zellen."),
        ],
        "redone": [
            _("Wiederholt: 1 Zelle."),
            _("Wiederholt: {count} Zellen."),
        ],
        "nothingToUndo": _("Es gibt nichts rückgängig zu machen."),
        "nothingToRedo": _("Es gibt nichts zu wiederholen."),
        "selected": [
            _("1 Zelle ausgewählt"),
            _("{count} Zellen ausgewählt"),
        ],
        "saving": _("Wird gespeichert …"),
        "failed": _(
            "Die Verbindung ist gestört. Ihre Eingaben bleiben in diesem Browser; bitte noch einmal speichern."
        ),
        "loggedOut": _(
            "Ihre Anmeldung ist abgelaufen. Ihre Eingaben bleiben in diesem Browser: "
            "in einem neuen Fenster anmelden, dann hier noch einmal speichern."
        ),
        "refused": _("Der Server hat das Speichern abgelehnt. Ihre Eingaben bleiben in diesem Browser."),
        "kept": [
            _("Vom {time} liegt 1 ungespeicherte Änderung in diesem Browser."),
            _("Vom {time} liegen {count} ungespeicherte Änderungen in diesem Browser."),
        ],
        "restored": [
            _("1 Änderung wiederhergestellt."),
            _("{count} Änderungen wiederhergestellt."),
        ],
        "conflict": [
            _("1 Zelle hat inzwischen jemand anderes geändert. Nichts wurde gespeichert."),
            _("{count} Zellen hat inzwischen jemand anderes geändert. Nichts wurde gespeichert."),
        ],
        "mine": _("Ihre Eingabe"),
        "theirs": _("Jetzt gespeichert"),
        "keepMine": _("Meine behalten"),
        "takeTheirs": _("Diese übernehmen"),
        "resolved": _("Alle Widersprüche sind geklärt. Sie können jetzt speichern."),
        "goTo": _("Zur Zelle"),
        "more": _("und {count} weitere, in den Zellen markiert"),
        "column": _("ganze Spalte"),
        "noPublished": _("nichts veröffentlicht"),
        "published": _("Veröffentlicht: {text}"),
        "changedBy": _("In diesem Entwurf: {text}"),
        "left": _("Tabelle verlassen."),
        "leaveHint": _("Esc verlässt die Tabelle."),
    }
