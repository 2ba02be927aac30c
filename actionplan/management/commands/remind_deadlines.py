"""`remind_deadlines`: remind organisations and watching staff of deadlines of applications."""

from django.core.management.base import BaseCommand, CommandError

from actionplan.actions.reminding import remind_of_deadlines, reminders_due


class Command(BaseCommand):
    """A dry run unless `--commit` is given; idempotent. `run_schedule` does the same once a day."""

    help = "Erinnert an Fristen von Anträgen, jede und jeden einmal (nur mit --commit)."

    def add_arguments(self, parser):
        """`--commit` sends."""
        parser.add_argument("--commit", action="store_true", help="senden, nicht nur zeigen")

    def handle(self, *args, commit: bool, **options):
        """Show or send; fails when a mail could not be handed over."""
        if not commit:
            due = reminders_due()
            for each in due:
                application = each.step.application
                whom = "Organisation" if each.user is None else f"Konto {each.user.pk}"
                self.stdout.write(f"Antrag {application.number}, Frist {application.deadline:%d.%m.%Y}: {whom}")
            self.stdout.write(f"Zu senden (mit --commit): {len(due)}")
            return
        sent, failed = remind_of_deadlines()
        self.stdout.write(f"Erinnerungen gesendet: {sent}")
        if failed:
            raise CommandError(f"Nicht gesendet: {failed}. Der nächste Lauf versucht es wieder.")
