"""`purge_plan`: forget addresses, refused ideas and names that are not needed any longer."""

from django.core.management.base import BaseCommand

from actionplan.actions.forgetting import forget_old


class Command(BaseCommand):
    """A dry run unless `--commit` is given; meant to run every day."""

    help = "Vergisst Adressen, abgelehnte Ideen und Namen, die nicht mehr gebraucht werden (nur mit --commit)."

    def add_arguments(self, parser):
        """`--commit` deletes."""
        parser.add_argument("--commit", action="store_true", help="löschen, nicht nur zählen")

    def handle(self, *args, commit: bool, **options):
        """Count or delete."""
        found = forget_old(commit=commit)
        word = "gelöscht" if commit else "zu löschen (mit --commit)"
        self.stdout.write(f"Adressen, die niemand bestätigt hat: {found.unconfirmed} {word}")
        self.stdout.write(f"Adressen zu entschiedenen Ideen: {found.contacts} {word}")
        self.stdout.write(f"Ideen, die nicht veröffentlicht wurden: {found.ideas} {word}")
        self.stdout.write(f"Namen in Entscheidungen: {found.names} {word}")
