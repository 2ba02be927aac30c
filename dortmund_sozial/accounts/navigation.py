"""The navigation of staff pages: what an account may open, and nothing else."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A part of the workspace: the name of its address, its label, and permissions of which one opens it."""

    name: str
    label: str
    permissions: tuple[str, ...] = ()
    staff_only: bool = False


PLACES = (
    Place("indicators:overview", _("Übersicht")),
    Place("indicators:uploads", _("Lieferungen"), ("indicators.view_upload",)),
    Place("indicators:grid_choose", _("Raster"), ("indicators.edit_values",)),
    Place("staff:releases", _("Veröffentlichungen"), ("indicators.view_release",)),
    Place("plan:desk", _("Aktionsplan"), ("actionplan.view_project",)),
    Place("staff:reports", _("Berichte"), ("atlas.ask_report",)),
    Place("staff:history", _("Verlauf"), ("indicators.view_valuehistory",)),
    Place("admin:index", _("Verwaltung"), staff_only=True),
)
ACCOUNT = Place("mfa_index", _("Konto"))


def places_for(request: HttpRequest) -> list[dict]:
    """Entries as dicts with `url`, `label` and `current` ("page", "true" or "" for aria-current)."""
    user = request.user
    open_places = [place for place in PLACES if _opens(place, user)]
    found = ((place, _address(place)) for place in (*open_places, ACCOUNT))
    return [
        {"url": url, "label": place.label, "current": _current(request.path, url, place)} for place, url in found if url
    ]


def _opens(place: Place, user: object) -> bool:
    if place.staff_only:
        return user.is_staff
    return not place.permissions or any(user.has_perm(permission) for permission in place.permissions)


def _address(place: Place) -> str:
    try:
        return reverse(place.name)
    except NoReverseMatch:
        return ""


def _current(path: str, url: str, place: Place) -> str:
    if path == url:
        return "page"
    root = "/konto/" if place is ACCOUNT else url
    return "true" if place.name != "indicators:overview" and path.startswith(root) else ""
