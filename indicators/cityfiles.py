"""Reading the catalogue and the values of a city's folder; see docs/another-city.md."""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from areas.cityfiles import CityFilesError, read_table, read_toml
from indicators.statuses import WITH_VALUE, Status

COLUMNS = {"indikator", "ebene", "gebiet", "zeit", "wert", "status", "zaehler", "nenner", "gemeinsam_mit"}
_NUMBER = re.compile(r"^-?\d+(,\d+)?$")


@dataclass(frozen=True)
class ValueRow:
    """One delivered value as it stands in a table of the folder."""

    indicator: str
    level: str
    area: str
    period: str
    value: Decimal | None
    status: Status
    numerator: Decimal | None
    denominator: Decimal | None
    joint_with: str
    source: str
    origin: str


def read_catalogue(folder: Path) -> dict[str, dict]:
    """Every indicator of `indicators/*.toml` by its slug, which is the file's name."""
    files = sorted((folder / "indicators").glob("*.toml"))
    if not files:
        raise CityFilesError(f"{folder / 'indicators'}: Hier liegt kein Indikator (*.toml).")
    return {path.stem: read_toml(path) for path in files}


def read_values(folder: Path) -> list[ValueRow]:
    """All rows of `values/*.csv`; the file's name is the source. Raises `CityFilesError` with file and row."""
    rows = []
    for path in sorted((folder / "values").glob("*.csv")):
        for number, row in enumerate(read_table(path, COLUMNS), start=2):
            rows.append(_row(path, number, row))
    return rows


def values_digest(folder: Path) -> str:
    """SHA-256 over everything that decides about figures: values, catalogue, levels and boundaries."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _row(path: Path, number: int, row: dict[str, str]) -> ValueRow:
    where = f"{path}, Zeile {number}"
    try:
        status = Status(row["status"])
    except ValueError as error:
        known = ", ".join(s.value for s in Status)
        raise CityFilesError(f"{where}: Der Status „{row['status']}“ ist unbekannt. Erlaubt: {known}.") from error
    value, numerator, denominator = (_number(where, row, c) for c in ("wert", "zaehler", "nenner"))
    if status not in WITH_VALUE and value is not None:
        raise CityFilesError(f"{where}: Mit dem Status „{status.label}“ darf kein Wert stehen.")
    return ValueRow(
        indicator=row["indikator"],
        level=row["ebene"],
        area=row["gebiet"],
        period=row["zeit"],
        value=value,
        status=status,
        numerator=numerator,
        denominator=denominator,
        joint_with=row["gemeinsam_mit"],
        source=path.stem,
        origin=f"{path.name}, Zeile {number}",
    )


def _number(where: str, row: dict[str, str], column: str) -> Decimal | None:
    text = row[column].strip()
    if not text:
        return None
    if not _NUMBER.match(text):
        raise CityFilesError(f"{where}, Spalte {column}: „{text}“ ist keine Zahl (erwartet z. B. 12,5).")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise CityFilesError(f"{where}, Spalte {column}: „{text}“ ist keine Zahl.") from error
