"""The kinds of documents that can be asked for, by parameters that are plain data: pages, the worker and the command
all go through here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atlas.links import document_path
from atlas.map_state import MapState
from atlas.reports.compilation import as_data, compilation_of, sheet_of
from atlas.reports.compiling import compiled
from atlas.reports.document import Document
from atlas.reports.keys import document_code
from atlas.reports.map_series import series_document, series_view
from atlas.reports.map_sheet import asked_view, map_sheet_document
from atlas.reports.origin import at_address, stand_of
from atlas.reports.profile import profile_document
from atlas.reports.progress import Progress, silent


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    `make` takes parameters that JSON can hold, the slug of a release and a progress; it raises what its builder raises.
    `is_public`: whether anybody may ask for it; `is_long`: whether it waits for the worker.
    """

    slug: str
    label: str | Promise
    make: Callable[[Mapping[str, Any], str, Progress], Document]
    is_public: bool = False
    is_long: bool = True


def _profile(parameters: Mapping[str, Any], release: str, progress: Progress) -> Document:
    progress(0, 1, parameters["code"])
    return profile_document(parameters["level"], parameters["code"], release=release)


def _map(parameters: Mapping[str, Any], release: str, progress: Progress) -> Document:
    """`query`: parameters of the map page's address; `sheet`: {"size": "A4", "landscape": false}."""
    progress(0, 1, str(parameters["query"].get("indikator", "")))
    return map_sheet_document(parameters["query"], release=release, sheet=sheet_of(parameters.get("sheet")))


def _series(parameters: Mapping[str, Any], release: str, progress: Progress) -> Document:
    """As a map without a period; `each`: true for a page of every period too."""
    progress(0, 1, str(parameters["query"].get("indikator", "")))
    sheet = sheet_of(parameters.get("sheet"))
    return series_document(parameters["query"], release=release, sheet=sheet, each=bool(parameters.get("each")))


def _compilation(parameters: Mapping[str, Any], release: str, progress: Progress) -> Document:
    return compiled(compilation_of(parameters), release=release, progress=progress)


MAPS = ("map", "series")  # kinds whose parameters have a query of the map page

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("profile", _("Profil eines Gebiets"), _profile, is_public=True, is_long=False),
        Kind("map", _("Thematische Karte"), _map, is_public=True, is_long=False),
        Kind("series", _("Karten im Zeitverlauf"), _series, is_public=True, is_long=False),
        Kind("compilation", _("Zusammenstellung"), _compilation),
    )
}


def settled(kind: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters in the one form that keys are computed of: without what is empty. Raises `WrongCompilation`."""
    if kind == "compilation":
        return as_data(compilation_of(parameters))
    if kind in MAPS:
        sheet = sheet_of(parameters.get("sheet"))
        query = {name: text for name, text in parameters["query"].items() if text and name != "stand"}
        each = {"each": True} if parameters.get("each") else {}
        return {"query": query, "sheet": {"size": sheet.size, "landscape": sheet.landscape}, **each}
    return {name: value for name, value in parameters.items() if value not in ("", None)}


def in_full(kind: str, parameters: Mapping[str, Any], *, release: str) -> dict[str, Any]:
    """Parameters as somebody asks by them, with what is usual filled in: the same map has one key whoever asks for it.

    `release` is a slug, "" the newest. 10 queries for maps. Raises `NothingToReport` for a map that there is not.
    """
    if kind not in MAPS:
        return dict(parameters)
    read = series_view if kind == "series" else asked_view
    return {**parameters, "query": query_of(kind, read(parameters["query"], stand_of(release)).state)}


def query_of(kind: str, state: MapState) -> dict[str, str]:
    """The parameters of a map in full, whatever release is meant; those of a series name no time."""
    left_out = {"stand", "zeit", "vergleich"} if kind == "series" else {"stand"}
    return {name: text for name, text in state.as_query().items() if name not in left_out}


def make(kind: str, parameters: Mapping[str, Any], *, release: str, progress: Progress = silent) -> Document:
    """The document of a kind (a key of `KINDS`) for a release, in the language of the request.

    It prints its own short address, which stands for exactly these parameters, this release and this language.
    """
    document = KINDS[kind].make(parameters, release, progress)
    origin = document.origin
    code = document_code(kind, settled(kind, parameters), origin.release_slug, document.language)
    return replace(document, origin=at_address(origin, document_path(code)))
