"""Spreadsheets that are zip files (XLSX, ODS): checked before anything inside is used."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from django.utils.translation import gettext as _

from .findings import Refusal, refuse

MAX_UNPACKED = 600 * 1024 * 1024  # bytes of all parts; a million rows need about 200 MB
MAX_PARTS = 5_000
CHUNK = 1 << 22
# Everything that reading a changed or cut file may raise: in the container, in missing parts, in odd attributes.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, struct.error)
DAMAGE += (KeyError, IndexError, ValueError, ElementTree.ParseError)


@contextmanager
def unpacked(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip file at `path`; damage becomes a `Refusal`, whenever it shows."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_size(archive)
            yield archive
    except DAMAGE as error:
        raise damaged() from error


def damaged() -> Refusal:
    """The refusal for a file that ends early or has been changed on its way."""
    return refuse(
        "damaged",
        _("Die Datei ist beschädigt oder unvollständig."),
        _("eine vollständige Datei"),
        _("Öffnen Sie die Datei in Ihrem Tabellenprogramm, speichern Sie sie neu und laden Sie sie noch einmal hoch."),
    )


def check_size(archive: zipfile.ZipFile) -> None:
    """Refuses what would be too large when unpacked, too many parts, and parts with a password."""
    parts = archive.infolist()
    total = sum(p.file_size for p in parts)
    if total > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise refuse(
            "zip_bomb",
            _("Ausgepackt wäre die Datei %(size)s MB groß (%(count)s Teile).")
            % {"size": round(total / 1024**2), "count": len(parts)},
            _("höchstens %(limit)s MB") % {"limit": MAX_UNPACKED // 1024**2},
            _("Teilen Sie die Tabelle auf, zum Beispiel nach Jahren."),
        )
    if any(p.flag_bits & 1 for p in parts):
        raise protected()


def protected() -> Refusal:
    """The refusal for a file with a password."""
    return refuse(
        "password",
        _("Die Datei ist mit einem Kennwort geschützt."),
        _("eine Datei ohne Kennwort"),
        _("Speichern Sie die Datei ohne Kennwort: in Excel unter Datei, Informationen, Arbeitsmappe schützen."),
    )


def macros() -> Refusal:
    """The refusal for a workbook with program code."""
    return refuse(
        "macro",
        _("Die Arbeitsmappe enthält Makros (Programmcode)."),
        _("eine Arbeitsmappe ohne Makros (.xlsx)"),
        _("Speichern Sie die Datei als »Excel-Arbeitsmappe (.xlsx)«; dabei fallen die Makros weg."),
    )


def linked(targets: str) -> Refusal:
    """The refusal for a workbook whose numbers come from other files."""
    return refuse(
        "external_links",
        _("Die Arbeitsmappe bezieht Werte aus anderen Dateien%(targets)s.")
        % {"targets": f" ({targets})" if targets else ""},
        _("eine Datei, die für sich allein vollständig ist"),
        _("Fügen Sie die verknüpften Zellen als Werte ein, oder lösen Sie die Verknüpfungen im Menü Daten."),
    )


def uncounted(cells: list[str], count: int, sheet: str) -> Refusal:
    """The refusal for formulas whose results are not stored in the file."""
    more = _(" und %(count)s weitere") % {"count": count - len(cells)} if count > len(cells) else ""
    return refuse(
        "formula_without_value",
        _("Formeln ohne gespeichertes Ergebnis: %(cells)s%(more)s.") % {"cells": ", ".join(cells), "more": more},
        _("Zahlen, oder Formeln mit gespeichertem Ergebnis"),
        _("Öffnen Sie die Datei in Ihrem Tabellenprogramm, lassen Sie sie rechnen und speichern Sie sie."),
        sheet=sheet,
    )


class StrictXml:
    """Checks XML while it streams past: well-formed to the end, and without a document type (entities)."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    @staticmethod
    def _refuse_doctype(*_args: object) -> None:
        raise damaged()

    def feed(self, chunk: bytes, last: bool = False) -> None:
        """The next piece; raises `Refusal`."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise damaged() from error


def chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The bytes of an XML part, checked while they are read."""
    xml = StrictXml()
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            xml.feed(chunk)
            yield chunk
    xml.feed(b"", last=True)


def tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    """A small XML part as a tree, None when there is no such part."""
    if part not in archive.namelist():
        return None
    return ElementTree.fromstring(b"".join(chunks(archive, part)))  # noqa: S314 chunks() refuses entities


def local(tag: str) -> str:
    """Name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]
