"""The measurements: requests per second, latency, sizes, memory."""

import re
import shutil
import statistics
import subprocess
import time
import urllib.request
from dataclasses import dataclass

from areas.models import PublishedFile

from . import servers

INDICATOR = "transferleistungsquote"
BARE = "nackte Django-Ansicht (Vergleich)"
OTHERS = {
    "Karte": ["/karte/?indikator=arbeitslosenquote", "/karte/?indikator=durchschnittsalter"] * 2,
    "Profil": ["/gebiete/sozialraum/082/", "/gebiete/sozialraum/083/"] * 2,
}


@dataclass(frozen=True)
class Measured:
    """One line of the report; `budget` is a lower bound for rates and an upper bound for the rest."""

    what: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False

    @property
    def missed(self) -> bool:
        """Whether the budget is not kept."""
        if self.budget is None:
            return False
        return self.value < self.budget if self.at_least else self.value > self.budget


def rate(url: str, *, seconds: int) -> float:
    """Requests per second with 8 connections; raises when answers are not 2xx."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", url]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in answer:
        raise RuntimeError(f"{url}: {answer}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", answer)[1])


def latency(url: str, *, count: int = 60) -> tuple[float, float]:
    """Milliseconds of the first request and the 95th percentile of `count` further single ones."""
    times = []
    for _request in range(count + 1):
        start = time.perf_counter()
        urllib.request.urlopen(url, timeout=30).read()  # noqa: S310 - our own loopback address
        times.append((time.perf_counter() - start) * 1000)
    return times[0], statistics.quantiles(times[1:], n=20)[18]


def current(name: str) -> PublishedFile:
    """The current published file of a name."""
    return PublishedFile.objects.get(name=name, is_current=True)


def levels_of(name: str) -> dict[str, tuple[str, int]]:
    """Levels measured in a city: label, slug and budget of the boundaries in bytes."""
    if name == "dortmund":
        return {"39 Sozialräume": ("sozialraum", 25_000), "170 Unterbezirke": ("unterbezirk", 60_000)}
    return {f"{name} Gebiete": ("gebiet", 450_000)}


def sizes(name: str) -> list[Measured]:
    """Bytes of boundaries and figures, packed."""
    rows = []
    for label, (level, budget) in levels_of(name).items():
        rows.append(
            Measured(f"Grenzen, {label}", len(current(f"grenzen/{level}.json").gzip) / 1000, "kB gzip", budget / 1000)
        )
        figures = current(f"kennwerte/{INDICATOR}/{level}.json")
        rows.append(Measured(f"Kennwerte, {label}", len(figures.gzip) / 1000, "kB gzip"))
    return rows


def measure(name: str, url: str, *, seconds: int) -> list[Measured]:
    """Latencies and rates of pages and data of one city."""
    rows = _pages(url, seconds) if name == "dortmund" else []
    for label, (level, _budget) in levels_of(name).items():
        budget = 4000 if level == "sozialraum" else None
        for kind, file in (("Kennwerte", f"kennwerte/{INDICATOR}/{level}.json"), ("Grenzen", f"grenzen/{level}.json")):
            answers = rate(url + current(file).path, seconds=seconds)
            rows.append(Measured(f"{kind}, {label}", answers, "1/s", budget, at_least=True))
    return rows


def measure_baselines(name: str, url: str, *, seconds: int) -> list[Measured]:
    """What the same machine gives without the portal's way of working; a server of its own, so nobody waits."""
    rows = []
    if name == "dortmund":
        rows.append(Measured(BARE, rate(f"{url}/baseline/bare/", seconds=seconds), "1/s"))
    for label, (level, _budget) in levels_of(name).items():
        answers = rate(f"{url}/baseline/areas/{level}/", seconds=seconds)
        rows.append(Measured(f"einfacher DRF-GIS-Serializer, {label} (Vergleich)", answers, "1/s"))
    return rows


def _pages(url: str, seconds: int) -> list[Measured]:
    rows = []
    pages = {"Karte": f"/karte/?indikator={INDICATOR}&ebene=sozialraum&zeit=2024", "Profil": "/gebiete/sozialraum/023/"}
    for label, path in pages.items():
        for other in OTHERS[label]:  # a process that has served something, but not this page
            latency(url + other, count=2)
        first, usual = latency(url + path)
        rows += [
            Measured(f"{label}, erste Antwort", first, "ms", 150),
            Measured(f"{label}, p95 warm", usual, "ms", 15),
            Measured(f"{label} (HTML)", rate(url + path, seconds=seconds), "1/s", 1000, at_least=True),
        ]
    return [*rows, *_memory()]


def _memory() -> list[Measured]:
    listed = subprocess.run(["ps", "-eo", "rss,args"], capture_output=True, text=True, check=True).stdout
    workers = [int(line.split()[0]) for line in listed.splitlines() if f"127.0.0.1:{servers.PORT}" in line]
    return [Measured("Speicher des größten Web-Prozesses", max(workers) / 1024, "MB", 250)]


def measure_nginx(*, seconds: int) -> list[Measured]:
    """The figures behind the portal's own nginx, and as a static file of nginx; nothing where it is not installed."""
    if shutil.which("nginx") is None:
        return []
    file = current(f"kennwerte/{INDICATOR}/sozialraum.json")
    with servers.front() as front:
        behind = rate(front + file.path, seconds=seconds)
    with servers.nginx({"figures.json": bytes(file.gzip)}) as static:
        ceiling = rate(f"{static}/figures.json", seconds=seconds)
    return [
        Measured("dieselben Kennwerte als Datei von nginx (Vergleich)", ceiling, "1/s"),
        Measured("Kennwerte hinter dem mitgelieferten nginx", behind, "1/s", ceiling / 2, at_least=True),
    ]


def measure_store() -> list[Measured]:
    """Number of values does not matter: rows in the database beside the cost of a public answer."""
    from indicators.models import Figure, Value

    return [
        Measured("gespeicherte Werte", Value.objects.count(), "Zeilen"),
        Measured("veröffentlichte Kennwerte", Figure.objects.count(), "Zeilen"),
    ]
