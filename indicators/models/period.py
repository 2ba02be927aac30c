"""Periods and reference days that values are about."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Period(models.Model):
    """A span of time, named by a short code that stands in addresses, such as 2018."""

    code = models.CharField(_("Kennung"), max_length=20, unique=True)
    start = models.DateField(_("Beginn"))
    end = models.DateField(_("Ende"))

    class Meta:
        ordering = ["start", "end"]
        verbose_name = _("Zeitraum")
        verbose_name_plural = _("Zeiträume")
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="a_period_ends_after_it_starts")]

    def __str__(self):
        return self.code
