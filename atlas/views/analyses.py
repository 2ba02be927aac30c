"""`/analysen/`: the way to everything that is computed beyond single figures."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.pages import public_page


@dataclass(frozen=True)
class Entrance:
    """One analysis: the question it answers, in the words of a reader."""

    title: str
    url: str
    question: str


@require_safe
@public_page
def analyses(request):
    """Only analyses that this portal has are linked."""
    found = [Entrance(title, url, question) for title, url, question in _known() if url]
    crumbs = [{"label": _("Vertiefen"), "url": ""}]
    return render(request, "atlas/analyses.html", {"entrances": found, "crumbs": crumbs})


def _known() -> list[tuple[str, str, str]]:
    return [
        (
            _("Sozialindex"),
            _address("social_index"),
            _("Wo kommen mehrere Belastungen zusammen, und wo wird es besser oder schlechter?"),
        ),
        (
            _("Typologie"),
            _address("typology"),
            _("Welche Gebiete gehören nach ihrer ganzen Lage zusammen, und wie verschiebt sich das?"),
        ),
        (
            _("Unter dem städtischen Durchschnitt"),
            _address("screening"),
            _("Welche Gebiete liegen bei mehreren Indikatoren zugleich ungünstiger als die Stadt?"),
        ),
        (
            _("Räumliche Muster"),
            _address("patterns"),
            _("Liegen ähnliche Werte nebeneinander? Wo häufen sich hohe, wo niedrige?"),
        ),
        (
            _("Ungleichheit"),
            _address("inequality_overview"),
            _("Wie weit liegen die Gebiete auseinander, und wächst der Abstand?"),
        ),
        (
            _("Zusammenhang zweier Indikatoren"),
            _address("correlation"),
            _("Ist dort, wo das eine hoch ist, auch das andere hoch?"),
        ),
        (
            _("Gebiete wie meines"),
            _address("similar_start"),
            _("Welche Gebiete sind meinem am ähnlichsten, und worin?"),
        ),
        (
            _("Eigene Gebietsgruppe"),
            _address("group"),
            _("Welchen Wert haben mehrere Gebiete zusammen, die ich selbst auswähle?"),
        ),
    ]


def _address(name: str) -> str:
    """Address of a page; "" where this portal does not have it."""
    try:
        return reverse(f"atlas:{name}")
    except NoReverseMatch:
        return ""
