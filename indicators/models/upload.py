"""Uploads (Lieferungen): files brought in by planners, what was found in them, and where each number stood."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area, Source
from indicators.statuses import Status

from .indicator import Indicator
from .period import Period
from .release import Release


class UploadTemplate(models.Model):
    """How a kind of spreadsheet is read: decided once in the browser, kept for next year. A version never changes."""

    name = models.CharField(_("Name"), max_length=120)
    version = models.PositiveIntegerField(_("Fassung"), default=1)
    mapping = models.JSONField(_("Zuordnung"))
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+", verbose_name=_("Quelle"))
    note = models.CharField(_("Anmerkung"), max_length=240, blank=True)
    is_current = models.BooleanField(_("aktuelle Fassung"), default=True)
    created_at = models.DateTimeField(_("Angelegt"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["name", "-version"]
        verbose_name = _("Vorlage")
        verbose_name_plural = _("Vorlagen")
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="a_template_has_each_version_once"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(is_current=True), name="one_current_version_per_template"
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.version})"


class Upload(models.Model):
    """One file brought in, from receipt to acceptance. It stays for good: every number can be walked back to it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("eingegangen")
        WAITING = "waiting", _("wartet auf Prüfung")
        CHECKING = "checking", _("wird geprüft")
        CHECKED = "checked", _("geprüft")
        ACCEPTING = "accepting", _("wird übernommen")
        ACCEPTED = "accepted", _("übernommen")
        REFUSED = "refused", _("nicht lesbar")
        CANCELLED = "cancelled", _("abgebrochen")
        DISCARDED = "discarded", _("verworfen")
        FAILED = "failed", _("fehlgeschlagen")

    class Way(models.TextChoices):
        BROWSER = "browser", _("im Browser")
        COMMAND = "command", _("mit dem Befehl import_values")
        API = "api", _("über die Schnittstelle")

    ENDED = (State.REFUSED, State.CANCELLED, State.DISCARDED, State.FAILED)

    file_name = models.CharField(_("Datei"), max_length=255)
    digest = models.CharField(_("Prüfsumme (SHA-256)"), max_length=64)
    size = models.PositiveBigIntegerField(_("Größe in Byte"))
    format = models.CharField(_("Format"), max_length=12, blank=True)
    encoding = models.CharField(_("Zeichensatz"), max_length=40, blank=True)
    way = models.CharField(_("Weg"), max_length=12, choices=Way, default=Way.BROWSER)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="uploads", verbose_name=_("Quelle")
    )
    template = models.ForeignKey(
        UploadTemplate, models.PROTECT, null=True, blank=True, related_name="uploads", verbose_name=_("Vorlage")
    )
    mapping = models.JSONField(_("Zuordnung"), default=dict, blank=True)
    is_mapping_decided = models.BooleanField(_("Zuordnung für diese Datei bestätigt"), default=False, editable=False)
    note = models.TextField(_("Anmerkung"), blank=True)
    state = models.CharField(_("Zustand"), max_length=12, choices=State, default=State.RECEIVED)
    run = models.PositiveIntegerField(_("Anlauf"), default=0, editable=False)  # a worker that lost its turn notices
    step = models.CharField(_("Schritt"), max_length=120, blank=True)
    done = models.PositiveIntegerField(_("erledigte Zeilen"), default=0)
    total = models.PositiveIntegerField(_("Zeilen"), default=0)
    cancel_requested = models.BooleanField(_("Abbruch gewünscht"), default=False)
    heartbeat_at = models.DateTimeField(_("letztes Lebenszeichen"), null=True, blank=True)
    message = models.TextField(_("Meldung"), blank=True)
    value_count = models.PositiveIntegerField(_("Werte"), default=0)
    error_count = models.PositiveIntegerField(_("Fehler"), default=0)
    warning_count = models.PositiveIntegerField(_("Warnungen"), default=0)
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="uploads", verbose_name=_("Veröffentlichung")
    )
    created_at = models.DateTimeField(_("Eingegangen"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="uploads"
    )
    checked_at = models.DateTimeField(_("Geprüft"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("Übernommen"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    role = models.CharField(_("Rolle"), max_length=80, blank=True, editable=False)  # stays when the person is forgotten

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("Lieferung")
        verbose_name_plural = _("Lieferungen")
        permissions = [
            ("accept_upload", _("Kann Lieferungen übernehmen")),
            ("view_editor_names", _("Kann Namen der Bearbeitenden sehen")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=~Q(state__in=["refused", "cancelled", "discarded", "failed"]),
                name="the_same_file_is_delivered_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(release__isnull=False, accepted_at__isnull=False),
                name="an_accepted_upload_names_its_release",
            ),
        ]

    def __str__(self):
        return self.file_name


class UploadContent(models.Model):
    """The bytes of an upload as they were received; apart, so that lists never load them."""

    upload = models.OneToOneField(Upload, models.CASCADE, primary_key=True, related_name="content")
    body = models.BinaryField(_("Inhalt"))

    class Meta:
        verbose_name = _("Inhalt einer Lieferung")
        verbose_name_plural = _("Inhalte der Lieferungen")

    def __str__(self):
        return str(self.upload_id)


class UploadFinding(models.Model):
    """One remark on an upload: where, what was found, what was expected, and, for warnings, why it is right."""

    class Kind(models.TextChoices):
        ERROR = "error", _("Fehler")
        WARNING = "warning", _("Warnung")
        NOTE = "note", _("Hinweis")

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="findings", verbose_name=_("Lieferung"))
    kind = models.CharField(_("Art"), max_length=8, choices=Kind)
    code = models.CharField(_("Prüfung"), max_length=40)
    sheet = models.CharField(_("Blatt"), max_length=120, blank=True)
    row = models.PositiveIntegerField(_("Zeile"), null=True, blank=True)
    column = models.PositiveIntegerField(_("Spalte"), null=True, blank=True)
    found = models.TextField(_("Gefunden"))
    expected = models.TextField(_("Erwartet"), blank=True)
    suggestion = models.TextField(_("Vorschlag"), blank=True)
    count = models.PositiveIntegerField(_("so oft"), default=1, help_text=_("wenn gleichartige zusammengefasst sind"))
    reason = models.TextField(_("Begründung"), blank=True)
    reasoned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    reasoned_at = models.DateTimeField(_("Begründet"), null=True, blank=True)

    class Meta:
        ordering = ["upload", "kind", "sheet", "row", "column", "pk"]
        verbose_name = _("Befund")
        verbose_name_plural = _("Befunde")

    def __str__(self):
        return self.found


class StagedValue(models.Model):
    """A checked value that waits for its upload to be accepted; without key checks, a million are written at once."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="staged", db_constraint=False)
    indicator = models.ForeignKey(Indicator, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    area = models.ForeignKey(Area, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    period = models.ForeignKey(Period, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    status = models.CharField(max_length=24, choices=Status)
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    joint_with = models.CharField(max_length=200, blank=True)
    comment = models.TextField(blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("geprüfter Wert")
        verbose_name_plural = _("geprüfte Werte")

    def __str__(self):
        return f"{self.upload_id}: {self.sheet} {self.row}/{self.column}"


class Edit(models.Model):
    """One saving of the grid: who changed values of one indicator in one draft, and when."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="edits", verbose_name=_("Veröffentlichung"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="edits", verbose_name=_("Indikator"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Person")
    )
    role = models.CharField(_("Rolle"), max_length=80, blank=True)
    at = models.DateTimeField(_("Zeit"), auto_now_add=True)
    cells = models.PositiveIntegerField(_("Zellen"), default=0)
    note = models.TextField(_("Begründung"), blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("Bearbeitung")
        verbose_name_plural = _("Bearbeitungen")

    def __str__(self):
        return f"{self.indicator} ({self.at:%d.%m.%Y %H:%M})"
