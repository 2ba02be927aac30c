"""Bring values in from a spreadsheet: `manage.py import_values FILE --template NAME`; see docs/intake.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from areas.models import Source
from indicators.actions.uploads import UploadError, accept_upload, check_upload, give_reasons, receive_upload
from indicators.actions.uploads.checking import queue_check
from indicators.intake.findings import Finding, as_table
from indicators.models import Release, Upload, UploadFinding, UploadTemplate


class Command(BaseCommand):
    """The same way as in the browser: keep, check, accept; a dry run unless `--commit`."""

    help = "Liest Werte aus einer Tabelle nach einer Vorlage, prüft sie und legt sie in einen Entwurf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All options; German help because planners use this command."""
        add = parser.add_argument
        add("file", type=Path, metavar="DATEI", help="XLSX, XLS, ODS, CSV, TSV oder gezipptes CSV")
        add("--template", required=True, help="Name der Vorlage; es gilt ihre aktuelle Fassung")
        add("--source", help="Kennung der Quelle, wenn die Vorlage keine oder eine andere nennt")
        add("--release", help="Kennung oder Titel eines Entwurfs; ein Titel ohne Entwurf legt einen an")
        add("--user", help="Name des Kontos, unter dem die Lieferung läuft")
        add("--replace", action="store_true", help="Werte ersetzen, die der Entwurf schon hat")
        add("--accept-warnings", metavar="GRUND", help="Begründung für alle Warnungen")
        add("--commit", action="store_true", help="Wirklich speichern; ohne diese Angabe nur zeigen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Everything in one transaction that ends without a trace unless `--commit`; exit code 1 on errors."""
        asked = _asked(options)
        try:
            with transaction.atomic():
                told = self._import(options, asked)
                if not options["commit"]:
                    transaction.set_rollback(True)
                    told += " " + _("Nichts gespeichert; mit --commit wird übernommen.")
        except UploadError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(told)

    def _import(self, options: dict, asked: dict) -> str:
        upload = self._checked(options, asked)
        if upload.error_count:
            raise UploadError(_("Nichts gespeichert. Fehler: %(count)s.") % {"count": upload.error_count})
        if upload.warning_count and options["accept_warnings"]:
            give_reasons(upload=upload, reason=options["accept_warnings"], user=asked["user"])
        elif upload.warning_count and options["commit"]:
            text = _('Nichts gespeichert. Begründen Sie die Warnungen mit --accept-warnings "Grund".')
            raise UploadError(text)
        elif upload.warning_count:
            return _("%(count)s Werte gelesen; die Warnungen brauchen eine Begründung.") % {"count": upload.value_count}
        release = accept_upload(
            upload=upload,
            release=asked["release"],
            title=options["release"] or upload.file_name.rsplit(".", 1)[0],
            replace=options["replace"],
            user=asked["user"],
            in_background=False,
        )
        return f"{_('Entwurf')} „{release.title}“ ({release.slug}): {upload.message}"

    def _checked(self, options: dict, asked: dict) -> Upload:
        upload = receive_upload(
            file_name=options["file"].name,
            body=options["file"],
            user=asked["user"],
            way=Upload.Way.COMMAND,
            source=asked["source"] or asked["template"].source,
        )
        if upload.state == Upload.State.REFUSED:
            raise UploadError(upload.message)
        upload.mapping, upload.template = asked["template"].mapping, asked["template"]
        upload.save(update_fields=["mapping", "template"])
        queue_check(upload)
        check_upload(upload=upload)
        if upload.state != Upload.State.CHECKED:
            raise UploadError(upload.message)
        self._show(upload)
        return upload

    def _show(self, upload: Upload) -> None:
        rows = [_with_count(row) for row in upload.findings.all()]
        if rows:
            self.stdout.write(as_table(rows) + "\n")


def _with_count(row: UploadFinding) -> Finding:
    found = f"{row.found} (× {row.count})" if row.count > 1 else row.found
    return Finding(row.kind, row.code, found, row.expected, row.suggestion, row.sheet, row.row, row.column)


def _asked(options: dict) -> dict:
    """Template, source, user and release that the options name. Raises `CommandError` for unknown ones."""
    if not options["file"].is_file():
        raise CommandError(_("%(file)s: Diese Datei gibt es nicht.") % {"file": options["file"]})
    current = UploadTemplate.objects.filter(is_current=True)
    template = current.filter(name=options["template"]).first()
    if template is None:
        names = ", ".join(current.values_list("name", flat=True)) or _("keine")
        text = _("Die Vorlage „%(name)s“ gibt es nicht. Vorhanden: %(names)s.")
        raise CommandError(text % {"name": options["template"], "names": names})
    wanted = options["release"]
    release = Release.objects.filter(slug=wanted).first() or Release.objects.filter(title=wanted).first()
    return {
        "template": template,
        "source": _named(Source, "slug", options["source"], _("Die Quelle „%(name)s“ gibt es nicht.")),
        "user": _named(get_user_model(), "username", options["user"], _("Das Konto „%(name)s“ gibt es nicht.")),
        "release": release if wanted else None,
    }


def _named(model: type, field: str, name: str | None, text: str):
    if not name:
        return None
    found = model.objects.filter(**{field: name}).first()
    if found is None:
        raise CommandError(text % {"name": name})
    return found
