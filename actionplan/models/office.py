"""Who is there for the action areas: offices and functions. People only as roles, never by name."""

from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.models.area import SRID
from areas.triggers import counts_as_public

from .earlier import history_of
from .places import Place

_NO_NAMES = _("Nur die Funktion. Namen von Menschen gehören nicht ins Portal.")
_OF_THE_OFFICE = _("Nur der Anschluss des Büros, keine Durchwahl und kein Postfach eines einzelnen Menschen.")
_REPORTED = _("Wann die Quelle es so nennt, in Worten, z. B. „2017“; wichtig, wo Beginn und Ende nicht bekannt sind")


class Documented(models.Model):
    """Something that was true for a time: days as far as they are known, else when a source says so."""

    begins = models.DateField(_("Seit"), null=True, blank=True)
    begins_is_exact = models.BooleanField(_("Beginn auf den Tag bekannt"), default=True)
    ends = models.DateField(_("Bis (ausschließlich)"), null=True, blank=True)
    ends_is_exact = models.BooleanField(_("Ende auf den Tag bekannt"), default=True)
    is_former = models.BooleanField(
        _("gilt nicht mehr"), default=False, help_text=_("Auch dann, wenn der Tag des Endes nicht bekannt ist")
    )
    reported = models.CharField(_("Belegt für"), max_length=80, blank=True, help_text=_REPORTED)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("Quelle"))
    source_note = models.CharField(_("Stelle in der Quelle"), max_length=240, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                name="a_%(class)s_ends_after_it_begins",
                violation_error_message=_("Das Ende liegt nicht nach dem Beginn."),
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=False) | ~Q(reported=""),
                name="a_%(class)s_says_for_when_it_is_documented",
                violation_error_message=_("Wo der Beginn nicht bekannt ist, muss „Belegt für“ etwas sagen."),
            ),
        ]


class Office(Documented):
    """An office with its address; when it moves, a further row of the same name is added."""

    class Kind(models.TextChoices):
        PROJECT = "projektbuero", _("Projektbüro")
        ACTION = "aktionsbuero", _("Aktionsbüro")
        QUARTER = "quartiersbuero", _("Quartiersbüro")

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    kind = models.CharField(_("Art"), max_length=16, choices=Kind)
    name = models.CharField(_("Name"), max_length=160)
    number = models.PositiveSmallIntegerField(
        _("Wie viele"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Mehr als 1, wo die Quelle nur die Zahl nennt"),
    )
    carrier = models.CharField(_("Gehört zu"), max_length=160, blank=True)
    address = models.CharField(_("Anschrift"), max_length=160, blank=True)
    hours = models.CharField(_("Öffnungszeiten"), max_length=160, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True, help_text=_OF_THE_OFFICE)
    email = models.EmailField(_("E-Mail"), blank=True, help_text=_OF_THE_OFFICE)
    location = models.PointField(_("Lage"), srid=SRID, null=True, blank=True)
    note = models.TextField(_("Anmerkung"), blank=True, help_text=_NO_NAMES)

    class Meta:
        ordering = ["name", "begins", "slug"]
        verbose_name = _("Büro")
        verbose_name_plural = _("Büros")
        triggers = [counts_as_public()]
        constraints = [
            *Documented.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="an_office_is_at_least_one",
                violation_error_message=_("Die Zahl ist mindestens 1."),
            ),
            ExclusionConstraint(
                name="an_office_has_one_address_at_a_time",
                expressions=[
                    (F("name"), RangeOperators.EQUAL),
                    (
                        Func(F("begins"), F("ends"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(begins__isnull=False) & (Q(ends__isnull=False) | Q(is_former=False)),
                violation_error_message=_("Dieses Büro hat in der Zeit schon eine andere Anschrift."),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.address}" if self.address else self.name


OfficeHistory = history_of(
    Office,
    name="OfficeHistory",
    verbose_name=_("früherer Stand eines Büros"),
    plural=_("frühere Stände der Büros"),
    exclude=["location"],
)


class OfficePlace(Place):
    """An area that an office is there for; none: the whole city."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="places", verbose_name=_("Büro"))

    class Meta(Place.Meta):
        verbose_name = _("Gebiet eines Büros")
        verbose_name_plural = _("Gebiete der Büros")
        triggers = [counts_as_public()]
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(
                fields=["office", "area", "action_area"],
                nulls_distinct=False,
                name="an_office_names_each_place_once",
                violation_error_message=_("Dieses Gebiet steht schon da."),
            ),
        ]


class PlanFunction(Documented):
    """A role in the plan, such as that of the Aktionsraumbeauftragte: what it does, for which areas, how many."""

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    title = models.CharField(_("Funktion"), max_length=160, help_text=_NO_NAMES)
    title_en = models.CharField(_("Funktion (englisch)"), max_length=160, blank=True)
    number = models.PositiveSmallIntegerField(
        _("Wie viele"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Leer: nicht bekannt")
    )
    unit = models.CharField(_("Angesiedelt bei"), max_length=160, blank=True)
    tasks = models.TextField(_("Aufgaben"), blank=True)
    contact = models.CharField(_("Erreichbar"), max_length=240, blank=True, help_text=_OF_THE_OFFICE)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="functions", verbose_name=_("Büro")
    )

    class Meta:
        ordering = ["title", "slug"]
        verbose_name = _("Funktion")
        verbose_name_plural = _("Funktionen")
        triggers = [counts_as_public()]
        constraints = [
            *Documented.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1),
                name="a_function_is_held_by_at_least_one",
                violation_error_message=_("Die Zahl ist mindestens 1."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def label(self) -> str:
        """Title in the language of the request, German where no translation exists."""
        return (self.title_en or self.title) if get_language() == "en" else self.title


PlanFunctionHistory = history_of(
    PlanFunction,
    name="PlanFunctionHistory",
    verbose_name=_("früherer Stand einer Funktion"),
    plural=_("frühere Stände der Funktionen"),
)


class PlanFunctionPlace(Place):
    """An area that a function is there for; none: all of them."""

    function = models.ForeignKey(PlanFunction, models.CASCADE, related_name="places", verbose_name=_("Funktion"))

    class Meta(Place.Meta):
        verbose_name = _("Gebiet einer Funktion")
        verbose_name_plural = _("Gebiete der Funktionen")
        triggers = [counts_as_public()]
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(
                fields=["function", "area", "action_area"],
                nulls_distinct=False,
                name="a_function_names_each_place_once",
                violation_error_message=_("Dieses Gebiet steht schon da."),
            ),
        ]
