"""One number that changes whenever anything public changes; rendered pages are kept under it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicState(models.Model):
    """A single row, counted up by database triggers on every table that readers see (ADR 0003)."""

    version = models.BigIntegerField(_("Version"), default=1)
    changed_at = models.DateTimeField(_("Geändert"), auto_now=True)

    class Meta:
        verbose_name = _("Stand des Portals")
        verbose_name_plural = _("Stand des Portals")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_public_state")]

    def __str__(self):
        return str(self.version)
