"""A release: what the public sees, frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.triggers import counts_as_public
from indicators.querysets import ReleaseQuerySet

from .localised import localised


class Release(models.Model):
    """A set of values that became public together. Once published it never changes (database trigger)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        PUBLISHED = "published", _("veröffentlicht")

    slug = models.SlugField(_("Kennung"), unique=True)
    title = models.CharField(_("Titel"), max_length=160)
    title_en = models.CharField(_("Titel (englisch)"), max_length=160, blank=True)
    notice = models.TextField(_("Hinweis"), blank=True)
    notice_en = models.TextField(_("Hinweis (englisch)"), blank=True)
    status = models.CharField(_("Zustand"), max_length=12, choices=State, default=State.DRAFT)
    content_digest = models.CharField(_("Prüfsumme der Lieferung"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    published_at = models.DateTimeField(_("Veröffentlicht"), null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-created_at"]
        verbose_name = _("Veröffentlichung")
        verbose_name_plural = _("Veröffentlichungen")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft", published_at__isnull=True)
                | Q(status="published", published_at__isnull=False),
                name="a_published_release_has_a_time",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def label(self) -> str:
        """Title in the language of the request."""
        return localised(self, "title")

    @property
    def announcement(self) -> str:
        """Notice in the language of the request."""
        return localised(self, "notice")
