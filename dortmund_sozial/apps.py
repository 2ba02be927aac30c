"""The project itself as an app: operation (health, checks, preparation) and accounts."""

from django.apps import AppConfig


class DortmundSozialConfig(AppConfig):
    """Registers the system checks, the roles, and what tells the database which task makes a change."""

    name = "dortmund_sozial"
    verbose_name = "Sozialportal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415
        from django.db.models.signals import post_migrate  # noqa: PLC0415
        from django_tasks.signals import task_finished, task_started  # noqa: PLC0415 - not before apps are ready

        from . import checks  # noqa: F401, PLC0415
        from .accounts import checks as account_checks  # noqa: F401, PLC0415
        from .accounts import sessions  # noqa: PLC0415
        from .accounts.applying import apply_roles  # noqa: PLC0415
        from .recording import RecordedTasks  # noqa: PLC0415

        self.recorded_tasks = RecordedTasks()
        task_started.connect(self.recorded_tasks.start)
        task_finished.connect(self.recorded_tasks.end)
        user_logged_in.connect(sessions.begin, dispatch_uid="sessions")
        post_migrate.connect(apply_roles, dispatch_uid="roles")
