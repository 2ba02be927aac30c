"""`publish_due`: make public what was scheduled and whose hour has come."""

from django.core.management.base import BaseCommand, CommandError

from indicators.actions.due import publish_due


class Command(BaseCommand):
    """Idempotent: what is public already stays as it is. `run_schedule` does the same every minute."""

    help = "Veröffentlicht, was für einen Zeitpunkt vorgesehen ist, der erreicht ist; sonst geschieht nichts."

    def handle(self, *args, **options):
        """Publish; fails when a release could not be published."""
        outcomes = publish_due()
        for release, wrong in outcomes:
            if not wrong:
                self.stdout.write(f"Veröffentlicht: {release.title}")
        if failed := [f"{release.title}: {wrong}" for release, wrong in outcomes if wrong]:
            raise CommandError("Nicht veröffentlicht: " + "; ".join(failed))
