"""Text tables (CSV, TSV, also in a zip file): encoding and delimiter are found out, rows are streamed."""

import codecs
import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.intake.encodings import guess_encoding, label

from .findings import NOTE, WARNING, Finding, Refusal, refuse
from .grid import Book, Sheet

SAMPLE = 1 << 16  # bytes looked at to find the delimiter
DELIMITERS = ";\t,|"  # in this order when equally likely
LONGEST_CELL = 100_000  # characters; longer ones come from a quote that is never closed
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\x0c\x1a")
_ASCII = bytes(range(128))

Opener = Callable[[], BinaryIO]


def open_delimited(opener: Opener, name: str, format: str) -> Book:
    """The text table that `opener` gives the bytes of, as often as it is called."""
    encoding = _encoding(opener)
    head = _head(opener, encoding)
    skip = 1 if head[0].strip().lower().startswith("sep=") else 0
    delimiter = head[0].strip()[4:5] or "\t" if skip else find_delimiter(head[:-1] or head)

    def rows() -> Iterator[list]:
        with _text(opener, encoding) as lines:
            yield from ([] for _hint in range(skip) if next(lines, None) is not None)
            yield from csv.reader(lines, delimiter=delimiter, strict=True)

    widths = _checked_widths(rows)
    if not any(widths[width] for width in widths if width):
        raise refuse("empty", _("Die Datei enthält keine Zeilen."), _("eine Tabelle"))
    sheet = Sheet("", sum(widths.values()), max(widths), rows)
    sheet_format = "tsv" if delimiter == "\t" and format == "csv" else format
    return Book(name, sheet_format, [sheet], label(encoding), delimiter, ragged(rows, widths))


def _head(opener: Opener, encoding: str) -> list[str]:
    try:
        with _text(opener, encoding) as text:
            return text.read(SAMPLE).split("\n")
    except UnicodeError as error:
        raise unreadable() from error


@contextmanager
def _text(opener: Opener, encoding: str) -> Iterator[io.TextIOWrapper]:
    csv.field_size_limit(LONGEST_CELL)
    with opener() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        yield text


def _encoding(opener: Opener) -> str:
    """Codec of the text; looks at all bytes once, because one umlaut may come late."""
    with opener() as raw:
        first = raw.read(SAMPLE)
    codec = _wide_codec(first)
    if codec:
        return codec
    decoder, high, valid = codecs.getincrementaldecoder("utf-8")(), b"", True
    with opener() as raw:
        while piece := raw.read(1 << 20):
            if len(piece) - len(piece.translate(None, _CONTROLS)) > len(piece) // 10_000:
                raise _binary()
            if len(high) < SAMPLE:
                high += piece.translate(None, _ASCII)[:SAMPLE]
            try:
                valid = valid and decoder.decode(piece) is not None
            except UnicodeDecodeError:
                valid = False
        try:
            valid = valid and decoder.decode(b"", final=True) is not None
        except UnicodeDecodeError:
            valid = False
    if valid:
        return "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"
    if high.decode("utf-8", errors="replace").count("\ufffd") * 4 < len(high):
        raise unreadable()  # UTF-8 with damage; as Latin-1 it would be readable, but wrong
    # A lone lead byte keeps the sample from looking like UTF-8 by chance.
    return guess_encoding(high + b"\xe4")


