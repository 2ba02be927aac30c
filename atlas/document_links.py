"""Links of public pages to the same as a file: what people call each format, and its address."""

from urllib.parse import urlencode

from atlas.links import area_path, map_root
from atlas.map_picture import WIDTHS
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


def map_pictures(query: dict[str, str]) -> list[dict[str, str]]:
    """The map alone, with legend and source: as a drawing that can be scaled, and as pixels (then with a `width`)."""
    asked = urlencode(query)
    drawing = {"label": "SVG", "width": "", "url": f"{map_root()}karte.svg?{asked}"}
    pixels = [
        {"label": f"PNG {width}", "width": str(width), "url": f"{map_root()}karte.png?{asked}&breite={width}"}
        for width in WIDTHS
    ]
    return [drawing, *pixels]


def series_address(query: dict[str, str]) -> str:
    """The same map for all periods, as PDF."""
    return f"{map_root()}kartenreihe.pdf?{urlencode(query)}"
