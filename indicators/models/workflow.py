"""What happened to a release on its way, who may look ahead, and what a correction corrected."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from areas.triggers import counts_as_public
from indicators.statuses import Status
from indicators.triggers import frozen_with_release
from indicators.triggers_release import is_never_rewritten, is_not_emptied

from .indicator import Indicator
from .period import Period
from .release import Release


class ReleaseEvent(models.Model):
    """One step or comment on the way of a release; nothing of it is ever changed but the person's name."""

    class Kind(models.TextChoices):
        CREATED = "created", _("angelegt")
        EDITED = "edited", _("bearbeitet")
        SUBMITTED = "submitted", _("zur Prüfung gegeben")
        COMMENTED = "commented", _("kommentiert")
        RETURNED = "returned", _("zur Überarbeitung zurückgegeben")
        RECALLED = "recalled", _("aus der Prüfung zurückgeholt")
        APPROVED = "approved", _("freigegeben")
        SCHEDULED = "scheduled", _("Zeitpunkt festgelegt")
        UNSCHEDULED = "unscheduled", _("Zeitpunkt aufgehoben")
        PUBLISHED = "published", _("veröffentlicht")
        FAILED = "failed", _("Veröffentlichung fehlgeschlagen")
        SUPERSEDED = "superseded", _("abgelöst")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        SHARED = "shared", _("Vorschau weitergegeben")

    release = models.ForeignKey(Release, models.CASCADE, related_name="events", verbose_name=_("Veröffentlichung"))
    kind = models.CharField(_("Schritt"), max_length=12, choices=Kind)
    text = models.TextField(_("Bemerkung"), blank=True)
    role = models.CharField(_("Rolle"), max_length=80, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    at = models.DateTimeField(_("Zeit"), auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("Schritt einer Veröffentlichung")
        verbose_name_plural = _("Schritte der Veröffentlichungen")
        triggers = [*is_never_rewritten(), is_not_emptied()]

    def __str__(self):
        return f"{self.release}: {self.get_kind_display()}"


class PreviewLink(models.Model):
    """A way to see a release before it is public: for named accounts, or by a secret address; both expire."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="previews", verbose_name=_("Veröffentlichung"))
    token_digest = models.CharField(_("Prüfsumme des Geheimnisses"), max_length=64, unique=True, editable=False)
    users = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        blank=True,
        verbose_name=_("nur für diese Konten"),
        help_text=_("Leer: wer die Adresse kennt."),
    )
    needs_account = models.BooleanField(_("nur mit Konto"), default=False)
    note = models.CharField(_("Für wen, wozu"), max_length=160, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    expires_at = models.DateTimeField(_("Gilt bis"))
    revoked_at = models.DateTimeField(_("Widerrufen"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("Zuletzt benutzt"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("Vorschau")
        verbose_name_plural = _("Vorschauen")

    def __str__(self):
        return f"{self.release} ({self.note})" if self.note else str(self.release)


class Correction(models.Model):
    """One public figure that a release replaced by another one for the same area and period."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="changes", verbose_name=_("Veröffentlichung"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("Indikator"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("Gebiet"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name=_("Zeitraum"))
    old_value = models.DecimalField(_("vorher"), max_digits=20, decimal_places=6, null=True, blank=True)
    old_status = models.CharField(_("Status vorher"), max_length=24, choices=Status)
    new_value = models.DecimalField(_("nachher"), max_digits=20, decimal_places=6, null=True, blank=True)
    new_status = models.CharField(_("Status nachher"), max_length=24, choices=Status)

    class Meta:
        verbose_name = _("berichtigter Kennwert")
        verbose_name_plural = _("berichtigte Kennwerte")
        triggers = [*frozen_with_release(), is_not_emptied(), counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "indicator", "area", "period"], name="a_figure_is_corrected_once_per_release"
            )
        ]

    def __str__(self):
        return f"{self.indicator} {self.area} {self.period}"
