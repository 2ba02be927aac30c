"""Reading GeoPackage and Shapefile through GDAL (pyogrio)."""

import shutil
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import shapely
from django.utils.translation import gettext as _

from . import archives, encodings
from .findings import Finding, IntakeError, refuse
from .projecting import read_crs
from .raw import RawFeature, RawFile, ReadingOptions, encoding_note
from .suggesting import near

NEEDED = (".shx", ".dbf")
BESIDE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
# Language byte of the DBF header -> codec (the ones met in German files).
LANGUAGE_BYTES = {0x02: "cp850", 0x01: "cp437", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252", 0x04: "mac-roman"}
GDAL_NAMES = {"iso8859-1": "ISO-8859-1", "utf-8": "UTF-8", "mac-roman": "macintosh"}
CPG_NAMES = {"88591": "iso-8859-1", "885915": "iso-8859-15", "ansi 1252": "cp1252", "1252": "cp1252", "65001": "utf-8"}


def read_geopackage(path: Path, options: ReadingOptions, shown: str) -> RawFile:
    """One layer of a GeoPackage; of several the one named in the options."""
    if path.stat().st_size > archives.MAX_BYTES:
        raise refuse(shown, _("Die Datei ist zu groß."), _("höchstens %s MB") % (archives.MAX_BYTES // 1024**2))
    layer = _layer(path, options.layer, shown)
    return _read(path, layer, shown, "utf-8", ())


def read_shapefile(path: Path, options: ReadingOptions, shown: str, folder: Path) -> RawFile:
    """A Shapefile with all its parts; the encoding from .cpg, the DBF header, or the content."""
    parts = {p.suffix.lower(): p for p in path.parent.iterdir() if p.stem == path.stem}
    missing = [suffix for suffix in NEEDED if suffix not in parts]
    if missing:
        raise refuse(
            shown,
            _("Zum Shapefile fehlt die Datei %(names)s.") % {"names": ", ".join(path.stem + m for m in missing)},
            _(".shp, .shx, .dbf und .prj zusammen, am besten in einer Zip-Datei"),
        )
    copy = folder / "read"
    copy.mkdir()
    for suffix in BESIDE:
        if suffix in parts:
            shutil.copyfile(parts[suffix], copy / f"areas{suffix}")
    codec, note = _table_encoding(copy, options, shown)
    name = encodings.codecs.lookup(codec).name
    (copy / "areas.cpg").write_text(GDAL_NAMES.get(name, name.upper()), encoding="ascii")
    return _read(copy / "areas.shp", None, shown, codec, (note,))


def _layer(path: Path, wanted: str | None, shown: str) -> str:
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except pyogrio.errors.DataSourceError as error:
        raise _unreadable(shown) from error
    if wanted in names:
        return wanted
    if wanted:
        raise refuse(shown, _("Die Ebene »%(name)s« fehlt.") % {"name": wanted}, near(wanted, names))
    if len(names) == 1:
        return names[0]
    if not names:
        raise refuse(shown, _("Die Datei enthält keine Karte."), _("eine Ebene mit Flächen"))
    raise refuse(
        shown, _("Die Datei enthält mehrere Ebenen."), _("eine davon mit --layer: %s") % ", ".join(sorted(names))
    )


def _table_encoding(folder: Path, options: ReadingOptions, shown: str) -> tuple[str, Finding]:
    """The codec of the attribute table: given, named by .cpg, by the DBF header, or guessed; checked against it."""
    raw = (folder / "areas.dbf").read_bytes()
    cpg = folder / "areas.cpg"
    named = cpg.read_text(encoding="ascii", errors="replace").strip() if cpg.exists() else ""
    codec = options.encoding or _codec(named) or LANGUAGE_BYTES.get(raw[29] if len(raw) > 29 else 0)
    if codec is None:
        codec = encodings.guess_encoding(_table_text(raw))
        return codec, encoding_note(shown, encodings.label(codec), given=False)
    try:
        _table_text(raw).decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        raise refuse(
            shown,
            _("Die Namen sind nicht in %(codec)s geschrieben, wie angegeben.") % {"codec": codec},
            _("eine passende Angabe mit --encoding, vermutlich %s") % encodings.guess_encoding(_table_text(raw)),
        ) from error
    return codec, encoding_note(shown, encodings.label(codec), given=bool(options.encoding))


def _table_text(raw: bytes) -> bytes:
    """The records of a DBF file, without its binary header."""
    return raw[int.from_bytes(raw[8:10], "little") :] if len(raw) > 32 else b""


def _codec(named: str) -> str | None:
    if not named:
        return None
    plain = named.lower().replace("iso", "").replace("-", "").replace("_", "").replace(" ", "")
    candidate = CPG_NAMES.get(named.lower()) or CPG_NAMES.get(plain) or named
    try:
        return encodings.codecs.lookup(candidate).name
    except LookupError:
        return None


def _read(path: Path, layer: str | None, shown: str, codec: str, findings: tuple[Finding, ...]) -> RawFile:
    try:
        meta, _ids, geometries, data = pyogrio.raw.read(path, layer=layer, force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        raise _unreadable(shown) from error
    columns = tuple(str(name) for name in meta["fields"])
    shapes = (
        shapely.from_wkb(geometries, on_invalid="ignore")
        if geometries is not None
        else [None] * (len(data[0]) if data else 0)
    )
    rows = zip(*data, strict=True) if data else ([] for _ in shapes)
    features = tuple(
        RawFeature(number, dict(zip(columns, row, strict=True)), _shape(shape))
        for number, (shape, row) in enumerate(zip(shapes, rows, strict=True), start=1)
    )
    return RawFile(shown, columns, features, _crs(meta["crs"], shown), codec, findings=findings)


def _shape(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    return None if shape is None or np.isnan(shapely.get_coordinates(shape)).any() else shape


def _crs(text: str | None, shown: str) -> pyproj.CRS | None:
    if not text or "undefined" in text.lower()[:40]:
        return None
    return read_crs(text, shown, _("der Datei"))


def _unreadable(shown: str) -> IntakeError:
    return refuse(
        shown,
        _("Die Datei ist beschädigt oder hat ein anderes Format, als ihr Name sagt."),
        _("eine vollständige Datei; exportieren Sie sie noch einmal"),
    )
