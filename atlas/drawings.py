"""Drawings of the published boundaries, kept in memory under the file's digest."""

import json

from django.contrib.gis.geos import MultiPolygon
from django.core.cache import caches

from areas.geometry.drawing import Drawing
from areas.models import PublishedFile


def placed_path(geometry: MultiPolygon, drawing: Drawing) -> str:
    """A geometry in degrees (WGS 84) as a closed path on a drawing."""
    rings = (ring for polygon in geometry.coords for ring in polygon)
    return "".join("M" + "L".join(_pair(*drawing.place(*point[:2])) for point in ring[:-1]) + "Z" for ring in rings)


def _pair(x: float, y: float) -> str:
    return f"{x:g},{y:g}"


def boundaries_file(level_slug: str) -> PublishedFile | None:
    """The current boundaries of a level without their bytes; None when nothing is published."""
    files = PublishedFile.objects.filter(name=f"grenzen/{level_slug}.json", is_current=True)
    return files.defer("plain", "gzip").first()


def level_drawing(level_slug: str) -> Drawing | None:
    """The drawing of a level's current boundaries; None when nothing is published."""
    file = boundaries_file(level_slug)
    if file is None:
        return None
    key = f"drawing:{file.digest}"
    drawing = caches["drawings"].get(key)
    if drawing is None:
        content = PublishedFile.objects.values_list("plain", flat=True).get(pk=file.pk)
        drawing = Drawing(json.loads(bytes(content)))
        drawing.paths, drawing.labels, drawing.neighbours  # noqa: B018 - computed before it is kept
        caches["drawings"].set(key, drawing)
    return drawing
