"""Spatial patterns in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.statistics.spatial import HIGH, HIGH_AMONG_LOW, LOW, LOW_AMONG_HIGH, NONE

SURE = 0.05  # chance of a pattern up to which it is told as one
STRONG, CLEAR = 0.5, 0.25  # of Moran's I; steps of this portal, said in docs/methods.md
_CSS = {HIGH: "high", LOW: "low", HIGH_AMONG_LOW: "high-outlier", LOW_AMONG_HIGH: "low-outlier", NONE: "none"}


def css_of(group: str, *, sure: bool) -> str:
    """The class of the stylesheet for areas of a group; hints are paler."""
    return f"cluster-{_CSS[group]}" + ("" if sure or group == NONE else " is-hint")


def group_names() -> dict[str, str]:
    """The groups of areas as they are called in legend and table."""
    return {
        HIGH: _("Häufung hoher Werte"),
        LOW: _("Häufung niedriger Werte"),
        HIGH_AMONG_LOW: _("hoch, umgeben von niedrigen Werten"),
        LOW_AMONG_HIGH: _("niedrig, umgeben von hohen Werten"),
        NONE: _("kein auffälliges Muster"),
    }


def strength(i: float | None, p: float | None, expected: float) -> str:
    """How strong the pattern of a whole map is, in a few words."""
    if i is None or p is None:
        return _("überall gleich")
    if p > SURE:
        return _("vom Zufall nicht zu unterscheiden")
    if i < expected:
        return _("Nachbarn sind auffällig verschieden")
    if i >= STRONG:
        return _("stark gehäuft")
    return _("deutlich gehäuft") if i >= CLEAR else _("schwach gehäuft")


def sentence(content: dict) -> str:
    """What the map shows, in two sentences."""
    i, p = content["i"], content["p"]
    if i is None or p is None:
        return _("Alle Gebiete haben denselben Wert: Es gibt kein Muster.")
    if p > SURE:
        return _(
            "Ob ähnliche Werte beieinander liegen, ist nicht zu erkennen: Solche Unterschiede macht auch der Zufall."
        )
    if i < content["expected"]:
        return _("Benachbarte Gebiete unterscheiden sich stärker, als es der Zufall erwarten lässt.")
    return " ".join([_alike(i), *_counted(content["counts"])])


def _alike(i: float) -> str:
    if i >= STRONG:
        return _("Ähnliche Werte liegen sehr oft beieinander: Wo der Wert hoch ist, ist er meist auch nebenan hoch.")
    if i >= CLEAR:
        return _("Ähnliche Werte liegen oft beieinander.")
    return _("Ähnliche Werte liegen etwas öfter beieinander, als es der Zufall erwarten lässt.")


def _counted(counts: dict[str, int]) -> list[str]:
    high, low = counts[HIGH], counts[LOW]
    outliers = counts[HIGH_AMONG_LOW] + counts[LOW_AMONG_HIGH]
    if not high + low + outliers:
        return [_("Einzelne Gebiete fallen dabei nicht auf.")]
    words = ngettext("Hohe Werte häufen sich in %(high)d Gebiet", "Hohe Werte häufen sich in %(high)d Gebieten", high)
    words = [words % {"high": high}, _("niedrige in %(low)d.") % {"low": low}]
    told = ", ".join(words)
    if outliers:
        text = ngettext(
            "%(count)d Gebiet fällt aus seiner Umgebung heraus.",
            "%(count)d Gebiete fallen aus ihrer Umgebung heraus.",
            outliers,
        )
        told += " " + text % {"count": outliers}
    return [told]
