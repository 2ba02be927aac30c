"""`manage.py load_city fixtures --commit`: a city's areas, catalogue, values and action plan, published."""

from pathlib import Path

from django.core.exceptions import FieldError
from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, transaction

from actionplan.actions import load_action_areas
from areas.actions.loading import load_areas, load_places, load_sources
from areas.cityfiles import CityFilesError, needed, read_toml
from indicators.actions import PublishingError, load_catalogue, load_values, publish_release
from indicators.cityfiles import values_digest
from indicators.models import Release


class Command(BaseCommand):
    help = "Lädt den Ordner einer Stadt (Gebiete, Katalog, Werte, Aktionsplan) und veröffentlicht ihn."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="Ordner mit city.toml, z. B. fixtures")
        parser.add_argument("--commit", action="store_true", help="wirklich speichern (sonst nur prüfen)")

    def handle(self, *args, folder: Path, commit: bool, **options):
        try:
            digest = values_digest(folder)
            if Release.objects.published().filter(content_digest=digest).exists():
                self.stdout.write(f"{folder} ist schon veröffentlicht, nichts zu tun.")
                return
            with transaction.atomic():
                self._load(folder, digest)
                transaction.set_rollback(not commit)
        except (CityFilesError, PublishingError, ValueError) as error:
            raise CommandError(str(error)) from error
        except (DataError, IntegrityError, FieldError) as error:
            raise CommandError(f"Die Datenbank nimmt die Angaben nicht an: {error}") from error
        if not commit:
            self.stdout.write("Nur geprüft, nichts gespeichert. Mit --commit wird gespeichert.")

    def _load(self, folder: Path, digest: str) -> None:
        self.stdout.write(f"Quellen: {load_sources(folder=folder)}")
        for level, saved in load_areas(folder=folder).items():
            self.stdout.write(
                f"Gebiete, {level}: {saved.created} neu, {saved.changed} geändert, "
                f"{saved.unchanged} unverändert, {saved.closed} beendet"
            )
        self.stdout.write(f"Einrichtungen: {load_places(folder=folder)}")
        self.stdout.write(f"Indikatoren im Katalog: {load_catalogue(folder=folder)}")
        self.stdout.write(f"Aktionsräume und Aktionsquartiere: {load_action_areas(folder=folder)}")
        release = load_values(folder=folder, digest=digest, **_release_texts(folder))
        self.stdout.write(f"Werte: {release.values.count()}. Kennwerte werden berechnet …")
        publish_release(release=release)
        self.stdout.write(f"Veröffentlicht: {release.title}")


def _release_texts(folder: Path) -> dict[str, str]:
    """Texts of release.toml; a folder loaded again after a change gets the next free number."""
    path = folder / "release.toml"
    texts = read_toml(path)
    base, number = needed(texts, "slug", str(path)), 1
    while Release.objects.filter(slug=texts["slug"]).exists():
        number += 1
        texts["slug"] = f"{base}-{number}"
    return texts
