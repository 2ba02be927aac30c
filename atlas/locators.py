"""Coarse drawings for small maps, kept in memory under the digest of the published boundaries."""

from dataclasses import dataclass

from django.core.cache import caches

from atlas.charts.locator import coarse_path
from atlas.drawings import boundaries_file, level_drawing


@dataclass(frozen=True)
class CoarseDrawing:
    """All areas of a level by code: paths on the coarse grid, names and neighbours; `size` in drawing units."""

    paths: dict[str, str]
    size: tuple[float, float]
    names: dict[str, str]
    neighbours: dict[str, list[str]]


def coarse_drawing(level_slug: str) -> CoarseDrawing | None:
    """The coarse drawing of a level's current boundaries; None when nothing is published. 1 query when kept."""
    file = boundaries_file(level_slug)
    if file is None:
        return None
    key = f"coarse:{file.digest}"
    coarse = caches["drawings"].get(key)
    if coarse is None:
        drawing = level_drawing(level_slug)
        coarse = CoarseDrawing(
            paths={code: coarse_path(path) for code, path in drawing.paths.items()},
            size=(drawing.width, drawing.height),
            names={code: properties["name"] for code, properties in drawing.properties.items()},
            neighbours=drawing.neighbours,
        )
        caches["drawings"].set(key, coarse)
    return coarse
