"""Pictures as they are stored: PNG and JPEG, checked part by part, without what cameras and programs write into them.

Places, dates and names of devices go; colours, and how a photograph is turned, stay. Pure calculation: no Django.
"""

import struct
import zlib
from dataclasses import dataclass

MOST_PIXELS = 40_000_000
PNG, JPEG, PDF = "image/png", "image/jpeg", "application/pdf"
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"iCCP", b"IDAT", b"IEND"}
_JPEG_DROPPED = {0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE}  # Exif and XMP, makers' segments, comments
_JPEG_SIZES = {0xC0, 0xC1, 0xC2}
_ORIENTATION = 0x0112


class BadPicture(ValueError):
    """No picture that can be shown: `reason` is "kind", "damaged" or "large"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A checked picture: its kind, its size in pixels, its bytes without metadata."""

    content_type: str
    width: int
    height: int
    body: bytes


def bare_picture(body: bytes) -> Picture:
    """The picture without metadata. Raises `BadPicture`, also for SVG and everything else that is no PNG or JPEG."""
    try:
        if body.startswith(_PNG_HEAD):
            found = _png(body)
        elif body.startswith(b"\xff\xd8\xff"):
            found = _jpeg(body)
        else:
            raise BadPicture("kind")
    except (struct.error, IndexError, zlib.error) as error:
        raise BadPicture("damaged") from error
    if not found.width or not found.height:
        raise BadPicture("damaged")
    if found.width * found.height > MOST_PIXELS:
        raise BadPicture("large")
    return found


def _png(body: bytes) -> Picture:
    kept, at, width, height, name, has_data = [_PNG_HEAD], 8, 0, 0, b"", False
    while name != b"IEND":
        length, name = struct.unpack(">I4s", body[at : at + 8])
        part = body[at : at + 12 + length]
        if len(part) != 12 + length or zlib.crc32(part[4:-4]) != struct.unpack(">I", part[-4:])[0]:
            raise BadPicture("damaged")
        if at == 8:
            if name != b"IHDR":
                raise BadPicture("damaged")
            width, height = struct.unpack(">II", part[8:16])
        has_data |= name == b"IDAT"
        if name in _PNG_PARTS:
            kept.append(part)
        at += len(part)
    if not has_data:
        raise BadPicture("damaged")
    return Picture(PNG, width, height, b"".join(kept))


def _jpeg(body: bytes) -> Picture:
    kept, at, size, turned = [], 2, (0, 0), 1
    while True:
        if body[at] != 0xFF:
            raise BadPicture("damaged")
        marker = body[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        length = struct.unpack(">H", body[at + 2 : at + 4])[0]
        segment = body[at : at + 2 + length]
        if length < 2 or len(segment) != 2 + length:
            raise BadPicture("damaged")
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", segment[5:9])
            size = (width, height)
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            turned = _orientation(segment[10:])
        if marker not in _JPEG_DROPPED:
            kept.append(segment)
        at += len(segment)
        if marker == 0xDA:
            break
    end = body.rfind(b"\xff\xd9")
    if end < at:
        raise BadPicture("damaged")
    return Picture(JPEG, *size, b"\xff\xd8" + _exif(turned) + b"".join(kept) + body[at : end + 2])


def _orientation(tiff: bytes) -> int:
    """How the picture is turned (1 to 8); 1, upright, where it is not said or cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        start = struct.unpack(f"{order}I", tiff[4:8])[0]
        count = struct.unpack(f"{order}H", tiff[start : start + 2])[0]
        for number in range(min(count, 100)):
            place = start + 2 + 12 * number
            tag, _kind, _count, value = struct.unpack(f"{order}HHIH", tiff[place : place + 10])
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _exif(turned: int) -> bytes:
    """A segment that says nothing but how the picture is turned; nothing for an upright one."""
    if turned == 1:
        return b""
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    content = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", 2 + len(content)) + content
