"""Telling how far the worker has come, and hearing that it shall stop."""

import time

from django.db import DatabaseError, connection
from django.utils import timezone

from indicators.models import Upload

EVERY = 0.5  # seconds between two looks at the database


class Cancelled(Exception):
    """Somebody asked to stop."""


class Superseded(Exception):
    """The upload is no longer ours: it counted as stuck and was started again."""


class Progress:
    """Writes `done`, `total`, `step` and the sign of life, on a connection of its own, so that all see it at once.

    Inside a transaction (tests, dry runs) the connection at hand is used: nobody else can see the upload then.
    """

    def __init__(self, upload: Upload, state: str):
        self.upload, self.state = upload, state
        self.done = self.total = 0
        self.step = ""
        self._next = 0.0
        self._own = None if connection.in_atomic_block else connection.copy()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._own is not None:
            self._own.close()

    def begin(self, step: str, total: int = 0) -> None:
        """Start a step of which `total` rows are expected."""
        self.step, self.done, self.total, self._next = step, 0, total, 0.0
        self.at(0)

    def at(self, done: int) -> None:
        """So many rows are done. Raises `Cancelled` or `Superseded`."""
        if time.monotonic() < self._next:
            return
        self.done = done
        self._next = time.monotonic() + EVERY
        answer = self._tell()
        if answer is None:
            raise Superseded
        if answer:
            raise Cancelled

    def aside(self, done: int) -> None:
        """The same while the connection at hand is busy: only told where there is another one."""
        if self._own is not None:
            self.at(done)

    def _tell(self) -> bool | None:
        """Whether to stop; None when the upload is not ours any more."""
        sql = (
            "UPDATE indicators_upload SET done = %s, total = greatest(%s, %s), step = %s, heartbeat_at = %s "
            "WHERE id = %s AND run = %s AND state = %s RETURNING cancel_requested"
        )
        values = [self.done, self.total, self.done, self.step, timezone.now()]
        values += [self.upload.pk, self.upload.run, self.state]
        database = self._own or connection
        try:
            with database.cursor() as cursor:
                cursor.execute(sql, values)
                row = cursor.fetchone()
        except DatabaseError:
            if self._own is None:
                raise
            self._own.close()  # a broken line for progress is no reason to lose the work
            return False
        return None if row is None else row[0]
