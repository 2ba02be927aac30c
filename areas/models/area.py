"""Areas with their boundaries through time, and what they are composed of."""

from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from areas.naming import fold
from areas.querysets import AreaQuerySet
from areas.triggers import counts_as_public

from .level import AreaLevel
from .source import Source

SRID = 25832  # ETRS89 / UTM zone 32N: metres, the official reference system in North Rhine-Westphalia


class Certainty(models.TextChoices):
    """How sure the composition of an area is."""

    PUBLISHED = "published", _("veröffentlicht")
    DERIVED = "derived", _("abgeleitet")
    ASSUMED = "assumed", _("angenommen")


class Area(models.Model):
    """One area in one range of dates. A changed boundary is a new row; history stays."""

    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="areas", verbose_name=_("Ebene"))
    code = models.CharField(_("Schlüssel"), max_length=20, help_text=_("Mit führenden Nullen"))
    name = models.CharField(_("Name"), max_length=120)
    search_name = models.CharField(_("Suchform"), max_length=120, editable=False, db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Liegt in")
    )
    geometry = models.MultiPolygonField(_("Grenze"), srid=SRID)
    valid = DateRangeField(_("Gebietsstand"), help_text=_("Von, bis (ausschließlich); leer heißt offen"))
    certainty = models.CharField(_("Sicherheit"), max_length=12, choices=Certainty, default=Certainty.PUBLISHED)
    note = models.TextField(_("Anmerkung"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("Quelle"), related_name="areas")

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["level__rank", "code"]
        verbose_name = _("Gebiet")
        verbose_name_plural = _("Gebiete")
        triggers = [counts_as_public()]
        constraints = [
            ExclusionConstraint(
                name="one_area_per_level_and_code_at_a_time",
                expressions=[
                    (F("level"), RangeOperators.EQUAL),
                    (F("code"), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Für diese Ebene und diesen Schlüssel gibt es in der Zeit schon ein Gebiet."),
            ),
            models.CheckConstraint(condition=~Q(code=""), name="an_area_has_a_code"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="an_area_is_valid_at_some_time"),
        ]
        indexes = [GistIndex(fields=["valid"], name="areas_by_valid_range")]

    def __str__(self):
        return f"{self.name} ({self.code})"

    def save(self, *args, **kwargs):
        """Keep the folded name used by the search in step with the name."""
        self.search_name = fold(self.name)
        super().save(*args, **kwargs)


class AreaPart(models.Model):
    """One of the smallest areas that a larger area consists of."""

    whole = models.ForeignKey(Area, models.CASCADE, related_name="part_links", verbose_name=_("Ganzes"))
    part = models.ForeignKey(Area, models.CASCADE, related_name="whole_links", verbose_name=_("Teil"))

    class Meta:
        verbose_name = _("Teil eines Gebiets")
        verbose_name_plural = _("Teile von Gebieten")
        constraints = [
            models.UniqueConstraint(fields=["whole", "part"], name="a_part_is_listed_once_per_whole"),
            models.CheckConstraint(condition=~Q(whole=F("part")), name="an_area_is_not_a_part_of_itself"),
        ]

    def __str__(self):
        return f"{self.part} ⊂ {self.whole}"
