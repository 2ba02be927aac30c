"""The sign of life of a report that is being computed: how far it is, and hearing that it shall stop."""

from threading import Event, Thread

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from atlas.models import Report
from atlas.reports.progress import Cancelled

EVERY = 0.5  # seconds between two looks at the database while steps pass
IDLE = 2.0  # seconds between two signs of life while one step lasts
MOST_WORDS = 200


class Pulse:
    """A progress that is written beside the work, on a connection of its own, so that all see it at once.

    A step may last a minute (writing a long PDF); a thread goes on telling that the process lives. Inside a
    transaction (tests) nobody else sees the report: then each step is written on the connection at hand.
    """

    def __init__(self, report: Report):
        self._report = report
        self.done = self.total = 0
        self.words = ""
        self._lost = False
        self._news, self._end = Event(), Event()
        self._thread = None if connection.in_atomic_block else Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Pulse":
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join()

    def __call__(self, done: int, of: int, words: str) -> None:
        """A step begins. Raises `Cancelled` when nobody wants the report any more or another run has taken over."""
        self.total = max(of, 0)
        self.done, self.words = min(max(done, 0), self.total), words[:MOST_WORDS]
        if self._thread is None:
            self._write()
        self._news.set()
        if self._lost:
            raise Cancelled

    def _beat(self) -> None:
        try:
            while not self._lost and not self._end.is_set():
                self._news.clear()
                self._write()
                if not self._end.wait(EVERY):
                    self._news.wait(IDLE - EVERY)
        finally:
            connection.close()

    def _write(self) -> None:
        mine = Report.objects.filter(pk=self._report.pk, run=self._report.run, state=Report.State.RUNNING)
        try:
            told = mine.update(done=self.done, total=self.total, step=self.words, heartbeat_at=timezone.now())
        except (DatabaseError, InterfaceError):  # a broken line for progress is no reason to lose the work
            if self._thread is None:
                raise
            connection.close()
            return
        self._lost = not told
