"""What must be kept secret of the values of a source; which values that concerns is said by the indicators."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.triggers import counts_as_public

SECRECY = (  # what of a rule decides about figures
    *("source_id", "min_count", "zero_is_secret", "complement_is_secret", "rounding_base"),
    *("dominance_units", "dominance_percent", "min_population"),
)
USUAL_MINIMUM = 3  # cases; what holds for a source without a rule of its own


class SecrecyRule(models.Model):
    """The rule that the owner of a source has set, or the law."""

    class Base(models.IntegerChoices):
        FIVE = 5, _("auf Vielfache von 5")
        TEN = 10, _("auf Vielfache von 10")

    source = models.OneToOneField(Source, models.CASCADE, related_name="secrecy", verbose_name=_("Quelle"))
    min_count = models.PositiveSmallIntegerField(
        _("Mindestzahl"),
        default=USUAL_MINIMUM,
        help_text=_("Kleinere Zahlen von Menschen, Fällen oder Betrieben sind geheim; 0: nichts ist geheim."),
    )
    zero_is_secret = models.BooleanField(
        _("auch die Null ist geheim"), default=False, help_text=_("Wenn schon verrät, dass es niemanden gibt.")
    )
    complement_is_secret = models.BooleanField(
        _("auch die übrigen sind geschützt"),
        default=True,
        help_text=_("Bei Quoten: auch die Zahl derer, auf die das Merkmal nicht zutrifft, darf nicht zu klein sein."),
    )
    rounding_base = models.PositiveSmallIntegerField(
        _("Runden statt Sperren"),
        choices=Base,
        null=True,
        blank=True,
        help_text=_("Alle Anzahlen werden gerundet; gesperrt wird nur, was sich so nicht schützen lässt."),
    )
    dominance_units = models.PositiveSmallIntegerField(
        _("Dominanz: Zahl der größten Einheiten"), null=True, blank=True, help_text=_("Nur, wo Betriebe gezählt werden")
    )
    dominance_percent = models.PositiveSmallIntegerField(
        _("Dominanz: größter erlaubter Anteil in Prozent"), null=True, blank=True
    )
    min_population = models.PositiveIntegerField(
        _("Mindestgröße für Quoten"),
        null=True,
        blank=True,
        help_text=_("Quoten, deren Nenner kleiner ist, sind geheim."),
    )
    note = models.CharField(_("Wer das festgelegt hat"), max_length=240, blank=True)

    class Meta:
        ordering = ["source"]
        verbose_name = _("Regel zur Geheimhaltung")
        verbose_name_plural = _("Regeln zur Geheimhaltung")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(rounding_base__isnull=True) | Q(rounding_base__in=[5, 10]),
                name="counts_are_rounded_to_fives_or_tens",
            ),
            models.CheckConstraint(
                condition=Q(rounding_base__isnull=True) | Q(min_count__lte=F("rounding_base")),
                name="rounding_hides_every_secret_count",
                violation_error_message=_(
                    "Gerundet wird auf mindestens so viel wie die Mindestzahl, sonst bliebe sie erkennbar."
                ),
            ),
            models.CheckConstraint(
                condition=Q(dominance_units__isnull=True, dominance_percent__isnull=True)
                | Q(dominance_units__isnull=False, dominance_percent__isnull=False)
                & Q(dominance_units__gte=1, dominance_percent__gte=1, dominance_percent__lte=100),
                name="a_dominance_rule_has_units_and_percent",
                violation_error_message=_("Zur Dominanzregel gehören Zahl der Einheiten und Anteil (1 bis 100)."),
            ),
        ]

    def __str__(self):
        return f"{self.source}"
