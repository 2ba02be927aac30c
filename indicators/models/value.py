"""Internal values as they were delivered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area, Source
from indicators.querysets import ValueQuerySet
from indicators.statuses import WITH_VALUE, Status
from indicators.triggers import frozen_with_release
from indicators.triggers_release import is_not_emptied

from .indicator import Indicator
from .period import Period
from .release import Release
from .upload import Edit, Upload

# What a value names is checked once per statement, not once per row: six foreign keys cost more than everything else
# of a large import (docs/intake.md). A migration makes the triggers, `values_name_what_exists`. Indexes that others
# begin with are left out.
_BY_STATEMENT = {"db_constraint": False, "db_index": False}


class Value(models.Model):
    """One delivered value in a release, with its status and, where known, numerator and denominator."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="values", verbose_name=_("Veröffentlichung"), **_BY_STATEMENT
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="values", verbose_name=_("Indikator"), **_BY_STATEMENT
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="values", verbose_name=_("Gebiet"), db_constraint=False)
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="values", verbose_name=_("Zeitraum"), **_BY_STATEMENT
    )
    value = models.DecimalField(_("Wert"), max_digits=20, decimal_places=6, null=True, blank=True)
    status = models.CharField(_("Status"), max_length=24, choices=Status)
    numerator = models.DecimalField(_("Zähler"), max_digits=20, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(_("Nenner"), max_digits=20, decimal_places=6, null=True, blank=True)
    joint_with = models.CharField(_("Gemeinsam mit"), max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="values", verbose_name=_("Quelle"), **_BY_STATEMENT)
    origin = models.CharField(_("Herkunft"), max_length=160, blank=True, help_text=_("Datei und Zeile"))
    upload = models.ForeignKey(
        Upload,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="values",
        verbose_name=_("Lieferung"),
        db_constraint=False,
    )
    sheet = models.CharField(_("Blatt"), max_length=120, blank=True, editable=False)
    row = models.PositiveIntegerField(_("Zeile"), null=True, blank=True, editable=False)
    column = models.PositiveIntegerField(_("Spalte"), null=True, blank=True, editable=False)
    edit = models.ForeignKey(
        Edit,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="values",
        verbose_name=_("Bearbeitung"),
    )
    comment = models.TextField(_("Bemerkung"), blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("Wert")
        verbose_name_plural = _("Werte")
        triggers = [*frozen_with_release(), is_not_emptied()]
        permissions = [("edit_values", _("Kann Werte eines Entwurfs im Raster bearbeiten"))]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "indicator", "area", "period"],
                name="one_value_per_release_indicator_area_and_period",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(WITH_VALUE), value__isnull=False)
                | (~Q(status__in=sorted(WITH_VALUE)) & Q(value__isnull=True)),
                name="a_value_has_a_number_exactly_when_its_status_says_so",
            ),
            models.CheckConstraint(condition=Q(status="zero", value=0) | ~Q(status="zero"), name="a_true_zero_is_zero"),
            models.CheckConstraint(
                condition=~Q(status="joint") | ~Q(joint_with=""), name="a_joint_value_names_its_partners"
            ),
            models.CheckConstraint(
                condition=Q(upload__isnull=True) | Q(edit__isnull=True),
                name="a_value_comes_from_a_file_or_from_an_edit",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=0),
                name="a_denominator_is_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "period", "area"], name="values_by_indicator")]

    def __str__(self):
        return f"{self.indicator} {self.area} {self.period}"
