"""Where people take part: meetings, talks and whole processes, those that were and those to come."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.triggers import counts_as_public

from .council import CouncilPaper
from .earlier import history_of
from .places import Place


class Participation(models.Model):
    """One event or process. What the source does not name stays empty; nobody's name stands here."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Auftakt")
        PROCESS = "process", _("Beteiligungsverfahren")
        MEETING = "meeting", _("Versammlung")
        TALKS = "talks", _("Gespräche")
        CONFERENCE = "conference", _("Projektkonferenz")

    class Reach(models.TextChoices):
        PLACES = "places", _("in bestimmten Gebieten")
        MEMBERS = "members", _("in allen Aktionsräumen und Aktionsquartieren")
        SOME = "some", _("in einem Teil der Aktionsräume; in welchen, nennt die Quelle nicht")
        CITY = "city", _("stadtweit")

    class Exactness(models.TextChoices):
        DAY = "day", _("auf den Tag")
        MONTH = "month", _("auf den Monat")
        YEAR = "year", _("auf das Jahr")

    class State(models.TextChoices):
        HELD = "held", _("hat stattgefunden")
        ANNOUNCED = "announced", _("angekündigt")
        CANCELLED = "cancelled", _("abgesagt")

    slug = models.SlugField(_("Kennung"), unique=True, max_length=80)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    title = models.CharField(_("Titel"), max_length=160)
    title_en = models.CharField(_("Titel (englisch)"), max_length=160, blank=True)
    begins = models.DateField(_("Tag oder Beginn"))
    ends = models.DateField(_("Letzter Tag"), null=True, blank=True, help_text=_("Leer: nur ein Tag"))
    exactness = models.CharField(_("Zeit ist bekannt"), max_length=8, choices=Exactness, default=Exactness.DAY)
    starts_at = models.TimeField(_("Uhrzeit"), null=True, blank=True)
    place = models.CharField(_("Ort"), max_length=160, blank=True, help_text=_("Haus und Anschrift, in Worten"))
    reach = models.CharField(_("Reichweite"), max_length=8, choices=Reach, default=Reach.PLACES)
    state = models.CharField(_("Zustand"), max_length=12, choices=State, default=State.ANNOUNCED)
    description = models.TextField(_("Worum es geht"), blank=True)
    outcome = models.TextField(_("Was herauskam"), blank=True, help_text=_("Nur, was die Quelle nennt"))
    paper = models.ForeignKey(
        CouncilPaper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("Drucksache dazu"),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="participations", verbose_name=_("Quelle"))
    source_note = models.CharField(_("Stelle in der Quelle"), max_length=240, blank=True)
    changed_at = models.DateTimeField(_("Geändert"), auto_now=True)

    class Meta:
        ordering = ["-begins", "slug"]
        verbose_name = _("Beteiligung")
        verbose_name_plural = _("Beteiligungen")
        triggers = [counts_as_public()]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="a_participation_ends_after_it_begins",
                violation_error_message=_("Der letzte Tag liegt vor dem Beginn."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(exactness="day"),
                name="an_hour_stands_only_where_the_day_is_known",
                violation_error_message=_("Eine Uhrzeit gehört zu einem Tag, der bekannt ist."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def label(self) -> str:
        """Title in the language of the request, German where no translation exists."""
        return (self.title_en or self.title) if get_language() == "en" else self.title

    @property
    def last_day(self) -> datetime.date:
        """The last day on which it takes place."""
        return self.ends or self.begins


ParticipationHistory = history_of(
    Participation,
    name="ParticipationHistory",
    verbose_name=_("früherer Stand einer Beteiligung"),
    plural=_("frühere Stände der Beteiligungen"),
)


class ParticipationPlace(Place):
    """An area whose people take part."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="places", verbose_name=_("Beteiligung")
    )

    class Meta(Place.Meta):
        verbose_name = _("Gebiet einer Beteiligung")
        verbose_name_plural = _("Gebiete der Beteiligungen")
        triggers = [counts_as_public()]
        constraints = [
            *Place.Meta.constraints,
            models.UniqueConstraint(
                fields=["participation", "area", "action_area"],
                nulls_distinct=False,
                name="a_participation_names_each_place_once",
                violation_error_message=_("Dieses Gebiet steht schon da."),
            ),
        ]
