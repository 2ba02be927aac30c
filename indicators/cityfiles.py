"""Reading the catalogue and the values of a city's folder; see docs/another-city.md."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from areas.citytables import CityFilesError, needed, only_known, read_table, read_toml, refuse
from indicators.statuses import WITH_VALUE, Status

COLUMNS = {"indikator", "ebene", "gebiet", "zeit", "wert", "status", "zaehler", "nenner", "gemeinsam_mit"}
RELEASE_TEXTS = ("slug", "title", "title_en", "notice", "notice_en")
_NUMBER = re.compile(r"-?\d+(,\d+)?", re.ASCII)
_DIGITS = 14  # before the decimal comma; what the database holds


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

    @property
    def partners(self) -> list[str]:
        """Codes of all areas that share this value; empty when it is the area's own."""
        return self.joint_with.split("+") if self.joint_with else []


def catalogue_files(folder: Path) -> dict[str, Path]:
    """The file of every indicator (`indicators/*.toml`) by the indicator's slug, which is the file's name."""
    files = sorted((folder / "indicators").glob("*.toml"))
    if not files:
        raise CityFilesError(f"{folder / 'indicators'}: Hier liegt kein Indikator (*.toml).")
    return {path.stem: path for path in files}


def read_values(folder: Path) -> tuple[list[ValueRow], list[str]]:
    """Usable rows of `values/*.csv`, and a sentence with file and row for everything that is wrong.

    The file's name is the slug of the source.
    """
    rows: list[ValueRow] = []
    findings: list[str] = []
    files = sorted((folder / "values").glob("*.csv"))
    if not files:
        findings.append(f"{folder / 'values'}: Hier liegt keine Tabelle mit Werten (*.csv).")
    for path in files:
        try:
            cells = read_table(path, COLUMNS)
        except CityFilesError as error:
            findings += error.findings
            continue
        for number, row in cells:
            try:
                rows.append(_row(path, number, row))
            except CityFilesError as error:
                findings += error.findings
    return rows, findings


def read_release_texts(folder: Path) -> dict[str, str]:
    """Slug, titles and notices of `release.toml`; raises `CityFilesError` for missing, unknown and odd ones."""
    path = folder / "release.toml"
    texts = read_toml(path)
    only_known(texts, RELEASE_TEXTS, str(path))
    refuse(f"{path}: „{key}“ muss Text sein." for key, text in texts.items() if not isinstance(text, str))
    for key in ("slug", "title"):
        if not needed(texts, key, str(path)):
            raise CityFilesError(f"{path}: „{key}“ ist leer.")
    return texts


def folder_digest(folder: Path) -> str:
    """SHA-256 over every file of the folder. Raises `CityFilesError` for a folder or file that cannot be read."""
    if not folder.exists():
        raise CityFilesError(f"{folder}: Diesen Ordner gibt es nicht.")
    if not folder.is_dir():
        raise CityFilesError(f"{folder}: Das ist kein Ordner.")
    digest = hashlib.sha256()
    try:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    except OSError as error:
        raise CityFilesError(f"{error.filename}: Die Datei lässt sich nicht lesen ({error.strerror}).") from error
    return digest.hexdigest()


def _row(path: Path, number: int, row: Mapping[str, str]) -> ValueRow:
    where = f"{path}, Zeile {number}"
    try:
        status = Status(row["status"])
    except ValueError as error:
        known = ", ".join(s.value for s in Status)
        raise CityFilesError(f"{where}: Der Status „{row['status']}“ ist unbekannt. Erlaubt: {known}.") from error
    value, numerator, denominator = (_number(where, row, c) for c in ("wert", "zaehler", "nenner"))
    if status not in WITH_VALUE and value is not None:
        raise CityFilesError(f"{where}: Mit dem Status „{status.label}“ darf kein Wert stehen.")
    if status == Status.ZERO and value:
        raise CityFilesError(f"{where}: Status „genau null“, aber der Wert ist {row['wert']}.")
    if status == Status.JOINT and not row["gemeinsam_mit"]:
        raise CityFilesError(f"{where}: Mit dem Status „joint“ nennt gemeinsam_mit alle Gebiete, z. B. 001+002.")
    if denominator is not None and denominator < 0:
        raise CityFilesError(f"{where}, Spalte nenner: „{row['nenner']}“ ist negativ.")
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
        origin=where,
    )


def _number(where: str, row: Mapping[str, str], column: str) -> Decimal | None:
    text = row[column].strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise CityFilesError(f"{where}, Spalte {column}: „{text}“ ist keine Zahl (erwartet z. B. 12,5).")
    number = Decimal(text.replace(",", "."))
    if abs(number) >= 10**_DIGITS:
        raise CityFilesError(
            f"{where}, Spalte {column}: Die Zahl ist zu groß (höchstens {_DIGITS} Stellen vor dem Komma)."
        )
    return number
