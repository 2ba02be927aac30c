"""Applications of organisations for neighbourhood projects, and their way from the form to the proof of use.

Amounts in euros, to the cent. Contact is the organisation's office, never a private person.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .action_area import ActionArea
from .application_triggers import costs_stay_once_decided, moves_the_application_on, stays_once_decided
from .earlier import history_of
from .journal import MoneyEntry
from .limits import is_a_number
from .money import Allocation, Fund
from .project import Project
from .triggers import only_added
from .triggers_steps import follows_from_steps


class Application(models.Model):
    """What an organisation asks for. State and deadline follow from the newest step."""

    class State(models.TextChoices):
        RECEIVED = "received", _("eingegangen")
        INCOMPLETE = "incomplete", _("unvollständig")
        COMPLETE = "complete", _("vollständig")
        POSTPONED = "postponed", _("vertagt")
        REFUSED = "refused", _("abgelehnt")
        APPROVED = "approved", _("bewilligt")
        LETTER = "letter", _("Bescheid verschickt")
        REPORTED = "reported", _("Nachweis geprüft")
        CLOSED = "closed", _("abgeschlossen")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    token_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    state = models.CharField(_("Stand"), max_length=10, choices=State, blank=True, editable=False)
    deadline = models.DateField(_("Frist"), null=True, editable=False)
    received_on = models.DateField(_("Eingang"))
    organisation = models.CharField(_("Organisation"), max_length=160)
    email = models.EmailField(_("E-Mail der Organisation"))
    phone = models.CharField(_("Telefon der Organisation"), max_length=40, blank=True)
    title = models.CharField(_("Titel des Projekts"), max_length=160)
    description = models.TextField(_("Was geschehen soll"), max_length=4000)
    target_groups = models.CharField(_("Für wen"), max_length=160)
    goals = models.TextField(_("Was erreicht werden soll"), max_length=2000)
    action_area = models.ForeignKey(
        ActionArea, models.PROTECT, related_name="applications", verbose_name=_("Aktionsraum oder Aktionsquartier")
    )
    begins = models.DateField(_("Geplanter Beginn"))
    ends = models.DateField(_("Geplantes Ende"))
    amount = models.DecimalField(_("Beantragter Betrag"), max_digits=10, decimal_places=2, help_text=_("Euro"))
    own_amount = models.DecimalField(
        _("Eigene und andere Mittel"), max_digits=10, decimal_places=2, default=0, help_text=_("Euro")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("Projekt")
    )
    allocation = models.OneToOneField(
        Allocation, models.PROTECT, null=True, blank=True, related_name="application", verbose_name=_("Zuweisung")
    )
    watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("Wird erinnert"))

    class Meta:
        ordering = ["-received_on", "-pk"]
        verbose_name = _("Antrag")
        verbose_name_plural = _("Anträge")
        default_permissions = ("view",)
        permissions = [("handle_application", _("Kann Anträge bearbeiten"))]
        triggers = [
            follows_from_steps("state", "deadline"),
            stays_once_decided(
                *("title", "description", "goals", "target_groups", "begins", "ends", "amount", "own_amount"),
                *("action_area_id", "organisation", "project_id", "allocation_id"),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_application_asks_for_something"),
            models.CheckConstraint(condition=Q(own_amount__gte=0), name="own_money_is_not_less_than_nothing"),
            is_a_number("amount", "own_amount", name="money_of_an_application_is_a_number"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="a_project_applied_for_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline"], name="applications_by_state")]

    def __str__(self):
        return f"{self.number}: {self.title}"

    @property
    def number(self) -> str:
        """What it is called in letters: year and number."""
        return f"{self.received_on.year}-{self.pk:04}"


ASKED_FOR = (
    *("organisation", "email", "phone", "title", "description", "target_groups", "goals", "action_area"),
    *("begins", "ends", "amount", "own_amount", "project"),
)
ApplicationHistory = history_of(
    Application,
    name="ApplicationHistory",
    verbose_name=_("früherer Stand eines Antrags"),
    plural=_("frühere Stände der Anträge"),
    fields=ASKED_FOR,
)


class CostLine(models.Model):
    """One line of the cost plan; together they are what is asked for and what the organisation brings itself."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="costs", verbose_name=_("Antrag"))
    order = models.PositiveSmallIntegerField(_("Reihenfolge"))
    label = models.CharField(_("Wofür"), max_length=120)
    amount = models.DecimalField(_("Betrag"), max_digits=10, decimal_places=2, help_text=_("Euro"))

    class Meta:
        ordering = ["application", "order"]
        verbose_name = _("Zeile des Kostenplans")
        verbose_name_plural = _("Kostenplan")
        default_permissions = ()
        triggers = [costs_stay_once_decided()]
        constraints = [
            models.UniqueConstraint(fields=["application", "order"], name="one_cost_per_application_and_line"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_cost_is_more_than_nothing"),
            is_a_number("amount", name="a_cost_is_a_number"),
        ]

    def __str__(self):
        return f"{self.label}: {self.amount}"


def _needs(kinds: list[str], condition: Q, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(kind__in=kinds) | condition, name=name)


class ApplicationStep(models.Model):
    """One step on the way; added, never changed. Which fields it has depends on its kind.

    `amount` is what was approved, `spent` what was used of it, `receipts` the sum of the receipts (euros). A correction
    leaves the application in its state and says what was changed.
    """

    CORRECTED = "corrected"
    KINDS = (*Application.State.choices, (CORRECTED, _("berichtigt")))

    application = models.ForeignKey(Application, models.PROTECT, related_name="steps", verbose_name=_("Antrag"))
    kind = models.CharField(_("Schritt"), max_length=10, choices=KINDS)
    day = models.DateField(_("Tag"))
    text = models.TextField(_("Wortlaut"), max_length=3000, blank=True)
    deadline = models.DateField(_("Frist"), null=True, blank=True)
    votes_yes = models.PositiveSmallIntegerField(_("Ja"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("Nein"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("Enthaltung"), null=True, blank=True)
    against_vote = models.TextField(
        _("Warum bewilligt ohne Mehrheit"), max_length=1000, blank=True, default="", db_default=""
    )
    amount = models.DecimalField(_("Bewilligt"), max_digits=10, decimal_places=2, null=True, blank=True)
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Topf"))
    entry = models.OneToOneField(
        MoneyEntry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Buchung")
    )
    letter_number = models.CharField(_("Nummer des Bescheids"), max_length=40, blank=True)
    spent = models.DecimalField(_("Verwendet"), max_digits=10, decimal_places=2, null=True, blank=True)
    receipts = models.DecimalField(_("Summe der Belege"), max_digits=10, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField(_("Eingetragen"), auto_now_add=True)
    role = models.CharField(_("Rolle"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["application", "pk"]
        verbose_name = _("Schritt eines Antrags")
        verbose_name_plural = _("Schritte der Anträge")
        default_permissions = ()
        triggers = [*only_added(), moves_the_application_on()]
        constraints = [
            is_a_number("amount", "spent", "receipts", name="money_of_a_step_is_a_number"),
            _needs(
                ["incomplete"], ~Q(text="") & Q(deadline__isnull=False), "what_is_missing_has_a_list_and_a_deadline"
            ),
            _needs(
                ["approved", "refused", "postponed"],
                Q(votes_yes__isnull=False, votes_no__isnull=False, votes_abstain__isnull=False),
                "a_decision_counts_its_votes",
            ),
            _needs(
                ["approved"],
                Q(amount__gt=0, fund__isnull=False, entry__isnull=False),
                "an_approval_names_amount_fund_and_booking",
            ),
            _needs(["refused", "withdrawn"], ~Q(text=""), "a_refusal_or_withdrawal_says_why"),
            _needs(["corrected"], ~Q(text=""), "a_correction_says_what_was_changed"),
            _needs(
                ["letter"], ~Q(letter_number="") & Q(deadline__isnull=False), "a_letter_has_a_number_and_a_deadline"
            ),
            _needs(
                ["reported"],
                ~Q(text="") & Q(spent__gte=0, receipts__gte=F("spent")),
                "a_report_has_results_and_receipts_for_what_was_spent",
            ),
            models.UniqueConstraint(
                fields=["letter_number"], condition=~Q(letter_number=""), name="a_letter_number_is_given_once"
            ),
        ]

    def __str__(self):
        return f"{self.application_id}: {self.kind}"


class Reminder(models.Model):
    """That somebody was reminded of a deadline, so that nobody is reminded twice. No `user`: the organisation."""

    step = models.ForeignKey(ApplicationStep, models.PROTECT, related_name="reminders", verbose_name=_("Schritt"))
    days = models.SmallIntegerField(_("Tage nach der Frist"), help_text=_("negativ: davor"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("Konto")
    )
    at = models.DateTimeField(_("Gesendet"), auto_now_add=True)

    class Meta:
        ordering = ["step", "at"]
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["step", "days", "user"], nulls_distinct=False, name="a_reminder_is_sent_once"
            )
        ]

    def __str__(self):
        return f"{self.step_id}: {self.days}"
