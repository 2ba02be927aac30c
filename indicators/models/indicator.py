"""The catalogue: what each indicator means, where it comes from and how it may be added up."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from areas.models import AreaLevel, Source
from areas.triggers import counts_as_public
from indicators.querysets import IndicatorQuerySet

from .dimension import Dimension
from .localised import localised
from .period import Period


class Indicator(models.Model):
    """One measured thing, with everything that a reader needs to trust it."""

    class Direction(models.TextChoices):
        HIGHER_IS_BETTER = "higher_is_better", _("höher ist günstiger")
        HIGHER_IS_WORSE = "higher_is_worse", _("höher ist ungünstiger")
        NEUTRAL = "neutral", _("keine Wertung")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("Summe der Teile")
        RATIO = "ratio", _("Summe der Zähler durch Summe der Nenner")
        WEIGHTED_MEAN = "weighted_mean", _("mit dem Gewicht gemittelt")
        NONE = "none", _("nicht zusammenfassbar")
        COMPUTED = "computed", _("aus anderen Indikatoren berechnet")

    class Colours(models.TextChoices):
        PETROL = "petrol", _("Petrol")
        OCHRE = "ochre", _("Ocker")

    class Counts(models.TextChoices):
        PEOPLE = "people", _("Menschen oder Fälle")
        UNITS = "units", _("Betriebe oder andere Einheiten")
        NOTHING = "nothing", _("nichts, was jemanden erkennen lässt")

    class Reference(models.TextChoices):
        YEAR_END = "year_end", _("Stichtag 31. Dezember")
        YEAR = "year", _("Jahr")
        SEPTEMBER = "september", _("September")
        SCHOOL_YEAR = "school_year", _("Schuljahr")

    class NumeratorKind(models.TextChoices):
        OTHER = "", _("etwas anderes oder nicht bekannt")
        PART = "part", _("Teil des Nenners (Anteil)")
        EVENTS = "events", _("Ereignisse oder Fälle (Rate)")

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(_("Name (englisch)"), max_length=120)
    definition = models.TextField(_("Definition"), help_text=_("In einfacher Sprache"))
    definition_en = models.TextField(_("Definition (englisch)"), blank=True)
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="indicators", verbose_name=_("Dimension"))
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)
    unit = models.CharField(
        _("Einheit"), max_length=60, blank=True, help_text=_("Kurz, hinter der Zahl, z. B. %; bei Anzahlen leer")
    )
    unit_en = models.CharField(_("Einheit (englisch)"), max_length=60, blank=True)
    unit_long = models.CharField(_("Einheit (ausführlich)"), max_length=120)
    unit_long_en = models.CharField(_("Einheit (ausführlich, englisch)"), max_length=120, blank=True)
    decimals = models.PositiveSmallIntegerField(_("Nachkommastellen"), default=1)
    direction = models.CharField(_("Richtung"), max_length=20, choices=Direction, default=Direction.NEUTRAL)
    reference = models.CharField(_("Zeitbezug"), max_length=20, choices=Reference, default=Reference.YEAR_END)
    aggregation = models.CharField(_("Zusammenfassung"), max_length=20, choices=Aggregation)
    weight = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="weighs", verbose_name=_("Gewicht")
    )
    numerator = models.CharField(_("Zähler"), max_length=160, blank=True)
    numerator_en = models.CharField(_("Zähler (englisch)"), max_length=160, blank=True)
    denominator = models.CharField(_("Nenner"), max_length=160, blank=True)
    denominator_en = models.CharField(_("Nenner (englisch)"), max_length=160, blank=True)
    numerator_kind = models.CharField(
        _("Was der Zähler zählt"),
        max_length=8,
        choices=NumeratorKind,
        default=NumeratorKind.OTHER,
        blank=True,
        help_text=_("Entscheidet, wie das Intervall berechnet wird; ohne Angabe gibt es keines"),
    )
    factor = models.PositiveIntegerField(_("Faktor"), default=100, help_text=_("100 für Prozent, 1000 für „je 1.000“"))
    min_cases = models.PositiveIntegerField(
        _("Mindestfallzahl"), default=0, help_text=_("Gilt, wenn sie über der Mindestzahl der Quelle liegt.")
    )
    counts = models.CharField(
        _("Gezählt werden"),
        max_length=8,
        choices=Counts,
        default=Counts.PEOPLE,
        help_text=_("Kleine Zahlen von Menschen, Fällen und Betrieben werden geheim gehalten."),
    )
    reveals = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revealed_by",
        verbose_name=_("verrät die Zahl von"),
        help_text=_("Der Indikator, dessen Zahl sich aus diesem ausrechnen lässt, etwa weil beide dasselbe zählen."),
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="breakdown_parts", verbose_name=_("Teil von")
    )
    breakdown = models.CharField(
        _("Gliederung"),
        max_length=60,
        blank=True,
        help_text=_("Zum Beispiel Altersgruppe: Alle Teile derselben Gliederung ergeben zusammen das Ganze."),
    )
    cases = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zahl der Fälle dahinter"),
        help_text=_("Der Indikator, der zählt, von wie vielen der Wert stammt; ohne ihn der Wert oder Zähler selbst."),
    )
    concentration = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Anteil der größten Einheiten"),
        help_text=_("Der Indikator, der sagt, wie viel Prozent auf die größten Einheiten entfallen (Dominanzregel)."),
    )
    lowest = models.DecimalField(_("Kleinster möglicher Wert"), max_digits=20, decimal_places=6, null=True, blank=True)
    highest = models.DecimalField(_("Größter möglicher Wert"), max_digits=20, decimal_places=6, null=True, blank=True)
    author_breaks = ArrayField(
        models.DecimalField(max_digits=20, decimal_places=6),
        verbose_name=_("Eigene Klassengrenzen"),
        default=list,
        blank=True,
        help_text=_("Grenzen zwischen den Klassen, aufsteigend; jede Klasse beginnt bei ihrer Grenze"),
    )
    author_breaks_note = models.CharField(_("Herkunft der Grenzen"), max_length=200, blank=True)
    default_method = models.CharField(_("Klassenbildung"), max_length=20, default="natural")
    default_classes = models.PositiveSmallIntegerField(_("Zahl der Klassen"), default=6)
    colours = models.CharField(_("Farbreihe"), max_length=12, choices=Colours, default=Colours.PETROL)
    headline = models.JSONField(_("Bausteine für Sätze"), default=dict, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="indicators", verbose_name=_("Quelle"))
    table = models.CharField(_("Tabelle"), max_length=160, blank=True)
    note = models.TextField(_("Anmerkung"), blank=True)
    note_en = models.TextField(_("Anmerkung (englisch)"), blank=True)
    easy_text = models.TextField(_("Text in Leichter Sprache"), blank=True)
    author = models.CharField(_("Verfasst von (Funktion)"), max_length=120, blank=True)
    checker = models.CharField(_("Geprüft von (Funktion)"), max_length=120, blank=True)
    next_review = models.DateField(_("Nächste Durchsicht"), null=True, blank=True)
    levels = models.ManyToManyField(AreaLevel, related_name="indicators", verbose_name=_("Ebenen"), blank=True)
    current_edition = models.OneToOneField(
        "indicators.IndicatorEdition",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="current_for",
        verbose_name=_("Aktueller Stand"),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["dimension__order", "order", "name"]
        verbose_name = _("Indikator")
        verbose_name_plural = _("Indikatoren")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(aggregation="weighted_mean") | Q(weight__isnull=False),
                name="a_weighted_mean_states_its_weight",
                violation_error_message=_("Ein gewichtetes Mittel braucht ein Gewicht."),
            ),
            models.CheckConstraint(condition=~Q(weight=F("id")), name="an_indicator_does_not_weigh_itself"),
            models.CheckConstraint(
                condition=~(Q(reveals=F("id")) | Q(part_of=F("id")) | Q(cases=F("id")) | Q(concentration=F("id"))),
                name="an_indicator_is_not_related_to_itself",
                violation_error_message=_("Ein Indikator kann nicht auf sich selbst verweisen."),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True, breakdown="") | (Q(part_of__isnull=False) & ~Q(breakdown="")),
                name="a_part_says_of_which_breakdown",
                violation_error_message=_("Zu „Teil von“ gehört die Gliederung, und umgekehrt."),
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="an_indicator_has_at_most_six_decimals"),
            models.CheckConstraint(
                condition=Q(default_classes__gte=3, default_classes__lte=7),
                name="maps_have_three_to_seven_classes",
            ),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(lowest__lt=F("highest")),
                name="the_lowest_possible_value_is_below_the_highest",
                violation_error_message=_("Der kleinste mögliche Wert muss unter dem größten liegen."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_count(self) -> bool:
        """Whether values are counts that add up, such as inhabitants; the city's is a total, not a comparison.

        Of computed ones those with nothing behind the number: a difference of two counts is a count.
        """
        return self.aggregation == self.Aggregation.SUM or (self.is_computed and not self.unit)

    @property
    def hides_estimated_change(self) -> bool:
        """Whether the difference of two estimates would show how they were estimated: of counts, of densities."""
        if self.is_count or not self.is_computed:
            return self.is_count
        formula = getattr(self, "formula", None)
        return formula is not None and formula.kind == "density"

    @property
    def is_computed(self) -> bool:
        """Whether its figures are computed from other indicators; values are never delivered for it."""
        return self.aggregation == self.Aggregation.COMPUTED

    @property
    def takes_values(self) -> bool:
        """Whether values are delivered and typed for it: it has no formula and is no composite index."""
        return not (self.is_computed or hasattr(self, "index"))

    @property
    def label(self) -> str:
        """Name in the language of the request."""
        return localised(self, "name")

    @property
    def explanation(self) -> str:
        """Definition in the language of the request."""
        return localised(self, "definition")

    @property
    def unit_label(self) -> str:
        """Short unit in the language of the request."""
        return localised(self, "unit")

    @property
    def unit_long_label(self) -> str:
        """Long unit in the language of the request."""
        return localised(self, "unit_long")

    @property
    def numerator_label(self) -> str:
        """Numerator in the language of the request."""
        return localised(self, "numerator")

    @property
    def denominator_label(self) -> str:
        """Denominator in the language of the request."""
        return localised(self, "denominator")

    @property
    def remark(self) -> str:
        """Note in the language of the request."""
        return localised(self, "note")


class SeriesBreak(models.Model):
    """From this period on the values of an indicator are not comparable with earlier ones."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="breaks", verbose_name=_("Indikator"))
    period = models.ForeignKey(Period, models.PROTECT, verbose_name=_("Ab"), related_name="+")
    reason = models.CharField(_("Grund"), max_length=240)
    reason_en = models.CharField(_("Grund (englisch)"), max_length=240, blank=True)

    class Meta:
        ordering = ["period"]
        verbose_name = _("Bruch in der Reihe")
        verbose_name_plural = _("Brüche in den Reihen")
        triggers = [counts_as_public()]
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="one_series_break_per_period")]

    def __str__(self):
        return f"{self.indicator}: {self.period}"

    @property
    def text(self) -> str:
        """Reason in the language of the request."""
        return localised(self, "reason")
