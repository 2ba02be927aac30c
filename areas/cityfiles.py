"""Reading the folder that describes a city (city.toml and what it names); see docs/another-city.md."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely

from areas.actions.saving import AreaRecord
from areas.citytables import (
    CityFilesError,
    as_multi,
    needed,
    needed_tables,
    read_features,
    read_table,
    read_toml,
    refuse,
)
from areas.geometry.coverage import dissolve_coverage
from areas.geometry.faults import coverage_faults
from areas.models.area import Certainty

WHOLE = "stadt"  # slug of the level that is the whole city

_Features = Mapping[str, tuple[shapely.MultiPolygon, dict]]


@dataclass(frozen=True)
class LevelFile:
    """One level of `city.toml` with its areas ready to be saved and, for larger areas, their parts."""

    options: dict
    records: list[AreaRecord]
    memberships: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # file and row of each record

    @property
    def slug(self) -> str:
        return self.options["slug"]


def read_levels(folder: Path) -> list[LevelFile]:
    """All levels of the city from the whole to the smallest, larger areas dissolved from the smallest.

    Raises `CityFilesError` with everything that is wrong in the files of the areas.
    """
    options = _checked_levels(folder / "city.toml")
    smallest = next(level for level in options if level.get("is_smallest"))
    path = folder / smallest["file"]
    features, tables, findings = {}, {}, []
    for level in options:
        try:
            if level is smallest:
                features = read_features(path, "schluessel")
            else:
                tables[level["slug"]] = _read_areas(folder / level["file"])
        except CityFilesError as error:
            findings += error.findings
    refuse(findings)
    files = {smallest["slug"]: _smallest_level(path, smallest, features)}
    refuse(_faults(path, features))
    for level in sorted(options, key=lambda level: -level["rank"]):
        if level is not smallest:
            files[level["slug"]] = _larger_level(folder, level, tables[level["slug"]], features, files)
    refuse(_without_parent(folder / "city.toml", files.values()))
    return [files[level["slug"]] for level in options]


def _checked_levels(path: Path) -> list[dict]:
    """The levels by rank, each with what reading needs."""
    levels = needed_tables(path, "level")
    if sum(bool(level.get("is_smallest")) for level in levels) != 1:
        raise CityFilesError(f"{path}: Genau eine Ebene muss is_smallest = true tragen.")
    for number, level in enumerate(levels, start=1):
        where = f"{path}, {number}. Ebene"
        keys = ["slug", "name", "name_plural", "name_en", "name_plural_en", "file", "source"]
        for key in [*keys, "parent_level" if level.get("is_smallest") else "parts_by"]:
            if not isinstance(needed(level, key, where), str):
                raise CityFilesError(f"{where}: „{key}“ muss Text sein.")
        if not isinstance(needed(level, "rank", where), int):
            raise CityFilesError(f"{where}: „rank“ muss eine ganze Zahl sein.")
    for key in ("slug", "rank"):
        if len({level[key] for level in levels}) < len(levels):
            raise CityFilesError(f"{path}: Zwei Ebenen haben dieselbe Angabe „{key}“.")
    ordered = sorted(levels, key=lambda level: level["rank"])
    if (ordered[0]["slug"], ordered[0]["rank"]) != (WHOLE, 0):
        raise CityFilesError(f"{path}: Die oberste Ebene muss slug = „{WHOLE}“ und rank = 0 haben.")
    return ordered


def _read_areas(path: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Rows of a table of larger areas by code, each with where it stands."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    findings = []
    for number, row in read_table(path, {"schluessel", "name", "liegt_in", "sicherheit", "anmerkung"}):
        where, code = f"{path}, Zeile {number}", row["schluessel"]
        if not code:
            findings.append(f"{where}: Der Schlüssel fehlt.")
        elif code in found:
            findings.append(f"{where}: Der Schlüssel „{code}“ steht schon weiter oben.")
        else:
            found[code] = (where, row)
    refuse(findings)
    return found


def _record(where: str, code: str, properties: Mapping, shape: shapely.MultiPolygon, **parent: Any) -> AreaRecord:
    """Raises `CityFilesError` for what a table of areas cannot hold."""
    name, certainty = needed(properties, "name", where), properties.get("sicherheit") or "published"
    for text, longest in ((code, 20), (name, 120)):
        if not isinstance(text, str) or not 0 < len(text) <= longest:
            raise CityFilesError(f"{where}: „{text}“ muss Text mit 1 bis {longest} Zeichen sein.")
    if certainty not in Certainty.values:
        raise CityFilesError(f"{where}: „{certainty}“ ist unbekannt. Erlaubt: {', '.join(Certainty.values)}.")
    note = properties.get("anmerkung") or ""
    return AreaRecord(code=code, name=name, geometry=shape, certainty=certainty, note=note, **parent)


def _smallest_level(path: Path, level: dict, features: _Features) -> LevelFile:
    parent_level = level["parent_level"]
    records, places, findings = [], {}, []
    for number, (code, (shape, properties)) in enumerate(features.items(), start=1):
        places[code] = where = f"{path}, {number}. Objekt ({code})"
        try:
            parent = {"parent_code": needed(properties, parent_level, where), "parent_level": parent_level}
            records.append(_record(where, code, properties, shape, **parent))
        except CityFilesError as error:
            findings += error.findings
    refuse(findings)
    return LevelFile(level, records, places=places)


def _faults(path: Path, features: _Features) -> Iterable[str]:
    """A sentence for every two areas that do not fit to each other."""
    for first, second, common in coverage_faults({code: shape for code, (shape, _properties) in features.items()}):
        names = [f"{features[code][1]['name']} ({code})" for code in (first, second) if code]
        what = f"überlappen sich auf {common:.0f} m²" if common else "haben nicht dieselben Punkte an ihrer Grenze"
        yield f"{path}: {' und '.join(names)} {what}; import_areas kann das in Ordnung bringen."


def _larger_level(folder: Path, level: dict, rows: dict, features: _Features, files: dict) -> LevelFile:
    path = folder / level["file"]
    memberships = _memberships(folder / "city.toml", level, rows, features, files)
    findings = [f"{where}: {code} hat keine Teile." for code, (where, _row) in rows.items() if not memberships[code]]
    unknown = sorted(str(code) for code in set(memberships) - set(rows))
    findings += [f"{path}: „{code}“ steht in der feineren Ebene als Ganzes, aber nicht hier." for code in unknown]
    refuse(findings)
    wholes = dissolve_coverage({code: shape for code, (shape, _properties) in features.items()}, memberships)
    records = []
    for code, (where, row) in rows.items():
        parent = {"parent_code": row["liegt_in"] or None, "parent_level": level.get("parent_level")}
        try:
            records.append(_record(where, code, row, as_multi(wholes[code]), **parent))
        except CityFilesError as error:
            findings += error.findings
    refuse(findings)
    return LevelFile(level, records, dict(memberships), {code: where for code, (where, _row) in rows.items()})


def _memberships(path: Path, level: dict, rows: Iterable[str], features: _Features, files: dict) -> dict:
    """`*`: everything; `column`: by that column of the smallest areas; `level.liegt_in`: by another level's parent."""
    rule = level["parts_by"]
    memberships: dict[str, list[str]] = defaultdict(list)
    if rule == "*":
        return {code: sorted(features) for code in rows}
    if rule.endswith(".liegt_in"):
        finer = files.get(rule.removesuffix(".liegt_in"))
        if finer is None or not finer.memberships:
            raise CityFilesError(f"{path}: parts_by = „{rule}“ nennt keine feinere Ebene mit eigener Tabelle.")
        for record in finer.records:
            memberships[record.parent_code or ""] += finer.memberships[record.code]
        return memberships
    for code, (_shape, properties) in features.items():
        memberships[needed(properties, rule, f"{path}, parts_by = {rule}, {code}")].append(code)
    return memberships


def _without_parent(path: Path, files: Iterable[LevelFile]) -> Iterable[str]:
    """A sentence for every area that shall lie in one that does not exist."""
    codes = {file.slug: {record.code for record in file.records} for file in files}
    for file in files:
        parent_level = file.options.get("parent_level")
        if parent_level is not None and parent_level not in codes:
            yield f"{path}: Die Ebene „{parent_level}“ (parent_level von „{file.slug}“) gibt es nicht."
            continue
        for record in file.records:
            if record.parent_code and record.parent_code not in codes.get(parent_level or "", ()):
                yield f"{file.places[record.code]}: Übergeordnete Gebiete fehlen: {parent_level} {record.parent_code}."


__all__ = ["WHOLE", "CityFilesError", "LevelFile", "needed", "needed_tables", "read_levels", "read_table", "read_toml"]
