"""What was decided where: papers, the bodies they went through, press releases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from areas.triggers import counts_as_public

_OPARL = _("Kennung im Ratsinformationssystem (OParl), eine Internetadresse")


class CouncilPaper(models.Model):
    """One paper (Drucksache) about the plan. Parts that are not known stay empty; nothing is guessed."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("Beschluss")
        REPORT = "report", _("Bericht, zur Kenntnis")
        PROPOSAL = "proposal", _("Vorschlag der Verwaltung")

    slug = models.SlugField(_("Kennung"), unique=True)
    number = models.CharField(_("Drucksache"), max_length=40, blank=True, help_text=_("z. B. 19100-20"))
    title = models.CharField(_("Titel"), max_length=240)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    day = models.DateField(_("Datum"))
    office = models.CharField(_("Fachbereich"), max_length=160, blank=True)
    proposal = models.TextField(_("Beschlussvorschlag"), blank=True, help_text=_("In eigenen Worten"))
    summary = models.TextField(_("Worum es geht"))
    outcome = models.CharField(_("Ergebnis"), max_length=240, blank=True)
    oparl_id = models.URLField(_("OParl-Kennung"), blank=True, help_text=_OPARL)
    url = models.URLField(_("Fundstelle"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="papers", verbose_name=_("Quelle"))

    class Meta:
        ordering = ["-day", "number"]
        verbose_name = _("Drucksache")
        verbose_name_plural = _("Drucksachen")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number=""),
                name="a_paper_number_is_given_once",
                violation_error_message=_("Diese Nummer hat schon eine andere Drucksache."),
            )
        ]

    def __str__(self):
        return f"{self.number}: {self.title}" if self.number else self.title


class Consultation(models.Model):
    """One body that deals with a paper on a day, in the order of the sequence."""

    class Role(models.TextChoices):
        DECISION = "decision", _("Beschluss")
        ADVICE = "advice", _("Empfehlung")
        NOTICE = "notice", _("Kenntnisnahme")

    paper = models.ForeignKey(CouncilPaper, models.CASCADE, related_name="consultations", verbose_name=_("Drucksache"))
    order = models.PositiveSmallIntegerField(_("Reihenfolge"))
    body = models.CharField(_("Gremium"), max_length=160)
    day = models.DateField(_("Sitzung"))
    role = models.CharField(_("Zuständigkeit"), max_length=12, choices=Role)
    outcome = models.CharField(_("Ergebnis"), max_length=240, blank=True)
    oparl_id = models.URLField(_("OParl-Kennung"), blank=True, help_text=_OPARL)

    class Meta:
        ordering = ["paper", "order"]
        verbose_name = _("Beratung")
        verbose_name_plural = _("Beratungsfolge")
        triggers = [counts_as_public()]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "order"],
                name="one_consultation_per_paper_and_place",
                violation_error_message=_("Diese Stelle der Beratungsfolge ist schon vergeben."),
            ),
        ]

    def __str__(self):
        return f"{self.body}, {self.day}"


class PressRelease(models.Model):
    """What the city told the public, by number and day."""

    slug = models.SlugField(_("Kennung"), unique=True)
    number = models.CharField(_("Nummer"), max_length=20, blank=True)
    day = models.DateField(_("Datum"))
    title = models.CharField(_("Titel"), max_length=240)
    summary = models.TextField(_("Worum es geht"))
    url = models.URLField(_("Fundstelle"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="press_releases", verbose_name=_("Quelle"))

    class Meta:
        ordering = ["-day"]
        verbose_name = _("Medieninformation")
        verbose_name_plural = _("Medieninformationen")
        triggers = [counts_as_public()]

    def __str__(self):
        return self.title
