"""Areas of Dortmund and invented numbers for test spreadsheets."""

import csv
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

AREAS = Path(__file__).resolve().parents[2] / "fixtures" / "areas"
MARK = "Erfundene Testwerte, keine Statistik"
YEARS = tuple(range(2018, 2025))


@cache
def areas(level: str = "sozialraum") -> tuple[tuple[str, str], ...]:
    """Code and name of the areas of a level: stadtbezirk, sozialraum or unterbezirk."""
    if level == "unterbezirk":
        features = json.loads((AREAS / "unterbezirke.geojson").read_text(encoding="utf-8"))["features"]
        return tuple(sorted((f["properties"]["schluessel"], f["properties"]["name"]) for f in features))
    file = {"stadtbezirk": "stadtbezirke.csv", "sozialraum": "sozialraeume.csv", "bezirk": "bezirke.csv"}[level]
    with (AREAS / file).open(encoding="utf-8-sig", newline="") as text:
        return tuple((row["schluessel"], row["name"]) for row in csv.DictReader(text, delimiter=";"))


def rate(code: str, year: int = 2024, shift: int = 0) -> Decimal:
    """An invented share between 3,0 and 32,9 with one decimal."""
    return Decimal(30 + (int(code) * 37 + year * 11 + shift * 53) % 300) / 10


def count(code: str, year: int = 2024) -> int:
    """An invented number of people between 1.200 and 11.199."""
    return 1200 + (int(code) * 7919 + year * 131) % 10_000


def german(number: Decimal | int, thousands: str = "") -> str:
    """A number as German offices write it.

    >>> german(Decimal("1234.5"), ".")
    '1.234,5'
    """
    text = f"{number:,}".replace(",", "\0").replace(".", ",")
    return text.replace("\0", thousands)
