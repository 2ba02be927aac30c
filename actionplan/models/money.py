"""Whose money, from which fund, for which project: the places between which the journal moves amounts.

No amount stands here. What a fund holds and what a project gets is the sum of the journal (`journal.py`), so it can be
asked for any day, and an amount belongs to exactly one allocation, hence to one fund and one project: nothing counts
twice.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.triggers import counts_as_public, never_emptied

from .action_area import ActionArea
from .council import CouncilPaper
from .earlier import history_of
from .limits import is_a_number
from .project import Project, ProjectPlace
from .triggers import (
    closed_funds_stay_as_they_are,
    divides_among_own_places,
    kind_of_closed_money_stays,
    open_years_only,
    stays_where_it_is,
)
from .triggers_money import is_part_of_its_own_year


class Funder(models.Model):
    """Whose money it is."""

    class Kind(models.TextChoices):
        CITY = "city", _("Stadt")
        STATE = "state", _("Land")
        FEDERAL = "federal", _("Bund")
        EU = "eu", _("Europäische Union")
        FOUNDATION = "foundation", _("Stiftung")
        SPONSOR = "sponsor", _("Sponsor, Unternehmen")
        MIXED = "mixed", _("mehrere, nicht aufgeteilt")

    slug = models.SlugField(_("Kennung"), unique=True)
    name = models.CharField(_("Name"), max_length=160)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)

    class Meta:
        ordering = ["name"]
        verbose_name = _("Geldgeber")
        verbose_name_plural = _("Geldgeber")
        triggers = [kind_of_closed_money_stays(), counts_as_public()]

    def __str__(self):
        return self.name


class Fund(models.Model):
    """Money of one year for one purpose. `part_of` says that it is contained in a larger one ("davon")."""

    class Kind(models.TextChoices):
        CORE = "core", _("Kernbudget")
        AREA = "area", _("Aktionsraumfonds")
        CITYWIDE = "citywide", _("gesamtstädtische Maßnahmen")
        THIRD_PARTY = "third_party", _("Förderung und Sponsoring")
        OTHER = "other", _("weitere Mittel")

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    name = models.CharField(_("Name"), max_length=160)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField(_("Jahr"))
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="funds", verbose_name=_("Geldgeber"))
    action_area = models.ForeignKey(
        ActionArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funds",
        verbose_name=_("Nur für"),
        help_text=_("Aktionsraumfonds gelten für einen Aktionsraum"),
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="contains", verbose_name=_("Enthalten in")
    )
    volume_is_known = models.BooleanField(
        _("Betrag bekannt"), default=True, help_text=_("Ohne bekannten Betrag wird gegen keine Obergrenze geprüft.")
    )
    foreseen = models.DecimalField(
        _("Vorgesehen, noch nicht beschlossen"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Euro. Ein Entwurf: Im Topf ist erst, was beschlossen und als Änderung eingetragen ist."),
    )
    is_about = models.BooleanField(_("Betrag ist gerundet („rund“)"), default=False)
    decided_by = models.CharField(_("Wer entscheidet über die Verwendung"), max_length=240, blank=True)
    paper = models.ForeignKey(
        CouncilPaper, models.PROTECT, null=True, blank=True, related_name="funds", verbose_name=_("Drucksache")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="funds", verbose_name=_("Quelle"))
    note = models.TextField(_("Anmerkung"), blank=True)

    class Meta:
        ordering = ["-year", "kind", "name"]
        verbose_name = _("Topf")
        verbose_name_plural = _("Töpfe")
        triggers = [
            stays_where_it_is("year", "part_of_id", "volume_is_known"),
            open_years_only("{row}.year"),
            closed_funds_stay_as_they_are("name", "kind", "funder_id", "action_area_id", "foreseen", "is_about"),
            is_part_of_its_own_year(),
            counts_as_public(),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="a_fund_belongs_to_a_year_of_this_century",
                violation_error_message=_("Das Jahr liegt nicht zwischen 2000 und 2100."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="area") | Q(action_area__isnull=False),
                name="an_area_fund_names_its_action_area",
                violation_error_message=_("Ein Aktionsraumfonds nennt seinen Aktionsraum („Nur für“)."),
            ),
            models.CheckConstraint(
                condition=~Q(part_of=models.F("id")),
                name="a_fund_is_no_part_of_itself",
                violation_error_message=_("Ein Topf ist nicht in sich selbst enthalten."),
            ),
            is_a_number("foreseen", name="what_is_foreseen_is_a_number"),
            models.CheckConstraint(
                condition=Q(foreseen__isnull=True) | Q(foreseen__gt=0, volume_is_known=True),
                name="what_is_foreseen_for_a_fund_is_more_than_nothing",
                violation_error_message=_("Vorgesehen ist mehr als nichts; der Betrag des Topfs muss bekannt sein."),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.year}"


FundHistory = history_of(
    Fund, name="FundHistory", verbose_name=_("früherer Stand eines Topfs"), plural=_("frühere Stände der Töpfe")
)


class Allocation(models.Model):
    """What one project gets from one fund; a project with several funders or years has several.

    Each application has one of its own, so that its decision, letter and proof of use stand for its money alone.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="allocations", verbose_name=_("Topf"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="allocations", verbose_name=_("Projekt"))
    for_application = models.CharField(
        _("Für Antrag"), max_length=20, blank=True, default="", editable=False, help_text=_("Nummer des Antrags")
    )
    note = models.CharField(_("Bemerkung"), max_length=240, blank=True)

    class Meta:
        ordering = ["fund", "project", "pk"]
        verbose_name = _("Zuweisung")
        verbose_name_plural = _("Zuweisungen")
        triggers = [
            stays_where_it_is("fund_id", "project_id", "for_application"),
            open_years_only("SELECT year FROM actionplan_fund WHERE id = {row}.fund_id"),
            counts_as_public(),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "project", "for_application"],
                name="a_project_has_one_allocation_per_fund_and_application",
                violation_error_message=_(
                    "Dieses Projekt hat aus diesem Topf schon eine Zuweisung; gebucht wird dort."
                ),
            )
        ]

    def __str__(self):
        return f"{self.project}: {self.fund}" + (f" ({self.for_application})" if self.for_application else "")


