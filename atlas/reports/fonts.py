"""The fonts of printed documents: the portal's own, and one for all letters that it lacks."""

from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
FAMILY, FALLBACK = "Sozialportal Sans", "DejaVu Sans"
OWN = tuple(PROJECT / "static" / "fonts" / f"sozialportal-sans-{weight}.ttf" for weight in (400, 600))
ALL_LETTERS = PROJECT / "static" / "vendor" / "dejavu" / "DejaVuSans.ttf"
FONT_FILES = (*OWN, ALL_LETTERS)
CONFIGURATION = Path(__file__).with_name("fonts.conf")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = frozenset(map(chr, (0x0A, 0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, *range(0x202A, 0x202F))))
_INVISIBLE |= frozenset(map(chr, (0x200E, 0x200F, *range(0x2066, 0x206A))))


def printable(text: str) -> str:
    """Text with a visible mark for every letter that no font of ours has, as a font without it would leave a hole.

    >>> printable("Nordmarkt → 北 שלום")
    'Nordmarkt → \N{REPLACEMENT CHARACTER} שלום'
    """
    own = _letters(OWN[0])
    if all(c in own for c in text):
        return text
    known = own | _letters(ALL_LETTERS) | _INVISIBLE
    return "".join(c if c in known else UNKNOWN for c in text)


@cache
def _letters(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only documents need it

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
