"""Addresses of pages that other pages point to, in the language of the request.

Built as paths, as in `atlas.navigation`, so that a page can be drawn whatever is broken elsewhere.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language

from atlas.navigation import language_root


def _root() -> str:
    return language_root(get_language() or settings.LANGUAGE_CODE)


def area_path(level: str, code: str) -> str:
    """Profile of an area."""
    return f"{_root()}gebiete/{level}/{code}/"


def map_path(indicator: str, *, level: str = "", period: str = "") -> str:
    """Map of an indicator."""
    query = {"indikator": indicator, "ebene": level, "zeit": period}
    return f"{_root()}karte/?" + urlencode({name: value for name, value in query.items() if value})


def catalogue_path() -> str:
    """List of all indicators."""
    return f"{_root()}indikatoren/"


def indicator_path(indicator: str) -> str:
    """Description of an indicator."""
    return f"{_root()}indikatoren/{indicator}/"


def ranking_path(indicator: str, *, level: str = "", period: str = "", order: str = "") -> str:
    """Ordered table of an indicator."""
    query = {"ebene": level, "zeit": period, "folge": order}
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_root()}rangliste/{indicator}/" + (f"?{asked}" if asked else "")
