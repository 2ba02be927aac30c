"""Themes of the catalogue: the nine dimensions of 2005 and the target groups of 2018."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.triggers import counts_as_public

from .localised import localised


class Dimension(models.Model):
    """One theme under which indicators stand in picker, profile and catalogue."""

    class Kind(models.TextChoices):
        DIMENSION = "dimension", _("Dimension")
        TARGET_GROUP = "target_group", _("Zielgruppe")

    slug = models.SlugField(_("Kennung"), unique=True)
    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("Name (englisch)"), max_length=80)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, default=Kind.DIMENSION)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("Dimension")
        verbose_name_plural = _("Dimensionen")
        triggers = [counts_as_public()]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """Name in the language of the request."""
        return localised(self, "name")
