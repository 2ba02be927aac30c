"""`manage.py report profile sozialraum 023 --format pdf -o FILE`: a document without the web."""

import difflib
import sys
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import translation

from areas.models import Area, AreaLevel
from atlas.actions.reporting import note_made
from atlas.argument_errors import speak_plainly, unwritable
from atlas.report_arguments import add_options, asked_options
from atlas.reports import kinds
from atlas.reports.bundle import map_alone
from atlas.reports.compilation import SIZES, WrongCompilation, as_data
from atlas.reports.document import Document
from atlas.reports.formats import FORMATS, PICTURES, written
from atlas.reports.images import WIDEST
from atlas.reports.origin import NothingToReport
from atlas.reports.sections import WrongOption
from atlas.reports.templates import TEMPLATES

FEW = 12  # names that an error lists
STANDARD_OUTPUT = "-"
BOOK = "book"
REFUSALS = (NothingToReport, WrongCompilation, WrongOption)  # their messages are sentences for readers
MAP_OPTIONS = (  # option, parameter of the map page's address, help
    ("level", "ebene", "Gliederungsebene, etwa sozialraum"),
    ("period", "zeit", "Zeitpunkt, etwa 2024"),
    ("compare", "vergleich", "früherer Zeitpunkt: die Karte zeigt die Veränderung"),
    ("method", "klassen", "Verfahren der Klassen, etwa quantile"),
    ("classes", "anzahl", "Zahl der Klassen"),
    ("order", "sortierung", "Reihenfolge der Tabelle: rang, name, schluessel oder veraenderung"),
)


class Command(BaseCommand):
    help = (
        "Schreibt einen Bericht in eine Datei: dieselben Zahlen wie auf der Seite, für dieselbe Veröffentlichung "
        "immer dieselben Bytes."
    )

    def add_arguments(self, parser):
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="ART")
        profile = kinds.add_parser("profile", help="Profil eines Gebiets")
        profile.add_argument(
            "area",
            nargs="+",
            metavar="EBENE SCHLÜSSEL",
            help="etwa: sozialraum 023; die Ebene, weil Schlüssel sich wiederholen",
        )
        self._add_common(profile)
        sheet = kinds.add_parser("map", help="Thematische Karte: ein Indikator mit Legende und Tabelle")
        sheet.add_argument("indicator", metavar="INDIKATOR", help="Kennung wie in der Adresse der Karte")
        for name, _parameter, text in MAP_OPTIONS:
            sheet.add_argument(f"--{name}", default="", help=text)
        sheet.add_argument("--without-plan", action="store_true", help="ohne die Umrisse der Aktionsräume")
        sheet.add_argument("--series", action="store_true", help="alle Zeitpunkte als kleine Karten")
        sheet.add_argument("--each", action="store_true", help="mit --series: dazu je Zeitpunkt eine Seite")
        sheet.add_argument(
            "--width", type=_width, default=0, help="svg: Millimeter, png: Bildpunkte; ohne: so breit wie im Bericht"
        )
        self._add_paper(sheet)
        self._add_common(sheet, more=PICTURES)
        for template in TEMPLATES.values():
            own = kinds.add_parser(template.slug, help=str(template.purpose))
            if template.slug == BOOK:
                own.add_argument(
                    "area", nargs="*", metavar="EBENE [SCHLÜSSEL]", help="sozialraum, oder: stadtbezirk 05"
                )
            add_options(own, template)
            self._add_common(own)
        for one in (parser, *kinds.choices.values()):
            speak_plainly(one)

    def _add_paper(self, parser) -> None:
        parser.add_argument("--size", default="A4", choices=SIZES, help="Papier")
        parser.add_argument("--landscape", action="store_true", help="quer statt hoch")

    def _add_common(self, parser, *, more: tuple[str, ...] = ()) -> None:
        parser.add_argument(
            "--format", default="", choices=["", *FORMATS, *more], help="ohne: nach der Endung der Datei, sonst pdf"
        )
        parser.add_argument(
            "-o", "--output", default="", help="Datei; ohne: unter dem Namen des Berichts hier; - für die Ausgabe"
        )
        parser.add_argument("--release", default="", help="Kennung der Veröffentlichung; ohne: die neueste")
        parser.add_argument("--language", default="de", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args, kind: str, **options):
        with translation.override(options["language"]):
            kind, parameters = self._asked(kind, options)
            ending = self._ending(options["format"], options["output"], PICTURES if kind == "map" else ())
            self._check(kind, ending, options)
            try:
                parameters = kinds.in_full(kind, parameters, release=options["release"])
                document = kinds.make(kind, parameters, release=options["release"])
            except REFUSALS as error:
                raise CommandError(str(error)) from error
            content = map_alone(document, ending, options["width"]) if ending in PICTURES else written(document, ending)
            self._remember(kind, parameters, ending, document)
        self._save(content, options["output"] or f"{document.name}.{ending}")

    def _check(self, kind: str, ending: str, options: dict) -> None:
        if ending in PICTURES and kind != "map":
            raise CommandError(f"{' und '.join(PICTURES)} gibt es nur für eine einzelne Karte.")
        if options.get("width") and ending not in PICTURES:
            raise CommandError(f"--width gibt es nur für {' und '.join(PICTURES)}.")
        if options.get("each") and kind != "series":
            raise CommandError("--each gibt es nur zusammen mit --series.")

    def _ending(self, asked: str, output: str, more: tuple[str, ...]) -> str:
        """The format asked for, else that of the file's ending. Raises `CommandError` where the two contradict."""
        ending = Path(output).suffix.lstrip(".").lower()
        if asked:
            if ending != asked and ending in (*FORMATS, *PICTURES):
                raise CommandError(f"--format {asked} und die Datei „{output}“ passen nicht zusammen.")
            return asked
        possible = (*FORMATS, *more)
        if ending and ending not in possible:
            raise CommandError(f"Das Format „{ending}“ gibt es nicht. Möglich: {', '.join(possible)}.")
        return ending or "pdf"

    def _save(self, content: bytes, output: str) -> None:
        if output == STANDARD_OUTPUT:
            sys.stdout.buffer.write(content)
            return
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise CommandError(f"„{output}“ lässt sich nicht schreiben: {unwritable(error)}.") from error
        self.stdout.write(f"{output}: {len(content):,} Bytes".replace(",", "."))

    def _remember(self, kind: str, parameters: dict, ending: str, document: Document) -> None:
        """So that the address printed in the document answers; a database that cannot be written to is no obstacle."""
        try:
            with transaction.atomic():
                note_made(kind=kind, parameters=parameters, ending=ending, document=document)
        except DatabaseError as error:
            self.stderr.write(f"Die Kurzadresse des Dokuments antwortet nicht, bis es im Portal entsteht: {error}")

    def _asked(self, kind: str, options: dict) -> tuple[str, dict]:
        """The kind of document and its parameters; a template is a compilation that it fills."""
        if kind not in TEMPLATES:
            made = getattr(self, f"_{kind}")(options)
            return "series" if options.get("series") else kind, made
        wanted = asked_options(options)
        if options.get("area"):
            wanted |= _book_of(options["area"])
        try:
            return "compilation", as_data(TEMPLATES[kind].fill(wanted))
        except REFUSALS as error:
            raise CommandError(str(error)) from error

    def _profile(self, options: dict) -> dict:
        level, code = area_named(options["area"])
        if len(options["area"]) == 1:
            self.stderr.write(f"Gemeint ist: {level} {code}")
        return {"level": level, "code": code}

    def _map(self, options: dict) -> dict:
        query = {parameter: options[name] for name, parameter, _text in MAP_OPTIONS}
        query |= {"indikator": options["indicator"], "plan": "0" if options["without_plan"] else ""}
        asked = {"query": query, "sheet": {"size": options["size"], "landscape": options["landscape"]}}
        return asked | ({"each": options["each"]} if options["series"] else {})


