"""Published figures, computed once when a release is published."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area, PublishedFile, Source
from areas.triggers import counts_as_public
from indicators.querysets import FigureQuerySet
from indicators.statuses import WITH_VALUE, Status
from indicators.triggers import frozen_with_edition, frozen_with_release
from indicators.triggers_release import is_not_emptied, linked_for_good

from .indicator import Indicator
from .period import Period
from .release import Release


class IndicatorEdition(models.Model):
    """One indicator as a release shows it: all its periods, its class breaks and its published files."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="editions", verbose_name=_("Veröffentlichung"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="editions", verbose_name=_("Indikator"))
    periods = models.ManyToManyField(Period, related_name="+", verbose_name=_("Zeiträume"))
    breaks = models.JSONField(_("Klassengrenzen"), default=dict)
    rounding_base = models.PositiveSmallIntegerField(
        _("gerundet auf Vielfache von"), null=True, blank=True, help_text=_("Statt etwas zu sperren, leer: nicht")
    )
    files = models.ManyToManyField(PublishedFile, related_name="editions", verbose_name=_("Dateien"))

    class Meta:
        verbose_name = _("Stand eines Indikators")
        verbose_name_plural = _("Stände der Indikatoren")
        triggers = [*frozen_with_release(), is_not_emptied(), counts_as_public()]
        constraints = [
            models.UniqueConstraint(fields=["release", "indicator"], name="one_edition_per_release_and_indicator")
        ]

    def __str__(self):
        return f"{self.indicator} ({self.release})"


class PeriodOfEdition(IndicatorEdition.periods.through):
    """The link from an edition to a period; a model of its own only to carry its triggers."""

    class Meta:
        proxy = True
        verbose_name = _("Zeitraum eines Stands")
        verbose_name_plural = _("Zeiträume der Stände")
        triggers = [*linked_for_good(), is_not_emptied()]


class FileOfEdition(IndicatorEdition.files.through):
    """The link from an edition to a published file; a model of its own only to carry its triggers."""

    class Meta:
        proxy = True
        verbose_name = _("Datei eines Stands")
        verbose_name_plural = _("Dateien der Stände")
        triggers = [*linked_for_good(), is_not_emptied()]


class Figure(models.Model):
    """The published number for area x indicator x period, with all that is said about it."""

    edition = models.ForeignKey(IndicatorEdition, models.CASCADE, related_name="figures", verbose_name=_("Stand"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="figures", verbose_name=_("Gebiet"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="figures", verbose_name=_("Zeitraum"))
    value = models.DecimalField(_("Wert"), max_digits=20, decimal_places=6, null=True, blank=True)
    status = models.CharField(_("Status"), max_length=24, choices=Status)
    numerator = models.DecimalField(_("Zähler"), max_digits=20, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(_("Nenner"), max_digits=20, decimal_places=6, null=True, blank=True)
    joint_with = models.CharField(_("Gemeinsam mit"), max_length=200, blank=True)
    coverage = models.DecimalField(
        _("Abdeckung"),
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Anteil des Gewichts, für den Werte der Teile vorlagen (nur bei zusammengefassten Werten)"),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("Quelle")
    )
    rank = models.PositiveIntegerField(_("Rang"), null=True, blank=True)
    rank_of = models.PositiveIntegerField(_("von"), null=True, blank=True)
    city_difference = models.DecimalField(
        _("Abstand zur Stadt"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    lower = models.DecimalField(_("Untere Grenze"), max_digits=20, decimal_places=6, null=True, blank=True)
    upper = models.DecimalField(_("Obere Grenze"), max_digits=20, decimal_places=6, null=True, blank=True)
    differs = models.BooleanField(
        _("Unterscheidet sich von der Stadt"),
        null=True,
        blank=True,
        help_text=_("Nein: Der Abstand kann Zufall sein. Leer: Das lässt sich nicht sagen."),
    )
    differs_since = models.JSONField(
        _("Unterscheidet sich von früher"),
        default=dict,
        help_text=_("Je früherem Zeitraum, ob die Veränderung mehr als Zufall ist; nur, wo sich das sagen lässt"),
    )
    classes = models.JSONField(_("Klassen"), default=dict, help_text=_("Klasse (ab 0) je Verfahren"))

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kennwert")
        verbose_name_plural = _("Kennwerte")
        triggers = [*frozen_with_edition(), is_not_emptied(), counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "area", "period"], name="one_figure_per_edition_area_and_period"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(WITH_VALUE), value__isnull=False)
                | (~Q(status__in=sorted(WITH_VALUE)) & Q(value__isnull=True)),
                name="a_figure_has_a_number_exactly_when_its_status_says_so",
            ),
            models.CheckConstraint(
                condition=Q(lower__isnull=True, upper__isnull=True)
                | Q(
                    value__isnull=False,
                    lower__isnull=False,
                    upper__isnull=False,
                    lower__lte=F("value"),
                    upper__gte=F("value"),
                ),
                name="the_interval_of_a_figure_holds_its_value",
            ),
        ]
        indexes = [models.Index(fields=["area", "period"], name="figures_by_area")]

    def __str__(self):
        return f"{self.edition} {self.area} {self.period}"

    @property
    def is_shaky(self) -> bool:
        """Whether the distance to the city may be chance."""
        return self.differs is False

    def is_shaky_since(self, period: str) -> bool:
        """Whether the change since an earlier period (its code) may be chance."""
        return self.differs_since.get(period) is False

    def source_or(self, usual: Source) -> Source:
        """Where this number comes from; `usual` (the indicator's) where its parts come from several."""
        return self.source or usual
