"""How long a large spreadsheet takes from the kept file to the draft, and how much memory: 100 thousand to a million rows.

`python -m tests.bench.imports 100000` measures one size in the database of DATABASE_URL, which must hold a city.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

SIZES = (100_000, 300_000, 1_000_000)
SECONDS, MEGABYTES = 60, 1000  # budget for a million rows
FIRST_YEAR, LAST_YEAR = 1946, 2025
_SCALE = 97  # values run from 0.0 to 96.9, the same in neighbouring years, so that nothing jumps


def measure_imports() -> list:
    """All sizes, each in a process of its own so that its memory is its own."""
    from tests.bench.client import Measured

    rows = []
    for size in SIZES:
        command = [sys.executable, "-m", "tests.bench.imports", str(size)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        name = f"{size:,}".replace(",", " ")
        million = size == SIZES[-1]
        total = told["check"] + told["accept"]
        rows += [
            Measured(f"Import, {name} Zeilen: prüfen", told["check"], "s"),
            Measured(f"Import, {name} Zeilen: in den Entwurf", told["accept"], "s"),
            Measured(f"Import, {name} Zeilen: zusammen", total, "s", SECONDS if million else None, at_least=False),
            Measured(f"Import, {name} Zeilen: Speicher", told["memory"], "MB", MEGABYTES, at_least=False),
        ]
    return rows


def write_table(path: Path, rows: int) -> None:
    """A long CSV table of so many rows about all areas and enough indicators and years."""
    from areas.models import Area
    from indicators.models import Indicator

    areas = list(Area.objects.in_force().values_list("level__slug", "code"))
    slugs = list(Indicator.objects.values_list("slug", flat=True))
    written = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("Ebene;Schlüssel;Indikator;Jahr;Wert\n")
        for year, slug in product(range(LAST_YEAR, FIRST_YEAR - 1, -1), slugs):
            for number, (level, code) in enumerate(areas):
                file.write(f"{level};{code};{slug};{year};{(number * 7 + written // 997) % _SCALE},{number % 10}\n")
                written += 1
                if written == rows:
                    return
    raise SystemExit(f"Only {written} rows for this city.")


def measure_one(rows: int) -> dict[str, float]:
    """Seconds for checking and accepting, and the most memory that this process used, in MB."""
    from indicators.actions.uploads import accept_upload, check_upload, give_reasons, receive_upload, save_template
    from indicators.intake.mapping import Column, Mapping, Table
    from indicators.intake.numbers import NumberRules
    from indicators.models import Release

    roles = ("area_level", "area_code", "indicator", "period", "value")
    table = Table(columns=tuple(Column(number, role) for number, role in enumerate(roles, 1)))
    mapping = Mapping(tables=(table,), numbers=NumberRules(decimal=","))
    template = save_template(name="Benchmark", mapping=mapping)
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        write_table(Path(file.name), rows)
        upload = receive_upload(file_name="bench.csv", body=Path(file.name), template=template)
    begin = time.perf_counter()
    check_upload(upload=upload)
    checked = time.perf_counter()
    if upload.state != "checked" or upload.error_count:
        found = "; ".join(upload.findings.values_list("found", flat=True)[:5])
        raise SystemExit(f"{upload.state} {upload.message} {upload.error_count}: {found}")
    if upload.warning_count:
        give_reasons(upload=upload, reason="Benchmark", user=None)
    accepting = time.perf_counter()
    release = accept_upload(upload=upload, title=f"Benchmark {rows}", in_background=False)
    done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    Release.objects.filter(pk=release.pk).update(title=f"Benchmark {rows} ({upload.message})")
    return {"check": checked - begin, "accept": done - accepting, "memory": memory}


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(measure_one(int(sys.argv[1]))) + "\n")
