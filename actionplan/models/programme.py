"""Action programmes: what is to change in one action area within three to five years, version by version."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.triggers import counts_as_public, never_emptied

from .action_area import ActionArea
from .council import CouncilPaper
from .earlier import history_of
from .field import FieldOfAction
from .frozen import (
    PUBLISHED,
    a_published_programme_keeps_its_address,
    parts_of_published_versions_stay,
    published_versions_stay,
)
from .participation import Participation
from .project import Project

SHORTEST, LONGEST = 3, 5  # years; the city announced programmes for three to five years (press release of 22.12.2020)


def _years_on(years: int) -> Func:
    """The day so many years after the beginning of `valid`."""
    template = f"(lower(%(expressions)s) + interval '{years} years')::date"
    return Func(F("valid"), template=template, output_field=models.DateField())


class ActionProgramme(models.Model):
    """The programme of one Aktionsraum or Aktionsquartier; what it says stands in its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        IN_FORCE = "in_force", _("in Kraft")
        ENDED = "ended", _("beendet")

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    title = models.CharField(_("Titel"), max_length=160)
    action_area = models.ForeignKey(
        ActionArea, models.PROTECT, related_name="programmes", verbose_name=_("Aktionsraum oder Aktionsquartier")
    )
    valid = DateRangeField(_("Laufzeit"), help_text=_("Drei bis fünf Jahre: von, bis (ausschließlich)"))
    state = models.CharField(_("Zustand"), max_length=8, choices=State, default=State.DRAFT)
    paper = models.ForeignKey(
        CouncilPaper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("Beschlossen mit Drucksache"),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="programmes", verbose_name=_("Quelle"))
    participations = models.ManyToManyField(
        Participation, through="ProgrammeParticipation", related_name="programmes", verbose_name=_("Beteiligung")
    )

    class Meta:
        ordering = ["action_area", "-valid"]
        verbose_name = _("Aktionsprogramm")
        verbose_name_plural = _("Aktionsprogramme")
        triggers = [a_published_programme_keeps_its_address(), counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False, valid__upper_inf=False)
                & Q(valid__endswith__gte=_years_on(SHORTEST))
                & Q(valid__endswith__lte=_years_on(LONGEST)),
                name="a_programme_runs_for_three_to_five_years",
                violation_error_message=_("Ein Aktionsprogramm läuft drei bis fünf Jahre."),
            ),
            ExclusionConstraint(
                name="one_programme_in_force_per_action_area_at_a_time",
                expressions=[(F("action_area"), RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(state="in_force"),
                violation_error_message=_("In dieser Zeit ist für das Gebiet schon ein anderes Programm in Kraft."),
            ),
        ]

    def __str__(self):
        return self.title


ActionProgrammeHistory = history_of(
    ActionProgramme,
    name="ActionProgrammeHistory",
    verbose_name=_("früherer Stand eines Aktionsprogramms"),
    plural=_("frühere Stände der Aktionsprogramme"),
)


class ProgrammeParticipation(models.Model):
    """Participation that led to a programme."""

    programme = models.ForeignKey(ActionProgramme, models.CASCADE, related_name="+", verbose_name=_("Programm"))
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name=_("Beteiligung"))

    class Meta:
        verbose_name = _("Beteiligung an einem Programm")
        verbose_name_plural = _("Beteiligung an den Programmen")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "participation"],
                name="a_programme_names_each_participation_once",
                violation_error_message=_("Diese Beteiligung steht schon da."),
            )
        ]

    def __str__(self):
        return str(self.participation)


class ProgrammeVersion(models.Model):
    """One version of a programme. Published, it stays for ever; what is new becomes a further version."""

    programme = models.ForeignKey(ActionProgramme, models.PROTECT, related_name="versions", verbose_name=_("Programm"))
    number = models.PositiveSmallIntegerField(_("Fassung"), validators=[MinValueValidator(1)])
    published_on = models.DateField(_("Veröffentlicht am"), null=True, blank=True)
    change_note = models.CharField(_("Was neu ist"), max_length=240, blank=True)
    needs = models.TextField(_("Bedarfe"), blank=True)
    strengths = models.TextField(_("Stärken"), blank=True)
    review = models.TextField(_("Rückblick"), blank=True, help_text=_("Was bisher gelang und was nicht"))

    class Meta:
        ordering = ["programme", "-number"]
        verbose_name = _("Fassung eines Aktionsprogramms")
        verbose_name_plural = _("Fassungen der Aktionsprogramme")
        triggers = [published_versions_stay(), never_emptied(PUBLISHED), counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="a_programme_numbers_each_version_once",
                violation_error_message=_("Diese Nummer hat schon eine andere Fassung."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="versions_of_a_programme_count_from_one",
                violation_error_message=_("Gezählt wird ab 1."),
            ),
        ]

    def __str__(self):
        return _("%(programme)s, Fassung %(number)s") % {"programme": self.programme, "number": self.number}


ProgrammeVersionHistory = history_of(
    ProgrammeVersion,
    name="ProgrammeVersionHistory",
    verbose_name=_("früherer Stand einer Fassung"),
    plural=_("frühere Stände der Fassungen"),
)


class _Part(models.Model):
    """Something that stands in a version."""

    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        abstract = True
        triggers = [parts_of_published_versions_stay(), never_emptied(PUBLISHED), counts_as_public()]


class ProgrammeGoal(_Part):
    """What is to be reached."""

    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="goals", verbose_name=_("Fassung"))
    field = models.ForeignKey(
        FieldOfAction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Handlungsfeld")
    )
    text = models.TextField(_("Ziel"))

    class Meta(_Part.Meta):
        abstract = False
        ordering = ["version", "order", "pk"]
        verbose_name = _("Ziel eines Programms")
        verbose_name_plural = _("Ziele der Programme")

    def __str__(self):
        return self.text


class ProgrammeMeasure(_Part):
    """What is to be done, for which field of action, and with which project where there is one."""

    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="measures", verbose_name=_("Fassung"))
    field = models.ForeignKey(FieldOfAction, models.PROTECT, related_name="+", verbose_name=_("Handlungsfeld"))
    title = models.CharField(_("Maßnahme"), max_length=160)
    description = models.TextField(_("Beschreibung"), blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("Projekt dazu")
    )

    class Meta(_Part.Meta):
        abstract = False
        ordering = ["version", "order", "pk"]
        verbose_name = _("Maßnahme eines Programms")
        verbose_name_plural = _("Maßnahmen der Programme")

    def __str__(self):
        return self.title


class ProgrammeMilestone(_Part):
    """What is to be done by a day, and the day on which it was."""

    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="milestones", verbose_name=_("Fassung"))
    title = models.CharField(_("Meilenstein"), max_length=160)
    day = models.DateField(_("Bis zum"))
    done_on = models.DateField(_("Erreicht am"), null=True, blank=True)

    class Meta(_Part.Meta):
        abstract = False
        ordering = ["version", "day", "order", "pk"]
        verbose_name = _("Meilenstein eines Programms")
        verbose_name_plural = _("Meilensteine der Programme")

    def __str__(self):
        return self.title
