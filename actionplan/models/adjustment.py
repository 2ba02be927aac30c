"""Adjustments of the plan: what a rule proposed for every area, what was chosen and why; frozen with the decision."""

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaLevel, Source
from areas.models.area import SRID
from areas.triggers import counts_as_public, never_emptied
from indicators.models import Indicator, Release

from .council import CouncilPaper
from .triggers_adjustment import DECIDED, belongs_to_a_draft, decided_stays


class Adjustment(models.Model):
    """A review of which areas belong to the plan. A draft changes nothing; only its decision does, and then it stays.

    The rule and its figures are copies: they say what was known at the time, whatever is corrected later.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        DECIDED = "decided", _("beschlossen")
        DROPPED = "dropped", _("verworfen")

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    title = models.CharField(_("Titel"), max_length=160)
    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="+", verbose_name=_("Gliederungsebene"))
    plan_day = models.DateField(_("Verglichen mit dem Plan vom"))
    rule = models.CharField(_("Regel"), max_length=240)
    rule_en = models.CharField(_("Regel (englisch)"), max_length=240, blank=True)
    rule_slug = models.SlugField(_("Kennung der Regel"), max_length=80, blank=True)
    rule_note = models.TextField(_("Zur Regel"), blank=True)
    rule_note_en = models.TextField(_("Zur Regel (englisch)"), blank=True)
    rule_is_assumed = models.BooleanField(_("Regel ist eine Annahme"), default=False)
    needed = models.PositiveSmallIntegerField(_("So viele Bedingungen müssen erfüllt sein"), null=True, blank=True)
    period = models.CharField(_("Zeitraum der Zahlen"), max_length=20, blank=True)
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name=_("Veröffentlichung")
    )
    text = models.TextField(_("Begründung im Ganzen"), blank=True)
    state = models.CharField(_("Stand"), max_length=8, choices=State, default=State.DRAFT)
    day = models.DateField(_("Gilt ab"), null=True, blank=True, help_text=_("Tag des Beschlusses"))
    day_is_exact = models.BooleanField(_("auf den Tag bekannt"), default=True)
    decision = models.CharField(_("Beschluss"), max_length=240, blank=True)
    paper = models.ForeignKey(
        CouncilPaper, models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name=_("Drucksache")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Quelle")
    )
    version = models.PositiveIntegerField(_("Fassung"), default=1, editable=False)
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-plan_day", "-pk"]
        verbose_name = _("Anpassung des Aktionsplans")
        verbose_name_plural = _("Anpassungen des Aktionsplans")
        permissions = [("decide_adjustment", _("Darf den Beschluss über eine Anpassung eintragen"))]
        triggers = [*decided_stays(), never_emptied(DECIDED), counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided") | (Q(day__isnull=False) & ~Q(decision="")),
                name="a_decided_adjustment_names_day_and_decision",
            ),
            models.UniqueConstraint(
                fields=["level", "day"], condition=Q(state="decided"), name="one_decided_adjustment_per_level_and_day"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def rule_label(self) -> str:
        """The rule in the language of the request, German where no translation exists."""
        return (get_language() == "en" and self.rule_en) or self.rule

    @property
    def rule_words(self) -> str:
        """What there is to say about the rule, in the language of the request."""
        return (get_language() == "en" and self.rule_note_en) or self.rule_note


class AdjustmentCriterion(models.Model):
    """One condition of the rule, with the city's value and the limit as they were (in units of the indicator)."""

    class Comparison(models.TextChoices):
        DIFFERENCE = "difference", _("Abstand zur Stadt")
        RATIO = "ratio", _("Vielfaches der Stadt")
        HIGHEST = "highest", _("die äußersten Werte")

    class Side(models.TextChoices):
        ABOVE = "above", _("höher ist ungünstiger")
        BELOW = "below", _("niedriger ist ungünstiger")

    adjustment = models.ForeignKey(Adjustment, models.CASCADE, related_name="criteria", verbose_name=_("Anpassung"))
    order = models.PositiveSmallIntegerField(_("Reihenfolge"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("Indikator"))
    comparison = models.CharField(_("Vergleich"), max_length=10, choices=Comparison)
    side = models.CharField(_("Seite"), max_length=5, choices=Side)
    threshold = models.DecimalField(_("Schwelle"), max_digits=14, decimal_places=4)
    city = models.DecimalField(_("Wert der Stadt"), max_digits=20, decimal_places=6, null=True, blank=True)
    limit = models.DecimalField(_("Grenze"), max_digits=20, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ["adjustment", "order"]
        verbose_name = _("Bedingung einer Anpassung")
        verbose_name_plural = _("Bedingungen der Anpassungen")
        triggers = [belongs_to_a_draft("adjustment_id"), never_emptied(DECIDED), counts_as_public()]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "order"], name="one_condition_per_adjustment_and_place")
        ]

    def __str__(self):
        return str(self.indicator)


