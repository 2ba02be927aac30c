"""How areas are grouped into types: which indicators, on which level, by which method. Data, not code."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import AreaLevel

from .indicator import Indicator
from .localised import localised

TYPOLOGY = (  # what of a typology decides about its result; texts are part of it
    *("slug", "name", "name_en", "description", "description_en", "level_id", "method", "cluster_count", "starts"),
    *("seed", "periods", "order"),
)


class Typology(models.Model):
    """One grouping of the areas of a level. Its results are computed when a release is prepared."""

    class Method(models.TextChoices):
        WARD = "ward", _("Ward")
        KMEANS = "kmeans", _("k-Means")

    slug = models.SlugField(_("Kennung"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(_("Name (englisch)"), max_length=120, blank=True)
    description = models.TextField(_("Beschreibung"), blank=True, help_text=_("Ein bis drei einfache Sätze"))
    description_en = models.TextField(_("Beschreibung (englisch)"), blank=True)
    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="+", verbose_name=_("Gliederungsebene"))
    method = models.CharField(_("Verfahren"), max_length=8, choices=Method, default=Method.WARD)
    cluster_count = models.PositiveSmallIntegerField(_("Zahl der Cluster"), default=5, help_text=_("2 bis 7"))
    starts = models.PositiveSmallIntegerField(
        _("Zahl der Startpunkte"), default=100, help_text=_("Nur für k-Means; 1 bis 500")
    )
    seed = models.PositiveIntegerField(
        _("Startzahl"), default=2007, help_text=_("Legt fest, welche Startpunkte k-Means zieht.")
    )
    periods = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("Jahre"),
        default=list,
        blank=True,
        help_text=_("Durch Komma getrennt, z. B. 2018,2024; leer: alle Jahre, für die jeder Indikator Werte hat"),
    )
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("Typologie")
        verbose_name_plural = _("Typologien")
        constraints = [
            models.CheckConstraint(
                condition=Q(cluster_count__gte=2, cluster_count__lte=7),
                name="a_typology_has_two_to_seven_clusters",
                violation_error_message=_("Eine Typologie hat 2 bis 7 Cluster."),
            ),
            models.CheckConstraint(
                condition=Q(starts__gte=1, starts__lte=500),
                name="kmeans_starts_one_to_five_hundred_times",
                violation_error_message=_("k-Means braucht 1 bis 500 Startpunkte."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """Name in the language of the request."""
        return localised(self, "name")


class TypologyIndicator(models.Model):
    """An indicator of a typology. Its `direction` says which values count as severe."""

    typology = models.ForeignKey(Typology, models.CASCADE, related_name="parts", verbose_name=_("Typologie"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("Indikator"))
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("Indikator einer Typologie")
        verbose_name_plural = _("Indikatoren der Typologien")
        constraints = [
            models.UniqueConstraint(fields=["typology", "indicator"], name="an_indicator_stands_once_in_a_typology")
        ]

    def __str__(self):
        return f"{self.typology}: {self.indicator}"
