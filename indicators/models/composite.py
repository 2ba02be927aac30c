"""Composite indices as data: which indicators, in which direction, with which weight, by which rule.

An index is an indicator: its scores are figures, so map, ranking, profile and downloads know it. What only an index
has stands here. A high score always means less favourable conditions.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.models import AreaLevel
from areas.triggers import counts_as_public

from .indicator import Indicator
from .localised import localised
from .period import Period


class CompositeIndex(models.Model):
    """What makes an indicator an index."""

    class Kind(models.TextChoices):
        STATUS = "status", _("Status: wie die Lage ist")
        DYNAMICS = "dynamics", _("Dynamik: wie sie sich verändert hat")

    class Standardisation(models.TextChoices):
        Z = "z", _("z-Werte mit der Standardabweichung aller Gebiete")
        MIN_MAX = "min_max", _("vom kleinsten Wert (0) bis zum größten (1)")
        RANK = "rank", _("Rangplätze von 0 bis 1")

    class Combining(models.TextChoices):
        SUM = "sum", _("gewichtete Summe")
        MEAN = "mean", _("gewichtetes Mittel")

    class Limits(models.TextChoices):
        DEVIATION = "deviation", _("in Standardabweichungen vom Mittel")
        OWN = "own", _("eigene Grenzen des Indexwerts")

    indicator = models.OneToOneField(
        Indicator, models.CASCADE, primary_key=True, related_name="index", verbose_name=_("Indikator")
    )
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, default=Kind.STATUS)
    standardisation = models.CharField(
        _("Vergleichbar gemacht durch"), max_length=12, choices=Standardisation, default=Standardisation.Z
    )
    combining = models.CharField(_("Zusammengefasst als"), max_length=12, choices=Combining, default=Combining.SUM)
    standardised_again = models.BooleanField(
        _("Ergebnis noch einmal standardisieren"),
        default=True,
        help_text=_("Dann ist 0 das Mittel der Gebiete und 1 eine Standardabweichung."),
    )
    limit_kind = models.CharField(_("Klassengrenzen"), max_length=12, choices=Limits, default=Limits.DEVIATION)
    limits = ArrayField(
        models.DecimalField(max_digits=12, decimal_places=4),
        verbose_name=_("Grenzen"),
        default=list,
        blank=True,
        help_text=_("Aufsteigend; jede Klasse beginnt bei ihrer Grenze."),
    )
    class_names = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("Namen der Klassen"),
        help_text=_("Von der günstigsten zur ungünstigsten Lage; eine mehr als Grenzen."),
    )
    class_names_en = ArrayField(
        models.CharField(max_length=60), verbose_name=_("Namen der Klassen (englisch)"), default=list, blank=True
    )
    population = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Einwohnerzahl aus")
    )
    min_population = models.PositiveIntegerField(
        _("Mindestzahl der Einwohner"), default=0, help_text=_("Gebiete mit weniger nehmen nicht teil; 0: alle.")
    )
    status_index = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="dynamics", verbose_name=_("Matrix mit dem Status")
    )
    earlier = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Früherer Zeitraum")
    )
    later = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Späterer Zeitraum")
    )
    periods_back = models.PositiveSmallIntegerField(
        _("Oder: so viele Zeiträume zurück"), null=True, blank=True, help_text=_("n Zeiträume heißt n Zeiträume.")
    )
    origin = models.CharField(_("Herkunft der Regel"), max_length=300, blank=True)
    origin_en = models.CharField(_("Herkunft der Regel (englisch)"), max_length=300, blank=True)

    class Meta:
        ordering = ["indicator__dimension__order", "indicator__order", "indicator__name"]
        verbose_name = _("Index")
        verbose_name_plural = _("Indizes")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="status", earlier=None, later=None, periods_back=None, status_index=None)
                | Q(kind="dynamics", earlier__isnull=False, later__isnull=False, periods_back=None)
                | Q(kind="dynamics", earlier=None, later=None, periods_back__isnull=False, periods_back__gte=1),
                name="only_a_dynamics_index_says_since_when",
                violation_error_message=_(
                    "Ein Dynamik-Index nennt entweder zwei Zeiträume oder, wie viele Zeiträume er zurückgeht; "
                    "ein Status-Index nichts davon."
                ),
            ),
            models.CheckConstraint(
                condition=Q(class_names__len=F("limits__len") + 1),
                name="an_index_has_one_class_more_than_limits",
                violation_error_message=_("Es muss genau eine Klasse mehr geben als Grenzen."),
            ),
            models.CheckConstraint(
                condition=Q(class_names_en__len=0) | Q(class_names_en__len=F("class_names__len")),
                name="english_class_names_are_complete_or_absent",
                violation_error_message=_("Es müssen ebenso viele englische Namen sein wie deutsche, oder keine."),
            ),
            models.CheckConstraint(
                condition=Q(min_population=0) | Q(population__isnull=False),
                name="a_minimum_population_says_where_it_is_counted",
                violation_error_message=_("Eine Mindestzahl braucht einen Indikator, der die Einwohner nennt."),
            ),
            models.CheckConstraint(
                condition=Q(earlier=None) | ~Q(earlier=F("later")),
                name="a_dynamics_index_lies_between_two_periods",
                violation_error_message=_("Früherer und späterer Zeitraum müssen verschieden sein."),
            ),
        ]

    def __str__(self):
        return str(self.indicator)

    @property
    def is_dynamics(self) -> bool:
        """Whether it tells a change."""
        return self.kind == self.Kind.DYNAMICS

    @property
    def class_labels(self) -> list[str]:
        """Names of the classes in the language of the request, the most favourable first."""
        return self.class_names_en if get_language() == "en" and self.class_names_en else self.class_names

    @property
    def rule_origin(self) -> str:
        """Where the rule comes from, in the language of the request."""
        return localised(self, "origin")


class IndexComponent(models.Model):
    """One indicator of an index, with its weight and its direction."""

    class Direction(models.TextChoices):
        RAISES = "raises", _("hoher Wert ist ungünstig (erhöht den Index)")
        LOWERS = "lowers", _("hoher Wert ist günstig (senkt den Index)")

    index = models.ForeignKey(CompositeIndex, models.CASCADE, related_name="components", verbose_name=_("Index"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="in_indices", verbose_name=_("Indikator"))
    weight = models.DecimalField(_("Gewicht"), max_digits=9, decimal_places=4, default=1)
    direction = models.CharField(_("Richtung"), max_length=8, choices=Direction, default=Direction.RAISES)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("Indikator des Index")
        verbose_name_plural = _("Indikatoren des Index")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(fields=["index", "indicator"], name="an_indicator_counts_once_in_an_index"),
            models.CheckConstraint(
                condition=Q(weight__gte=0),
                name="a_weight_in_an_index_is_not_negative",
                violation_error_message=_("Ein Gewicht ist nie negativ; die Richtung dreht einen Indikator um."),
            ),
            models.CheckConstraint(condition=~Q(index=F("indicator")), name="an_index_is_no_part_of_itself"),
        ]

    def __str__(self):
        return f"{self.index}: {self.indicator}"


class IndexExclusion(models.Model):
    """An area that takes no part in an index, and why."""

    index = models.ForeignKey(CompositeIndex, models.CASCADE, related_name="exclusions", verbose_name=_("Index"))
    level = models.ForeignKey(AreaLevel, models.PROTECT, related_name="+", verbose_name=_("Ebene"))
    code = models.CharField(_("Schlüssel"), max_length=20)
    reason = models.CharField(_("Grund"), max_length=240, help_text=_("Steht öffentlich auf der Seite."))
    reason_en = models.CharField(_("Grund (englisch)"), max_length=240, blank=True)

    class Meta:
        ordering = ["level__rank", "code"]
        verbose_name = _("ausgenommenes Gebiet")
        verbose_name_plural = _("ausgenommene Gebiete")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(fields=["index", "level", "code"], name="an_area_is_excluded_once"),
        ]

    def __str__(self):
        return f"{self.level} {self.code}"
