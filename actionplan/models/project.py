"""What is done, by whom and for whom; a project's way is a journal of states."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from areas.models import Area, Source
from areas.triggers import counts_as_public

from .action_area import ActionArea
from .council import CouncilPaper
from .earlier import history_of
from .field import FieldOfAction
from .searching import Folded
from .triggers import keeps_money_in_its_place, only_added


class Project(models.Model):
    """One project or measure. What is not known (area, carrier, dates) stays empty and is said to be unknown."""

    class Reach(models.TextChoices):
        PLACES = "places", _("in bestimmten Gebieten")
        CITY = "city", _("stadtweit")
        UNKNOWN = "unknown", _("Gebiet nicht bekannt")

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    title = models.CharField(_("Titel"), max_length=160)
    description = models.TextField(_("Beschreibung"), blank=True, help_text=_("In einfachen Worten"))
    reach = models.CharField(_("Reichweite"), max_length=8, choices=Reach, default=Reach.UNKNOWN)
    fields_of_action = models.ManyToManyField(
        FieldOfAction, through="ProjectField", related_name="projects", verbose_name=_("Handlungsfelder")
    )
    carrier = models.CharField(_("Träger"), max_length=160, blank=True)
    partners = models.CharField(_("Partner"), max_length=240, blank=True)
    target_groups = models.CharField(_("Für wen"), max_length=160, blank=True)
    begins = models.DateField(_("Beginn"), null=True, blank=True)
    ends = models.DateField(_("Ende"), null=True, blank=True)
    dates_note = models.CharField(
        _("Zeit in Worten"), max_length=120, blank=True, help_text=_("Wo der Tag nicht bekannt ist, z. B. „nach 2018“")
    )
    reached = models.TextField(_("Was erreicht wurde"), blank=True, help_text=_("Nur, was die Quelle nennt"))
    lessons = models.TextField(_("Was daraus gelernt wurde"), blank=True)
    transferability = models.TextField(
        _("Was sich übertragen lässt"), blank=True, help_text=_("Wo und wie es auch anderswo gelingen kann")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="projects", verbose_name=_("Quelle"))
    source_note = models.CharField(_("Stelle in der Quelle"), max_length=160, blank=True)
    words = models.GeneratedField(
        expression=Folded(
            Concat(
                *("title", Value(" "), "description", Value(" "), "carrier", Value(" ")),
                *("partners", Value(" "), "target_groups"),
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("Wörter für die Suche"),
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("Projekt")
        verbose_name_plural = _("Projekte")
        triggers = [counts_as_public()]
        indexes = [models.Index(fields=["title", "id"], name="projects_by_title")]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="a_project_ends_after_it_begins",
                violation_error_message=_("Das Ende liegt vor dem Beginn."),
            )
        ]

    def __str__(self):
        return self.title


ProjectHistory = history_of(
    Project,
    name="ProjectHistory",
    verbose_name=_("früherer Stand eines Projekts"),
    plural=_("frühere Stände der Projekte"),
    exclude=["words"],
)


class ProjectField(models.Model):
    """A field of action that a project belongs to."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="field_links", verbose_name=_("Projekt"))
    field = models.ForeignKey(FieldOfAction, models.PROTECT, related_name="+", verbose_name=_("Handlungsfeld"))
    is_assumed = models.BooleanField(
        _("Zuordnung angenommen"), default=False, help_text=_("Die Quelle nennt das Handlungsfeld nicht.")
    )

    class Meta:
        verbose_name = _("Handlungsfeld eines Projekts")
        verbose_name_plural = _("Handlungsfelder der Projekte")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "field"],
                name="a_project_names_each_field_of_action_once",
                violation_error_message=_("Dieses Handlungsfeld steht schon da."),
            )
        ]

    def __str__(self):
        return str(self.field)


class ProjectPlace(models.Model):
    """Where a project works: a whole area, or a member of the plan (a quarter has a boundary of its own)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="places", verbose_name=_("Projekt"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="project_places", verbose_name=_("Gebiet")
    )
    action_area = models.ForeignKey(
        ActionArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="project_places",
        verbose_name=_("Aktionsraum oder Aktionsquartier"),
    )
    is_assumed = models.BooleanField(
        _("Zuordnung angenommen"), default=False, help_text=_("Die Quelle nennt das Gebiet nicht ausdrücklich.")
    )

    class Meta:
        verbose_name = _("Ort eines Projekts")
        verbose_name_plural = _("Orte der Projekte")
        triggers = [
            keeps_money_in_its_place("p.id = OLD.id", "area_id", "action_area_id", "project_id"),
            counts_as_public(),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False, action_area__isnull=True)
                | Q(area__isnull=True, action_area__isnull=False),
                name="a_project_place_is_an_area_or_a_member_of_the_plan",
                violation_error_message=_("Bitte entweder ein Gebiet oder ein Aktionsquartier nennen."),
            ),
            models.UniqueConstraint(
                fields=["project", "area", "action_area"],
                nulls_distinct=False,
                name="a_project_names_each_place_once",
                violation_error_message=_("Dieses Gebiet steht schon da."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """Name of the area or quarter, without its code."""
        return (self.area or self.action_area).name


class ProjectState(models.Model):
    """From this day on a project is in this state; a journal to which is only added."""

    class State(models.TextChoices):
        IDEA = "idea", _("Idee")
        APPLIED = "applied", _("beantragt")
        APPROVED = "approved", _("bewilligt")
        RUNNING = "running", _("läuft")
        FINISHED = "finished", _("abgeschlossen")
        ENDED_EARLY = "ended_early", _("vorzeitig beendet")
        CONTINUED = "continued", _("verstetigt")

    project = models.ForeignKey(Project, models.CASCADE, related_name="states", verbose_name=_("Projekt"))
    state = models.CharField(_("Zustand"), max_length=12, choices=State)
    day = models.DateField(_("Seit"))
    day_is_exact = models.BooleanField(_("auf den Tag bekannt"), default=True)
    paper = models.ForeignKey(
        CouncilPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Drucksache")
    )
    note = models.CharField(_("Bemerkung"), max_length=240, blank=True)
    recorded_at = models.DateTimeField(_("Eingetragen"), auto_now_add=True)

    class Meta:
        ordering = ["project", "day", "pk"]
        verbose_name = _("Zustand eines Projekts")
        verbose_name_plural = _("Zustände der Projekte")
        triggers = [*only_added(), counts_as_public()]

    def __str__(self):
        return f"{self.get_state_display()} ({self.day})"
