"""`python -m tests.bench`: measure the portal beside its baseline in one run and print a table.

Needs `wrk` (Debian package) and an empty database named by DATABASE_URL; with `--write` the table is put into
docs/performance.md. With nginx on the machine its static files are measured too.
"""

import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in this thread

import django

django.setup()

import pgtrigger  # noqa: E402 - after django.setup()
from django.core.management import call_command  # noqa: E402

from tests.bench import (  # noqa: E402
    browser,
    client,
    imports,
    plan,
    report,
    reports,
    secrecy,
    servers,
    synthetic,
    synthetic_plan,
)

SIZES = {"dortmund": None, "2000": 2000}


def main() -> int:
    """Run all measurements; exit code 1 when a budget is missed."""
    options = _options()
    if options.only == ["secrecy"]:
        return _told(secrecy.measure_secrecy(), write=False)
    call_command("migrate", verbosity=0)
    if options.only == ["reports"]:
        return _told(reports.measure_reports(), write=False)
    if options.only == ["plan"]:
        _empty()
        _fill("dortmund")
        return _told(_plan(), write=False)
    rows = []
    for name in [name for name in options.only or SIZES if name in SIZES]:
        _empty()
        _fill(name)
        rows += client.sizes(name)
        with servers.portal() as url:
            rows += client.measure(name, url, seconds=options.seconds)
            rows += browser.measure_changes(name, url)
            if name == "dortmund":
                rows += client.measure_nginx(seconds=options.seconds)
        with servers.portal() as url:
            rows += client.measure_baselines(name, url, seconds=options.seconds)
        if name == "dortmund":
            rows += client.measure_store()
            rows += imports.measure_imports()
            rows += secrecy.measure_secrecy()
            rows += reports.measure_reports()
            rows += _plan()
    return _told(rows, write=options.write)


def _empty() -> None:
    with pgtrigger.ignore():
        call_command("flush", interactive=False, verbosity=0)


def _plan() -> list:
    """A big action plan in the city that is loaded; it stays there, so it is measured last."""
    synthetic_plan.build_plan()
    return plan.measure_plan()


def _told(rows: list, *, write: bool) -> int:
    text = report.table(rows)
    sys.stdout.write(text)
    if write:
        report.write(text)
    return 1 if any(row.missed for row in rows) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=6, help="duration of each measurement")
    parser.add_argument(
        "--only",
        nargs="*",
        choices=[*SIZES, "secrecy", "plan", "reports"],
        help="only these cities; `secrecy` alone: only disclosure control, without a database; `plan` alone: only the "
        "action plan; `reports` alone: only documents, on the city that the database holds",
    )
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


def _fill(name: str) -> None:
    from areas.models import PublicState

    PublicState.objects.get_or_create(pk=1)
    if SIZES[name] is None:
        call_command("load_city", "fixtures", commit=True, verbosity=0)
    else:
        synthetic.build_city(SIZES[name])


if __name__ == "__main__":
    sys.exit(main())
