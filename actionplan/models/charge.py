"""Who works for which area: accounts that edit the plan only there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area


class AreaCharge(models.Model):
    """An account is in charge of an area (representatives of an action area). Never shown to the public."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="area_charges", verbose_name=_("Konto")
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"level__is_reporting": True},
        verbose_name=_("Sozialraum"),
    )

    class Meta:
        ordering = ["user", "area"]
        verbose_name = _("Zuständigkeit für ein Gebiet")
        verbose_name_plural = _("Zuständigkeiten für Gebiete")
        permissions = [("edit_every_area", _("Darf im Aktionsplan jedes Gebiet bearbeiten"))]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "area"],
                name="an_account_is_in_charge_of_an_area_once",
                violation_error_message=_("Dieses Konto ist für das Gebiet schon zuständig."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.area}"
