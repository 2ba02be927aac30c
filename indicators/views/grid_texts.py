"""Words of the script of the grid. `{…}` is filled in by it; of two texts the first is for one, the second for many."""

from django.utils.translation import gettext as _

Texts = dict[str, str | list[str]]


def texts() -> Texts:
    """All words, in the language of the request."""
    return {**_of_cells(), **_of_changes(), **_of_saving()}


def _of_cells() -> Texts:
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
    }


def _of_changes() -> Texts:
    return {
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
    }


def _of_saving() -> Texts:
    return {
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
        "more": _("und {count} weitere, in den Zellen markiert"),
        "column": _("ganze Spalte"),
        "noPublished": _("nichts veröffentlicht"),
        "published": _("Veröffentlicht: {text}"),
        "changedBy": _("In diesem Entwurf: {text}"),
        "left": _("Tabelle verlassen."),
    }
