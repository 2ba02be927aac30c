"""Public answers, computed once and stored as bytes (ADR 0003)."""

from django.db import models
from django.urls import get_script_prefix
from django.utils.translation import gettext_lazy as _

from areas.triggers import bytes_stay, counts_as_public, never_emptied


class PublishedFile(models.Model):
    """Bytes under an immutable address `/daten/<digest>/<name>`; one file of each name is the current one.

    Older files stay, so that an address once given keeps its answer.
    """

    name = models.CharField(_("Name"), max_length=160)
    digest = models.CharField(_("Prüfsumme"), max_length=24, help_text=_("Anfang der SHA-256-Summe des Inhalts"))
    content_type = models.CharField(_("Inhaltstyp"), max_length=80)
    plain = models.BinaryField(_("Inhalt"))
    gzip = models.BinaryField(_("Inhalt, gepackt"))
    is_current = models.BooleanField(_("Aktuell"), default=True)
    is_public = models.BooleanField(
        _("Öffentlich"), default=True, help_text=_("Nein: für eine Veröffentlichung vorbereitet")
    )
    created_at = models.DateTimeField(_("Erstellt"), auto_now_add=True)

    class Meta:
        ordering = ["name", "-created_at"]
        verbose_name = _("veröffentlichte Datei")
        verbose_name_plural = _("veröffentlichte Dateien")
        triggers = [
            bytes_stay(),
            never_emptied("SELECT 1 FROM areas_publishedfile WHERE is_public"),
            counts_as_public(),
        ]
        constraints = [
            models.UniqueConstraint(fields=["name", "digest"], name="a_published_file_is_stored_once"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(is_current=True), name="one_current_file_per_name"
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=True) | models.Q(is_current=False), name="what_is_current_is_public"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def path(self) -> str:
        """The immutable address of this file; inside a preview that of the preview."""
        return f"{get_script_prefix()}daten/{self.digest}/{self.name}"
