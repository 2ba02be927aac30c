"""Fields of action and how they were called through time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.triggers import counts_as_public
from indicators.models import Indicator


class FieldOfAction(models.Model):
    """One of the plan's fields of action; what it is called on a day is told by its names."""

    slug = models.SlugField(_("Kennung"), unique=True)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    goal = models.TextField(_("Ziel"), blank=True)
    goal_en = models.TextField(_("Ziel (englisch)"), blank=True)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")
        triggers = [counts_as_public()]

    def __str__(self):
        return self.slug

    @property
    def goal_label(self) -> str:
        """Goal in the language of the request, German where no translation exists."""
        return (self.goal_en or self.goal) if get_language() == "en" else self.goal


class FieldName(models.Model):
    """What a field of action is called in a range of dates."""

    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="names", verbose_name=_("Handlungsfeld"))
    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(_("Name (englisch)"), max_length=120, blank=True)
    valid = DateRangeField(_("Gilt"), help_text=_("Von, bis (ausschließlich)"))
    start_is_exact = models.BooleanField(_("Beginn auf den Tag bekannt"), default=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("Quelle"))

    class Meta:
        ordering = ["field", "valid"]
        verbose_name = _("Name eines Handlungsfelds")
        verbose_name_plural = _("Namen der Handlungsfelder")
        triggers = [counts_as_public()]
        constraints = [
            ExclusionConstraint(
                name="one_name_per_field_of_action_at_a_time",
                violation_error_message=_("In dieser Zeit hat das Handlungsfeld schon einen Namen."),
                expressions=[(F("field"), RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """Name in the language of the request, German where no translation exists."""
        return (self.name_en or self.name) if get_language() == "en" else self.name


class FieldGoal(models.Model):
    """An indicator that a field of action wants to move, and in which direction."""

    class Direction(models.TextChoices):
        UP = "up", _("soll steigen")
        DOWN = "down", _("soll sinken")

    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="goals", verbose_name=_("Handlungsfeld"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="plan_goals", verbose_name=_("Indikator"))
    direction = models.CharField(_("Richtung"), max_length=4, choices=Direction)
    is_assumed = models.BooleanField(
        _("Zuordnung angenommen"), default=False, help_text=_("Die Quellen nennen das Feld, nicht den Indikator.")
    )
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ["field", "order", "pk"]
        verbose_name = _("Indikator eines Handlungsfelds")
        verbose_name_plural = _("Indikatoren der Handlungsfelder")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["field", "indicator"],
                name="a_field_of_action_names_each_indicator_once",
                violation_error_message=_("Dieser Indikator steht schon da."),
            )
        ]

    def __str__(self):
        return f"{self.indicator} {self.get_direction_display()}"
