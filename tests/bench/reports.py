"""Documents as PDF: seconds of one processor and megabytes, each in a process of its own, beside a bare page.

Processor seconds, because others may work on the machine: waiting for them says nothing about a document.
"""

import json
import subprocess
import sys

from .client import Measured

MEGABYTES = 700
MAP = {"indikator": "transferleistungsquote", "ebene": "sozialraum"}
FINE = {"indikator": "transferleistungsquote", "ebene": "unterbezirk"}
DOCUMENTS = (  # what, kind, parameters, seconds
    ("Profil eines Sozialraums", "profile", {"level": "sozialraum", "code": "023"}, 2),
    ("Karte A4, 39 Gebiete", "map", {"query": MAP}, 1.5),
    ("Karte A3, 170 Gebiete", "map", {"query": FINE, "sheet": {"size": "A3", "landscape": True}}, 1.5),
    ("Kartenreihe", "series", {"query": MAP}, 3),
    ("Buch aller Sozialräume", "book", {"level": "sozialraum", "once": True}, 60),
    ("Atlas, 39 Gebiete", "atlas", {"level": "sozialraum", "once": True}, 90),
)


def measure_reports() -> list[Measured]:
    """Every kind of document; the first line is the baseline that others are to be compared with."""
    bare = _cost("baseline", {})["processor"]
    rows = [Measured("Bericht, nackte Seite der Bibliothek (Vergleich)", bare, "s")]
    for what, kind, parameters, budget in DOCUMENTS:
        cost = _cost(kind, parameters)
        rows.append(Measured(f"{what} als PDF: Rechenzeit", cost["processor"], "s", budget))
        rows.append(Measured(f"{what} als PDF: Vielfaches der nackten Seite", cost["processor"] / bare, ""))
        rows.append(Measured(f"{what} als PDF: Speicher des Prozesses", cost["megabytes"], "MB", MEGABYTES))
    return rows


def _cost(kind: str, parameters: dict) -> dict:
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.one_report", kind, json.dumps(parameters)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
