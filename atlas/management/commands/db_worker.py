"""`db_worker` of django-tasks, which besides takes up reports whose worker was lost, even while it is idle."""

import logging
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django_tasks_db.management.commands import db_worker

from atlas.actions.report_keeping import take_up_stuck_reports

logger = logging.getLogger(__name__)
OFTEN = 2  # looks while a sign of life may be missing


class Command(db_worker.Command):
    """The queue's own worker; a thread beside it looks for lost reports, for it may be the only process that runs."""

    def handle(self, *, batch: bool, **options: object) -> None:
        """Run until it is stopped, or with `batch` until the queue is empty: then one look at the start is enough."""
        if batch:
            look()
            super().handle(batch=batch, **options)
            return
        over = Event()
        Thread(target=_keep_looking, args=[over], daemon=True).start()
        try:
            super().handle(batch=batch, **options)
        finally:
            over.set()


def look() -> None:
    """Lost reports go back into the queue; a database that is away is awaited by the next look."""
    try:
        take_up_stuck_reports()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("no look at lost reports: %s", error)


def _keep_looking(over: Event) -> None:
    while True:
        look()
        connection.close()  # nothing is held open until the next look
        if over.wait(max(settings.REPORT_STUCK_SECONDS / OFTEN, 1)):
            return
