"""What was found in a spreadsheet, in words that the planner who sent it understands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

ERROR, WARNING, NOTE = "error", "warning", "note"
KINDS = (ERROR, WARNING, NOTE)


def column_letters(column: int) -> str:
    """Name of a column as spreadsheets show it.

    >>> column_letters(1), column_letters(27), column_letters(703)
    ('A', 'AA', 'AAA')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Finding:
    """One remark: where it stands (row and column from 1), what was found, what was expected, what to do."""

    kind: str  # ERROR blocks, WARNING needs a reason, NOTE informs
    code: str  # which check said it, a short English word such as "formula_without_value"
    found: str
    expected: str = ""
    suggestion: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str:
        """Address as spreadsheets write it, such as `C14`; `C` or `14` when only one half is known.

        >>> Finding(ERROR, "number", "abc", row=14, column=3).cell
        'C14'
        """
        return f"{column_letters(self.column or 0)}{self.row or ''}"

    @property
    def place(self) -> str:
        """Sheet and cell for people; empty when the remark is about the whole file."""
        parts = [_("Blatt »%(sheet)s«") % {"sheet": self.sheet}] if self.sheet else []
        if self.row and self.column:
            parts.append(_("Zelle %(cell)s") % {"cell": self.cell})
        elif self.row:
            parts.append(_("Zeile %(row)s") % {"row": self.row})
        elif self.column:
            parts.append(_("Spalte %(column)s") % {"column": column_letters(self.column)})
        return ", ".join(parts)


class Refusal(Exception):
    """A file, or a mapping, that cannot be read at all; carries the finding that says why."""

    def __init__(self, finding: Finding):
        super().__init__(f"{finding.found} {finding.expected}".strip())
        self.finding = finding


def refuse(code: str, found: str, expected: str = "", suggestion: str = "", **place: object) -> Refusal:
    """The error for a file that cannot be read."""
    return Refusal(Finding(ERROR, code, found, expected, suggestion, **place))


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; within each as they stand in the file."""
    return sorted(findings, key=lambda f: (KINDS.index(f.kind), f.sheet, f.row or 0, f.column or 0))


def as_table(findings: Sequence[Finding]) -> str:
    """Findings as a plain text table for a terminal or a log."""
    labels = {ERROR: _("Fehler"), WARNING: _("Warnung"), NOTE: _("Hinweis")}
    head = (_("Art"), _("Stelle"), _("Gefunden"), _("Erwartet"), _("Vorschlag"))
    rows = [(labels[f.kind], f.place, f.found, f.expected, f.suggestion) for f in by_weight(findings)]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [head, tuple("-" * w for w in widths), *rows]
    return "\n".join(" | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)
