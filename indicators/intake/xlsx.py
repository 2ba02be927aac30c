"""Workbooks of Excel (XLSX): what is inside, and cells the fast reader keeps silent about."""

import re
import zipfile
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from .findings import refuse
from .overlay import Overlay, shows_percent
from .packages import chunks, linked, local, macros, tree, uncounted
from .sharedtexts import LongTexts

MAX_CELLS = 12_000_000  # of one sheet
MAX_AREA = 40_000_000  # rows times columns of one sheet, also when most are empty: the reader makes room for all
PERCENT_FORMATS = {9, 10}  # built-in: 0% and 0.00%
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


class Scanner:
    """Looks through the XML of one sheet for what matters, piece by piece."""

    def __init__(self, percent_styles: set[int], prefix: bytes = b""):
        cell = rb"<" + prefix + rb"c\s"
        styles = b"|".join(str(s).encode() for s in sorted(percent_styles))
        self._percent = re.compile(cell + rb'[^>]*?\bs="(?:' + styles + rb')"[^>]*>') if styles else None
        self._error = re.compile(cell + rb'([^>]*?\bt="e"[^>]*)>(.*?)</' + prefix + rb"c>", re.DOTALL)
        self._formula = re.compile(
            cell + rb"([^>]*)>\s*<" + prefix + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</" + prefix + rb"f>)\s*(?P<value><"
            rb"" + prefix + rb"(?:v|is)\b[^>]*[^/]?>[^<]+|)"
        )
        # Excel keeps links to files apart (check_parts); other programs write them into the formula.
        self._elsewhere = re.compile(
            rb"<" + prefix + rb"f\b[^>]*>[^<]*\[([^\[\]<]+\.(?:xls[xmb]?|ods|csv))\]", re.IGNORECASE
        )
        self._nameless = re.compile(cell + rb'(?![^>]*\br=")|<' + prefix + rb"c>")
        self._wide = re.compile(cell + rb'[^>]*?\br="([A-Z]{2,3})[0-9]+"[^>]*[^/]>')
        self._usual_start = b"<" + prefix + b'c r="'
        self._usual_wide = re.compile(self._usual_start + rb'([A-Z]{2,3})[0-9]+"[^>]*[^/]>')
        self._row = re.compile(rb"<" + prefix + rb'row\s[^>]*?\br="([0-9]+)"')
        self._cell_start, self._formula_start = b"<" + prefix + b"c ", b"<" + prefix + b"f"
        self.row_end = b"</" + prefix + b"row>"
        self.overlay = Overlay()
        self.cells = self.last_row = 0
        self.width = 26

    def look(self, piece: bytes) -> None:
        """Looks through whole rows."""
        cells = piece.count(self._cell_start)
        self.cells += cells
        usual = piece.count(self._usual_start) == cells  # the order of attributes that nearly all programs write
        if not usual and self._nameless.search(piece):
            raise _addressless()
        start = piece.rfind(self.row_end[:1] + self.row_end[2:-1] + b" ")
        if start >= 0 and (row := self._row.match(piece, start)):
            self.last_row = max(self.last_row, int(row[1]))
        for letters in set((self._usual_wide if usual else self._wide).findall(piece)):
            self.width = max(self.width, column_number(letters) + 1)
        if self.cells > MAX_CELLS or self.last_row * self.width > MAX_AREA:
            raise _too_many(self.cells, self.last_row, self.width)
        self._collect(piece)

    def _collect(self, piece: bytes) -> None:
        if self._percent:
            for tag in self._percent.finditer(piece):
                self.overlay.add_percent(*_position(tag[0])[:2])
        if b't="e"' in piece:
            for cell in self._error.finditer(piece):
                row, column, _text = _position(cell[1])
                self.overlay.add_error(row, column, re.sub(r"<[^>]*>", "", cell[2].decode()).rpartition("\n")[2])
        if self._formula_start in piece:
            if elsewhere := self._elsewhere.search(piece):
                raise linked(PurePosixPath(elsewhere[1].decode(errors="replace").replace("\\", "/")).name)
            for cell in self._formula.finditer(piece):
                if not cell["value"] and b't="str"' not in cell[1]:
                    self.overlay.add_formula(_position(cell[1])[2])


