"""Bring a city's own areas in: `manage.py import_areas FILE --level ...`; see docs/areas.md."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from areas.actions.importing import Imported, import_planned_areas
from areas.geometry.repair import TOLERANCE
from areas.intake.checking import Columns
from areas.intake.findings import IntakeError, as_table, refusals
from areas.intake.planning import ImportPlan, ImportRequest, encoding_is_known, plan_import
from areas.intake.raw import ReadingOptions

MAX_TOLERANCE = 1.0  # metres


class Command(BaseCommand):
    """Reads and checks everything, then stores all or nothing; a dry run unless `--commit`."""

    help = "Liest Gebiete aus GeoJSON, GeoPackage oder Shapefile (zip), prüft und speichert sie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All options; German help because planners use this command."""
        add = parser.add_argument
        add("file", nargs="?", type=Path, help="GeoJSON, GeoPackage oder Shapefile (zip)")
        add("--level", required=True, help="Ebene der Gebiete, zum Beispiel sozialraum")
        add("--source", required=True, help="Kennung der Quelle")
        add("--code-column", help="Spalte mit dem Schlüssel")
        add("--name-column", help="Spalte mit dem Namen")
        add("--parent-column", help="Spalte mit dem Schlüssel des übergeordneten Gebiets")
        add("--parent-level", help="Ebene des übergeordneten Gebiets")
        add("--valid-from", type=_day, metavar="JJJJ-MM-TT", help="Tag, ab dem die Grenzen gelten")
        add("--layer", help="Ebene in der Datei, wenn sie mehrere enthält")
        add("--encoding", help="Zeichensatz, wenn er nicht richtig erkannt wird, zum Beispiel latin-1")
        add("--crs", help="Koordinatensystem, wenn die Datei keines nennt, zum Beispiel EPSG:25832")
        add("--tolerance", type=float, default=TOLERANCE, help="Breite in Metern, unter der Lücken geschlossen werden")
        add(
            "--dissolve-by",
            type=Path,
            metavar="TABELLE.csv",
            help="Tabelle: Teil; Ganzes; Name des Ganzen [; liegt in]",
        )
        add("--to-level", help="Ebene, zu der die Gebiete nach der Tabelle zusammengefasst werden")
        add("--commit", action="store_true", help="Wirklich speichern; ohne diese Angabe nur zeigen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, tell all findings, store; exit code 1 when anything is refused."""
        request = _request(options)
        try:
            plan = plan_import(request)
        except IntakeError as error:
            self._refuse([error.finding])
        if plan.is_refused:
            self._refuse(plan.findings)
        try:
            imported = import_planned_areas(plan=plan, commit=options["commit"])
        except IntakeError as error:
            self._refuse([*plan.findings, error.finding])
        self._tell(plan, imported, commit=options["commit"])

    def _refuse(self, findings) -> None:
        self.stdout.write(as_table(list(findings)))
        count = len(refusals(findings))
        raise CommandError(_("Nichts gespeichert. Einwände: %(count)s.") % {"count": count})

    def _tell(self, plan: ImportPlan, imported: Imported, *, commit: bool) -> None:
        findings = [*plan.findings, *imported.findings]
        if findings:
            self.stdout.write(as_table(findings) + "\n")
        for result in imported.levels:
            counts = {
                "level": result.level.name_plural,
                "created": result.saved.created,
                "changed": result.saved.changed,
                "unchanged": result.saved.unchanged,
                "closed": result.saved.closed,
            }
            self.stdout.write(
                _("%(level)s: %(created)s neu, %(changed)s geändert, %(unchanged)s unverändert, %(closed)s beendet.")
                % counts
            )
            if result.created and result.saved.unchanged + result.saved.changed:
                self.stdout.write("  " + _("neu: %s") % ", ".join(result.created))
            if result.closed:
                self.stdout.write("  " + _("beendet: %s") % ", ".join(result.closed))
        if commit:
            self.stdout.write(_("Gespeichert und veröffentlicht: %s") % ", ".join(imported.published))
        else:
            self.stdout.write(_("Probelauf: nichts gespeichert. Mit --commit wird gespeichert."))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("»%s« ist kein Tag in der Form 2026-05-01.") % text) from error


def _request(options: dict[str, Any]) -> ImportRequest:
    """The options as one request; raises `CommandError` for combinations that make no sense."""
    dissolves = bool(options["dissolve_by"])
    if dissolves != bool(options["to_level"]):
        raise CommandError(_("--dissolve-by und --to-level gehören zusammen."))
    if not options["file"] and not dissolves:
        raise CommandError(_("Es fehlt die Datei mit den Gebieten oder eine Tabelle mit --dissolve-by."))
    if options["file"] and not (options["code_column"] and options["name_column"]):
        raise CommandError(_("Zu einer Datei gehören --code-column und --name-column."))
    if options["parent_column"] and not options["parent_level"]:
        raise CommandError(_("Zu --parent-column gehört --parent-level."))
    if not 0 < options["tolerance"] <= MAX_TOLERANCE:
        raise CommandError(_("--tolerance liegt zwischen 0 und 1 Meter."))
    if not encoding_is_known(options["encoding"]):
        raise CommandError(_("Den Zeichensatz »%s« gibt es nicht; üblich sind utf-8, latin-1.") % options["encoding"])
    columns = Columns(options["code_column"], options["name_column"], options["parent_column"])
    return ImportRequest(
        level=options["level"],
        source=options["source"],
        file=options["file"],
        columns=columns if options["file"] else None,
        parent_level=options["parent_level"],
        valid_from=options["valid_from"],
        reading=ReadingOptions(options["layer"], options["encoding"]),
        crs=options["crs"],
        tolerance=options["tolerance"],
        dissolve_by=options["dissolve_by"],
        to_level=options["to_level"],
    )
