"""Places that people use: day-care centres, schools, libraries, playgrounds."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from areas.triggers import counts_as_public

from .area import SRID
from .source import Source


class Facility(models.Model):
    """One place with its address and position."""

    kind = models.CharField(_("Art"), max_length=60, db_index=True)
    name = models.CharField(_("Name"), max_length=200)
    address = models.CharField(_("Anschrift"), max_length=200, blank=True)
    point = models.PointField(_("Lage"), srid=SRID)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("Quelle"), related_name="facilities")

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("Einrichtung")
        verbose_name_plural = _("Einrichtungen")
        triggers = [counts_as_public()]

    def __str__(self):
        return self.name
