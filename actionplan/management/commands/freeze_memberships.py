"""`manage.py freeze_memberships --commit`: write down figures for memberships that carry none yet."""

from django.core.management.base import BaseCommand
from django.db import transaction

from actionplan.actions import freeze_memberships


class Command(BaseCommand):
    """A dry run unless `--commit` is given; idempotent. `load_city` does the same for the city's folder."""

    help = "Hält für Aktionsräume und -quartiere ohne solche die Zahlen zum Beschluss fest (nur mit --commit)."

    def add_arguments(self, parser):
        """`--commit` saves."""
        parser.add_argument("--commit", action="store_true", help="wirklich festhalten, nicht nur zählen")

    def handle(self, *args, commit: bool, **options):
        """Count or save."""
        with transaction.atomic():
            frozen = freeze_memberships()
            transaction.set_rollback(not commit)
        self.stdout.write(f"{'Festgehalten' if commit else 'Festzuhalten (mit --commit)'}: {frozen}")
