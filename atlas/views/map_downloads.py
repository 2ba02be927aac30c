"""Exactly what the map page shows, to take away: CSV, GeoJSON, SVG, PNG."""

import json
from collections.abc import Callable
from decimal import Decimal
from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.models import PublishedFile
from atlas.asked import AskedWrongly, one_of, whole_number
from atlas.document_answers import release_of
from atlas.links import full_address, provenance_path
from atlas.map_imprint import imprint_of
from atlas.map_page import MapPage, map_page
from atlas.map_picture import map_drawing, map_svg
from atlas.map_reading import NothingPublished, read_state
from atlas.map_state import PARAMETERS
from atlas.pages import public_page
from atlas.picture_form import NARROWEST, USUAL_WIDTH, WIDEST
from atlas.records import number_text, sign_text, sure_text
from atlas.reports.origin import NothingToReport
from atlas.stand import is_withdrawn
from atlas.views.csv_answer import csv_answer
from dortmund_sozial.throttling import PicturesByVisitor

PICTURE = {"breite", "muster"}
COLUMNS = (
    "ebene", "gebiet", "name", "indikator", "zeit", "wert", "status", "zeichen", "intervall_von", "intervall_bis",
    "rang", "von", "abstand_zur_stadt", "abstand_sicher", "vergleich", "veraenderung", "veraenderung_sicher", "klasse",
    "klasse_bereich", "einheit", "gemeinsam_mit", "quelle", "veroeffentlichung", "herkunft", "zuschnitt",
)  # fmt: skip


def _download(draw: Callable) -> Callable:
    """A view of what `draw(request, page)` answers; 400 with a sentence where the address asks for what there is not,
    410 where that was withdrawn.

    What is taken away is read far from the page that could say it: a download never answers for something else.
    Only a map drawn inside a page (`einbettung=1`) shows the usual instead, as that page does.
    """

    @wraps(draw)
    def answered(request):
        try:
            view = read_state(request.GET)
            if view.wrong and not _is_embedded(request):
                raise view.wrong[0]
            return draw(request, map_page(view))
        except NothingPublished:
            return _said(_("Es ist noch nichts veröffentlicht."), status=503)
        except NothingToReport as error:
            return _said(str(error), status=404)
        except AskedWrongly as wrong:
            return _said(str(wrong), status=410 if is_withdrawn(wrong) else 400)

    return answered


def _is_embedded(request) -> bool:
    return request.path.endswith(".svg") and request.GET.get("einbettung") == "1"


