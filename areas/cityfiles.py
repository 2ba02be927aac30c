"""Reading the folder that describes a city (city.toml and what it names); see docs/another-city.md."""

import csv
import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyproj
import shapely

from areas.actions.saving import AreaRecord
from areas.geometry.coverage import dissolve_coverage
from areas.models.area import SRID

WGS84 = 4326


class CityFilesError(Exception):
    """A folder that cannot be loaded; the message is for the person who wrote it."""


@dataclass(frozen=True)
class LevelFile:
    """One level of `city.toml` with its areas ready to be saved and, for larger areas, their parts."""

    options: dict
    records: list[AreaRecord]
    memberships: dict[str, list[str]] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.options["slug"]


def read_toml(path: Path) -> dict:
    """Content of a TOML file; raises `CityFilesError` naming the file when it is missing or broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CityFilesError(f"{path}: Die Datei fehlt.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CityFilesError(f"{path}: Das ist kein gültiges TOML ({error}).") from error


def read_table(path: Path, columns: set[str]) -> list[dict[str, str]]:
    """Rows of a semicolon-separated UTF-8 table that has at least these columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle, delimiter=";"))
    except FileNotFoundError as error:
        raise CityFilesError(f"{path}: Die Datei fehlt.") from error
    except UnicodeDecodeError as error:
        raise CityFilesError(f"{path}: Die Datei ist nicht in UTF-8 geschrieben ({error.reason}).") from error
    missing = columns - set(rows[0] if rows else columns)
    if missing:
        raise CityFilesError(f"{path}, Zeile 1: Es fehlen die Spalten {', '.join(sorted(missing))}.")
    return rows


def read_levels(folder: Path) -> list[LevelFile]:
    """All levels of the city from the whole to the smallest, larger areas dissolved from the smallest."""
    options = sorted(read_toml(folder / "city.toml")["level"], key=lambda level: level["rank"])
    smallest = next((level for level in options if level.get("is_smallest")), None)
    if smallest is None:
        raise CityFilesError(f"{folder / 'city.toml'}: Keine Ebene trägt is_smallest = true.")
    features = _read_smallest(folder / smallest["file"])
    shapes = {code: shape for code, (shape, _properties) in features.items()}
    files: dict[str, LevelFile] = {smallest["slug"]: _smallest_level(smallest, features)}
    for level in sorted(options, key=lambda level: -level["rank"]):
        if not level.get("is_smallest"):
            files[level["slug"]] = _larger_level(folder, level, features, shapes, files)
    return [files[level["slug"]] for level in options]


def _read_smallest(path: Path) -> dict[str, tuple[shapely.MultiPolygon, dict]]:
    project = pyproj.Transformer.from_crs(WGS84, SRID, always_xy=True)
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except FileNotFoundError as error:
        raise CityFilesError(f"{path}: Die Datei fehlt.") from error
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError) as error:
        raise CityFilesError(f"{path}: Das ist kein gültiges GeoJSON ({error}).") from error
    found = {}
    for feature in features:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        shape = shapely.transform(shape, lambda xy: np.column_stack(project.transform(xy[:, 0], xy[:, 1])))
        found[feature["properties"]["schluessel"]] = (_multi(shape), feature["properties"])
    return found


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def _smallest_level(level: dict, features: dict) -> LevelFile:
    parent_level = level["parent_level"]
    records = [
        AreaRecord(
            code=code,
            name=properties["name"],
            geometry=shape,
            parent_code=properties[parent_level],
            parent_level=parent_level,
            certainty=properties["sicherheit"],
            note=properties["anmerkung"],
        )
        for code, (shape, properties) in features.items()
    ]
    return LevelFile(level, records)


def _larger_level(folder: Path, level: dict, features: dict, shapes: dict, files: dict) -> LevelFile:
    path = folder / level["file"]
    rows = read_table(path, {"schluessel", "name", "liegt_in", "sicherheit", "anmerkung"})
    memberships = _memberships(level, rows, features, files)
    for number, row in enumerate(rows, start=2):
        if not memberships.get(row["schluessel"]):
            raise CityFilesError(f"{path}, Zeile {number}: {row['schluessel']} hat keine Teile.")
    wholes = dissolve_coverage(shapes, {row["schluessel"]: memberships[row["schluessel"]] for row in rows})
    records = [
        AreaRecord(
            code=row["schluessel"],
            name=row["name"],
            geometry=_multi(wholes[row["schluessel"]]),
            parent_code=row["liegt_in"] or None,
            parent_level=level.get("parent_level"),
            certainty=row["sicherheit"],
            note=row["anmerkung"],
        )
        for row in rows
    ]
    return LevelFile(level, records, memberships)


def _memberships(level: dict, rows: list[dict], features: dict, files: dict) -> dict[str, list[str]]:
    """`*`: everything; `column`: by that column of the smallest areas; `level.liegt_in`: by another level's parent."""
    rule = level["parts_by"]
    memberships = defaultdict(list)
    if rule == "*":
        return {row["schluessel"]: sorted(features) for row in rows}
    if rule.endswith(".liegt_in"):
        finer = files[rule.removesuffix(".liegt_in")]
        for record in finer.records:
            memberships[record.parent_code] += finer.memberships[record.code]
        return memberships
    for code, (_shape, properties) in features.items():
        memberships[properties[rule]].append(code)
    return memberships
