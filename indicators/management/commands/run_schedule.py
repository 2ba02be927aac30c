"""`run_schedule`: publish at the hour, minute by minute, until it is stopped.

With it goes what MINUTE_WORK names, and once a day what DAILY_WORK names.
"""

import logging
import signal
import time
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.template import TemplateSyntaxError
from django.utils import timezone
from django.utils.module_loading import import_string

from areas.acting import acting
from indicators.actions.due import publish_due

logger = logging.getLogger(__name__)
MINUTE = 60  # seconds
MORNING = 6  # hour of the day from which on daily work is done


class Command(BaseCommand):
    """Sleeps until the next full minute, publishes what is due, sleeps again. A database that is away is awaited."""

    help = "Veröffentlicht zur vorgesehenen Minute; läuft, bis es beendet wird (wie db_worker)."

    _done_on = None  # day of the last daily work of this process

    def handle(self, *args, **options):
        """Run until SIGTERM or SIGINT; a publication that has begun is finished first."""
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            self.round()
            stopped.wait(MINUTE - time.time() % MINUTE)

    def round(self):
        """Publish what is due now; whatever goes wrong, the next minute tries again."""
        try:
            close_old_connections()
            with acting(way="run_schedule", user=None):
                for release, wrong in publish_due():
                    if not wrong:
                        self.stdout.write(f"Veröffentlicht: {release.title}")
                self._do(settings.MINUTE_WORK)
                self.daily()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("no publishing this minute: %s", error)
        finally:
            connection.close()  # nothing is held open for the rest of the minute

    def daily(self):
        """Once a day, in the morning or when this process starts later; what is done twice does no harm."""
        now = timezone.localtime()
        if now.hour < MORNING or self._done_on == now.date():
            return
        self._do(settings.DAILY_WORK)
        self._done_on = now.date()

    def _do(self, names):
        """Each of them, whatever happens to the others."""
        for name in names:
            try:
                import_string(name)()
            except (DatabaseError, InterfaceError):
                raise  # the next minute tries again
            except (ArithmeticError, LookupError, TypeError, ValueError, OSError, TemplateSyntaxError):
                logger.exception("work of the schedule failed: %s", name)  # publishing goes on
