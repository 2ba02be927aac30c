"""`purge_staged_values`: remove what the check of an upload kept, once the upload is over."""

from django.core.management.base import BaseCommand

from indicators.actions.uploads import purge_staged


class Command(BaseCommand):
    """A dry run unless `--commit` is given. Files, findings and accepted values stay."""

    help = (
        "Löscht Zwischenstände geprüfter Lieferungen, die übernommen, verworfen oder abgebrochen sind (mit --commit)."
    )

    def add_arguments(self, parser):
        """`--commit` deletes."""
        parser.add_argument("--commit", action="store_true", help="löschen, nicht nur zählen")

    def handle(self, *args, commit: bool, **options):
        """Count or delete."""
        count = purge_staged(commit=commit)
        word = "gelöscht" if commit else "zu löschen (mit --commit)"
        self.stdout.write(f"Zwischenstände beendeter Lieferungen: {count} Werte {word}")
