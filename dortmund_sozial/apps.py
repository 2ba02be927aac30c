"""The project itself as an app: operation (health, checks, preparation), no models."""

from django.apps import AppConfig


class DortmundSozialConfig(AppConfig):
    """Registers the system checks."""

    name = "dortmund_sozial"
    verbose_name = "Sozialportal"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415
