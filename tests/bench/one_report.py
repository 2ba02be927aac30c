"""One document in a process of its own: `python -m tests.bench.one_report KIND PARAMETERS` prints what it cost as JSON.

The first run warms the process (libraries, drawings); the second is measured. `baseline` is a page of a bare table by the
same library, without the portal.
"""

import json
import os
import resource
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

ROWS = 60


def main(kind: str, parameters: dict) -> dict:
    """Seconds of the processor and by the clock, megabytes at most, bytes."""
    import django

    django.setup()
    make = _baseline if kind == "baseline" else _portal(kind, parameters)
    runs = 1 if parameters.get("once") else 2
    for _run in range(runs):
        processor, clock = time.process_time(), time.perf_counter()
        content = make()
        processor, clock = time.process_time() - processor, time.perf_counter() - clock
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"processor": processor, "clock": clock, "megabytes": most, "bytes": len(content)}


def _portal(kind: str, parameters: dict):
    from atlas.reports import kinds
    from atlas.reports.compilation import as_data
    from atlas.reports.formats import written
    from atlas.reports.templates import TEMPLATES

    parameters = {name: value for name, value in parameters.items() if name != "once"}
    if kind in TEMPLATES:
        kind, parameters = "compilation", as_data(TEMPLATES[kind].fill(parameters))
    return lambda: written(kinds.make(kind, parameters, release=""), "pdf")


def _baseline() -> bytes:
    from atlas.reports import pdf

    rows = "".join(f"<tr><th>{n}</th><td>{n * 7 % 97}</td><td>{n * 13 % 89}</td></tr>" for n in range(ROWS))
    return (
        pdf._weasyprint()
        .HTML(string=f"<html lang=de><title>T</title><h1>Tabelle</h1><table>{rows}</table>")
        .write_pdf(pdf_variant="pdf/ua-1")
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], json.loads(sys.argv[2]))))
