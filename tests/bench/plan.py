"""The action plan with 5,000 projects and 50,000 payments: how long its pages take and how many queries they need.

One process, no server between, and every page rendered anew: the memory of pages is off.
"""

import statistics
import time

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from .client import Measured

BUDGET_MS, BUDGET_QUERIES = 60, 12
WARM, COUNT = 5, 60
PAGES = {
    "Liste": "/aktionsplan/projekte/",
    "Liste, Seite 60": "/aktionsplan/projekte/?seite=60",
    "Liste nach Wort": "/aktionsplan/projekte/?q=Garten",
    "Liste nach Gebiet, Feld, Zustand": "/aktionsplan/projekte/?raum=023&feld=arbeit&zustand=running",
    "Liste nach Jahr und Träger": "/aktionsplan/projekte/?jahr=2023&traeger=Verein+7",
    "Liste, Stand am": "/aktionsplan/projekte/?am=2023-06-30&zustand=running",
    "Liste nach Betrag": "/aktionsplan/projekte/?von=1.000&bis=5.000",
    "Liste ohne Geld": "/aktionsplan/projekte/?geld=ohne",
    "Geld eines Jahres": "/aktionsplan/geld/?jahr=2023",
    "Aktionsraum": "/aktionsplan/gebiete/023/",
    "Projekt": "/aktionsplan/projekte/bench-00042/",
}


def measure_plan() -> list[Measured]:
    """Every page of a big plan: 95th percentile of warm requests and number of queries."""
    off = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    rows = []
    with override_settings(CACHES=off, ALLOWED_HOSTS=["testserver"]):
        caches.close_all()
        for name, path in PAGES.items():
            milliseconds, queries = _measure(path)
            rows.append(Measured(f"Aktionsplan, {name}: p95 ohne Seitenspeicher", milliseconds, "ms", BUDGET_MS))
            rows.append(Measured(f"Aktionsplan, {name}: Abfragen", queries, "", BUDGET_QUERIES))
    return rows


def _measure(path: str) -> tuple[float, int]:
    client, times = Client(), []
    for number in range(WARM + COUNT):
        start = time.perf_counter()
        response = client.get(path)
        if number >= WARM:
            times.append((time.perf_counter() - start) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(path)
    return statistics.quantiles(times, n=20)[18], len(captured)