def _said(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _name(page: MapPage) -> str:
    state = page.view.state
    return "-".join(part for part in (state.indicator, state.level, state.compare, state.period) if part)


def _named(response: HttpResponse, page: MapPage, ending: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{_name(page)}.{ending}"'
    return response


@require_safe
@public_page(reads=PARAMETERS)
@_download
def map_csv(request, page: MapPage):
    """The table as CSV: UTF-8 with byte order mark, semicolons, decimal commas, as German Excel opens it."""
    rows = ([record[column] for column in COLUMNS] for record in records(page, comma=True))
    return csv_answer(COLUMNS, rows, _name(page))


@require_safe
@public_page(reads=PARAMETERS)
@_download
def map_geojson(request, page: MapPage):
    """The areas of the map with the same columns as properties, in WGS 84."""
    shapes = {
        feature["properties"]["code"]: feature["geometry"] for feature in _boundaries(page.view.level)["features"]
    }
    features = [
        {"type": "Feature", "id": r["gebiet"], "properties": r, "geometry": shapes.get(r["gebiet"])}
        for r in records(page, comma=False)
    ]
    response = JsonResponse(
        {"type": "FeatureCollection", "features": features}, json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Type"] = "application/geo+json"
    return _named(response, page, "geojson")


@require_safe
@public_page(reads=PARAMETERS | PICTURE | {"einbettung"})
@_download
def map_svg_view(request, page: MapPage):
    """The map as SVG; with `einbettung=1` the bare map with links, for the page without script."""
    if _is_embedded(request):
        return HttpResponse(map_svg(page, embedded=True), content_type="image/svg+xml")
    return _picture(request, page, "svg", "image/svg+xml")


@require_safe
@public_page(reads=PARAMETERS | PICTURE)
@_download
def map_png_view(request, page: MapPage):
    """The map as PNG."""
    return _picture(request, page, "png", "image/png")


def _picture(request, page: MapPage, ending: str, media_type: str) -> HttpResponse:
    """The map alone: `breite` in pixels, with `muster=1` in patterns for printing. Raises `AskedWrongly`.

    A release that is seen in advance has no address yet, hence no sheet that patterns could be taken from.
    """
    limits = {"low": NARROWEST, "high": WIDEST, "of": _("Pixel")}
    width = whole_number(request.GET, "breite", default=0, **limits) or (None if ending == "svg" else USUAL_WIDTH)
    patterned = one_of(request.GET, "muster", ["0", "1"], default="0") == "1"
    in_advance = hasattr(request, "preview")
    if in_advance and patterned:
        return _said(_("In der Vorschau gibt es noch keine Dokumente zum Herunterladen."), status=404)
    state = page.view.state
    release = release_of(state.release)
    if release is None:
        raise NothingPublished
    if ending == "png" or patterned:  # seconds of a processor; a plain SVG takes a few milliseconds
        throttle = PicturesByVisitor()
        if not throttle.allow_request(request, None):
            return _too_many(int(throttle.wait() or 60) + 1)
    imprint = None if in_advance else imprint_of(state, release.slug, ending)
    drawn = map_drawing(page, ending, width, imprint=imprint, patterned=patterned)
    return _named(HttpResponse(drawn, content_type=media_type), page, ending)


def _too_many(seconds: int) -> HttpResponse:
    said = _("Von hier wurden sehr viele Bilder angefordert. Bitte in %(minutes)s Minuten noch einmal versuchen.")
    refused = _said(said % {"minutes": -(-seconds // 60)}, status=429)
    refused["Retry-After"] = str(seconds)
    return refused


def records(page: MapPage, *, comma: bool) -> list[dict]:
    """One record per area in the order of the table; numbers as in every other download, or as JSON numbers."""
    view, table = page.view, page.view.table
    nothing = "" if comma else None

    def write(number: Decimal | None) -> str | float | int | None:
        return number_text(number, view.indicator.decimals) if comma else _as_number(number)

    ranges = [entry.text for entry in page.legend]
    return [
        {
            "ebene": view.level.slug,
            "gebiet": row.area.code,
            "name": row.area.name,
            "indikator": view.indicator.slug,
            "zeit": view.state.period,
            "wert": write(row.figure.value),
            "status": row.figure.status,
            "zeichen": sign_text(row.figure.status),
            "intervall_von": write(row.figure.lower),
            "intervall_bis": write(row.figure.upper),
            "rang": row.figure.rank or nothing,
            "von": row.figure.rank_of or nothing,
            "abstand_zur_stadt": write(row.figure.city_difference),
            "abstand_sicher": sure_text(row.figure.differs),
            "vergleich": page.earlier.code if page.earlier else "",
            "veraenderung": write(row.change),
            "veraenderung_sicher": sure_text(row.change_differs),
            "klasse": nothing if row.number_class is None else row.number_class + 1,
            "klasse_bereich": "" if row.number_class is None else ranges[row.number_class],
            "einheit": view.indicator.unit_long_label,
            "gemeinsam_mit": row.figure.joint_with,
            "quelle": row.figure.source_or(view.indicator.source).title,
            "veroeffentlichung": table.edition.release.slug,
            "herkunft": full_address(provenance_of(row, page)),
            "zuschnitt": row.extent,
        }
        for row in page.rows
    ]


def provenance_of(row, page: MapPage) -> str:
    """Address that says where the number of a row comes from, also when newer ones are published."""
    view = page.view
    key = (view.indicator.slug, view.level.slug, row.area.code, view.state.period)
    return provenance_path(*key, stand=view.table.edition.release.slug)


def _as_number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _boundaries(level) -> dict:
    """The published GeoJSON of a level (same simplification as the map)."""
    file = PublishedFile.objects.get(name=f"grenzen/{level.slug}.geojson", is_current=True)
    return json.loads(bytes(file.plain))
