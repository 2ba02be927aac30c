"""`manage.py audit_release [SLUG]`: whether anything secret can be computed from what is published."""

from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from indicators.actions.exposing import ExposedFigure, named_exposures
from indicators.actions.preparing import is_prepared
from indicators.auditing import exposures
from indicators.models import Release
from indicators.secret_hiding import SecrecyError
from indicators.secret_tables import MixedDivisions


class Command(BaseCommand):
    help = (
        "Greift eine Veröffentlichung an wie jemand, der Geheimes errechnen will, zusammen mit allem, was sonst "
        "öffentlich ist. Ohne Kennung alle veröffentlichten. Endet mit 1, wenn etwas Geheimes zu errechnen ist "
        "oder sich nicht alles prüfen ließ."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", default="", help="Kennung einer Veröffentlichung; ohne: alle")

    def handle(self, *args, slug: str, **options):
        found, unknown = 0, 0
        for release in self._releases(slug):
            try:
                exposed = named_exposures([asdict(one) for one in exposures(release)])
            except (MixedDivisions, SecrecyError) as error:
                self.stdout.write(
                    f"{release.slug}: lässt sich nicht prüfen, die Zahlen von {error} passen nicht zusammen."
                )
                unknown += 1
                continue
            self._tell(release, exposed)
            found += len(exposed)
        if found:
            counted = "Eine geheime Zahl lässt" if found == 1 else f"{found} geheime Zahlen lassen"
            raise CommandError(f"{counted} sich errechnen.", returncode=1)
        if unknown:
            raise CommandError("Nicht alles ließ sich prüfen.", returncode=1)

    def _tell(self, release: Release, exposed: list[ExposedFigure]) -> None:
        for figure in exposed:
            why = " (verrät sich durch frühere Veröffentlichungen)" if figure.by_earlier else ""
            self.stdout.write(f"{release.slug}: {figure}{why}")
        if not exposed:
            self.stdout.write(f"{release.slug}: nichts Geheimes lässt sich errechnen.")

    def _releases(self, slug: str) -> list[Release]:
        if not slug:
            return list(Release.objects.published().order_by("published_at"))
        release = Release.objects.filter(slug=slug).first()
        if release is None:
            raise CommandError(f"Die Veröffentlichung „{slug}“ gibt es nicht.")
        if release.withdrawn_at:
            raise CommandError(f"„{release.title}“ ist zurückgezogen; öffentlich ist davon nichts mehr.")
        if not release.published_at and not is_prepared(release):
            raise CommandError(f"Die Kennwerte von „{release.title}“ sind nicht berechnet.")
        return [release]
