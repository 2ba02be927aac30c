"""Saving what was chosen for the areas of an adjustment: all lines or none."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Area as SurfaceOf
from django.contrib.gis.db.models.functions import Intersection
from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, MultiPolygon, Polygon
from django.db import transaction
from django.utils.translation import gettext as _

from actionplan.models import Adjustment, AdjustmentLine
from areas.models import Area
from areas.models.area import SRID

from .adjusting import draft_of

INSIDE = 0.9  # at least this share of a quarter lies in its area, as the database asks of memberships
Outcome = AdjustmentLine.Outcome
_FITTING = {
    "outside": {Outcome.OUTSIDE, Outcome.JOIN, Outcome.QUARTER},
    "area": {Outcome.STAY, Outcome.LEAVE, Outcome.QUARTER},
    "quarter": {Outcome.STAY, Outcome.LEAVE, Outcome.JOIN},
}


@dataclass(frozen=True)
class Choice:
    """What was chosen for one area. A quarter is drawn by `parts` (codes of smallest areas) or by `boundary` (GeoJSON);
    without either the boundary saved before stays."""

    outcome: str
    reason: str = ""
    quarter_name: str = ""
    parts: Sequence[str] = ()
    boundary: str = ""


class ChoiceFaults(Exception):
    """What is wrong, by key of the line, in sentences for the person who chose."""

    def __init__(self, by_line: Mapping[int, str]):
        super().__init__("; ".join(by_line.values()))
        self.by_line = dict(by_line)


def fitting_outcomes(line: AdjustmentLine) -> list[tuple[str, str]]:
    """What can be chosen for an area, as value and label, in the order of the model."""
    return [(value, label) for value, label in Outcome.choices if value in _FITTING[line.before]]


@transaction.atomic
def save_choices(
    *, adjustment: Adjustment, version: int, title: str, text: str, choices: Mapping[int, Choice]
) -> Adjustment:
    """Save the choices for lines (by key); lines that are not named stay. Returns the adjustment with its new version.

    Raises `ChoiceFaults` with everything that is wrong, and `AdjustmentError` where it is no draft of this version.
    """
    locked = draft_of(adjustment, version)
    lines = {line.pk: line for line in locked.lines.select_related("area").filter(pk__in=choices)}
    faults: dict[int, str] = {}
    for pk, choice in choices.items():
        if pk in lines and (fault := _choose(lines[pk], choice)):
            faults[pk] = fault
    if faults:
        raise ChoiceFaults(faults)
    fields = ["outcome", "reason", "quarter_name", "quarter_geometry"]
    for line in lines.values():
        line.save(update_fields=fields)
    locked.title, locked.text, locked.version = title, text, locked.version + 1
    locked.save(update_fields=["title", "text", "version"])
    return locked


def _choose(line: AdjustmentLine, choice: Choice) -> str:
    """Put the choice into the line; returns what is wrong with it, or ""."""
    if choice.outcome not in _FITTING[line.before]:
        text = _("„%(outcome)s“ passt nicht: Das Gebiet ist bisher %(before)s.")
        return text % {"outcome": choice.outcome[:40], "before": line.get_before_display()}
    line.outcome, line.reason = choice.outcome, choice.reason
    if choice.outcome != Outcome.QUARTER:
        line.quarter_name, line.quarter_geometry = "", None
        return ""
    line.quarter_name = choice.quarter_name
    if not choice.quarter_name:
        return _("Das Quartier braucht einen Namen.")
    return _draw(line, choice)


def _draw(line: AdjustmentLine, choice: Choice) -> str:
    if choice.boundary.strip():
        drawn = _from_geojson(choice.boundary)
        if drawn is None:
            return _(
                "Die Grenze ist kein GeoJSON mit einer Fläche (Polygon oder MultiPolygon, Längen- und Breitengrad)."
            )
    elif choice.parts:
        drawn = _from_parts(line.area, choice.parts)
        if drawn is None:
            return _("Eines der kleinen Gebiete liegt nicht in %s.") % line.area.name
    else:
        drawn = line.quarter_geometry
        if drawn is None:
            return _("Wählen Sie die kleinen Gebiete des Quartiers, oder fügen Sie seine Grenze ein.")
    line.quarter_geometry = drawn
    share = _share_inside(line.area, drawn)
    if share < INSIDE:
        text = _("Das Quartier liegt nur zu %(share)d Prozent in %(area)s.")
        return text % {"share": round(share * 100), "area": line.area.name}
    return ""


def _from_geojson(text: str) -> MultiPolygon | None:
    """A geometry, a feature or a collection of them (its first areas), in WGS84."""
    try:
        content = json.loads(text)
        if content.get("type") == "FeatureCollection":
            content = content["features"][0]
        found = GEOSGeometry(json.dumps(content.get("geometry", content)), srid=4326)
        found.transform(SRID)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, GEOSException, GDALException):
        return None
    return _as_areas(found)


def _as_areas(found: GEOSGeometry) -> MultiPolygon | None:
    if isinstance(found, Polygon):
        found = MultiPolygon(found, srid=found.srid)
    return found if isinstance(found, MultiPolygon) and found.valid and found.area > 0 else None


def _from_parts(area: Area, codes: Sequence[str]) -> MultiPolygon | None:
    inside = Area.objects.in_force().filter(whole_links__whole=area, code__in=codes, level__is_smallest=True)
    shapes = list(inside.values_list("geometry", flat=True))
    if len(shapes) != len(set(codes)):
        return None
    drawn = shapes[0]
    for shape in shapes[1:]:
        drawn = drawn.union(shape)
    return _as_areas(drawn)


def _share_inside(area: Area, drawn: MultiPolygon) -> float:
    """Which share of a quarter's ground lies in the area."""
    found = Area.objects.filter(pk=area.pk).annotate(shared=SurfaceOf(Intersection("geometry", drawn))).get()
    return (found.shared.sq_m if found.shared else 0) / drawn.area
