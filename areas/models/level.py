"""The levels of the city's division, from the whole city down to the smallest area."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.triggers import counts_as_public


class AreaLevel(models.Model):
    """One level of division, such as the 39 Sozialräume. Codes of areas are unique only within a level."""

    slug = models.SlugField(_("Kennung"), unique=True, help_text=_("In Adressen und Dateien, z. B. sozialraum"))
    name = models.CharField(_("Name"), max_length=80)
    name_plural = models.CharField(_("Name (Mehrzahl)"), max_length=80)
    name_en = models.CharField(_("Name (englisch)"), max_length=80)
    name_plural_en = models.CharField(_("Name (englisch, Mehrzahl)"), max_length=80)
    rank = models.PositiveSmallIntegerField(
        _("Rang"), unique=True, help_text=_("0 ist die ganze Stadt; je größer, desto kleiner die Gebiete")
    )
    code_pattern = models.CharField(
        _("Muster der Schlüssel"),
        max_length=80,
        default=r"\d+",
        help_text=_("Regulärer Ausdruck, z. B. \\d{3}"),
    )
    is_smallest = models.BooleanField(
        _("Kleinste Gebiete"),
        default=False,
        help_text=_("Alle anderen Ebenen setzen sich aus diesen zusammen"),
    )
    is_reporting = models.BooleanField(
        _("Berichtsebene"), default=False, help_text=_("Diese Ebene zeigt die Karte zuerst")
    )

    class Meta:
        ordering = ["rank"]
        verbose_name = _("Gliederungsebene")
        verbose_name_plural = _("Gliederungsebenen")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["is_smallest"],
                condition=models.Q(is_smallest=True),
                name="only_one_level_is_the_smallest",
            ),
            models.UniqueConstraint(
                fields=["is_reporting"],
                condition=models.Q(is_reporting=True),
                name="only_one_level_is_the_reporting_level",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """Name in the language of the request."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def label_plural(self) -> str:
        """Plural name in the language of the request."""
        return self.name_plural_en if get_language() == "en" else self.name_plural
