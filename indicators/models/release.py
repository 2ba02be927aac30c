"""A release: what the public sees, frozen; and its way there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.triggers import counts_as_public
from indicators.querysets import ReleaseQuerySet
from indicators.triggers_release import goes_its_way, is_not_emptied

from .localised import localised


class Release(models.Model):
    """A set of values that becomes public together. Once published it never changes (database trigger)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        IN_REVIEW = "in_review", _("in Prüfung")
        APPROVED = "approved", _("freigegeben")
        SCHEDULED = "scheduled", _("geplant")
        PUBLISHED = "published", _("veröffentlicht")
        SUPERSEDED = "superseded", _("abgelöst")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    class Kind(models.TextChoices):
        REGULAR = "regular", _("neue Zahlen")
        CORRECTION = "correction", _("Berichtigung")

    UNPUBLISHED = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED)

    slug = models.SlugField(_("Kennung"), unique=True)
    title = models.CharField(_("Titel"), max_length=160)
    title_en = models.CharField(_("Titel (englisch)"), max_length=160, blank=True)
    notice = models.TextField(_("Hinweis"), blank=True, help_text=_("Steht öffentlich bei den Zahlen."))
    notice_en = models.TextField(_("Hinweis (englisch)"), blank=True)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, default=Kind.REGULAR)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("Berichtigt")
    )
    status = models.CharField(_("Zustand"), max_length=12, choices=State, default=State.DRAFT)
    content_digest = models.CharField(_("Prüfsumme der Lieferung"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField(_("Zur Prüfung gegeben"), null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(_("Freigegeben"), null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(_("Sperrfrist bis"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("Veröffentlicht"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Zurückgezogen"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("Grund des Zurückziehens"), blank=True, editable=False)
    prepared_from = models.CharField(
        _("Berechnet aus"), max_length=64, blank=True, editable=False, help_text=_("Prüfsumme der Eingaben")
    )
    prepared_digest = models.CharField(
        _("Prüfsumme der Kennwerte"), max_length=64, blank=True, editable=False, help_text=_("wie berechnet")
    )
    exposed = models.JSONField(
        _("Geheimes, das sich errechnen ließe"), default=list, blank=True, editable=False, help_text=_("wie berechnet")
    )
    approved_digest = models.CharField(
        _("Freigegebene Kennwerte"), max_length=64, blank=True, editable=False, help_text=_("Prüfsumme bei Freigabe")
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-created_at"]
        verbose_name = _("Veröffentlichung")
        verbose_name_plural = _("Veröffentlichungen")
        triggers = [*goes_its_way(), is_not_emptied(), counts_as_public()]
        permissions = [
            ("submit_release", _("Kann Entwürfe zur Prüfung geben")),
            ("comment_release", _("Kann Veröffentlichungen kommentieren")),
            ("approve_release", _("Kann Veröffentlichungen freigeben oder zurückgeben")),
            ("schedule_release", _("Kann den Zeitpunkt einer Veröffentlichung festlegen")),
            ("publish_release", _("Kann Freigegebenes veröffentlichen")),
            ("withdraw_release", _("Kann Veröffentlichtes zurückziehen")),
            ("preview_release", _("Kann Unveröffentlichtes in der Vorschau sehen")),
            ("share_preview", _("Kann Vorschauen weitergeben")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review", "approved", "scheduled"], published_at__isnull=True)
                | Q(status__in=["published", "superseded", "withdrawn"], published_at__isnull=False),
                name="a_published_release_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(publish_at__isnull=False),
                name="a_scheduled_release_has_an_hour",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "scheduled"]) | Q(approved_at__isnull=False),
                name="an_approved_release_says_when",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="a_withdrawn_release_says_when",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether its values may still be changed."""
        return self.status == self.State.DRAFT

    @property
    def label(self) -> str:
        """Title in the language of the request."""
        return localised(self, "title")

    @property
    def announcement(self) -> str:
        """Notice in the language of the request."""
        return localised(self, "notice")
