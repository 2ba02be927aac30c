"""The table that says which finer areas make up which coarser one."""

import csv
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from . import codes, encodings
from .checking import CodeRule
from .findings import Finding, refuse
from .raw import encoding_note
from .suggesting import near

DELIMITERS = ";\t,"


@dataclass(frozen=True)
class Row:
    """One line: which part belongs to which whole; `number` counts lines of the file from 1."""

    number: int
    fine: str
    coarse: str
    name: str
    parent: str = ""


@dataclass(frozen=True)
class MembershipTable:
    """The rows of a table as they stand."""

    name: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()


@dataclass
class Whole:
    """A coarser area: its name, the code of its parent (empty without one), the codes of its parts."""

    name: str
    parent: str
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DissolveRules:
    """What a table is held against: rules for codes, the parts to be assigned, the known parents."""

    fine: CodeRule
    coarse: CodeRule
    fine_codes: Collection[str]
    parent: CodeRule | None = None
    parents: Collection[str] = ()


def read_memberships(path: Path, encoding: str | None = None) -> MembershipTable:
    """Read a CSV table with a head and three or four columns. Raises `IntakeError` when it is none."""
    wanted = _(
        "eine Kopfzeile und die Spalten: Schlüssel des Teils; Schlüssel des Ganzen; Name des Ganzen [; liegt in]"
    )
    try:
        text, codec = encodings.decode(path.read_bytes(), encoding)
    except OSError as error:
        raise refuse(path.name, _("Die Datei »%s« lässt sich nicht öffnen.") % path, wanted) from error
    except (UnicodeDecodeError, LookupError) as error:
        raise refuse(path.name, _("Die Datei ist nicht in »%s« geschrieben.") % encoding, "utf-8, latin-1") from error
    lines = text.lstrip("\ufeff").splitlines()
    delimiter = max(DELIMITERS, key=lines[0].count) if lines else ";"
    table = list(csv.reader(lines, delimiter=delimiter))
    if len(table) < 2 or len(table[0]) < 3:
        raise refuse(path.name, _("Die Tabelle hat zu wenige Zeilen oder Spalten."), wanted)
    rows = tuple(
        Row(number, *(cell.strip() for cell in (*cells, "", "", "", "")[:4]))
        for number, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
    )
    return MembershipTable(path.name, rows, (encoding_note(path.name, encodings.label(codec), bool(encoding)),))


def check_memberships(table: MembershipTable, rules: DissolveRules) -> tuple[dict[str, Whole], list[Finding]]:
    """Coarser areas by code, and all findings: every part must be assigned to exactly one whole."""
    findings = list(table.findings)
    wholes: dict[str, Whole] = {}
    first: dict[str, int] = {}
    for row in table.rows:
        fine, coarse = _padded(row.fine, rules.fine), _padded(row.coarse, rules.coarse)
        parent = _padded(row.parent, rules.parent) if rules.parent else ""
        faults = _row_faults(row, rules, (fine, coarse, parent))
        if fine in first:
            once = _("jedes Teil genau einmal")
            faults.append(
                (_("%(code)s ist schon in Zeile %(line)s zugeordnet") % {"code": fine, "line": first[fine]}, once)
            )
        first.setdefault(fine, row.number)
        whole = wholes.setdefault(coarse, Whole(row.name, parent))
        if (whole.name, whole.parent) != (row.name, parent):
            same = _("in allen Zeilen eines Gebiets dasselbe, zuerst: %s") % f"{whole.name} {whole.parent}".strip()
            faults.append(
                (_("%(code)s heißt oder liegt hier anders: %(name)s") % {"code": coarse, "name": row.name}, same)
            )
        whole.parts.append(fine)
        findings += [Finding(table.name, *fault, feature=row.number, code=fine) for fault in faults]
    for code in sorted(set(rules.fine_codes) - set(first)):
        found = _("%(level)s %(code)s ist nicht zugeordnet") % {"level": rules.fine.level, "code": code}
        findings.append(Finding(table.name, found, _("eine Zeile für jedes Teil"), code=code))
    return wholes, findings


def _row_faults(row: Row, rules: DissolveRules, found: tuple[str, str, str]) -> list[tuple[str, str]]:
    fine, coarse, parent = found
    faults = []
    if fine not in rules.fine_codes:
        text = _("%(level)s %(code)s gibt es nicht") % {"level": rules.fine.level, "code": row.fine or "?"}
        faults.append((text, near(fine, sorted(rules.fine_codes))))
    if not codes.fits(coarse, rules.coarse.pattern):
        text = _("Der Schlüssel »%s« des Ganzen passt nicht") % row.coarse
        faults.append((text, f"{rules.coarse.level}: {rules.coarse.pattern}"))
    if not row.name:
        faults.append((_("Der Name des Ganzen fehlt"), _("ein Name")))
    if rules.parent and parent not in rules.parents:
        text = _("Das übergeordnete Gebiet »%s« gibt es nicht") % row.parent
        faults.append((text, near(parent, sorted(rules.parents))))
    return faults


def _padded(code: str, rule: CodeRule) -> str:
    """The code, with the leading zeros that spreadsheets drop, where their number is certain."""
    return code if codes.fits(code, rule.pattern) else codes.pad(code, rule.pattern) or code
