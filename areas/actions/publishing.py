"""Computing public answers once and storing them as bytes (ADR 0003)."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping

import numpy as np
import pyproj
import shapely
from django.db import transaction

from areas.geometry.coverage import dissolve_coverage, simplify_coverage
from areas.geometry.topology import build_valid_topology
from areas.models import Area, AreaLevel, AreaPart, PublishedFile
from areas.models.area import SRID

TOLERANCE = 12.0  # metres; keeps 170 areas below 60 kB gzip and is below one pixel on a phone
WGS84 = 4326


@transaction.atomic
def publish_file(*, name: str, body: bytes, content_type: str) -> PublishedFile:
    """Make `body` the current public answer called `name`; the same bytes keep their address.

    Earlier files of that name stay reachable under their own address.
    """
    return make_current(file=store_file(name=name, body=body, content_type=content_type))


def store_file(*, name: str, body: bytes, content_type: str) -> PublishedFile:
    """Keep `body` for later: it has its address, but nobody can fetch it before it is made current.

    Bytes that were public once are found again and stay public.
    """
    digest = hashlib.sha256(body).hexdigest()[:24]
    found = PublishedFile.objects.filter(name=name, digest=digest).first()
    if found:
        return found
    return PublishedFile.objects.create(
        name=name,
        digest=digest,
        content_type=content_type,
        plain=body,
        gzip=gzip.compress(body, compresslevel=9, mtime=0),
        is_current=False,
        is_public=False,
    )


@transaction.atomic
def make_current(*, file: PublishedFile) -> PublishedFile:
    """Make a stored file the public answer of its name."""
    if file.is_current:
        return file
    PublishedFile.objects.filter(name=file.name, is_current=True).update(is_current=False)
    file.is_current = file.is_public = True
    file.save(update_fields=["is_current", "is_public"])
    return file


@transaction.atomic
def make_all_current(*, pks: Iterable[int]) -> None:
    """Make many stored files the public answers of their names at once; no two of them may share a name."""
    files = PublishedFile.objects.filter(pk__in=list(pks))
    names = files.values_list("name", flat=True)
    PublishedFile.objects.filter(name__in=list(names), is_current=True).update(is_current=False)
    files.update(is_current=True, is_public=True)


def forget_files(*, pks: Iterable[int]) -> int:
    """Delete stored files that never became public; returns how many."""
    return PublishedFile.objects.filter(pk__in=list(pks), is_public=False).delete()[0]


def retire_files(*, pks: Iterable[int]) -> None:
    """These files are no longer the current answers of their names; their addresses keep answering."""
    PublishedFile.objects.filter(pk__in=list(pks)).update(is_current=False)


def hide_files(*, pks: Iterable[int]) -> None:
    """These files are not public any more: their addresses answer 404. The database refuses all but withdrawn ones."""
    PublishedFile.objects.filter(pk__in=list(pks), is_public=True).update(is_current=False, is_public=False)


def store_json(*, name: str, content: Mapping) -> PublishedFile:
    """Keep `content` for later as compact JSON with keys in the given order."""
    return store_file(name=name, body=_compact(content), content_type="application/json")


def publish_json(*, name: str, content: Mapping) -> PublishedFile:
    """Publish `content` as compact JSON with keys in the given order."""
    return publish_file(name=name, body=_compact(content), content_type="application/json")


def _compact(content: Mapping) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@transaction.atomic
def publish_boundaries(*, level: AreaLevel) -> PublishedFile:
    """Publish the simplified boundaries of the areas of a level that are in force, in WGS 84.

    Twice: as TopoJSON `grenzen/<level>.json` for the map (returned) and as GeoJSON for download.

    All levels are drawn from one simplification of the smallest areas, so borders of different levels lie
    on top of each other. Raises `ValueError` when the smallest areas are no valid coverage.
    """
    areas = list(Area.objects.in_force().filter(level=level).select_related("parent__level").order_by("code"))
    shapes = _simplified(level, areas)
    project = pyproj.Transformer.from_crs(SRID, WGS84, always_xy=True)
    projected = {
        code: shapely.transform(shape, lambda xy: np.column_stack(project.transform(xy[:, 0], xy[:, 1])))
        for code, shape in shapes.items()
    }
    topology = build_valid_topology(projected)
    properties = {a.code: _properties(a, shapes[a.code], project) for a in areas}
    publish_json(name=f"grenzen/{level.slug}.geojson", content=_geojson(projected, properties))
    return publish_json(
        name=f"grenzen/{level.slug}.json", content=topology.as_topojson(name=level.slug, properties=properties)
    )


def _geojson(shapes: Mapping[str, shapely.Geometry], properties: Mapping[str, Mapping]) -> dict:
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": properties[code]["name"], "parent": properties[code]["parent"]},
            "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 1e-6, mode="pointwise"))),
        }
        for code, shape in shapes.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _simplified(level: AreaLevel, areas: list[Area]) -> dict[str, shapely.Geometry]:
    smallest = areas if level.is_smallest else list(Area.objects.in_force().smallest().order_by("code"))
    memberships = _memberships(areas) if not level.is_smallest else {}
    if not level.is_smallest and not all(memberships.get(a.code) for a in areas):
        smallest, memberships = areas, {}  # a level of its own, not composed of the smallest areas
    simple = simplify_coverage([shapely.from_wkb(bytes(a.geometry.wkb)) for a in smallest], TOLERANCE)
    by_code = dict(zip([a.code for a in smallest], simple, strict=True))
    return dissolve_coverage(by_code, memberships) if memberships else by_code


def _memberships(areas: list[Area]) -> dict[str, list[str]]:
    codes = {a.pk: a.code for a in areas}
    memberships: dict[str, list[str]] = {a.code: [] for a in areas}
    links = AreaPart.objects.filter(whole__in=areas).values_list("whole_id", "part__code").order_by("part__code")
    for whole, part in links:
        memberships[codes[whole]].append(part)
    return memberships


def _properties(area: Area, shape: shapely.Geometry, project: pyproj.Transformer) -> dict:
    """Name, district and the place for the label with its free radius in metres."""
    circle = shapely.maximum_inscribed_circle(shape)
    x, y = shapely.get_coordinates(circle)[0]
    lon, lat = project.transform(x, y)
    return {
        "name": area.name,
        "parent": area.parent.code if area.parent else "",
        "label": [round(lon, 5), round(lat, 5)],
        "radius": round(shapely.length(circle)),
    }
