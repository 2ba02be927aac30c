"""Opening a spreadsheet file without trusting it: true format by content, clear refusals."""

import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from . import disguises
from .delimited import open_delimited, open_zipped
from .findings import NOTE, Finding, refuse
from .grid import Book
from .ods import open_ods
from .packages import damaged, macros, protected, unpacked
from .sharedtexts import LongTexts
from .trial import try_reading
from .workbooks import open_workbook
from .xls import MAGIC as OLE
from .xls import Container, scan_workbook
from .xlsx import check_formulas, check_parts, percent_styles, scan_sheet, sheet_parts

MAX_BYTES = 50 * 1024 * 1024  # of the file as sent
MIB = 1024 * 1024
_EXTENSIONS = {
    "xlsx": (".xlsx",),
    "xls": (".xls",),
    "ods": (".ods",),
    "csv": (".csv", ".txt", ".tsv"),
    "tsv": (".tsv", ".csv", ".txt", ".tab"),
    "csv.zip": (".zip",),
}


def open_book(path: Path, name: str = "", max_bytes: int = MAX_BYTES) -> Book:
    """The spreadsheet at `path`, named `name` by the planner. Raises `Refusal`.

    The file must stay as long as rows are read from the book.
    """
    path = Path(path)
    name = name or path.name
    size = path.stat().st_size
    if size > max_bytes:
        raise refuse(
            "too_large",
            _("Die Datei ist %(size)s MB groß.") % {"size": -(-size // MIB)},
            _("höchstens %(limit)s MB") % {"limit": max_bytes // MIB},
            _("Teilen Sie die Tabelle auf, zum Beispiel nach Jahren, oder packen Sie eine CSV-Datei als Zip."),
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise refuse("empty", _("Die Datei ist leer (0 Byte)."), _("eine Tabelle"))
    book = _open(path, name, head)
    if not book.visible or all(not s.row_count for s in book.sheets):
        raise refuse(
            "empty",
            _("Die Arbeitsmappe enthält keine ausgefüllten Zellen."),
            _("mindestens ein Blatt mit einer Tabelle"),
        )
    book.notes += _remarks(book)
    return book


def _open(path: Path, name: str, head: bytes) -> Book:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with unpacked(path) as archive:
            return _open_package(archive, path, name)
    if head.startswith(OLE):
        return _open_container(path, name)
    disguises.check(head)
    return open_delimited(lambda: path.open("rb"), name, "csv")


def _open_package(archive: zipfile.ZipFile, path: Path, name: str) -> Book:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        check_parts(archive)
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise macros()
        return _open_xlsx(archive, path, name)
    if "content.xml" in names:
        kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
        if b"spreadsheet" in kind:
            return open_ods(archive, name)
    disguises.check_package(names)
    return open_zipped(archive, str(path), name)


def _open_xlsx(archive: zipfile.ZipFile, path: Path, name: str) -> Book:
    parts = sheet_parts(archive)
    if not parts:
        raise damaged()
    styles = percent_styles(archive)
    texts = LongTexts(archive)
    overlays = {sheet: scan_sheet(archive, part, styles, texts) for sheet, part in parts.items()}
    return open_workbook(path, name, "xlsx", overlays, check_formulas)


def _open_container(path: Path, name: str) -> Book:
    container = Container(path.read_bytes())
    if "EncryptedPackage" in container.entries:
        raise protected()
    if not {"Workbook", "Book"} & container.entries.keys():
        disguises.check_container(set(container.entries))
    overlays = scan_workbook(container)
    try_reading(path)
    return open_workbook(path, name, "xls", overlays)


def _remarks(book: Book) -> list[Finding]:
    """What the planner should know about the file itself."""
    notes = []
    hidden = [s.name for s in book.sheets if s.hidden]
    if hidden:
        notes.append(
            Finding(
                NOTE,
                "hidden_sheets",
                _("Ausgeblendete Blätter werden nicht gelesen: %(names)s.") % {"names": ", ".join(hidden)},
                suggestion=_("Blenden Sie ein Blatt ein, wenn es gelesen werden soll."),
            )
        )
    if not book.name.lower().endswith(_EXTENSIONS[book.format]) and "." in book.name:
        notes.append(
            Finding(
                NOTE,
                "other_format",
                _("Die Datei heißt »%(name)s«, ist aber %(format)s; gelesen wurde der Inhalt.")
                % {"name": book.name, "format": book.format.upper()},
            )
        )
    return notes
