"""`manage.py purge_editor_names --commit`: forget who edited, after EDITOR_NAMES_DAYS; roles stay."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.actions.forgetting import forget_editors

WORDS = {
    "histories": "Änderungen im Verlauf",
    "uploads": "Lieferungen",
    "edits": "Bearbeitungen im Raster",
    "steps": "Schritte von Veröffentlichungen",
    "reasons": "Begründungen von Befunden",
    "releases": "angelegte Veröffentlichungen",
    "templates": "Vorlagen",
    "previews": "Vorschauen",
}


class Command(BaseCommand):
    help = "Vergisst, wer etwas bearbeitet hat, sobald es älter ist als EDITOR_NAMES_DAYS Tage. Rollen bleiben."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, help="statt EDITOR_NAMES_DAYS; 0 vergisst alle Namen")
        parser.add_argument("--commit", action="store_true", help="wirklich vergessen (sonst nur zählen)")

    def handle(self, *args, days: int | None, commit: bool, **options):
        days = settings.EDITOR_NAMES_DAYS if days is None else days
        if days < 0:
            raise CommandError("Die Zahl der Tage kann nicht negativ sein.")
        found = forget_editors(before=timezone.now() - timedelta(days=days), commit=commit)
        for name, label in WORDS.items():
            if count := getattr(found, name):
                self.stdout.write(f"{label}: {count}")
        if not found.total:
            self.stdout.write(f"Kein Name ist älter als {days} Tage.")
        elif not commit:
            self.stdout.write("Nur gezählt, nichts vergessen. Mit --commit wird vergessen.")
        else:
            self.stdout.write(f"Vergessen: {found.total} Namen, die älter als {days} Tage sind.")
