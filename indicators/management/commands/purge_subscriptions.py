"""`purge_subscriptions`: forget mail addresses that nobody confirmed within seven days."""

from django.core.management.base import BaseCommand

from indicators.actions.subscribing import FORGOTTEN_AFTER, forget_unconfirmed


class Command(BaseCommand):
    """A dry run unless `--commit` is given; meant to run every day."""

    help = "Löscht E-Mail-Adressen, die nicht binnen sieben Tagen bestätigt wurden (nur mit --commit)."

    def add_arguments(self, parser):
        """`--commit` deletes."""
        parser.add_argument("--commit", action="store_true", help="löschen, nicht nur zählen")

    def handle(self, *args, commit: bool, **options):
        """Count or delete."""
        count = forget_unconfirmed(commit=commit)
        word = "gelöscht" if commit else "zu löschen (mit --commit)"
        self.stdout.write(f"Seit mehr als {FORGOTTEN_AFTER.days} Tagen unbestätigt: {count} {word}")
