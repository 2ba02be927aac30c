"""Repairing shapes and fitting them to each other, every repair told in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from areas.geometry.repair import Fitted, fit_neighbours
from areas.geometry.validity import MAX_CHANGE, Repaired, relative_change, repair_polygon

from .findings import NOTE, REPAIRED, Finding

TOLD = 0.01  # m²; smaller changes of an area by fitting are not told one by one


@dataclass(frozen=True)
class CheckedShape:
    """A (multi)polygon of a file in EPSG:25832, with its number in the file."""

    feature: int
    code: str
    shape: shapely.Geometry


def fit_shapes(
    file: str, shapes: Sequence[CheckedShape], tolerance: float
) -> tuple[dict[int, shapely.MultiPolygon], list[Finding]]:
    """Valid shapes by number of feature that share their borders, and what was done or must be refused."""
    repaired = {s.feature: repair_polygon(s.shape) for s in shapes}
    findings = [f for s in shapes for f in _told(file, s, repaired[s.feature])]
    good = [s for s in shapes if _is_near(repaired[s.feature])]
    if not good:
        return {}, findings
    try:
        fitted = fit_neighbours([repaired[s.feature].shape for s in good], tolerance)
    except shapely.errors.GEOSException:
        found = _("Die Grenzen lassen sich nicht aneinander anpassen; vermutlich sind einzelne Koordinaten unsinnig.")
        return {}, [*findings, Finding(file, found, _("Gebiete, die nebeneinander liegen"))]
    if fitted.overlaps:
        return {s.feature: repaired[s.feature].shape for s in good}, findings + _overlaps(file, good, fitted)
    findings += _gaps(file, fitted)
    result = {}
    for item, shape in zip(good, fitted.shapes, strict=True):
        result[item.feature] = shape
        if fitted.changed:
            findings += _moved(file, item, repaired[item.feature].before, shape.area, tolerance)
    return result, findings


def square_metres(value: float) -> str:
    """An area in the reader's number format, for example 1.234,5 m²."""
    return f"{number_format(value, decimal_pos=2, force_grouping=True)} m²"


def _is_near(repaired: Repaired) -> bool:
    return repaired.shape is not None and repaired.change <= MAX_CHANGE


def _told(file: str, item: CheckedShape, repaired: Repaired) -> list[Finding]:
    if not repaired.faults and _is_near(repaired):
        return []
    names = {
        "duplicate-vertices": _("doppelte Punkte"),
        "self-intersection": _("Grenze schneidet sich selbst"),
        "orientation": _("Umlaufsinn der Ringe"),
    }
    found = ", ".join(names[f] for f in repaired.faults) or _("keine Fläche")
    sizes = _sizes(repaired.before, repaired.after)
    if _is_near(repaired):
        return [Finding(file, found, sizes, item.feature, item.code, kind=REPAIRED)]
    wanted = _("Änderung höchstens 0,1 %%; die Reparatur ergäbe %s") % sizes
    return [Finding(file, found, wanted, item.feature, item.code)]


def _moved(file: str, item: CheckedShape, before: float, after: float, tolerance: float) -> list[Finding]:
    change = relative_change(before, after)
    if abs(after - before) < TOLD:
        return []
    found = _("Lücken oder Überlappungen unter %s cm zu den Nachbarn") % number_format(tolerance * 100, 0)
    if change <= MAX_CHANGE:
        return [Finding(file, found, _sizes(before, after), item.feature, item.code, kind=REPAIRED)]
    wanted = _("Änderung höchstens 0,1 %%; die Anpassung ergäbe %s") % _sizes(before, after)
    return [Finding(file, found, wanted, item.feature, item.code)]


def _sizes(before: float, after: float) -> str:
    """Both sizes and the change in per cent, unless it is beyond all measure."""
    sizes = f"{square_metres(before)} → {square_metres(after)}"
    change = 100 * relative_change(before, after)
    return sizes if change >= 100 else f"{sizes} ({number_format(change, decimal_pos=4)} %)"


def _overlaps(file: str, shapes: Sequence[CheckedShape], fitted: Fitted) -> list[Finding]:
    findings = []
    for overlap in fitted.overlaps:
        one, two = shapes[overlap.first], shapes[overlap.second]
        found = _("Überlappt Nr. %(number)s (%(code)s) auf %(area)s, bis %(width)s m breit") % {
            "number": two.feature,
            "code": two.code,
            "area": square_metres(overlap.area),
            "width": number_format(float(overlap.width), decimal_pos=2),
        }
        findings.append(Finding(file, found, _("jeder Ort in höchstens einem Gebiet"), one.feature, one.code))
    return findings


def _gaps(file: str, fitted: Fitted) -> list[Finding]:
    return [
        Finding(
            file,
            _("Lücke von %(area)s bei %(x).0f / %(y).0f (EPSG:25832)")
            % {"area": square_metres(gap.area), "x": gap.x, "y": gap.y},
            _("bleibt; hier liegt kein Gebiet"),
            kind=NOTE,
        )
        for gap in fitted.gaps
    ]
