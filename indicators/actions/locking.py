"""Locks of the database that keep publications and previews apart; each is held until its transaction ends."""

from django.db import connection

PUBLISHING = 7_231_002_018
SHOWING = 7_231_002_019


def one_publication_at_a_time() -> None:
    """Wait for another publication or withdrawal: whoever comes second sees, and builds upon, what the first did."""
    _take(PUBLISHING)


def nobody_else_shows() -> None:
    """Wait until no other transaction changes which figures are shown.

    Publications and previews write the same rows of many indicators; one after the other they cannot deadlock.
    A publication takes this lock only when everything is computed, so it is held for a fraction of a second.
    """
    _take(SHOWING)


def wait_no_longer_than(seconds: int) -> None:
    """For the rest of this transaction, waiting longer for any lock raises `OperationalError`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])


def _take(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
