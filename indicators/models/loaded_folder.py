"""Which state of the city's folder was loaded last."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedFolder(models.Model):
    """One run of `load_city` that stored something, with or without a release."""

    digest = models.CharField(_("Prüfsumme der Lieferung"), max_length=64)
    loaded_at = models.DateTimeField(_("Geladen"), auto_now_add=True)

    class Meta:
        ordering = ["-loaded_at", "-pk"]
        verbose_name = _("Geladener Ordner")
        verbose_name_plural = _("Geladene Ordner")

    def __str__(self):
        return self.digest[:12]
