"""Action areas: which neighbourhoods the plan concentrates on, since when and by whose decision."""

import datetime

from django.contrib.gis.db import models
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actionplan.querysets import ActionAreaQuerySet
from areas.models import Area, Source
from areas.models.area import SRID
from areas.triggers import counts_as_public

from .council import CouncilPaper
from .earlier import history_of
from .limits import FIRST_DAY, LAST_DAY
from .triggers import is_in_the_plan_once, keeps_money_in_its_place, lies_inside_its_area


class ActionArea(models.Model):
    """Membership of a Sozialraum, or of a quarter inside one, in the action plan for a range of dates."""

    class Kind(models.TextChoices):
        ACTION_AREA = "aktionsraum", _("Aktionsraum")
        ACTION_QUARTER = "aktionsquartier", _("Aktionsquartier")

    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    name = models.CharField(_("Name"), max_length=120)
    area = models.ForeignKey(Area, models.PROTECT, related_name="action_areas", verbose_name=_("Sozialraum"))
    geometry = models.MultiPolygonField(_("Eigene Grenze"), srid=SRID, null=True, blank=True)
    valid = DateRangeField(_("Gilt"), help_text=_("Von, bis (ausschließlich)"))
    start_is_exact = models.BooleanField(_("Beginn auf den Tag bekannt"), default=True)
    decision = models.CharField(_("Beschluss zu Beginn"), max_length=240)
    paper = models.ForeignKey(
        CouncilPaper, models.PROTECT, null=True, blank=True, related_name="began", verbose_name=_("Drucksache dazu")
    )
    end_decision = models.CharField(_("Beschluss zum Ende"), max_length=240, blank=True)
    end_paper = models.ForeignKey(
        CouncilPaper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ended",
        verbose_name=_("Drucksache zum Ende"),
    )
    cluster_2007 = models.PositiveSmallIntegerField(_("Cluster im Bericht 2007"), null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="action_areas", verbose_name=_("Quelle"))
    note = models.TextField(_("Anmerkung"), blank=True)

    objects = ActionAreaQuerySet.as_manager()

    class Meta:
        ordering = ["area__code", "valid"]
        verbose_name = _("Aktionsraum oder Aktionsquartier")
        verbose_name_plural = _("Aktionsräume und Aktionsquartiere")
        triggers = [
            lies_inside_its_area(),
            is_in_the_plan_once(),
            keeps_money_in_its_place("p.action_area_id = OLD.id", "area_id"),
            counts_as_public(),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False, valid__startswith__gte=FIRST_DAY)
                & (Q(valid__upper_inf=True) | Q(valid__endswith__lte=LAST_DAY)),
                name="a_membership_begins_on_a_day_of_this_century",
                violation_error_message=_("Die Zeit hat einen ersten Tag und liegt zwischen 2000 und 2100."),
            ),
            ExclusionConstraint(
                name="one_membership_per_name_and_area_at_a_time",
                violation_error_message=_("Unter diesem Namen gehört das Gebiet in der Zeit schon zum Plan."),
                expressions=[
                    (F("area"), RangeOperators.EQUAL),
                    (F("name"), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="an_area_is_an_action_area_once_at_a_time",
                expressions=[(F("area"), RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(kind="aktionsraum"),
                violation_error_message=_("Dieses Gebiet ist in der Zeit schon Aktionsraum."),
            ),
            models.CheckConstraint(
                condition=Q(kind="aktionsraum", geometry__isnull=True)
                | Q(kind="aktionsquartier", geometry__isnull=False),
                name="exactly_quarters_have_a_boundary_of_their_own",
            ),
            models.CheckConstraint(
                condition=~Q(decision=""),
                name="a_membership_begins_by_a_decision",
                violation_error_message=_("Welcher Beschluss den Beginn bestimmt, fehlt."),
            ),
            models.CheckConstraint(
                condition=Q(valid__upper_inf=True, end_decision="") | (Q(valid__upper_inf=False) & ~Q(end_decision="")),
                name="a_membership_ends_by_a_decision",
                violation_error_message=_("Ende und Beschluss zum Ende gehören zusammen: Ohne Beschluss endet nichts."),
            ),
        ]

    def __str__(self):
        return self.name

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the membership holds on a day."""
        since, until = self.valid.lower, self.valid.upper
        return (since is None or since <= day) and (until is None or day < until)


ActionAreaHistory = history_of(
    ActionArea,
    name="ActionAreaHistory",
    verbose_name=_("früherer Stand eines Aktionsraums"),
    plural=_("frühere Stände der Aktionsräume"),
    exclude=["geometry"],
)
