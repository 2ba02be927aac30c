"""Pictures lose what cameras write into them, and nothing passes that is no picture."""

import struct
import zlib

import pytest

from actionplan.pictures import BadPicture, bare_picture


def png_part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def a_png(*more: bytes, width=2, height=1) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" + b"\x10\x20\x30" * width)
    parts = [png_part(b"IHDR", head), *more, png_part(b"IDAT", data), png_part(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(content)) + content


def exif(turned: int) -> bytes:
    tiff = b"II*\x00" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    return segment(0xE1, b"Exif\x00\x00" + tiff + b"GPS 51.5 7.4")


def a_jpeg(*more: bytes) -> bytes:
    size = segment(0xC0, struct.pack(">BHHB", 8, 20, 30, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\x34\xff\x00\x56"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\x00") + b"".join(more) + size + scan + b"\xff\xd9"


def test_a_png_keeps_its_pixels_and_loses_its_texts():
    plain = a_png()
    found = bare_picture(a_png(png_part(b"tEXt", b"Author\x00Erika"), png_part(b"eXIf", b"place")))
    assert (found.content_type, found.width, found.height, found.body) == ("image/png", 2, 1, plain)
    assert bare_picture(plain + b"<script>").body == plain


def test_a_jpeg_loses_where_it_was_taken_and_stays_turned():
    found = bare_picture(a_jpeg(exif(6), segment(0xFE, b"Kommentar")) + b"PK\x03\x04")
    assert (found.content_type, found.width, found.height) == ("image/jpeg", 30, 20)
    assert b"GPS" not in found.body and b"Kommentar" not in found.body and b"PK" not in found.body
    assert bare_picture(found.body).body == found.body, "what was bare stays as it is"
    assert b"Exif" in found.body and b"Exif" not in bare_picture(a_jpeg(exif(1))).body


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "kind"),
        (b"<!doctype html>", "kind"),
        (b"GIF89a", "kind"),
        (b"", "kind"),
        (a_png()[:40], "damaged"),
        (a_png()[:-20] + b"0" * 20, "damaged"),
        (a_png(width=0), "damaged"),
        (a_png(width=10_000, height=10_000), "large"),
        (a_jpeg()[:20], "damaged"),
        (a_jpeg()[:-2], "damaged"),
        (b"\xff\xd8\xff", "damaged"),
    ],
)
def test_what_is_no_picture_is_refused(body, reason):
    with pytest.raises(BadPicture) as refused:
        bare_picture(body)
    assert refused.value.reason == reason


def test_no_cut_or_changed_picture_breaks_the_reader():
    for whole in (a_png(), a_jpeg(exif(3))):
        for place in range(len(whole)):
            for body in (whole[:place], whole[:place] + b"\xff" + whole[place + 1 :]):
                try:
                    bare_picture(body)
                except BadPicture:
                    continue
