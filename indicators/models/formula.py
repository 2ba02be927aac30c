"""Indicators that are computed from others: formulas as data."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.triggers import counts_as_public
from indicators.statistics.formulas import Kind as Computed

from .indicator import Indicator
from .period import Period

_CHANGES = (Computed.CHANGE.value, Computed.CHANGE_PERCENT.value)


def is_no_circle() -> pgtrigger.Trigger:
    """Refuse an input that is itself computed, directly or over others, from the indicator that would use it."""
    return pgtrigger.Trigger(
        name="formulas_are_no_circle",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF EXISTS (
                WITH RECURSIVE used(indicator_id) AS (
                    SELECT NEW.input_id
                    UNION
                    SELECT t.input_id FROM used u
                    JOIN indicators_formula f ON f.indicator_id = u.indicator_id
                    JOIN indicators_formulaterm t ON t.formula_id = f.id
                )
                SELECT 1 FROM used u JOIN indicators_formula f ON f.indicator_id = u.indicator_id
                WHERE f.id = NEW.formula_id
            ) THEN
                RAISE EXCEPTION 'Ein Indikator kann nicht aus sich selbst berechnet werden, auch nicht über andere.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'formulas_are_no_circle';
            END IF;
            RETURN NULL;
        """,
    )


class Formula(models.Model):
    """How an indicator is computed from published figures of others; docs/methods.md, "Ableitungen"."""

    class Kind(models.TextChoices):
        SHARE = Computed.SHARE.value, _("Anteil (in Prozent)")
        PER_1000 = Computed.PER_1000.value, _("je 1.000")
        QUOTIENT = Computed.QUOTIENT.value, _("Quotient (mal Faktor)")
        DENSITY = Computed.DENSITY.value, _("Dichte (je km² Fläche)")
        SUM = Computed.SUM.value, _("Summe")
        DIFFERENCE = Computed.DIFFERENCE.value, _("Differenz")
        CHANGE = Computed.CHANGE.value, _("Veränderung (absolut)")
        CHANGE_PERCENT = Computed.CHANGE_PERCENT.value, _("Veränderung in Prozent")
        INDEX = Computed.INDEX.value, _("Messzahl (Basiszeitraum = 100)")
        MOVING_AVERAGE = Computed.MOVING_AVERAGE.value, _("gleitendes Mittel über Jahre")

    indicator = models.OneToOneField(
        Indicator, models.CASCADE, related_name="formula", verbose_name=_("Indikator, der berechnet wird")
    )
    kind = models.CharField(_("Rechenart"), max_length=20, choices=Kind)
    periods_back = models.PositiveSmallIntegerField(
        _("Zeiträume zurück"), null=True, blank=True, help_text=_("So viele Zeiträume der Reihe, nicht Jahre.")
    )
    base_period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Fester Vergleichszeitraum")
    )
    years = models.PositiveSmallIntegerField(_("Jahre des Mittels"), null=True, blank=True)

    class Meta:
        verbose_name = _("Formel")
        verbose_name_plural = _("Formeln")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=_CHANGES)
                | Q(periods_back__isnull=False, periods_back__gte=1, base_period__isnull=True)
                | Q(periods_back__isnull=True, base_period__isnull=False),
                name="a_change_states_what_it_is_compared_with",
            ),
            models.CheckConstraint(
                condition=~Q(kind="index") | Q(base_period__isnull=False), name="an_index_number_states_its_base"
            ),
            models.CheckConstraint(
                condition=Q(kind="moving_average", years__isnull=False, years__gte=2)
                | (~Q(kind="moving_average") & Q(years__isnull=True)),
                name="only_a_moving_average_states_its_years",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_CHANGES) | Q(periods_back__isnull=True),
                name="only_a_change_goes_back_by_periods",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=(*_CHANGES, "index")) | Q(base_period__isnull=True),
                name="only_a_change_or_an_index_number_has_a_base",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.get_kind_display()}"


class FormulaTerm(models.Model):
    """One indicator that a formula uses, and where it stands in it."""

    class Role(models.TextChoices):
        OF = "of", _("wovon: Zähler, Summand, Ausgangswert")
        BY = "by", _("wodurch: Nenner, Abzuziehendes")

    formula = models.ForeignKey(Formula, models.CASCADE, related_name="terms", verbose_name=_("Formel"))
    role = models.CharField(_("Stelle"), max_length=2, choices=Role)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    input = models.ForeignKey(Indicator, models.PROTECT, related_name="used_in", verbose_name=_("Indikator"))

    class Meta:
        ordering = ["formula", "-role", "order"]
        verbose_name = _("Glied einer Formel")
        verbose_name_plural = _("Glieder von Formeln")
        triggers = [is_no_circle(), counts_as_public()]
        constraints = [
            models.UniqueConstraint(fields=["formula", "role", "input"], name="one_term_per_formula_role_and_indicator")
        ]

    def __str__(self):
        return f"{self.formula}: {self.input}"
