"""Where facts come from: every area, indicator, place and decision names one of these."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.triggers import counts_as_public


class Source(models.Model):
    """A publication or data set of somebody, with its licence and how sure we are of it."""

    slug = models.SlugField(_("Kennung"), unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    publisher = models.CharField(_("Herausgeber"), max_length=200)
    state = models.CharField(_("Stand"), max_length=80, blank=True)
    licence = models.CharField(_("Lizenz"), max_length=160, blank=True)
    licence_url = models.URLField(_("Lizenztext"), blank=True)
    url = models.URLField(_("Fundstelle"), blank=True)
    note = models.TextField(_("Anmerkung"), blank=True)
    note_en = models.TextField(_("Anmerkung (englisch)"), blank=True)
    is_estimate = models.BooleanField(_("Schätzung"), default=False)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ["order", "title"]
        verbose_name = _("Quelle")
        verbose_name_plural = _("Quellen")
        triggers = [counts_as_public()]

    def __str__(self):
        return self.title

    @property
    def label(self) -> str:
        """Title in the language of the request, German where no translation exists."""
        return (self.title_en or self.title) if get_language() == "en" else self.title

    @property
    def remark(self) -> str:
        """Note in the language of the request, German where no translation exists."""
        return (self.note_en or self.note) if get_language() == "en" else self.note