def _width(text: str) -> int:
    """A width from the command line, in pixels or millimetres. Raises `ArgumentTypeError`."""
    if not text.isdecimal() or not 1 <= int(text) <= WIDEST:
        raise ArgumentTypeError(f"„{text[:20]}“ ist keine ganze Zahl von 1 bis {WIDEST}.")
    return int(text)


def _book_of(words: list[str]) -> dict:
    """The options of a book for a level, or for the areas in one area. Raises `CommandError`."""
    if len(words) == 1:
        return {"level": words[0]}
    level, code = area_named(words)
    return {"within": [f"{level}/{code}"]}


def area_named(words: list[str]) -> tuple[str, str]:
    """Level and code of an area. Without a level it is the city's reporting level (Sozialräume), where that has the
    code, else the only level that has it. Raises `CommandError`.
    """
    if len(words) > 2:
        raise CommandError("Ein Gebiet ist eine Ebene und ein Schlüssel, etwa: sozialraum 023.")
    code = words[-1]
    having = Area.objects.in_force().filter(code=code).select_related("level").defer("geometry").order_by("level__rank")
    if len(words) == 1:
        return _only(list(having), code)
    level = AreaLevel.objects.filter(slug=words[0]).first()
    if level is None:
        known = ", ".join(AreaLevel.objects.order_by("rank").values_list("slug", flat=True))
        raise CommandError(f"Eine Ebene „{words[0]}“ gibt es nicht. Möglich: {known}.")
    if not having.filter(level=level).exists():
        raise CommandError(_no_such_area(level, code, having))
    return level.slug, code


def _only(having: list[Area], code: str) -> tuple[str, str]:
    having = [area for area in having if area.level.is_reporting] or having
    if len(having) == 1:
        return having[0].level.slug, code
    if not having:
        raise CommandError(f"Ein Gebiet mit dem Schlüssel „{code}“ gibt es auf keiner Ebene.")
    possible = ", ".join(f"{area.level.slug} {code} ({area.name})" for area in having)
    raise CommandError(f"Den Schlüssel „{code}“ gibt es auf mehreren Ebenen. Möglich: {possible}.")


def _no_such_area(level: AreaLevel, code: str, having) -> str:
    codes = list(Area.objects.in_force().filter(level=level).order_by("code").values_list("code", flat=True))
    close = difflib.get_close_matches(code, codes, n=FEW, cutoff=0.5) or codes[:FEW]
    more = "" if len(codes) <= len(close) else f" … (insgesamt {len(codes)})"
    text = f"Ein Gebiet {level.slug} „{code}“ gibt es nicht. Möglich: {', '.join(close)}{more}."
    elsewhere = [f"{area.level.slug} {code}" for area in having]
    return f"{text} Den Schlüssel gibt es als: {', '.join(elsewhere)}." if elsewhere else text
