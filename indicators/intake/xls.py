"""Old workbooks of Excel (XLS): the parts of their container, percent cells, macros, passwords, links."""

import struct
from collections.abc import Iterator

from .overlay import Overlay, shows_percent
from .packages import damaged, linked, macros, protected

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFE  # end of a chain; larger numbers are marks, not sectors
PERCENT_FORMATS = {9, 10}
_BOF, _EOF, _SHEET, _FORMAT, _STYLE, _PASSWORD, _BOOK = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x2F, 0x1AE
_NUMBER, _RK, _MULTIPLE, _FORMULA, _ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_DIMENSIONS, _STRINGS = 0x200, 0xFC
_CELLS = frozenset([_NUMBER, _RK, _MULTIPLE, _FORMULA, _ERROR, 0x204, 0xFD, 0x201, 0xBE, 0xD6])
MAX_COLUMNS, MAX_ROWS = 256, 65_536  # of this format
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class Container:
    """The streams of a compound file (OLE), as far as needed to see what it holds."""

    def __init__(self, raw: bytes):
        try:
            self._read(raw)
        except (struct.error, IndexError, ValueError) as error:
            raise damaged() from error

    def _read(self, raw: bytes) -> None:
        self.raw = raw
        shift = struct.unpack_from("<H", raw, 30)[0]
        if shift not in (9, 12):
            raise damaged()
        self.size = 1 << shift
        count, directory = struct.unpack_from("<I", raw, 44)[0], struct.unpack_from("<I", raw, 48)[0]
        self.cutoff, small = struct.unpack_from("<II", raw, 56)
        further = struct.unpack_from("<I", raw, 68)[0]
        tables = [s for s in struct.unpack_from("<109I", raw, 76) if s < _END]
        while further < _END and len(tables) < count:
            numbers = struct.unpack(f"<{self.size // 4}I", self._sector(further))
            tables += [s for s in numbers[:-1] if s < _END]
            further = numbers[-1]
        self.following = [n for t in tables for n in struct.unpack(f"<{self.size // 4}I", self._sector(t))]
        self.entries = dict(self._directory(self._chain(directory)))
        self.small = small

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        sector = self.raw[start : start + self.size]
        return sector.ljust(self.size, b"\0")

    def _chain(self, start: int) -> bytes:
        sectors, seen = [], 0
        while start < _END:
            sectors.append(self._sector(start))
            start = self.following[start]
            seen += 1
            if seen > len(self.following):
                raise damaged()
        return b"".join(sectors)

    @staticmethod
    def _directory(raw: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(raw) - 127, 128):
            length = struct.unpack_from("<H", raw, at + 64)[0]
            if raw[at + 66] in (1, 2, 5) and 2 <= length <= 64:
                name = raw[at : at + length - 2].decode("utf-16-le", errors="replace")
                yield name, struct.unpack_from("<II", raw, at + 116)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; of small ones, which are packed apart, nothing."""
        start, size = self.entries[name]
        try:
            return self._chain(start)[:size] if size >= self.cutoff else b""
        except IndexError as error:
            raise damaged() from error


def scan_workbook(container: Container) -> dict[str, Overlay]:
    """Peculiar cells of every sheet. Refuses macros, passwords and links."""
    if "_VBA_PROJECT_CUR" in container.entries or "_VBA_PROJECT" in container.entries:
        raise macros()
    book = container.stream("Workbook") if "Workbook" in container.entries else b""
    try:
        return _scan(book)
    except (struct.error, IndexError) as error:
        raise damaged() from error


def _scan(book: bytes) -> dict[str, Overlay]:
    formats, styles, sheets = {}, [], {}
    for kind, data in _records(book, 0):
        if kind == _PASSWORD:
            raise protected()
        if kind == _SHEET:
            sheets[_text(data[6:], wide=False)] = struct.unpack_from("<I", data)[0]
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", data)[0]] = _text(data[2:], wide=True)
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _BOOK and len(data) > 4 and data[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            raise linked("")
    shown = {number for number, code in formats.items() if shows_percent(code)}
    shown |= PERCENT_FORMATS - formats.keys()
    percent = {i for i, number in enumerate(styles) if number in shown}
    return {name: _sheet(book, start, percent) for name, start in sheets.items()}


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from a start to the end of its part."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _text(data: bytes, wide: bool) -> str:
    """A text with its length in two bytes (`wide`) or one."""
    length, at = (struct.unpack_from("<H", data)[0], 2) if wide else (data[0], 1)
    if data[at] & 1:
        return data[at + 1 : at + 1 + 2 * length].decode("utf-16-le", errors="replace")
    return data[at + 1 : at + 1 + length].decode("latin-1")


def _sheet(book: bytes, start: int, percent: set[int]) -> Overlay:
    overlay = Overlay()
    for kind, data in _records(book, start):
        if kind in _CELLS and struct.unpack_from("<H", data, 2)[0] >= MAX_COLUMNS:
            raise damaged()  # the fast reader would make room for all columns up to there, and end the process
        if kind == _DIMENSIONS and struct.unpack_from("<H", data, 10)[0] > MAX_COLUMNS:
            raise damaged()
        if kind == _DIMENSIONS and struct.unpack_from("<I", data, 4)[0] > MAX_ROWS:
            raise damaged()
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", data)
            if style in percent:
                overlay.add_percent(row, column)
            if kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff":
                overlay.add_error(row, column, _ERRORS.get(data[8], "#N/A"))
        elif kind == _MULTIPLE:
            row, column = struct.unpack_from("<HH", data)
            for offset in range((len(data) - 6) // 6):
                if struct.unpack_from("<H", data, 4 + 6 * offset)[0] in percent:
                    overlay.add_percent(row, column + offset)
        elif kind == _ERROR and data[7] == 1:
            row, column = struct.unpack_from("<HH", data)
            overlay.add_error(row, column, _ERRORS.get(data[6], "#N/A"))
    return overlay
