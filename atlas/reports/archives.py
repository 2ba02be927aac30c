"""Zip archives with the same bytes every time: no clock, files in the order given. Pure."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date

_LEVEL = 6
_READABLE = 0o644 << 16  # rights of a file, as Unix notes them


def packed(files: Iterable[tuple[str, bytes]], day: date, *, stored: tuple[str, ...] = ()) -> bytes:
    """An archive of named files, all of the same `day`; those that end as `stored` says are not compressed.

    The files may come one by one: none is kept longer than it takes to pack it.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, _READABLE
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(stored) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=_LEVEL)
    return target.getvalue()


def unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """The files of an archive in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
