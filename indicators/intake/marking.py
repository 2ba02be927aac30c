"""The planner's own spreadsheet back, with the cells marked that something was found in."""

from collections.abc import Sequence

from .findings import Finding


def mark_findings(original: bytes, format: str, findings: Sequence[Finding], name: str = "") -> bytes:
    """An XLSX workbook: the sheets as sent, found cells filled and commented, and a sheet `Befunde` listing all."""
    raise NotImplementedError
