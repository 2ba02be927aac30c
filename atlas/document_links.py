"""Links of public pages to the same as a file: what people call each format, and its address."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from atlas.links import area_path, map_root
from atlas.reports.formats import FORMATS
from atlas.stand import PARAMETER

Links = list[tuple[str, str]]


def profile_documents(level: str, code: str, *, stand: str = "") -> Links:
    """The profile of an area, in the state that its page shows."""
    query = f"?{urlencode({PARAMETER: stand})}" if stand else ""
    return [(str(one.label), f"{area_path(level, code)}profil.{one.ending}{query}") for one in FORMATS.values()]


def map_documents(query: dict[str, str]) -> Links:
    """The map that parameters of its address show, as a sheet."""
    return [(str(one.label), f"{map_root()}kartenblatt.{one.ending}?{urlencode(query)}") for one in FORMATS.values()]


def map_pictures(query: dict[str, str]) -> Links:
    """The map alone as a picture."""
    asked = urlencode(query)
    return [(_("Bild (PNG)"), f"{map_root()}karte.png?{asked}"), (_("Bild (SVG)"), f"{map_root()}karte.svg?{asked}")]


def series_address(query: dict[str, str]) -> str:
    """The same map for all periods, as PDF."""
    return f"{map_root()}kartenreihe.pdf?{urlencode(query)}"
