"""`manage.py load_city fixtures --commit`: a city's areas, catalogue, values and action plan, published."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from actionplan.actions import freeze_memberships, load_action_areas, load_adjustments, load_papers, load_plan
from areas.actions.findings import Findings
from areas.actions.loading import load_areas, load_places, load_sources
from areas.citytables import CityFilesError
from indicators.actions import (
    PublishingError,
    Supplement,
    check_texts,
    deciding_state,
    last_digest,
    load_catalogue,
    load_indices,
    load_screenings,
    load_secrecy,
    load_typologies,
    publish_release,
    read_delivered,
    supplement,
)
from indicators.cityfiles import folder_digest, read_release_texts

LOCK = 7_231_002_018  # of this command in the database: two runs at once wait for each other


class Command(BaseCommand):
    help = "Lädt den Ordner einer Stadt (Gebiete, Katalog, Werte, Aktionsplan) und veröffentlicht, was neu ist."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="Ordner mit city.toml, z. B. fixtures")
        parser.add_argument("--commit", action="store_true", help="wirklich speichern (sonst nur prüfen)")

    def handle(self, *args, folder: Path, commit: bool, **options):
        try:
            digest = folder_digest(folder)
            with transaction.atomic():
                self._wait_for_others()
                if last_digest() == digest:
                    self.stdout.write(f"{folder} ist schon veröffentlicht, nichts zu tun.")
                    if commit:
                        freeze_memberships()
                    return
                self._load(folder, digest)
                frozen = freeze_memberships()
                self.stdout.write(f"Aktionsräume, deren Zahlen zum Beschluss neu festgehalten sind: {frozen}")
                transaction.set_rollback(not commit)
        except (CityFilesError, PublishingError) as error:
            raise CommandError(str(error)) from error
        if not commit:
            self.stdout.write("Nur geprüft, nichts gespeichert. Mit --commit wird gespeichert.")

    def _wait_for_others(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

    def _load(self, folder: Path, digest: str) -> None:
        findings, before, texts = Findings(), deciding_state(), {}
        self.stdout.write(f"Quellen: {load_sources(folder=folder, findings=findings)}")
        for level, saved in load_areas(folder=folder, findings=findings).items():
            self.stdout.write(
                f"Gebiete, {level}: {saved.created} neu, {saved.changed} geändert, "
                f"{saved.unchanged} unverändert, {saved.closed} beendet"
            )
        self.stdout.write(f"Einrichtungen: {load_places(folder=folder, findings=findings)}")
        self.stdout.write(f"Regeln zur Geheimhaltung: {load_secrecy(folder=folder, findings=findings)}")
        self.stdout.write(f"Indikatoren im Katalog: {load_catalogue(folder=folder, findings=findings)}")
        self.stdout.write(f"Typologien: {load_typologies(folder=folder, findings=findings)}")
        self.stdout.write(f"Regeln unter dem Durchschnitt: {load_screenings(folder=folder, findings=findings)}")
        papers = load_papers(folder=folder, findings=findings)
        self.stdout.write(f"Indizes: {load_indices(folder=folder, findings=findings)}")
        count = load_action_areas(folder=folder, findings=findings)
        plan = load_plan(folder=folder, findings=findings)
        adjusted = load_adjustments(folder=folder, findings=findings)
        self.stdout.write(f"Aktionsräume und Aktionsquartiere: {count}, Anpassungen: {adjusted}")
        self.stdout.write(f"Aktionsplan: {papers} Drucksachen, {plan.projects} Projekte, {plan.funds} Töpfe")
        self.stdout.write(
            f"Aktionsplan: {plan.participations} Beteiligungen, {plan.offices} Büros, {plan.programmes} Programme"
        )
        with findings.at(folder / "release.toml"):
            texts = read_release_texts(folder)
            check_texts(texts, str(folder / "release.toml"))
        values = read_delivered(folder=folder, findings=findings)
        findings.refuse()
        with findings.at(folder):
            self._publish(supplement(values=values, before=before, digest=digest, texts=texts), len(values))
            connection.check_constraints()
        findings.refuse()

    def _publish(self, made: Supplement, delivered: int) -> None:
        if made.dropped:
            warning = (
                f"Achtung: {made.dropped} Werte, die aus diesem Ordner veröffentlicht sind, stehen nicht mehr darin. "
                "Weglassen zieht sie nicht zurück: Sie bleiben öffentlich."
            )
            self.stderr.write(self.style.WARNING(warning))
        if made.release is None:
            self.stdout.write(f"Werte: {delivered}, keiner ist neu. Keine neue Veröffentlichung.")
            return
        again = f", {made.recomputed} Indikatoren neu zu rechnen" if made.recomputed else ""
        self.stdout.write(
            f"Werte: {delivered}, davon {made.rows} neu oder geändert{again}. Kennwerte werden berechnet …"
        )
        publish_release(release=made.release)
        self.stdout.write(f"Veröffentlicht: {made.release.title}")
