"""Where something of the plan holds: whole areas, or members of the plan with a boundary of their own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from .action_area import ActionArea


class Place(models.Model):
    """A whole area, or a quarter that is a member of the plan: exactly one of them."""

    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Gebiet"))
    action_area = models.ForeignKey(
        ActionArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Aktionsquartier")
    )
    is_assumed = models.BooleanField(
        _("Zuordnung angenommen"), default=False, help_text=_("Die Quelle nennt das Gebiet nicht ausdrücklich.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False, action_area__isnull=True)
                | Q(area__isnull=True, action_area__isnull=False),
                name="a_%(class)s_is_an_area_or_a_member_of_the_plan",
                violation_error_message=_("Bitte entweder ein Gebiet oder ein Aktionsquartier nennen."),
            )
        ]

    def __str__(self):
        return (self.area or self.action_area).name

    @property
    def name(self) -> str:
        """Name of the area or quarter, without its code."""
        return (self.area or self.action_area).name
