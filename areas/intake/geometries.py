"""The geometries of a file: their reference system, and which of them are areas at all."""

import pyproj
from django.utils.translation import gettext as _

from .findings import Finding, refuse
from .fitting import CheckedShape
from .projecting import check_degrees, project, settle_crs
from .raw import RawFeature, RawFile

POLYGONS = ("Polygon", "MultiPolygon")


def find_crs(raw: RawFile, given: str | None) -> pyproj.CRS:
    """The reference system of a file, declared or given by hand. Raises `IntakeError` without any."""
    declared = None if raw.crs_is_assumed and given else raw.crs
    crs = settle_crs(declared, given, raw.name)
    if crs is None:
        raise refuse(
            raw.name,
            _("Die Datei nennt kein Koordinatensystem (beim Shapefile fehlt die .prj-Datei)."),
            _("die .prj-Datei dazu oder die Angabe, zum Beispiel --crs EPSG:25832"),
        )
    if raw.crs_is_assumed and not given:
        check_degrees(raw.shapes, raw.name)
    return crs


def read_shapes(raw: RawFile, code_of: dict[int, str], crs: pyproj.CRS, findings: list[Finding]) -> list[CheckedShape]:
    """The polygons of a file in EPSG:25832; everything else becomes a finding."""
    good: list[RawFeature] = []
    for feature in raw.features:
        fault = _geometry_fault(feature)
        if fault:
            wanted, code = _("Polygon oder MultiPolygon"), code_of.get(feature.number, "")
            findings.append(Finding(raw.name, fault, wanted, feature.number, code))
        else:
            good.append(feature)
    if not good:
        return []
    array = RawFile(raw.name, (), tuple(good), None, "").shapes
    moved, remarks = project(array, crs, raw.name)
    findings += remarks
    return [CheckedShape(f.number, code_of.get(f.number, ""), shape) for f, shape in zip(good, moved, strict=True)]


def _geometry_fault(feature: RawFeature) -> str:
    shape = feature.geometry
    if feature.fault:
        return feature.fault
    if shape is None or shape.is_empty:
        return _("Die Geometrie ist leer")
    if shape.geom_type not in POLYGONS:
        return _("Die Geometrie ist keine Fläche, sondern %s") % shape.geom_type
    return ""
