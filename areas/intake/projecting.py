"""From the reference system that a file declares to EPSG:25832."""

import warnings

import numpy as np
import pyproj
import shapely
from django.utils.translation import gettext as _

from .findings import NOTE, Finding, refuse

TARGET = pyproj.CRS.from_epsg(25832)
WGS84 = pyproj.CRS.from_epsg(4326)
GERMANY = (5.0, 46.5, 16.0, 56.0)  # degrees: west, south, east, north, with some margin


def read_crs(text: str, file: str, where: str) -> pyproj.CRS:
    """A reference system from WKT, an EPSG code or a URN; `where` says for people where it stood."""
    try:
        return pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise refuse(
            file,
            _("Das Koordinatensystem in %(where)s ist unverständlich: %(text)s") % {"where": where, "text": text[:80]},
            _("ein Koordinatensystem wie EPSG:25832"),
        ) from error


def settle_crs(declared: pyproj.CRS | None, given: str | None, file: str) -> pyproj.CRS | None:
    """The declared reference system or the one given by hand; both only when they say the same."""
    if given is None:
        return declared
    wanted = read_crs(given, file, "--crs")
    if declared is not None and not declared.equals(wanted, ignore_axis_order=True):
        raise refuse(
            file,
            _("Die Datei nennt selbst ein Koordinatensystem: %(name)s.") % {"name": declared.name},
            _("keine Angabe mit --crs oder dieselbe; angegeben ist %(given)s") % {"given": wanted.name},
        )
    return wanted


def check_degrees(shapes: np.ndarray, file: str) -> None:
    """Refuse a GeoJSON without declared reference system whose coordinates are no longitudes and latitudes."""
    xy = shapely.get_coordinates(shapes)
    outside = (np.abs(xy[:, 0]) > 180) | (np.abs(xy[:, 1]) > 90)
    if not outside.any():
        return
    x, y = xy[outside][0]
    raise refuse(
        file,
        _("Die Koordinaten sind keine Längen- und Breitengrade, zum Beispiel %(x).1f / %(y).1f.") % {"x": x, "y": y},
        _("Längen- und Breitengrade (WGS 84) oder die Angabe des Koordinatensystems, meist --crs EPSG:25832"),
    )


def project(shapes: np.ndarray, crs: pyproj.CRS, file: str) -> tuple[np.ndarray, list[Finding]]:
    """Shapes in EPSG:25832; refuses coordinates that end up outside Germany."""
    to_degrees = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
    x1, y1, x2, y2 = shapely.total_bounds(shapes)
    lon, lat = to_degrees.transform((x1 + x2) / 2, (y1 + y2) / 2)
    _check_germany(lon, lat, file)
    if crs.equals(TARGET, ignore_axis_order=True):
        return shapes, []
    area = pyproj.aoi.AreaOfInterest(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)
    transformer = pyproj.Transformer.from_crs(crs, TARGET, always_xy=True, area_of_interest=area)
    moved = shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise refuse(file, _("Manche Koordinaten lassen sich nicht umrechnen."), _("Koordinaten in %s") % crs.name)
    return moved, _accuracy(crs, area, file)


def _check_germany(lon: float, lat: float, file: str) -> None:
    west, south, east, north = GERMANY
    if west <= lon <= east and south <= lat <= north:
        return
    hint = _("Gebiete in Deutschland; prüfen Sie das Koordinatensystem der Datei")
    if west <= lat <= east and south <= lon <= north:
        hint = _("Gebiete in Deutschland; vermutlich sind Länge und Breite vertauscht")
    where = _("Die Gebiete lägen bei %(lat).2f° Nord, %(lon).2f° Ost.") % {"lat": lat, "lon": lon}
    raise refuse(file, where if np.isfinite([lon, lat]).all() else _("Die Koordinaten sind unbrauchbar."), hint)


def _accuracy(crs: pyproj.CRS, area: pyproj.aoi.AreaOfInterest, file: str) -> list[Finding]:
    """A note when the official grid for an old datum is not installed and the way taken is less accurate."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # says the same in English
        group = pyproj.transformer.TransformerGroup(crs, TARGET, always_xy=True, area_of_interest=area)
    if group.best_available or not group.transformers:
        return []
    found = _("Umgerechnet aus %(name)s auf etwa %(metres).0f m genau; das amtliche Umrechnungsgitter fehlt hier.")
    found %= {"name": crs.name, "metres": group.transformers[0].accuracy}
    return [Finding(file, found, _("genauer wird es mit einem Export in EPSG:25832"), kind=NOTE)]