def column_number(letters: bytes) -> int:
    """Column from 0.

    >>> column_number(b"A"), column_number(b"AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _position(tag: bytes) -> tuple[int, int, str]:
    letters, row = _ADDRESS.search(tag).groups()
    return int(row) - 1, column_number(letters), (letters + row).decode()


def scan_sheet(
    archive: zipfile.ZipFile, part: str, percent_styles: set[int], texts: LongTexts | None = None
) -> Overlay:
    """Peculiar cells of one sheet. Refuses broken XML and sheets without bounds."""
    scanner, rest = None, b""
    for chunk in chunks(archive, part):
        piece = rest + chunk
        if scanner is None:
            root = re.search(rb"<([A-Za-z0-9]+:)?worksheet\b", piece)
            scanner = Scanner(percent_styles, re.escape(root[1] or b"") if root else b"")
        cut = piece.rfind(scanner.row_end)
        cut = cut + len(scanner.row_end) if cut >= 0 else 0
        scanner.look(piece[:cut])
        if texts:
            texts.look(piece[:cut])
        rest = piece[cut:]
    if scanner is None:
        return Overlay()
    scanner.look(rest)
    return scanner.overlay


def percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """Numbers of the cell styles that show percent."""
    styles = tree(archive, "xl/styles.xml")
    if styles is None:
        return set()
    wanted = set(PERCENT_FORMATS)
    for element in styles.iter():
        if local(element.tag) == "numFmt" and "numFmtId" in element.attrib:
            number = int(element.get("numFmtId"))
            (wanted.add if shows_percent(element.get("formatCode", "")) else wanted.discard)(number)
    formats = next((e for e in styles if local(e.tag) == "cellXfs"), ())
    return {i for i, xf in enumerate(formats) if int(xf.get("numFmtId", 0)) in wanted}


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet and its part inside the file."""
    workbook, relations = tree(archive, "xl/workbook.xml"), tree(archive, "xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return {}
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    parts = {}
    for sheet in workbook.iter():
        if local(sheet.tag) == "sheet":
            key = next((v for k, v in sheet.attrib.items() if local(k) == "id" and k != "id"), "")
            target = targets.get(key, "")
            parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return {name: part for name, part in parts.items() if part in archive.namelist() and "worksheet" in part}


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuses macros and links to other files."""
    names = archive.namelist()
    if any(PurePosixPath(n).name.lower() in ("vbaproject.bin", "vbadata.xml") or "/macrosheets/" in n for n in names):
        raise macros()
    links = [n for n in names if n.startswith("xl/externalLinks/") and n.endswith(".xml")]
    if links:
        targets = []
        for name in names:
            if name.startswith("xl/externalLinks/_rels/"):
                targets += [r.get("Target", "") for r in tree(archive, name)]
        raise linked(", ".join(PurePosixPath(t.replace("\\", "/")).name for t in targets[:3]))


def check_formulas(overlay: Overlay, sheet: str) -> None:
    """Refuses formulas without results."""
    if overlay.formula_count:
        raise uncounted(overlay.formulas, overlay.formula_count, sheet)


def _addressless() -> Exception:
    return refuse(
        "addressless",
        _("Die Zellen der Arbeitsmappe haben keine Adressen."),
        _("eine Arbeitsmappe, wie Excel oder LibreOffice sie speichert"),
        _("Öffnen Sie die Datei in Ihrem Tabellenprogramm und speichern Sie sie neu."),
    )


def _too_many(cells: int, rows: int, columns: int) -> Exception:
    return refuse(
        "too_many_cells",
        _("Ein Blatt ist zu groß: %(cells)s gefüllte Zellen, bis Zeile %(rows)s und Spalte %(columns)s.")
        % {"cells": cells, "rows": rows, "columns": columns},
        _("höchstens %(limit)s gefüllte Zellen in einem Blatt") % {"limit": MAX_CELLS},
        _("Löschen Sie verirrte Zellen weit rechts oder unten, oder teilen Sie die Tabelle auf."),
    )
