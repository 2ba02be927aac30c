"""The report: a table with ratios against the baseline of the same run."""

import datetime
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from .client import Measured

FILE = Path(__file__).parent.parent.parent / "docs" / "performance.md"
START, END = "<!-- measured -->", "<!-- end measured -->"


def table(rows: Sequence[Measured]) -> str:
    """Markdown table of all measurements."""
    lines = ["| was | gemessen | Vorgabe | |", "|---|---:|---:|---|"]
    for row in rows:
        sign = "≥" if row.at_least else "≤"
        budget = "" if row.budget is None else f"{sign} {_number(row.budget)} {row.unit}"
        verdict = "" if row.budget is None else ("**verfehlt**" if row.missed else "gehalten")
        lines.append(f"| {row.what} | {_number(row.value)} {row.unit} | {budget} | {verdict} |")
    return "\n".join([*lines, "", *_ratios(rows), ""])


def _ratios(rows: Sequence[Measured]) -> list[str]:
    rates = {row.what: row.value for row in rows if row.unit == "1/s"}
    texts = []
    for what, value in rates.items():
        for kind in ("Kennwerte", "Grenzen"):
            baseline = f"einfacher DRF-GIS-Serializer, {what.removeprefix(kind + ', ')} (Vergleich)"
            if what.startswith(kind + ",") and baseline in rates and rates[baseline]:
                texts.append(
                    f"- {what}: {_number(value / rates[baseline])}-mal so viele Antworten wie der einfache Serializer"
                )
    return texts


def write(text: str) -> None:
    """Put the table into docs/performance.md between its marks."""
    content = FILE.read_text(encoding="utf-8")
    before, rest = content.split(START)
    _old, after = rest.split(END)
    machine = f"{os.cpu_count()} Kerne, {platform.machine()}, {platform.system()} {platform.release().split('-')[0]}"
    today = datetime.date.today().strftime("%d.%m.%Y")  # noqa: DTZ011 - the day of the machine
    head = f"Gemessen am {today}: {machine}, Python {platform.python_version()}, gunicorn mit 2 Prozessen, 8 Verbindungen.\n\n"
    FILE.write_text(f"{before}{START}\n\n{head}{text}\n{END}{after}", encoding="utf-8")


def _number(value: float) -> str:
    digits = 0 if abs(value) >= 100 else 1
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")