def _wide_codec(first: bytes) -> str:
    """UTF-16, with or without a mark; else empty. Other NUL bytes mean that this is no text."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    nuls = first.count(0)
    if not nuls:
        return ""
    if first[1::2].count(0) > len(first) * 0.4 and not first[::2].count(0):
        return "utf-16-le"
    if first[::2].count(0) > len(first) * 0.4 and not first[1::2].count(0):
        return "utf-16-be"
    raise refuse(
        "nul_bytes",
        _("Die Textdatei enthält %(count)s NUL-Bytes.") % {"count": nuls},
        _("eine Textdatei"),
        _("Speichern Sie die Tabelle neu als »CSV UTF-8«."),
    )


def _binary() -> Refusal:
    return refuse(
        "binary",
        _("Die Datei ist weder eine Tabelle noch ein Text."),
        _("XLSX, XLS, ODS, CSV oder TSV"),
        _("Öffnen Sie die Datei in Ihrem Tabellenprogramm und speichern Sie sie als XLSX."),
    )


def find_delimiter(lines: list[str]) -> str:
    r"""The character that parts most lines into equally many cells.

    >>> find_delimiter(["Gebiet;Wert", "011;12,5", "012;7,1"]), find_delimiter(["Gebiet\tWert", "011\t12,5"])
    (';', '\t')
    """
    lines = [line for line in lines[:200] if line.strip()]
    return max(DELIMITERS, key=lambda d: (_consistency(lines, d), -DELIMITERS.index(d)))


def _consistency(lines: list[str], delimiter: str) -> float:
    """Share of lines with the usual number of cells; more cells count a little, so that decimal commas lose."""
    quoted = _shape(lines, delimiter, csv.QUOTE_MINIMAL)
    return max(quoted, 0.95 * _shape(lines, delimiter, csv.QUOTE_NONE))  # an open quote swallows all lines below


def _shape(lines: list[str], delimiter: str, quoting: int) -> float:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter, quoting=quoting) if row)
    except csv.Error:
        return 0.0
    wide = [(count, width) for width, count in widths.items() if width > 1]
    if not wide:
        return 0.0
    count, width = max(wide)
    return count / len(lines) + 0.05 * min(width - 1, 6)


def _checked_widths(rows: Callable[[], Iterator[list]]) -> Counter:
    """How many rows have how many cells; reads everything once, so that later reading cannot fail."""
    try:
        return Counter(map(len, rows()))
    except csv.Error as error:
        raise refuse(
            "broken_quotes",
            _("Ein Anführungszeichen wird nicht geschlossen, oder hinter ihm steht noch Text."),
            _("Anführungszeichen um ganze Zellen"),
            _("Speichern Sie die Tabelle im Tabellenprogramm neu als CSV, statt sie von Hand zu bearbeiten."),
        ) from error
    except UnicodeError as error:
        raise unreadable() from error


def unreadable() -> Refusal:
    """The refusal for text whose characters make no sense."""
    return refuse(
        "encoding",
        _("Die Schriftzeichen der Datei sind nicht zu lesen, oder sie endet mitten in einem Zeichen."),
        _("UTF-8, UTF-16, Windows-1252 oder Latin-1"),
        _("Speichern Sie die Tabelle neu als »CSV UTF-8«."),
    )


def ragged(rows: Callable[[], Iterator[list]], widths: Counter) -> list[Finding]:
    """Remarks on rows that are longer or shorter than most: a stray delimiter moves numbers into other columns."""
    usual = max((w for w in widths if w > 1), key=lambda w: widths[w], default=0)
    long = [(n, row) for n, row in enumerate(rows(), 1) if len(row) > usual and any(row[usual:])] if usual else []
    findings = []
    if long:
        findings.append(
            Finding(
                WARNING,
                "ragged_long",
                ngettext(
                    "%(count)s Zeile hat mehr als %(usual)s Zellen.",
                    "%(count)s Zeilen haben mehr als %(usual)s Zellen.",
                    len(long),
                )
                % {"count": len(long), "usual": usual},
                _("in jeder Zeile gleich viele Zellen"),
                _("Prüfen Sie, ob ein Trennzeichen in einer Zahl oder einem Namen steht."),
                row=long[0][0],
            )
        )
    short = sum(count for width, count in widths.items() if 1 < width < usual)
    if short:
        first = next(n for n, row in enumerate(rows(), 1) if 1 < len(row) < usual)
        findings.append(
            Finding(
                NOTE,
                "ragged_short",
                ngettext(
                    "%(count)s Zeile hat weniger als %(usual)s Zellen; fehlende Zellen gelten als leer.",
                    "%(count)s Zeilen haben weniger als %(usual)s Zellen; fehlende Zellen gelten als leer.",
                    short,
                )
                % {"count": short, "usual": usual},
                _("in jeder Zeile gleich viele Zellen"),
                row=first,
            )
        )
    return findings


def open_zipped(archive: zipfile.ZipFile, path: str, name: str) -> Book:
    """The one text table in a zip file."""
    hidden = ("__MACOSX/", ".")
    members = [m.filename for m in archive.infolist() if not m.is_dir() and not m.filename.startswith(hidden)]
    tables = [m for m in members if m.lower().endswith((".csv", ".tsv", ".txt"))]
    if len(tables) != 1:
        raise refuse(
            "zip_content",
            _("In der Zip-Datei liegen: %(names)s.") % {"names": ", ".join(members[:5]) or _("keine Dateien")},
            _("genau eine CSV-Datei"),
            _("Laden Sie die Dateien einzeln und ungepackt hoch."),
        )
    member = tables[0]

    def opener() -> BinaryIO:
        return _Member(path, member)

    return open_delimited(opener, name, "csv.zip")


class _Member(io.BufferedReader):
    """A file inside a zip file, which is closed together with it."""

    def __init__(self, path: str, member: str):
        self._archive = zipfile.ZipFile(path)
        super().__init__(self._archive.open(member))

    def close(self) -> None:
        super().close()
        self._archive.close()
