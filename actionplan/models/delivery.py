"""Spreadsheets with projects and payments: kept between being checked and being taken over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PlanDelivery(models.Model):
    """One file. What it brings is computed anew from its bytes, so nothing half-read is stored."""

    file_name = models.CharField(_("Datei"), max_length=255)
    digest = models.CharField(_("Prüfsumme (SHA-256)"), max_length=64)
    body = models.BinaryField(_("Inhalt"))
    created_at = models.DateTimeField(_("Eingegangen"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    taken_at = models.DateTimeField(_("Übernommen"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created = models.PositiveIntegerField(_("neue Projekte"), default=0)
    changed = models.PositiveIntegerField(_("geänderte Projekte"), default=0)
    booked = models.PositiveIntegerField(_("Buchungen"), default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("Tabelle mit Projekten und Zahlungen")
        verbose_name_plural = _("Tabellen mit Projekten und Zahlungen")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=False) | Q(created=0, changed=0, booked=0),
                name="only_what_is_taken_over_brings_something",
            )
        ]

    def __str__(self):
        return self.file_name
