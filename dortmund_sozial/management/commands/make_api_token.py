"""Make a token of the interface for an account and write it to standard output, once."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from dortmund_sozial.accounts.tokens import make_token


class Command(BaseCommand):
    """A token for the statistics office's own job."""

    help = "Legt einen Zugangsschlüssel für die Schnittstelle an und zeigt ihn einmal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("user", help="Benutzername des Kontos, dessen Rechte gelten.")
        parser.add_argument("--name", required=True, help="Wofür, zum Beispiel »Nachtlauf der Statistikstelle«.")
        parser.add_argument("--days", type=int, default=90, help="Gültigkeit in Tagen (90).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the token alone on standard output, everything else on standard error."""
        user = get_user_model().objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"Es gibt kein offenes Konto »{options['user']}«.")
        try:
            token, text = make_token(user=user, name=options["name"], days=options["days"])
        except ValueError as fault:
            raise CommandError(str(fault)) from fault
        self.stderr.write(f"Gilt bis {token.expiry:%d.%m.%Y}. Er wird nicht noch einmal gezeigt.")
        self.stdout.write(text)
