"""`python -m tests.migrated`: prove that the squashed migrations make the same database as all steps before them.

Makes databases on the server that DATABASE_URL names, each named like that one with an ending, and drops them at the
end: one migrated at once, one by every step that the squashed migrations replace, one that stopped in the middle
and went on with the squashed ones in place, one that was made at once and taken back. Takes some minutes.
Prints the number of parts compared and each difference; the exit code is 1 when there is one.
"""

import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dortmund_sozial.settings.test")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after django.setup()
from django.db import connection  # noqa: E402

from tests.migrated.snapshot import Snapshot, take_snapshot  # noqa: E402
from tests.migrated.steps import take_steps  # noqa: E402

# Where an installation may have stopped: a step of each app that has others before and behind it.
MIDDLE = [
    ("areas", "0008_withdrawn_files_are_nowhere"),
    ("indicators", "0024_rules_of_secrecy_hold_together"),
    ("actionplan", "0014_copied_amounts_wait_for_their_decision"),
]
EARLY = [("areas", "0005_history_by_the_database"), ("indicators", "0011_values_checked_by_statement")]


def main() -> int:
    """Compare all ways; 1 when a database differs."""
    at_once = _made("at_once", lambda: None)
    wrong = 0
    wrong += _told("every step", at_once, _made("steps", lambda: take_steps(connection)))
    wrong += _told("stopped in the action plan", at_once, _made("middle", lambda: take_steps(connection, MIDDLE)))
    wrong += _told("stopped early", at_once, _made("early", lambda: take_steps(connection, EARLY)))
    wrong += _told("taken back and made again", at_once, _made("back", _there_and_back))
    return 1 if wrong else 0


def _there_and_back() -> None:
    call_command("migrate", verbosity=0)
    for app in ("atlas", "actionplan", "indicators"):
        call_command("migrate", app, "zero", verbosity=0)
    call_command("migrate", "areas", "0001", verbosity=0)


def _made(ending: str, begin) -> Snapshot:
    """A database of its own in which `begin` ran, then `migrate` as everybody calls it."""
    own, name = connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_{ending}"
    _execute(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        began = time.perf_counter()
        begin()
        call_command("migrate", verbosity=0)
        print(f"{name}: {time.perf_counter() - began:.0f} s")  # noqa: T201 - a report
        return take_snapshot(connection)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        _execute(f'DROP DATABASE "{name}"')


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _told(way: str, at_once: Snapshot, other: Snapshot) -> int:
    """Print what differs; how much that is. The order of columns is told, but is no difference."""
    missing, surplus = sorted(other.parts - at_once.parts), sorted(at_once.parts - other.parts)
    print(f"\n{way}: {len(other.parts)} parts, {len(missing)} only there, {len(surplus)} only at once")  # noqa: T201
    for sign, parts in (("-", missing), ("+", surplus)):
        for kind, text in parts:
            print(f"{sign} {kind}: {text}")  # noqa: T201
    moved = sorted(table for table, columns in other.order.items() if at_once.order.get(table) != columns)
    if moved:
        print(f"columns in another order: {', '.join(moved)}")  # noqa: T201
    return len(missing) + len(surplus)


if __name__ == "__main__":
    raise SystemExit(main())
