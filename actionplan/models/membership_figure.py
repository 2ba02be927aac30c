"""Figures of a membership as they stood at its decision; written once, they never change."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.triggers import counts_as_public, never_emptied
from indicators.models import Indicator, Period, Release
from indicators.statuses import WITH_VALUE

from .action_area import ActionArea
from .triggers_adjustment import frozen_figures_stay


class MembershipFigure(models.Model):
    """One indicator of a membership's area and of the city when it was decided (values in units of the indicator).

    A copy: what is corrected or renamed later changes nothing here. `area` is the ground that the figure stands for,
    `city_status` is empty where the city had no figure.
    """

    membership = models.ForeignKey(ActionArea, models.PROTECT, related_name="figures", verbose_name=_("Gebiet im Plan"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("Indikator"))
    indicator_slug = models.CharField(_("Kennung des Indikators damals"), max_length=80)
    indicator_label = models.CharField(_("Name des Indikators damals"), max_length=120)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name=_("Zeitraum"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("Gebiet der Zahl"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("Veröffentlichung"))
    value = models.DecimalField(_("Wert hier"), max_digits=20, decimal_places=6, null=True, blank=True)
    status = models.CharField(_("Status hier"), max_length=24)
    joint_with = models.CharField(_("Gemeinsam mit"), max_length=200, blank=True)
    lower = models.DecimalField(_("Untere Grenze"), max_digits=20, decimal_places=6, null=True, blank=True)
    upper = models.DecimalField(_("Obere Grenze"), max_digits=20, decimal_places=6, null=True, blank=True)
    city_value = models.DecimalField(_("Wert der Stadt"), max_digits=20, decimal_places=6, null=True, blank=True)
    city_status = models.CharField(_("Status der Stadt"), max_length=24, blank=True)
    city_difference = models.DecimalField(
        _("Abstand zur Stadt"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    is_earliest = models.BooleanField(
        _("früheste bekannte"), default=False, help_text=_("Aus der Zeit des Beitritts ist keine Zahl bekannt.")
    )
    frozen_on = models.DateField(_("Festgehalten am"))

    class Meta:
        ordering = ["membership", "pk"]
        verbose_name = _("Zahl zum Beschluss über ein Gebiet")
        verbose_name_plural = _("Zahlen zum Beschluss über ein Gebiet")
        triggers = [
            frozen_figures_stay(),
            never_emptied("SELECT 1 FROM actionplan_membershipfigure"),
            counts_as_public(),
        ]
        constraints = [
            models.UniqueConstraint(fields=["membership", "indicator"], name="one_figure_per_membership_and_indicator"),
            models.CheckConstraint(
                condition=Q(status__in=sorted(WITH_VALUE), value__isnull=False)
                | (~Q(status__in=sorted(WITH_VALUE)) & Q(value__isnull=True)),
                name="a_frozen_figure_has_a_number_exactly_when_its_status_says_so",
            ),
        ]

    def __str__(self):
        return f"{self.indicator_label} {self.period}"
