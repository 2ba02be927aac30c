"""Unpacking a sent zip file without trusting it."""

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from .findings import refuse

MAX_BYTES = 500 * 1024 * 1024  # unpacked, all files together
MAX_FILES = 200
WANTED = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".geojson", ".json", ".gpkg"}


def unpack(path: Path, folder: Path) -> list[Path]:
    """Unpack the map files of a zip flatly into `folder`; returns their paths.

    Raises `IntakeError` when the zip is broken, encrypted, holds too much, or holds two files of one name.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpack_members(archive, _wanted_members(archive, path.name), path.name, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise refuse(
            path.name,
            _("Die Zip-Datei ist beschädigt oder unvollständig."),
            _("eine vollständige Zip-Datei; laden Sie sie noch einmal herunter oder packen Sie sie neu"),
        ) from error


def _wanted_members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    members = [m for m in archive.infolist() if not m.is_dir()]
    total = sum(m.file_size for m in members)
    if total > MAX_BYTES:
        raise refuse(
            name,
            _("Ausgepackt wären es %(size)s MB.") % {"size": round(total / 1024**2)},
            _("höchstens %(limit)s MB") % {"limit": MAX_BYTES // 1024**2},
        )
    if len(members) > MAX_FILES:
        raise refuse(
            name,
            _("Die Zip-Datei enthält %(count)s Dateien.") % {"count": len(members)},
            _("höchstens %(limit)s") % {"limit": MAX_FILES},
        )
    if any(m.flag_bits & 1 for m in members):
        raise refuse(name, _("Die Zip-Datei ist mit einem Passwort geschützt."), _("eine Zip-Datei ohne Passwort"))
    hidden = ("__MACOSX/", "._")
    return [
        m for m in members if PurePosixPath(m.filename).suffix.lower() in WANTED and not m.filename.startswith(hidden)
    ]


def _unpack_members(archive: zipfile.ZipFile, members: list, name: str, folder: Path) -> list[Path]:
    paths: list[Path] = []
    for member in members:
        inside = PurePosixPath(member.filename.replace("\\", "/"))
        target = folder / (inside.stem + inside.suffix.lower())
        if target in paths:
            raise refuse(
                name, _("Die Datei »%(file)s« ist mehrfach enthalten.") % {"file": target.name}, _("jede Datei einmal")
            )
        with archive.open(member) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        paths.append(target)
    return paths
