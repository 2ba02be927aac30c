"""Checking what was read: codes, names, parents, geometry; everything is looked at before anything is refused."""

from collections.abc import Collection
from dataclasses import dataclass

import shapely
from django.utils.translation import gettext as _

from areas.geometry.repair import TOLERANCE

from . import codes
from .findings import NOTE, Finding, refuse
from .fitting import fit_shapes
from .geometries import find_crs, read_shapes
from .raw import RawFile
from .suggesting import near

LONGEST_NAME = 120  # characters, as in the database


@dataclass(frozen=True)
class CodeRule:
    """Name of a level for messages and the regular expression of its codes."""

    level: str
    pattern: str


@dataclass(frozen=True)
class Columns:
    """Which column of the file holds what."""

    code: str
    name: str
    parent: str | None = None


@dataclass(frozen=True)
class Expectation:
    """What the file is held against: rules for codes, known parent codes, a reference system given by hand."""

    columns: Columns
    rule: CodeRule
    parent_rule: CodeRule | None = None
    parents: Collection[str] = ()
    crs: str | None = None
    tolerance: float = TOLERANCE  # metres


@dataclass(frozen=True)
class CheckedArea:
    """One area of the file, ready to be stored; geometry in EPSG:25832."""

    feature: int
    code: str
    name: str
    parent: str | None
    geometry: shapely.MultiPolygon


@dataclass(frozen=True)
class Checked:
    """The areas of a file and all findings; with refusals among them nothing may be stored."""

    areas: tuple[CheckedArea, ...]
    findings: tuple[Finding, ...]


def check_areas(raw: RawFile, expected: Expectation) -> Checked:
    """Check a file. Raises `IntakeError` when columns or the reference system are missing."""
    _check_columns(raw, expected.columns)
    crs = find_crs(raw, expected.crs)
    findings = list(raw.findings)
    if not raw.features:
        raise refuse(raw.name, _("Die Datei enthält keine Gebiete."), _("mindestens eine Fläche"))
    code_of = _codes(raw, expected.columns.code, expected.rule, findings)
    parent_of = _parents(raw, expected, findings)
    shapes = read_shapes(raw, code_of, crs, findings)
    fitted, remarks = fit_shapes(raw.name, shapes, expected.tolerance)
    findings += remarks
    names = _names(raw, expected.columns.name, code_of, findings)
    areas = tuple(
        CheckedArea(n, code_of[n], names[n], parent_of.get(n) or None, fitted[n])
        for n in sorted(fitted)
        if n in names and n in code_of
    )
    return Checked(areas, tuple(findings))


def _check_columns(raw: RawFile, columns: Columns) -> None:
    for option, column in (("--code-column", columns.code), ("--name-column", columns.name)):
        _check_column(raw, option, column)
    if columns.parent:
        _check_column(raw, "--parent-column", columns.parent)


def _check_column(raw: RawFile, option: str, column: str) -> None:
    if raw.features and column not in raw.columns:
        found = _("Die Spalte »%(column)s« (%(option)s) fehlt.") % {"column": column, "option": option}
        raise refuse(raw.name, found, near(column, raw.columns))


def _codes(raw: RawFile, column: str, rule: CodeRule, findings: list[Finding]) -> dict[int, str]:
    """Code by number of feature for those that are right."""
    padded, right, first = 0, {}, {}
    for feature in raw.features:
        value = feature.attributes.get(column)
        code, was_padded, fault = _code(value, rule)
        padded += was_padded
        if not fault and code in first:
            fault = _("Schlüssel kommt schon in Nr. %s vor") % first[code]
            fault = (fault, _("jeder Schlüssel einmal; mehrere Teile eines Gebiets als ein Multipolygon"))
        if fault:
            findings.append(Finding(raw.name, *fault, feature=feature.number, code=codes.as_text(value)))
            continue
        right[feature.number], first[code] = code, feature.number
    if padded:
        found = _("Die Spalte »%(column)s« enthält Zahlen; %(count)s Schlüsseln fehlten führende Nullen.")
        done = _("ergänzt nach dem Muster %s") % rule.pattern
        findings.append(Finding(raw.name, found % {"column": column, "count": padded}, done, kind=NOTE))
    return right


def _code(value: object, rule: CodeRule) -> tuple[str, bool, tuple[str, str] | None]:
    """The code, whether zeros were added, and what is wrong with it."""
    code = codes.as_text(value)
    wanted = _("Schlüssel der Ebene %(level)s: %(pattern)s") % {"level": rule.level, "pattern": rule.pattern}
    if not code:
        return "", False, (_("Der Schlüssel fehlt"), wanted)
    padded = codes.pad(code, rule.pattern)
    if codes.is_number(value):
        if padded is None:
            return code, False, (_("Der Schlüssel ist eine Zahl; wie viele Nullen fehlen, ist nicht eindeutig"), wanted)
        return padded, padded != code, None
    if not codes.fits(code, rule.pattern):
        return code, False, (_("Der Schlüssel passt nicht"), f"{wanted} ({padded}?)" if padded else wanted)
    return code, False, None


def _names(raw: RawFile, column: str, code_of: dict[int, str], findings: list[Finding]) -> dict[int, str]:
    names = {}
    for feature in raw.features:
        name, code = codes.as_text(feature.attributes.get(column)), code_of.get(feature.number, "")
        if not name:
            findings.append(Finding(raw.name, _("Der Name fehlt"), _("ein Name"), feature.number, code))
        elif len(name) > LONGEST_NAME:
            limit = _("höchstens %s Zeichen") % LONGEST_NAME
            findings.append(Finding(raw.name, _("Der Name ist zu lang"), limit, feature.number, code))
        else:
            names[feature.number] = name
    return names


def _parents(raw: RawFile, expected: Expectation, findings: list[Finding]) -> dict[int, str]:
    if not expected.columns.parent or not expected.parent_rule:
        return {}
    right, rule = {}, expected.parent_rule
    for feature in raw.features:
        value = feature.attributes.get(expected.columns.parent)
        code, _padded, fault = _code(value, rule)
        if not fault and code not in expected.parents:
            fault = (_("Das übergeordnete Gebiet %s gibt es nicht") % code, near(code, sorted(expected.parents)))
        if fault:
            found = f"{expected.columns.parent}: {fault[0]}"
            findings.append(Finding(raw.name, found, fault[1], feature.number, codes.as_text(value)))
        else:
            right[feature.number] = code
    return right
