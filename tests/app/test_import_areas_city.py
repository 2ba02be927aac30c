"""The city's own export: Latin-1, borders that cross themselves, neighbours that differ by centimetres."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from areas.geometry.validity import MAX_CHANGE, relative_change
from areas.models import Area, AreaPart
from tests.app.importing import run, shapes_of, stored

FIXTURE = Path(__file__).parents[2] / "fixtures" / "areas" / "unterbezirke.geojson"


def city_export(seed: int) -> tuple[bytes, dict[str, float]]:
    """The 170 Unterbezirke as a city exports them: 58 small loops, corners up to 5 cm off, in Latin-1."""
    rng = np.random.default_rng(seed)
    there = pyproj.Transformer.from_crs(4326, 25832, always_xy=True)
    back = pyproj.Transformer.from_crs(25832, 4326, always_xy=True)
    features = json.loads(FIXTURE.read_text(encoding="utf-8"))["features"]
    looped = set(rng.choice(len(features), 58, replace=False).tolist())
    sizes = {}
    for number, feature in enumerate(features):
        shape = shapely.transform(shapely.from_geojson(json.dumps(feature["geometry"])), _points(there))
        sizes[feature["properties"]["schluessel"]] = shape.area
        shape = shapely.transform(shape, lambda xy: xy)
        shape = _shaken(shape, rng)
        if number in looped:
            shape = _with_loop(shape)
            assert not shape.is_valid
        feature["geometry"] = shapely.geometry.mapping(shapely.transform(shape, _points(back)))
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode("latin-1"), sizes


def _points(transformer):
    return lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


def _shaken(shape, rng):
    def ring(line):
        corners = np.array(line.coords)[:-1]
        return corners + rng.uniform(-0.05, 0.05, corners.shape)

    polygons = [shapely.Polygon(ring(p.exterior), [ring(h) for h in p.interiors]) for p in shapely.get_parts(shape)]
    return shapely.MultiPolygon(polygons)


def _with_loop(shape):
    """A loop of 10 cm in the middle of the longest side of the first part."""
    first, *others = shape.geoms
    corners = np.array(first.exterior.coords)
    sides = np.diff(corners, axis=0)
    longest = int(np.argmax(np.hypot(*sides.T)))
    along = sides[longest] / np.hypot(*sides[longest])
    across, middle = np.array([-along[1], along[0]]), corners[longest : longest + 2].mean(axis=0)
    loop = [middle + 0.1 * along + 0.1 * across, middle - 0.1 * along + 0.1 * across]
    broken = shapely.Polygon(np.insert(corners, longest + 1, loop, axis=0), [h.coords for h in first.interiors])
    return shapely.MultiPolygon([broken, *others])


def test_the_export_of_the_city_becomes_a_coverage(dortmund, db, tmp_path):
    file = tmp_path / "unterbezirke.geojson"
    content, sizes = city_export(seed=2021)
    file.write_bytes(content)
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    written = run(
        file,
        "--commit",
        level="unterbezirk",
        source="open-data-unterbezirke",
        code_column="schluessel",
        name_column="name",
        parent_column="sozialraum",
        parent_level="sozialraum",
        valid_from=date(2026, 5, 1),
    )
    assert "170 geändert" in written
    assert "Zeichensatz: Latin-1" in written
    assert written.count("Grenze schneidet sich selbst") == 58
    areas = stored("unterbezirk")
    shapes = shapes_of(areas.values())
    assert len(areas) == 170
    assert shapely.coverage_is_valid(shapes, gap_width=0.5)
    assert max(relative_change(sizes[a.code], s.area) for a, s in zip(areas.values(), shapes, strict=True)) < MAX_CHANGE
    assert areas["532"].name == "Hörde"
    assert "Körne" in " ".join(a.name for a in areas.values())
    for slug, count in (("stadt", 170), ("stadtbezirk", 170), ("sozialraum", 170), ("bezirk", 170)):
        links = AreaPart.objects.filter(whole__level__slug=slug, part__in=Area.objects.in_force())
        assert links.count() == count
