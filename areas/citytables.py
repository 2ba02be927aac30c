"""Reading single files of a city's folder: what cannot be read is said with file and row, never as a traceback."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from areas.models.area import SRID

WGS84 = 4326
SHOWN = 20  # findings that are told one by one


class CityFilesError(Exception):
    """A folder that cannot be loaded; `findings` are sentences for the person who wrote it."""

    def __init__(self, *findings: str):
        """Keep every finding; as text at most `SHOWN` of them, one per line."""
        self.findings = list(findings)
        more = len(self.findings) - SHOWN
        shown = self.findings[:SHOWN] + ([f"und {more} weitere"] if more > 0 else [])
        super().__init__("\n".join(shown))


def refuse(findings: Iterable[str]) -> None:
    """Raise `CityFilesError` with all of these, if there are any."""
    if found := list(findings):
        raise CityFilesError(*found)


def read_text(path: Path) -> str:
    """Text of a UTF-8 file without byte order mark; raises `CityFilesError` naming the file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CityFilesError(f"{path}: Die Datei fehlt.") from error
    except UnicodeDecodeError as error:
        raise CityFilesError(f"{path}: Die Datei ist nicht in UTF-8 geschrieben ({error.reason}).") from error
    except OSError as error:
        raise CityFilesError(f"{path}: Die Datei lässt sich nicht lesen ({error.strerror}).") from error


def read_toml(path: Path) -> dict:
    """Content of a TOML file; raises `CityFilesError` naming the file when it is missing or broken."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CityFilesError(f"{path}: Das ist kein gültiges TOML ({error}).") from error


def read_table(path: Path, columns: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Line number and cells of every row of a semicolon-separated UTF-8 table that has at least these columns.

    Raises `CityFilesError` for a table without head or rows, and for every row with missing or extra cells.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), delimiter=";")
    try:
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        raise CityFilesError(f"{path}, Zeile {reader.line_num}: Das ist keine Tabelle ({error}).") from error
    head = lines[0][1] if lines else []
    if missing := columns - set(head):
        raise CityFilesError(f"{path}, Zeile 1: Es fehlen die Spalten {', '.join(sorted(missing))}.")
    if len(set(head)) < len(head):
        raise CityFilesError(f"{path}, Zeile 1: Eine Spalte steht mehrfach da.")
    if len(lines) == 1:
        raise CityFilesError(f"{path}: Die Tabelle hat keine Zeilen unter den Spaltennamen.")
    refuse(
        f"{path}, Zeile {number}: {len(cells)} Felder, erwartet sind {len(head)}."
        for number, cells in lines[1:]
        if len(cells) != len(head)
    )
    return [(number, dict(zip(head, cells, strict=True))) for number, cells in lines[1:]]


def needed(entry: Mapping, key: str, where: str) -> Any:
    """`entry[key]`; raises `CityFilesError` saying where the key is missing."""
    if not isinstance(entry, Mapping) or key not in entry:
        raise CityFilesError(f"{where}: Die Angabe „{key}“ fehlt.")
    return entry[key]


def needed_tables(path: Path, key: str, content: Mapping | None = None) -> list[dict]:
    """The `[[key]]` tables of a TOML file; raises `CityFilesError` when they are missing or something else."""
    entries = needed(read_toml(path) if content is None else content, key, str(path))
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CityFilesError(f"{path}: „{key}“ muss als [[{key}]] geschrieben sein.")
    return entries


def only_known(entry: Mapping, known: Iterable[str], where: str) -> None:
    """Raise `CityFilesError` for keys that nothing reads, most of them misspelt."""
    if unknown := set(entry) - set(known):
        raise CityFilesError(f"{where}: Unbekannte Angaben: {', '.join(sorted(unknown))}.")


def read_features(path: Path, key: str) -> dict[str, tuple[shapely.MultiPolygon, dict]]:
    """Polygons (EPSG:25832) and properties of a GeoJSON file in WGS 84 by the property `key`.

    Raises `CityFilesError` with every feature that has no usable polygon, or no key of its own.
    """
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise CityFilesError(f"{path}: Das ist kein gültiges GeoJSON ({error}).") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise CityFilesError(f"{path}: Das ist kein gültiges GeoJSON (es fehlt die Liste „features“).")
    project = pyproj.Transformer.from_crs(WGS84, SRID, always_xy=True)
    found: dict[str, tuple[shapely.MultiPolygon, dict]] = {}
    findings = []
    for number, feature in enumerate(features, start=1):
        try:
            name, shape, properties = _feature(f"{path}, {number}. Objekt", feature, key, project)
            if name in found:
                raise CityFilesError(f"{path}, {number}. Objekt: „{name}“ steht schon weiter oben.")
            found[name] = (shape, properties)
        except CityFilesError as error:
            findings += error.findings
    refuse(findings)
    return found


def _feature(where: str, feature: Any, key: str, project: pyproj.Transformer) -> tuple[str, shapely.MultiPolygon, dict]:
    properties = needed(feature, "properties", where)
    name = needed(properties, key, where)
    if not isinstance(name, str) or not name:
        raise CityFilesError(f"{where}: „{key}“ muss Text sein und darf nicht leer sein.")
    where = f"{where} ({name})"
    geometry = needed(feature, "geometry", where)
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise CityFilesError(f"{where}: „geometry“ ist keine Fläche (erwartet Polygon oder MultiPolygon).")
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except shapely.errors.GEOSException as error:
        raise CityFilesError(f"{where}: Die Fläche ist nicht lesbar ({error}).") from error
    shape = shapely.transform(shape, lambda xy: np.column_stack(project.transform(xy[:, 0], xy[:, 1])))
    if shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        raise CityFilesError(f"{where}: Die Fläche ist leer oder liegt nicht auf der Erde (erwartet Länge, Breite).")
    if not shape.is_valid:
        raise CityFilesError(f"{where}: Die Fläche ist nicht gültig ({shapely.is_valid_reason(shape)}).")
    return name, as_multi(shape), properties


def as_multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """The same ground as a multipolygon."""
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
