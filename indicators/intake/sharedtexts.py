"""Texts that a workbook stores once and shows in many cells: a few long ones could fill all memory when spread out."""

import re
import zipfile

from django.utils.translation import gettext as _

from .findings import refuse
from .packages import chunks

LONG = 1_000  # bytes; shorter texts stay harmless within the limit of cells
MOST = 300 * 1024 * 1024  # bytes of long texts, counted in every cell that shows them
PART = "xl/sharedStrings.xml"
_START = re.compile(rb"<(?:\w+:)?si[ />]")
_REFERENCE = re.compile(rb't="s"[^>]*>\s*<(?:\w+:)?v>([0-9]+)<')


class LongTexts:
    """The long texts of a workbook, and how many bytes the cells seen so far show of them."""

    def __init__(self, archive: zipfile.ZipFile):
        self.lengths: dict[int, int] = {}
        self.shown = 0
        if PART in archive.namelist():
            self._measure(archive)

    def _measure(self, archive: zipfile.ZipFile) -> None:
        number, start, offset, rest = -1, 0, 0, b""
        for chunk in chunks(archive, PART):
            piece = rest + chunk
            keep = min(64, len(piece))  # a mark that begins there may go on in the next chunk
            for found in _START.finditer(piece):
                if found.start() < len(piece) - keep:
                    self._note(number, offset + found.start() - start)
                    number, start = number + 1, offset + found.start()
            offset, rest = offset + len(piece) - keep, piece[len(piece) - keep :]
        for found in _START.finditer(rest):
            self._note(number, offset + found.start() - start)
            number, start = number + 1, offset + found.start()
        self._note(number, offset + len(rest) - start)

    def _note(self, number: int, length: int) -> None:
        if number >= 0 and length > LONG:
            self.lengths[number] = length

    def look(self, piece: bytes) -> None:
        """Counts what the cells of a piece of a sheet show; refuses too much."""
        if not self.lengths:
            return
        for found in _REFERENCE.finditer(piece):
            self.shown += self.lengths.get(int(found[1]), 0)
        if self.shown > MOST:
            raise refuse(
                "too_much_text",
                _("Lange Texte stehen in so vielen Zellen, dass sie über %(size)s MB füllen.")
                % {"size": self.shown // 1024**2},
                _("höchstens %(limit)s MB") % {"limit": MOST // 1024**2},
                _("Löschen Sie die Spalten mit langen Texten."),
            )
