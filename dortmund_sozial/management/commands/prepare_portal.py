"""Bring database, static files and the city's data to the state of this code; does only what is missing."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dortmund_sozial.staticfiles import collect_if_changed

ADMIN_NAME = "admin"


class Command(BaseCommand):
    """Migrations, static files, the city's data and, if asked, the first account: in one process."""

    help = "Bereitet das Portal vor: Datenbankschema, statische Dateien, Daten der Stadt. Tut nur, was fehlt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument(
            "--static-only",
            action="store_true",
            help="Stellt nur die statischen Dateien zusammen; braucht keine Datenbank.",
        )
        parser.add_argument(
            "--admin-password-file",
            type=Path,
            help="Legt das Konto »admin« an, falls es noch keines gibt, und schreibt sein Passwort in diese Datei.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all steps in order; the first that fails ends the command."""
        if collect_if_changed():
            self.stdout.write("Statische Dateien zusammengestellt.")
        if options["static_only"]:
            return
        self.migrate()
        call_command("load_city", str(settings.CITY_FOLDER), commit=True, stdout=self.stdout, stderr=self.stderr)
        if options["admin_password_file"]:
            self.create_admin(options["admin_password_file"])

    def migrate(self) -> None:
        """Apply the migrations that the database lacks."""
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        self.stdout.write("Richte das Datenbankschema ein ...")
        call_command("migrate", interactive=False, verbosity=0)

    def create_admin(self, password_file: Path) -> None:
        """Create the first account with a random password, readable once in `password_file` (mode 0600)."""
        users = get_user_model()
        if users.objects.exists():
            return
        password = secrets.token_urlsafe(15)
        # The file comes first: an account whose password nobody knows would be worse than a stray file.
        password_file.touch(mode=0o600)
        password_file.write_text(password + "\n", encoding="ascii")
        users.objects.create_superuser(ADMIN_NAME, password=password)
