"""What the portal knows about Dortmund, straight from the city's folder: real codes and names, no database."""

import csv
import json
import tomllib
from functools import cache
from pathlib import Path

from indicators.intake.known import Known, KnownArea, KnownIndicator, KnownLevel

FIXTURES = Path(__file__).parents[3] / "fixtures"


@cache
def areas_of(level):
    """Code and name of each area of a level."""
    city = tomllib.loads((FIXTURES / "city.toml").read_text(encoding="utf-8"))
    path = FIXTURES / next(entry["file"] for entry in city["level"] if entry["slug"] == level)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [(row["schluessel"], row["name"]) for row in csv.DictReader(file, delimiter=";")]
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return sorted(_code_and_name(feature["properties"]) for feature in features)


def _code_and_name(properties):
    found = {key.lower(): str(value) for key, value in properties.items()}
    code = next(
        found[k] for k in ("schluessel", "statistischer_unterbezirk", "ubz", "unterbezirk", "code") if k in found
    )
    return code, found["name"]


@cache
def known():
    """Everything, as the selector for the intake gives it."""
    city = tomllib.loads((FIXTURES / "city.toml").read_text(encoding="utf-8"))
    levels = tuple(
        KnownLevel(entry["slug"], entry["name"], entry["code_pattern"], entry["name_plural"]) for entry in city["level"]
    )
    areas = tuple(KnownArea(level.slug, code, name) for level in levels for code, name in areas_of(level.slug))
    return Known(levels, areas, tuple(_indicators()), tuple(str(year) for year in range(1987, 2027)))


def _indicators():
    for path in sorted((FIXTURES / "indicators").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        yield KnownIndicator(
            path.stem,
            data["name"],
            data["unit"],
            data.get("decimals", 1),
            data["aggregation"],
            data.get("numerator", ""),
            data.get("denominator", ""),
            data.get("unit_long", ""),
        )
