"""A picture of a document on its own: SVG for programs that draw, PNG for all others. No Django."""

import re

from atlas.reports.document import Picture
from atlas.reports.fonts import FALLBACK, FAMILY, FONT_FILES

PRINT_DPI = 300
MM_PER_INCH = 25.4
WIDEST = 10_000  # pixels
PAPER = "#ffffff"
# What other computers have in place of the portal's own letters.
_ELSEWHERE = f"font-family=\"{FAMILY}, 'Source Sans 3', '{FALLBACK}', Arial, sans-serif\""
_OWN = re.compile(rf'font-family="{FAMILY}"')
_ROOT = re.compile(r"<svg\b[^>]*>")


def svg_bytes(picture: Picture) -> bytes:
    """The drawing as a file, with its size on paper and with fonts that other computers have."""
    root = _ROOT.search(picture.svg)
    if root is None:
        raise ValueError(f"not a drawing: {picture.name}")
    opening = root.group()
    if not re.search(r"\swidth=", opening):
        size = f' width="{picture.width:g}mm" height="{picture.height:g}mm"'
        opening = f"{opening[:-1]}{size}>"
    rest = picture.svg[root.end() :]
    drawing = _OWN.sub(_ELSEWHERE, f"{opening}{rest}")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing}\n'.encode()


def png_bytes(picture: Picture, width: int = 0) -> bytes:
    """The drawing in pixels on white; `width` in pixels, without it for printing (300 dots per inch)."""
    import resvg_py  # noqa: PLC0415 - a native library that only this needs

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=picture.svg,
            width=min(width or print_pixels(picture), WIDEST),
            background=PAPER,
            skip_system_fonts=True,
            font_files=[str(path) for path in FONT_FILES],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )


def print_pixels(picture: Picture) -> int:
    """How many pixels a picture is wide in print.

    >>> print_pixels(Picture("", "", "", 60, 30))
    709
    """
    return max(1, round(picture.width / MM_PER_INCH * PRINT_DPI))
