"""Tells the database who changes something: for requests, commands and tasks (docs/provenance.md)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.core.management import BaseCommand, ManagementUtility
from django.http import HttpRequest, HttpResponse

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Servers and workers run for days and do the work of many; migrations write no rows of the portal.
NOT_RECORDED = frozenset(
    {"runserver", "db_worker", "run_schedule", "test", "migrate", "makemigrations", "prepare_portal"}
)


def record_who(get_response: Callable) -> Callable:
    """Middleware: changes made by a request carry its path, and account and role of whoever is logged in.

    Requests that only read are passed on at once: no query, nothing written.
    """
    from areas.acting import acting  # noqa: PLC0415 - `manage.py` imports this module before there are models

    def answered(request: HttpRequest) -> HttpResponse:
        if request.method in READING:
            return get_response(request)
        with acting(way=request.path[:200], user=getattr(request, "user", None)):
            return get_response(request)

    return answered


class CommandLine(ManagementUtility):
    """Django's command line; changes made by a command carry its name, as `manage.py load_city`."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command, its work recorded unless it does the work of many."""
        command = super().fetch_command(subcommand)
        if subcommand not in NOT_RECORDED:
            command.execute = recorded(command.execute, f"{self.prog_name} {subcommand}")
        return command


def recorded(run: Callable, way: str) -> Callable:
    """`run`, with all its changes marked by this way."""
    import pghistory  # noqa: PLC0415 - needs apps

    return pghistory.context(way=way)(run)


class RecordedTasks:
    """Changes made by a background task carry its name; what the task knows of its account it adds with `acts`."""

    def __init__(self):
        self._open: dict[str, AbstractContextManager] = {}

    def start(self, *, task_result, **kwargs) -> None:
        """Begin with a task that starts."""
        import pghistory  # noqa: PLC0415 - as above

        block = pghistory.context(task=task_result.task.module_path.rsplit(".", 1)[-1])
        block.__enter__()
        self._open[str(task_result.id)] = block

    def end(self, *, task_result, **kwargs) -> None:
        """End with it, however it ends."""
        block = self._open.pop(str(task_result.id), None)
        if block is not None:
            block.__exit__(None, None, None)
