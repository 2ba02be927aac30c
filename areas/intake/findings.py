"""What was found in a file, in words that the person who sent it understands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

REFUSED, REPAIRED, NOTE = "refused", "repaired", "note"


@dataclass(frozen=True)
class Finding:
    """One remark on a file: where, what was found, and what was expected or done instead."""

    file: str
    found: str
    expected: str = ""
    feature: int | None = None  # number of the feature in the file, from 1; of the line in a table
    code: str = ""
    kind: str = REFUSED


class IntakeError(Exception):
    """A file that cannot be read at all; carries the finding that says why."""

    def __init__(self, finding: Finding):
        super().__init__(f"{finding.file}: {finding.found} {finding.expected}".strip())
        self.finding = finding


def refuse(file: str, found: str, expected: str = "") -> IntakeError:
    """The error for a file that cannot be read."""
    return IntakeError(Finding(file, found, expected))


def refusals(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that forbid saving."""
    return [f for f in findings if f.kind == REFUSED]


def as_table(findings: Sequence[Finding]) -> str:
    """Findings as a plain text table, refusals first, for a terminal or a log."""
    labels = {REFUSED: _("abgelehnt"), REPAIRED: _("repariert"), NOTE: _("Hinweis")}
    head = (_("Art"), _("Datei"), _("Nr."), _("Schlüssel"), _("Gefunden"), _("Erwartet oder getan"))
    order = list(labels)
    rows = [
        (labels[f.kind], f.file, str(f.feature or ""), f.code, f.found, f.expected)
        for f in sorted(findings, key=lambda f: (order.index(f.kind), f.file, f.feature or 0))
    ]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [head, tuple("-" * w for w in widths), *rows]
    return "\n".join(" | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)
