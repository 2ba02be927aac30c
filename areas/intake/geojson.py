"""Reading GeoJSON (RFC 7946), also older files with a `crs` member or in Latin-1."""

import json
from pathlib import Path

import pyproj
import shapely
from django.utils.translation import gettext as _

from . import archives, encodings
from .findings import IntakeError, refuse
from .projecting import WGS84, read_crs
from .raw import RawFeature, RawFile, ReadingOptions, encoding_note

GEOMETRY_TYPES = {"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"}


def read(path: Path, options: ReadingOptions, shown: str) -> RawFile:
    """All features of a FeatureCollection. Raises `IntakeError` when it is none."""
    if path.stat().st_size > archives.MAX_BYTES:
        raise refuse(shown, _("Die Datei ist zu groß."), _("höchstens %s MB") % (archives.MAX_BYTES // 1024**2))
    text, codec = _text(path.read_bytes(), options, shown)
    content = _parse(text, shown)
    features = tuple(_feature(number, item) for number, item in enumerate(content["features"], start=1))
    columns = tuple(dict.fromkeys(name for f in features for name in f.attributes))
    crs, assumed = _crs(content, shown)
    note = encoding_note(shown, encodings.label(codec), bool(options.encoding))
    return RawFile(shown, columns, features, crs, codec, assumed, (note,))


def _text(raw: bytes, options: ReadingOptions, shown: str) -> tuple[str, str]:
    try:
        return encodings.decode(raw, options.encoding)
    except LookupError as error:
        raise refuse(
            shown,
            _("Den Zeichensatz »%(name)s« gibt es nicht.") % {"name": options.encoding},
            "utf-8, latin-1, cp1252",
        ) from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refuse(
            shown,
            _("Zeile %(line)s ist nicht in %(name)s geschrieben.") % {"line": line, "name": options.encoding},
            _("keine Angabe mit --encoding; der Zeichensatz wird dann erkannt"),
        ) from error


def _parse(text: str, shown: str) -> dict:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise _broken(text, error, shown) from error
    except RecursionError as error:
        raise refuse(shown, _("Die Datei ist zu tief geschachtelt."), "GeoJSON") from error
    kind = content.get("type") if isinstance(content, dict) else type(content).__name__
    if kind != "FeatureCollection" or not isinstance(content.get("features"), list):
        raise refuse(
            shown, _("Die Datei ist JSON, aber keine FeatureCollection (type: %(kind)s).") % {"kind": kind}, "GeoJSON"
        )
    return content


def _broken(text: str, error: json.JSONDecodeError, shown: str) -> IntakeError:
    if not text.strip():
        return refuse(shown, _("Die Datei ist leer."), "GeoJSON")
    if error.pos >= len(text.rstrip()) - 1:
        found = _("Die Datei bricht in Zeile %(line)s ab; sie ist vermutlich unvollständig übertragen.")
    else:
        found = _("In Zeile %(line)s, Spalte %(column)s steht kein gültiges JSON.")
    where = {"line": error.lineno, "column": error.colno}
    return refuse(shown, found % where, _("eine vollständige GeoJSON-Datei; exportieren Sie sie noch einmal"))


def _feature(number: int, item: object) -> RawFeature:
    if not isinstance(item, dict):
        return RawFeature(number, {}, None, _("kein Objekt"))
    attributes = item.get("properties") if isinstance(item.get("properties"), dict) else {}
    geometry = item.get("geometry")
    if geometry is None:
        return RawFeature(number, attributes, None)
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in GEOMETRY_TYPES:
        return RawFeature(number, attributes, None, _("Geometrie vom Typ %s") % kind)
    try:
        return RawFeature(number, attributes, shapely.force_2d(shapely.from_geojson(json.dumps(geometry))))
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        return RawFeature(number, attributes, None, _("Geometrie mit unbrauchbaren Koordinaten"))


def _crs(content: dict, shown: str) -> tuple[pyproj.CRS | None, bool]:
    """The reference system and whether it is only assumed because the file names none."""
    member = content.get("crs")
    if member is None:
        return WGS84, True
    name = member.get("properties", {}).get("name") if isinstance(member, dict) else None
    if not isinstance(name, str):
        raise refuse(
            shown,
            _("Das Koordinatensystem (crs) ist nicht mit Namen genannt."),
            _('"name": "urn:ogc:def:crs:EPSG::25832" oder ohne crs in WGS 84'),
        )
    return read_crs(name, shown, _("der Angabe »crs«")), False
