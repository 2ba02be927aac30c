"""Reading the folder that describes a city (city.toml and what it names); see docs/another-city.md."""

import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from areas.actions.saving import AreaRecord
from areas.geometry.coverage import dissolve_coverage
from areas.models.area import SRID

WGS84 = 4326
WHOLE = "stadt"  # slug of the level that is the whole city


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


def needed(entry: Mapping, key: str, where: str) -> Any:
    """`entry[key]`; raises `CityFilesError` saying where the key is missing."""
    if key not in entry:
        raise CityFilesError(f"{where}: Die Angabe „{key}“ fehlt.")
    return entry[key]


def read_levels(folder: Path) -> list[LevelFile]:
    """All levels of the city from the whole to the smallest, larger areas dissolved from the smallest."""
    path = folder / "city.toml"
    options = _checked_levels(path, needed(read_toml(path), "level", str(path)))
    smallest = next(level for level in options if level.get("is_smallest"))
    features = _read_smallest(folder / smallest["file"])
    shapes = {code: shape for code, (shape, _properties) in features.items()}
    files: dict[str, LevelFile] = {smallest["slug"]: _smallest_level(smallest, features)}
    for level in sorted(options, key=lambda level: -level["rank"]):
        if not level.get("is_smallest"):
            files[level["slug"]] = _larger_level(folder, level, features, shapes, files)
    return [files[level["slug"]] for level in options]


def _checked_levels(path: Path, levels: list[dict]) -> list[dict]:
    """The levels by rank, each with what reading needs."""
    if sum(bool(level.get("is_smallest")) for level in levels) != 1:
        raise CityFilesError(f"{path}: Genau eine Ebene muss is_smallest = true tragen.")
    for number, level in enumerate(levels, start=1):
        where = f"{path}, {number}. Ebene"
        keys = ["slug", "name", "name_plural", "name_en", "name_plural_en", "rank", "file", "source"]
        for key in [*keys, "parent_level" if level.get("is_smallest") else "parts_by"]:
            needed(level, key, where)
    ordered = sorted(levels, key=lambda level: level["rank"])
    if (ordered[0]["slug"], ordered[0]["rank"]) != (WHOLE, 0):
        raise CityFilesError(f"{path}: Die oberste Ebene muss slug = „{WHOLE}“ und rank = 0 haben.")
    return ordered


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
        found[needed(feature["properties"], "schluessel", str(path))] = (_multi(shape), feature["properties"])
    return found


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def _smallest_level(level: dict, features: dict) -> LevelFile:
    parent_level = level["parent_level"]
    records = [
        AreaRecord(
            code=code,
            name=needed(properties, "name", f"{level['file']}, {code}"),
            geometry=shape,
            parent_code=needed(properties, parent_level, f"{level['file']}, {code}"),
            parent_level=parent_level,
            certainty=properties.get("sicherheit") or "published",
            note=properties.get("anmerkung") or "",
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
            certainty=row["sicherheit"] or "published",
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
        finer = needed(files, rule.removesuffix(".liegt_in"), f"city.toml, parts_by = {rule}")
        for record in finer.records:
            memberships[record.parent_code] += finer.memberships[record.code]
        return memberships
    for code, (_shape, properties) in features.items():
        memberships[needed(properties, rule, f"parts_by = {rule}, {code}")].append(code)
    return memberships
