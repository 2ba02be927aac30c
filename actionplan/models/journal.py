"""The journal of the money: rows are added, never changed. All amounts in euros, to the cent.

`day` is the day on which something holds, `recorded_at` when it was written down; `origin` names file and row of the
city's folder or of a spreadsheet, or the form that was sent, so that nothing is added twice.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.triggers import counts_as_public, never_emptied

from .council import CouncilPaper
from .earlier import history_of
from .limits import is_a_day_of_this_century, is_a_number
from .money import Allocation, Fund
from .triggers import only_added
from .triggers_money import (
    carries_what_is_free,
    keeps_within_the_money,
    leaves_what_was_given,
    waits_for_who_books,
)
from .triggers_planned import plans_within_the_fund


class JournalRow(models.Model):
    """What every row of the journal says about itself."""

    amount = models.DecimalField(_("Betrag"), max_digits=14, decimal_places=2, help_text=_("Euro"))
    day = models.DateField(_("Tag"))
    day_is_exact = models.BooleanField(_("auf den Tag bekannt"), default=True)
    paper = models.ForeignKey(
        CouncilPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Drucksache")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Quelle")
    )
    note = models.CharField(_("Bemerkung"), max_length=240, blank=True)
    origin = models.CharField(_("Herkunft"), max_length=160, null=True, blank=True, unique=True, editable=False)
    recorded_at = models.DateTimeField(_("Eingetragen"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def amount_written(self) -> str:
        """The amount as people write it, in German 1.234,50; the administration's history is written in no language."""
        with override(get_language() or settings.LANGUAGE_CODE):
            return number_format(self.amount, 2, force_grouping=True)


class FundChange(JournalRow):
    """An amount put into a fund (or taken out of it) by a decision."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="changes", verbose_name=_("Topf"))

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("Änderung eines Topfs")
        verbose_name_plural = _("Änderungen der Töpfe")
        triggers = [*only_added(), *leaves_what_was_given(), counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="a_change_of_a_fund_changes_something",
                violation_error_message=_(
                    "Der Betrag 0 ändert nichts: Bitte den Betrag eintragen, um den sich der Topf ändert."
                ),
            ),
            is_a_number("amount", name="a_change_of_a_fund_is_a_number"),
            is_a_day_of_this_century("day", name="a_change_of_a_fund_has_a_day_of_this_century"),
        ]

    def __str__(self):
        return f"{self.fund}: {self.amount_written}"


class CarryOver(JournalRow):
    """What a year left over, moved into a fund of a later year."""

    out_of = models.ForeignKey(Fund, models.PROTECT, related_name="carried_out", verbose_name=_("Aus"))
    into = models.ForeignKey(Fund, models.PROTECT, related_name="carried_in", verbose_name=_("In"))

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("Übertragung")
        verbose_name_plural = _("Übertragungen")
        triggers = [*only_added(), *carries_what_is_free(), counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_carry_over_moves_something",
                violation_error_message=_("Übertragen wird ein Betrag über 0."),
            ),
            models.CheckConstraint(
                condition=~Q(out_of=F("into")),
                name="a_carry_over_leads_into_another_fund",
                violation_error_message=_("Übertragen wird in einen anderen Topf."),
            ),
            is_a_number("amount", name="a_carry_over_is_a_number"),
            is_a_day_of_this_century("day", name="a_carry_over_has_a_day_of_this_century"),
        ]

    def __str__(self):
        return f"{self.out_of} → {self.into}: {self.amount_written}"


class MoneyEntry(JournalRow):
    """One step of the money of an allocation; a negative amount takes an earlier one back."""

    class Kind(models.TextChoices):
        PLANNED = "planned", _("geplant")
        APPROVED = "approved", _("bewilligt")
        REVISED = "revised", _("nachträglich geändert")
        COMMITTED = "committed", _("gebunden")
        SPENT = "spent", _("ausgezahlt")

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="entries", verbose_name=_("Zuweisung"))
    kind = models.CharField(_("Schritt"), max_length=10, choices=Kind)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("Buchung")
        verbose_name_plural = _("Buchungen")
        triggers = [*only_added(), *keeps_within_the_money(), plans_within_the_fund(), counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="a_money_entry_moves_something",
                violation_error_message=_(
                    "Der Betrag 0 bucht nichts: Bitte einen Betrag eintragen, Rücknahmen mit Minus."
                ),
            ),
            is_a_number("amount", name="a_money_entry_is_a_number"),
            is_a_day_of_this_century("day", name="a_money_entry_has_a_day_of_this_century"),
        ]
        indexes = [  # with the amount, so that sums are made without reading the rows
            models.Index(fields=["allocation", "kind", "day"], include=["amount"], name="entries_with_amounts"),
            models.Index(
                fields=["allocation"],
                include=["amount"],
                condition=Q(kind__in=["approved", "revised"]),
                name="entries_that_approve",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.amount_written}"


class BudgetYear(models.Model):
    """A year whose money is complete is locked: nothing can be booked in it any more."""

    year = models.PositiveSmallIntegerField(_("Jahr"), primary_key=True)
    locked_on = models.DateField(_("Abgeschlossen am"), null=True, blank=True)
    paper = models.ForeignKey(
        CouncilPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Drucksache")
    )
    note = models.CharField(_("Bemerkung"), max_length=240, blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("Haushaltsjahr")
        verbose_name_plural = _("Haushaltsjahre")
        triggers = [
            waits_for_who_books(),
            never_emptied("SELECT 1 FROM actionplan_budgetyear"),
            counts_as_public(),
        ]

    def __str__(self):
        return str(self.year)


BudgetYearHistory = history_of(
    BudgetYear,
    name="BudgetYearHistory",
    verbose_name=_("früherer Stand eines Haushaltsjahrs"),
    plural=_("frühere Stände der Haushaltsjahre"),
)
