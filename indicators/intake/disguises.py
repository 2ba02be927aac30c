"""Files that are called spreadsheets but are something else; each gets its own clear refusal."""

import re

from django.utils.translation import gettext as _

from .findings import Refusal, refuse

_STARTS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG-Bild"),
    (b"\xff\xd8\xff", "JPEG-Bild"),
    (b"GIF8", "GIF-Bild"),
    (b"{\\rtf", "RTF-Text"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"II*\x00", "TIFF-Bild"),
    (b"MM\x00*", "TIFF-Bild"),
    (b"PAR1", "Parquet"),
)
_MARKUP = re.compile(rb"^\xef?\xbb?\xbf?\s*<(?:!doctype html|html|head|body|table|meta|style|!--)", re.IGNORECASE)
_OLD_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|<\?mso-application")


def check(head: bytes) -> None:
    """Refuses what is no text table by its first bytes."""
    for start, kind in _STARTS:
        if head.startswith(start):
            raise _other(kind)
    plain = head.replace(b"\0", b"").lstrip(b"\xff\xfe")  # also UTF-16
    if _MARKUP.match(plain):
        raise refuse(
            "html",
            _("Die Datei ist eine Internetseite (HTML), keine Tabelle, auch wenn sie so heißt."),
            _("XLSX, XLS, ODS, CSV oder TSV"),
            _("Öffnen Sie die Datei in Excel und speichern Sie sie als »Excel-Arbeitsmappe (.xlsx)«."),
        )
    if plain.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        raise _other("XML-Kalkulationstabelle 2003" if _OLD_XML.search(plain) else "XML")


def check_package(names: set[str]) -> None:
    """Refuses zip files that are documents of other programs, or hold workbooks."""
    for inside, kind in (
        ("word/document.xml", _("Word-Dokument")),
        ("ppt/presentation.xml", _("PowerPoint-Präsentation")),
        ("xl/workbook.bin", _("binäre Excel-Arbeitsmappe (XLSB)")),
        ("Index/Document.iwa", _("Numbers- oder Pages-Dokument")),
        ("content.xml", _("OpenDocument, aber keine Tabelle")),
    ):
        if inside in names:
            raise _other(kind)


def check_container(names: set[str]) -> None:
    """Refuses old Office files that are no workbooks."""
    kind = _("Word-Dokument") if "WordDocument" in names else _("altes Office-Dokument ohne Tabelle")
    if "PowerPoint Document" in names:
        kind = _("PowerPoint-Präsentation")
    raise _other(kind)


def _other(kind: str) -> Refusal:
    return refuse(
        "wrong_format",
        _("Die Datei ist keine Tabelle, sondern: %(kind)s.") % {"kind": kind},
        _("XLSX, XLS, ODS, CSV oder TSV"),
        _("Öffnen Sie die Tabelle in Ihrem Tabellenprogramm und speichern Sie sie als XLSX."),
    )
