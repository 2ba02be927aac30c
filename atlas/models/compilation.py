"""Documents that people put together themselves: the plan, the texts that belong to one release, and each run."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.history import history_of
from indicators.models import Release

EDIT_EVERY = "atlas.edit_every_compilation"


class CompilationQuerySet(models.QuerySet):
    """Filters of what somebody may see."""

    def kept(self):
        """Those that are not deleted."""
        return self.filter(deleted_at=None)

    def visible_to(self, user):
        """One's own, those shared within the house, and for those who may edit every one also what has no owner now."""
        may_see = Q(owner=user) | Q(is_shared=True)
        if user.has_perm(EDIT_EVERY):
            may_see |= Q(owner=None) | Q(owner__is_active=False)
        return self.filter(may_see)


class Compilation(models.Model):
    """A plan of a document (`atlas.reports.compilation`), made again for any release.

    `version` grows with every change. What is deleted stays and can be brought back, because documents were made of it.
    """

    title = models.CharField(_("Titel"), max_length=300)
    data = models.JSONField(_("Plan"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="compilations",
        verbose_name=_("Von"),
    )
    is_shared = models.BooleanField(_("Für das Haus geteilt"), default=False)
    template = models.CharField(_("Vorlage"), max_length=60, blank=True)
    version = models.PositiveIntegerField(_("Fassung"), default=1)
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    changed_at = models.DateTimeField(_("Geändert"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Geändert von"),
    )
    deleted_at = models.DateTimeField(_("Gelöscht"), null=True, blank=True)

    objects = CompilationQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("Zusammenstellung")
        verbose_name_plural = _("Zusammenstellungen")
        permissions = [("edit_every_compilation", _("Kann geteilte Zusammenstellungen anderer bearbeiten"))]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_compilation_has_a_title"),
            models.CheckConstraint(condition=Q(version__gte=1), name="a_compilation_counts_its_versions_from_one"),
        ]

    def __str__(self):
        return self.title


CompilationHistory = history_of(
    Compilation,
    name="CompilationHistory",
    verbose_name=_("frühere Fassung einer Zusammenstellung"),
    plural=_("frühere Fassungen der Zusammenstellungen"),
    exclude=["owner", "changed_by"],
)


class ReportText(models.Model):
    """What an editor wrote for one part of a compilation and one release. Empty on purpose is a text too."""

    compilation = models.ForeignKey(
        Compilation, models.CASCADE, related_name="texts", verbose_name=_("Zusammenstellung")
    )
    part = models.CharField(_("Teil"), max_length=40)
    release = models.ForeignKey(
        Release, models.PROTECT, related_name="report_texts", verbose_name=_("Veröffentlichung")
    )
    language = models.CharField(_("Sprache"), max_length=5)
    text = models.TextField(_("Text"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Von")
    )
    changed_at = models.DateTimeField(_("Geändert"), auto_now=True)

    class Meta:
        ordering = ["compilation", "part", "language", "-release__published_at"]
        verbose_name = _("Text zu einer Veröffentlichung")
        verbose_name_plural = _("Texte zu Veröffentlichungen")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["compilation", "part", "release", "language"], name="a_part_has_one_text_per_release"
            )
        ]

    def __str__(self):
        return f"{self.compilation_id}/{self.part}"


ReportTextHistory = history_of(
    ReportText,
    name="ReportTextHistory",
    verbose_name=_("früherer Stand eines Textes"),
    plural=_("frühere Stände der Texte"),
    exclude=["author"],
)


class CompilationRun(models.Model):
    """That a document was made: everything that is needed to make exactly the same one again.

    `data` is the plan with the texts of that release in it. `before` is the run that `changes` compare with; those are
    worked out once, `fault` says why they could not be.
    """

    compilation = models.ForeignKey(
        Compilation, models.PROTECT, related_name="runs", verbose_name=_("Zusammenstellung")
    )
    data = models.JSONField(_("Plan"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("Veröffentlichung"))
    language = models.CharField(_("Sprache"), max_length=5)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Von")
    )
    asked_at = models.DateTimeField(_("Angefragt"), auto_now_add=True)
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Voriger Durchlauf")
    )
    reports = models.ManyToManyField("atlas.Report", related_name="compilation_runs", verbose_name=_("Berichte"))
    changes = models.JSONField(_("Änderungen"), null=True, blank=True)
    fault = models.TextField(_("Meldung"), blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("Durchlauf")
        verbose_name_plural = _("Durchläufe")
        default_permissions = ()

    def __str__(self):
        return f"{self.compilation_id}: {self.asked_at:%Y-%m-%d}"
