"""Reading map files as they stand: GeoJSON, GeoPackage, Shapefile, also inside a zip."""

import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from . import archives, geojson, vector
from .findings import refuse
from .raw import RawFile, ReadingOptions

GEOJSON, GEOPACKAGE, SHAPEFILE = (".geojson", ".json"), (".gpkg",), (".shp",)
READABLE = GEOJSON + GEOPACKAGE + SHAPEFILE
FORMATS = "GeoJSON (.geojson), GeoPackage (.gpkg), Shapefile (.zip)"


def read_areas_file(path: Path, options: ReadingOptions) -> RawFile:
    """Read a map file. Raises `IntakeError` with a finding when it cannot be read."""
    if not path.exists():
        raise refuse(path.name, _("Die Datei »%(path)s« gibt es nicht.") % {"path": path}, _neighbours_in_folder(path))
    if path.is_dir():
        raise refuse(path.name, _("»%(path)s« ist ein Ordner.") % {"path": path}, FORMATS)
    with tempfile.TemporaryDirectory(prefix="areas-") as folder:
        return _read(path, options, Path(folder))


def _read(path: Path, options: ReadingOptions, folder: Path) -> RawFile:
    shown = path.name
    if path.suffix.lower() == ".zip":
        path, options = _choose(archives.unpack(path, folder), options, shown)
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        return geojson.read(path, options, shown)
    if suffix in GEOPACKAGE:
        return vector.read_geopackage(path, options, shown)
    if suffix in SHAPEFILE:
        return vector.read_shapefile(path, options, shown, folder)
    raise refuse(shown, _("Das Format %(suffix)s wird nicht gelesen.") % {"suffix": suffix or "?"}, FORMATS)


def _choose(paths: list[Path], options: ReadingOptions, shown: str) -> tuple[Path, ReadingOptions]:
    """The one map file of a zip; of several the one named as layer."""
    maps = [p for p in paths if p.suffix in READABLE]
    if len(maps) > 1 and options.layer:
        maps = [p for p in maps if p.stem == options.layer]
        options = ReadingOptions(encoding=options.encoding)
    if len(maps) == 1:
        return maps[0], options
    names = ", ".join(sorted(p.stem for p in paths if p.suffix in READABLE))
    if not names:
        found = ", ".join(sorted(p.name for p in paths)) or _("nichts davon")
        raise refuse(shown, _("In der Zip-Datei liegt keine Karte, sondern: %(found)s.") % {"found": found}, FORMATS)
    raise refuse(
        shown, _("In der Zip-Datei liegen mehrere Karten."), _("eine davon mit --layer: %(names)s") % {"names": names}
    )


def _neighbours_in_folder(path: Path) -> str:
    if not path.parent.is_dir():
        return _("eine vorhandene Datei; auch den Ordner »%(folder)s« gibt es nicht") % {"folder": path.parent}
    names = sorted(p.name for p in path.parent.iterdir() if p.suffix.lower() in (*READABLE, ".zip"))
    if not names:
        return _("eine vorhandene Datei")
    return _("eine vorhandene Datei; im Ordner liegen: %(names)s") % {"names": ", ".join(names[:8])}
