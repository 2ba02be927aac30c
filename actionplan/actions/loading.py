"""Loading the memberships in the action plan from a city's folder."""

import datetime
import json
from pathlib import Path

import numpy as np
import pyproj
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from actionplan.models import ActionArea
from areas.cityfiles import CityFilesError, read_toml
from areas.models import Area, AreaLevel, Source
from areas.models.area import SRID

EXACT_FROM = datetime.date(2008, 1, 2)  # memberships that begin on 1 January 2008 are known by the year only


@transaction.atomic
def load_action_areas(*, folder: Path) -> int:
    """Replace the memberships of the folder's source; returns their number.

    Does nothing when the folder has no action plan. Raises `CityFilesError` for an unknown area.
    """
    path = folder / "actionplan" / "action_areas.toml"
    if not path.exists():
        return 0
    content = read_toml(path)
    source = Source.objects.get(slug=content["source"])
    shapes = _quarter_shapes(folder / content["quarters"])
    entries = [(e, ActionArea.Kind.ACTION_AREA) for e in content["area"]]
    entries += [(e, ActionArea.Kind.ACTION_QUARTER) for e in content.get("quarter", [])]
    ActionArea.objects.filter(source=source).delete()
    ActionArea.objects.bulk_create([_membership(path, e, kind, content=content, shapes=shapes) for e, kind in entries])
    return len(entries)


def _membership(path: Path, entry: dict, kind: str, *, content: dict, shapes: dict) -> ActionArea:
    reporting = AreaLevel.objects.get(is_reporting=True)
    area = Area.objects.in_force().filter(level=reporting, code=entry["code"]).first()
    if area is None:
        raise CityFilesError(f"{path}: Das Gebiet {entry['code']} gibt es auf der Berichtsebene nicht.")
    name = entry.get("name", area.name)
    if kind == ActionArea.Kind.ACTION_QUARTER and name not in shapes:
        raise CityFilesError(f"{path}: Für das Quartier „{name}“ fehlt die Grenze in {content['quarters']}.")
    began_later = entry["from"] >= EXACT_FROM
    return ActionArea(
        kind=kind,
        name=name,
        area=area,
        geometry=shapes[name] if kind == ActionArea.Kind.ACTION_QUARTER else None,
        valid=DateRange(entry["from"], entry.get("to")),
        start_is_exact=began_later,
        decision=content["decisions"]["change" if began_later else "start"],
        end_decision=content["decisions"]["change"] if "to" in entry else "",
        cluster_2007=entry.get("cluster_2007"),
        source=Source.objects.get(slug=content["source"]),
    )


def _quarter_shapes(path: Path) -> dict[str, GEOSGeometry]:
    project = pyproj.Transformer.from_crs(4326, SRID, always_xy=True)
    shapes = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        shape = shapely.transform(shape, lambda xy: np.column_stack(project.transform(xy[:, 0], xy[:, 1])))
        multi = shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
        shapes[feature["properties"]["name"]] = GEOSGeometry(memoryview(shapely.to_wkb(multi)), srid=SRID)
    return shapes