class AdjustmentLine(models.Model):
    """One area in an adjustment: how it stood, what the rule proposed, what was chosen, and the reason in words."""

    class Before(models.TextChoices):
        OUTSIDE = "outside", _("nicht im Plan")
        AREA = "area", _("Aktionsraum")
        QUARTER = "quarter", _("Aktionsquartier")

    class Proposed(models.TextChoices):
        STANDS_OUT = "stands_out", _("unter dem Durchschnitt")
        INCONSPICUOUS = "inconspicuous", _("unauffällig")
        UNKNOWN = "unknown", _("nicht beurteilbar")

    class Outcome(models.TextChoices):
        OUTSIDE = "outside", _("bleibt außerhalb")
        JOIN = "join", _("wird Aktionsraum")
        STAY = "stay", _("bleibt, was es ist")
        QUARTER = "quarter", _("wird Aktionsquartier (nur ein Teil)")
        LEAVE = "leave", _("scheidet aus")

    adjustment = models.ForeignKey(Adjustment, models.CASCADE, related_name="lines", verbose_name=_("Anpassung"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="adjustment_lines", verbose_name=_("Gebiet"))
    before = models.CharField(_("Vorher"), max_length=8, choices=Before)
    proposed = models.CharField(_("Nach der Regel"), max_length=14, choices=Proposed)
    outcome = models.CharField(_("Ergebnis"), max_length=8, choices=Outcome)
    reason = models.TextField(_("Begründung"), blank=True)
    quarter_name = models.CharField(_("Name des Quartiers"), max_length=120, blank=True)
    quarter_geometry = models.MultiPolygonField(_("Grenze des Quartiers"), srid=SRID, null=True, blank=True)

    class Meta:
        ordering = ["adjustment", "area__code"]
        verbose_name = _("Gebiet einer Anpassung")
        verbose_name_plural = _("Gebiete der Anpassungen")
        triggers = [belongs_to_a_draft("adjustment_id"), never_emptied(DECIDED), counts_as_public()]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "area"], name="one_line_per_adjustment_and_area"),
            models.CheckConstraint(
                condition=Q(outcome="outside", before="outside")
                | Q(outcome="join", before__in=["outside", "quarter"])
                | Q(outcome__in=["stay", "leave"], before__in=["area", "quarter"])
                | Q(outcome="quarter", before__in=["outside", "area"]),
                name="an_outcome_fits_how_the_area_stood",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="quarter") | ~Q(quarter_name=""), name="a_quarter_of_an_adjustment_has_a_name"
            ),
        ]

    def __str__(self):
        return f"{self.area}: {self.get_outcome_display()}"

    @property
    def changes(self) -> bool:
        """Whether the plan changes for this area."""
        return self.outcome not in {self.Outcome.STAY, self.Outcome.OUTSIDE}

    @property
    def is_against_the_rule(self) -> bool:
        """Whether something else was chosen than the rule alone would give."""
        if self.proposed == self.Proposed.UNKNOWN:
            return self.changes
        stays_whole = self.outcome == self.Outcome.STAY and self.before == self.Before.AREA
        is_whole = stays_whole or self.outcome == self.Outcome.JOIN
        return is_whole != (self.proposed == self.Proposed.STANDS_OUT)


class AdjustmentFigure(models.Model):
    """The value of one area for one condition, as it was (in units of the indicator; None: missing or secret)."""

    line = models.ForeignKey(AdjustmentLine, models.CASCADE, related_name="figures", verbose_name=_("Gebiet"))
    criterion = models.ForeignKey(AdjustmentCriterion, models.CASCADE, related_name="+", verbose_name=_("Bedingung"))
    value = models.DecimalField(_("Wert"), max_digits=20, decimal_places=6, null=True, blank=True)
    status = models.CharField(_("Status"), max_length=24)
    met = models.BooleanField(_("erfüllt"), null=True, blank=True)

    class Meta:
        ordering = ["line", "criterion__order"]
        verbose_name = _("Zahl einer Anpassung")
        verbose_name_plural = _("Zahlen der Anpassungen")
        triggers = [
            never_emptied(DECIDED),
            belongs_to_a_draft("(SELECT adjustment_id FROM actionplan_adjustmentline WHERE id = {row}.line_id)"),
            counts_as_public(),
        ]
        constraints = [
            models.UniqueConstraint(fields=["line", "criterion"], name="one_figure_per_line_and_condition"),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.value}"