AllocationHistory = history_of(
    Allocation,
    name="AllocationHistory",
    verbose_name=_("früherer Stand einer Zuweisung"),
    plural=_("frühere Stände der Zuweisungen"),
)


class AllocationShare(models.Model):
    """How an allocation is divided among the places of its project, by weights; without shares it is not divided."""

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="shares", verbose_name=_("Zuweisung"))
    place = models.ForeignKey(ProjectPlace, models.PROTECT, related_name="shares", verbose_name=_("Ort"))
    weight = models.DecimalField(_("Gewicht"), max_digits=9, decimal_places=4)

    class Meta:
        ordering = ["allocation", "place"]
        verbose_name = _("Anteil eines Orts")
        verbose_name_plural = _("Anteile der Orte")
        triggers = [
            open_years_only(
                "SELECT f.year FROM actionplan_fund f JOIN actionplan_allocation a ON a.fund_id = f.id"
                " WHERE a.id = {row}.allocation_id",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
            divides_among_own_places(),
            never_emptied("SELECT 1 FROM actionplan_allocationshare"),
            counts_as_public(),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "place"],
                name="one_share_per_allocation_and_place",
                violation_error_message=_("Dieser Ort hat schon einen Anteil."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="a_share_is_more_than_nothing",
                violation_error_message=_("Ein Anteil ist mehr als null."),
            ),
            is_a_number("weight", name="a_share_is_a_number"),
        ]

    def __str__(self):
        return f"{self.place}: {self.weight}"


AllocationShareHistory = history_of(
    AllocationShare,
    name="AllocationShareHistory",
    verbose_name=_("früherer Stand eines Anteils"),
    plural=_("frühere Stände der Anteile"),
)
