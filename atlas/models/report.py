"""Documents that were asked for: one row for each, whoever asks, and who did."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indicators.models import Release


class Report(models.Model):
    """One document in one format, computed once however many people ask for it.

    `key` stands for kind, parameters, release, language and ending; `code`, the same for every ending, is what the
    document prints as its short address (atlas/reports/keys.py). The row stays so that the address does; the file is
    kept until `expires_at` and can be computed again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        RUNNING = "running", _("wird erstellt")
        DONE = "done", _("fertig")
        FAILED = "failed", _("fehlgeschlagen")
        CANCELLED = "cancelled", _("abgebrochen")

    OPEN = (State.WAITING, State.RUNNING)

    key = models.CharField(_("Schlüssel"), max_length=64, unique=True, editable=False)
    code = models.CharField(_("Kurzadresse"), max_length=12, db_index=True, editable=False)
    kind = models.CharField(_("Art"), max_length=40)
    parameters = models.JSONField(_("Angaben"), default=dict)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("Veröffentlichung"))
    language = models.CharField(_("Sprache"), max_length=5)
    ending = models.CharField(_("Format"), max_length=8)
    title = models.CharField(_("Titel"), max_length=300)

    state = models.CharField(_("Zustand"), max_length=12, choices=State, default=State.WAITING)
    run = models.PositiveIntegerField(_("Anlauf"), default=1, editable=False)  # a worker that lost its turn notices
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0, editable=False)  # since somebody asked
    heartbeat_at = models.DateTimeField(_("letztes Lebenszeichen"), null=True, blank=True)
    done = models.PositiveIntegerField(_("erledigte Schritte"), default=0)
    total = models.PositiveIntegerField(_("Schritte"), default=0)
    step = models.CharField(_("Schritt"), max_length=200, blank=True)
    message = models.TextField(_("Meldung"), blank=True)
    created_at = models.DateTimeField(_("Angefragt"), auto_now_add=True)
    started_at = models.DateTimeField(_("Begonnen"), null=True, blank=True)
    finished_at = models.DateTimeField(_("Beendet"), null=True, blank=True)

    expires_at = models.DateTimeField(_("Datei wird aufbewahrt bis"), null=True, blank=True)  # none: there is no file
    name = models.CharField(_("Dateiname"), max_length=120, blank=True)
    media_type = models.CharField(_("Medientyp"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("Größe in Byte"), default=0)
    digest = models.CharField(_("SHA-256 der Datei"), max_length=64, blank=True)
    checksum = models.CharField(_("Prüfsumme des Inhalts"), max_length=64, blank=True)
    earlier = models.JSONField(_("frühere Prüfsummen"), default=list, blank=True)  # [{"checksum", "until"}], ISO text
    data_version = models.BigIntegerField(_("Stand der Daten"), default=0)  # of PublicState when it was begun

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("Bericht")
        verbose_name_plural = _("Berichte")
        default_permissions = ()
        permissions = [("ask_report", _("Kann Berichte erstellen"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed", "cancelled"]),
                name="a_report_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "running"]) | Q(heartbeat_at__isnull=False),
                name="an_open_report_gives_signs_of_life",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(finished_at__isnull=False) & ~Q(checksum="")),
                name="a_finished_report_has_a_checksum",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(message=""), name="a_failed_report_says_why"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="no_more_steps_are_done_than_there_are"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | (Q(state="done") & ~Q(digest="") & ~Q(name="")),
                name="only_a_finished_report_has_a_file",
            ),
        ]
        indexes = [
            models.Index(fields=["heartbeat_at"], condition=Q(state__in=["waiting", "running"]), name="open_reports")
        ]

    def __str__(self):
        return f"{self.title} ({self.ending})"

    @property
    def is_open(self) -> bool:
        """Whether somebody works on it or will."""
        return self.state in self.OPEN

    @property
    def has_file(self) -> bool:
        """Whether there is something to download at once."""
        return self.state == self.State.DONE and self.expires_at is not None


class ReportFile(models.Model):
    """The bytes of a finished report; apart, so that lists never load them."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="file")
    body = models.BinaryField(_("Inhalt"))

    class Meta:
        verbose_name = _("Datei eines Berichts")
        verbose_name_plural = _("Dateien der Berichte")
        default_permissions = ()

    def __str__(self):
        return str(self.report_id)


class ReportRequest(models.Model):
    """That somebody asked for a report: it stands in their list, and they may share it with the house."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="requests", verbose_name=_("Bericht"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="report_requests", verbose_name=_("Person")
    )
    asked_at = models.DateTimeField(_("Angefragt"))  # the last time
    language = models.CharField(_("Sprache der Nachricht"), max_length=5, default="de")
    wants_mail = models.BooleanField(_("Nachricht, wenn er fertig ist"), default=False)
    mailed_at = models.DateTimeField(_("Nachricht gesendet"), null=True, blank=True)
    is_shared = models.BooleanField(_("für das Haus freigegeben"), default=False)
    seen_at = models.DateTimeField(_("Heruntergeladen"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("Anfrage eines Berichts")
        verbose_name_plural = _("Anfragen von Berichten")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="a_person_asks_for_a_report_once")]

    def __str__(self):
        return f"{self.user_id}: {self.report_id}"
