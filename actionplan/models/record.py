"""What a project records about itself: own counts, documents and pictures."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actionplan.pictures import JPEG, PDF, PNG
from areas.models import Source
from areas.triggers import counts_as_public

from .earlier import history_of
from .limits import is_a_number
from .project import Project

MOST_BYTES = 10 * 1024 * 1024
_NOT_NEGATIVE = [MinValueValidator(0, message=_("Gezählt wird ab null."))]


class ProjectResult(models.Model):
    """One thing that a project counts itself, planned and reached. What is not known stays empty and is no zero."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="results", verbose_name=_("Projekt"))
    what = models.CharField(_("Was gezählt wird"), max_length=120, help_text=_("z. B. Teilnehmende"))
    unit = models.CharField(_("Einheit"), max_length=40, blank=True, help_text=_("leer, wenn es Stück oder Köpfe sind"))
    planned = models.DecimalField(
        _("geplant"), max_digits=12, decimal_places=2, null=True, blank=True, validators=_NOT_NEGATIVE
    )
    reached = models.DecimalField(
        _("erreicht"), max_digits=12, decimal_places=2, null=True, blank=True, validators=_NOT_NEGATIVE
    )
    begins = models.DateField(_("Von"), null=True, blank=True)
    ends = models.DateField(_("Bis, oder am"), null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Quelle")
    )
    note = models.CharField(_("Bemerkung"), max_length=240, blank=True)

    class Meta:
        ordering = ["project", "what", "ends", "pk"]
        verbose_name = _("Ergebnis eines Projekts")
        verbose_name_plural = _("Ergebnisse der Projekte")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__isnull=False) | Q(reached__isnull=False),
                name="a_result_is_planned_or_reached",
                violation_error_message=_("Bitte eine Zahl angeben: geplant, erreicht oder beides."),
            ),
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gte=0)) & (Q(reached__isnull=True) | Q(reached__gte=0)),
                name="a_result_is_counted_from_zero",
                violation_error_message=_("Gezählt wird ab null."),
            ),
            is_a_number("planned", "reached", name="a_result_is_a_number"),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__gte=F("begins")),
                name="a_result_belongs_to_a_time",
                violation_error_message=_("Das Ende fehlt oder liegt vor dem Beginn."),
            ),
        ]

    def __str__(self):
        return self.what


ProjectResultHistory = history_of(
    ProjectResult,
    name="ProjectResultHistory",
    verbose_name=_("früherer Stand eines Ergebnisses"),
    plural=_("frühere Stände der Ergebnisse"),
)


class ProjectFile(models.Model):
    """A document (PDF) or a picture (PNG, JPEG) of a project, kept in the database and served from here."""

    class Kind(models.TextChoices):
        PDF = PDF, _("Dokument (PDF)")
        PNG = PNG, _("Bild (PNG)")
        JPEG = JPEG, _("Bild (JPEG)")

    project = models.ForeignKey(Project, models.CASCADE, related_name="files", verbose_name=_("Projekt"))
    title = models.CharField(_("Titel"), max_length=160)
    alternative = models.CharField(
        _("Alternativtext"),
        max_length=300,
        blank=True,
        help_text=_("Bei Bildern nötig: was zu sehen ist, für Menschen, die es nicht sehen."),
    )
    made_by = models.CharField(_("Von wem"), max_length=160, help_text=_("Urheberin, Urheber oder Stelle"))
    licence = models.CharField(_("Lizenz"), max_length=120, help_text=_("z. B. CC BY 4.0, oder: mit Erlaubnis"))
    content_type = models.CharField(_("Art"), max_length=20, choices=Kind, editable=False)
    width = models.PositiveIntegerField(_("Breite in Pixeln"), null=True, editable=False)
    height = models.PositiveIntegerField(_("Höhe in Pixeln"), null=True, editable=False)
    size = models.PositiveIntegerField(_("Größe in Byte"), editable=False)
    digest = models.CharField(_("Prüfsumme (SHA-256)"), max_length=64, editable=False)
    body = models.BinaryField(_("Inhalt"))
    added_at = models.DateTimeField(_("Eingestellt"), auto_now_add=True)

    class Meta:
        ordering = ["project", "pk"]
        verbose_name = _("Datei eines Projekts")
        verbose_name_plural = _("Dateien der Projekte")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type=PDF) | ~Q(alternative=""),
                name="a_picture_is_told_in_words",
                violation_error_message=_("Ein Bild braucht einen Alternativtext."),
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=[PDF, PNG, JPEG]),
                name="a_file_of_a_project_is_harmless",
                violation_error_message=_("Nur PDF, PNG und JPEG können eingestellt werden."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_BYTES),
                name="a_file_of_a_project_is_small",
                violation_error_message=_("Die Datei ist leer oder größer als 10 MB."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_picture(self) -> bool:
        """Whether it is shown on the page rather than offered."""
        return self.content_type != PDF

    @property
    def file_name(self) -> str:
        """The last part of its address; other bytes have another one."""
        return f"{self.pk}-{self.digest[:12]}.{self.content_type.rsplit('/', 1)[1]}"
