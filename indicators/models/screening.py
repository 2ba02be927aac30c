"""Rules that say which areas lie below the city's average. Data, not code."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import AreaLevel

from .indicator import Indicator
from .localised import localised

SCREENING = (  # what of a rule decides about its result; texts are part of it
    *("slug", "name", "name_en", "description", "description_en", "level_id", "lower_level_id", "needed", "order"),
)
CRITERION = ("screening_id", "indicator__slug", "comparison", "side", "threshold", "order")


class Screening(models.Model):
    """One rule: conditions, and how many of them an area must meet to stand out."""

    slug = models.SlugField(_("Kennung"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(_("Name (englisch)"), max_length=120, blank=True)
    description = models.TextField(_("Beschreibung"), blank=True, help_text=_("Ein bis drei einfache Sätze"))
    description_en = models.TextField(_("Beschreibung (englisch)"), blank=True)
    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="+", verbose_name=_("Gliederungsebene"))
    lower_level = models.ForeignKey(
        AreaLevel,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("Ebene darunter"),
        help_text=_("Auf ihr wird nach kleineren Gebieten gesucht, die in unauffälligen Gebieten auffallen."),
    )
    needed = models.PositiveSmallIntegerField(_("So viele Bedingungen müssen erfüllt sein"), default=1)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("Regel „unter dem Durchschnitt“")
        verbose_name_plural = _("Regeln „unter dem Durchschnitt“")
        constraints = [
            models.CheckConstraint(
                condition=Q(needed__gte=1),
                name="a_rule_needs_at_least_one_condition",
                violation_error_message=_("Mindestens eine Bedingung muss erfüllt sein."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """Name in the language of the request."""
        return localised(self, "name")


class ScreeningCriterion(models.Model):
    """One condition of a rule. Comparisons are strict: exactly on the limit is not beyond it."""

    class Comparison(models.TextChoices):
        DIFFERENCE = "difference", _("um mehr als … schlechter als die Stadt")
        RATIO = "ratio", _("mehr (oder weniger) als das …-Fache der Stadt")
        HIGHEST = "highest", _("unter den … schlechtesten Gebieten")

    class Side(models.TextChoices):
        ABOVE = "above", _("hohe Werte sind schlechter")
        BELOW = "below", _("niedrige Werte sind schlechter")

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="criteria", verbose_name=_("Regel"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("Indikator"))
    comparison = models.CharField(_("Vergleich"), max_length=12, choices=Comparison)
    side = models.CharField(_("Richtung"), max_length=8, choices=Side)
    threshold = models.DecimalField(
        _("Schwelle"),
        max_digits=12,
        decimal_places=4,
        help_text=_("In der Einheit des Indikators, als Faktor, oder als Zahl der Gebiete"),
    )
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("Bedingung einer Regel")
        verbose_name_plural = _("Bedingungen der Regeln")
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "indicator", "comparison"], name="a_rule_has_each_condition_once"
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0) & (~Q(comparison="highest") | Q(threshold__gte=1)),
                name="a_threshold_is_not_negative_and_at_least_one_place",
                violation_error_message=_("Die Schwelle ist nicht negativ; unter den schlechtesten ist mindestens 1."),
            ),
        ]

    def __str__(self):
        return f"{self.screening}: {self.indicator}"

    def clean(self):
        """Places are counted in whole numbers."""
        is_place = self.comparison == self.Comparison.HIGHEST
        if is_place and self.threshold is not None and self.threshold != int(self.threshold):
            raise ValidationError(_("Die Zahl der schlechtesten Gebiete ist eine ganze Zahl."))
