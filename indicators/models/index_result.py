"""What an index told when it was published: rule, scores, contributions, stability. Frozen with the release."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.triggers import counts_as_public
from indicators.triggers import frozen_with_edition

from .figure import IndicatorEdition
from .period import Period


class IndexEdition(models.Model):
    """The rule of an index as it was when its scores were computed, and the spread of its indicators.

    `definition` holds what `indicators.index_definitions.described` writes down; `statistics` per level and period
    the number of areas, the limits as scores, mean and standard deviation of each indicator.
    """

    edition = models.OneToOneField(
        IndicatorEdition, models.CASCADE, related_name="index_edition", verbose_name=_("Stand")
    )
    definition = models.JSONField(_("Regel"))
    statistics = models.JSONField(_("Kenngrößen"))

    class Meta:
        verbose_name = _("Stand eines Index")
        verbose_name_plural = _("Stände der Indizes")
        triggers = [*frozen_with_edition(), counts_as_public()]

    def __str__(self):
        return str(self.edition)


class IndexResult(models.Model):
    """One area in an index: score and class, or why it has none.

    `contributions`: per indicator its value made comparable (`z`) and what it adds to the score (`part`), as texts
    with twelve decimals. `changes`: variants of the rule in which the class is another one: kind, indicator, class.
    """

    class Reason(models.TextChoices):
        EXCLUDED = "excluded", _("vom Index ausgenommen")
        FEW = "few", _("zu wenige Einwohner")
        UNCOUNTED = "uncounted", _("Einwohnerzahl nicht bekannt")
        SECRET = "secret", _("ein Wert ist geheim zu halten")
        MISSING = "missing", _("ein Wert fehlt")
        INCOMPARABLE = "incomparable", _("die Zeiträume sind nicht vergleichbar")

    edition = models.ForeignKey(IndicatorEdition, models.CASCADE, related_name="index_results", verbose_name=_("Stand"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="index_results", verbose_name=_("Gebiet"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name=_("Zeitraum"))
    score = models.DecimalField(_("Indexwert, ungerundet"), max_digits=30, decimal_places=12, null=True, blank=True)
    number_class = models.PositiveSmallIntegerField(_("Klasse (ab 0)"), null=True, blank=True)
    reason = models.CharField(_("Warum kein Indexwert"), max_length=16, choices=Reason, blank=True)
    about = models.JSONField(_("Welche Indikatoren"), default=list)
    contributions = models.JSONField(_("Beiträge"), default=list)
    changes = models.JSONField(_("Andere Klasse in"), default=list)
    variants = models.PositiveSmallIntegerField(_("Varianten"), default=0)

    class Meta:
        verbose_name = _("Ergebnis eines Index")
        verbose_name_plural = _("Ergebnisse der Indizes")
        triggers = [*frozen_with_edition(), counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "area", "period"], name="one_index_result_per_edition_area_and_period"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False, number_class__isnull=False, reason="")
                | (Q(score__isnull=True, number_class__isnull=True) & ~Q(reason="")),
                name="an_area_has_a_score_or_a_reason_why_not",
            ),
        ]
        indexes = [models.Index(fields=["area", "period"], name="index_results_by_area")]

    def __str__(self):
        return f"{self.edition} {self.area} {self.period}"
