"""Letters that name areas on a small map, where no name fits; the list beside it has them too. No Django."""

from collections.abc import Iterable
from html import escape

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letter(number: int) -> str:
    """The label of the thing with this number, counted from 0.

    >>> [letter(n) for n in (0, 25, 26, 51, 52)]
    ['A', 'Z', 'AA', 'AZ', 'BA']
    """
    tens, ones = divmod(number, len(ALPHABET))
    return (letter(tens - 1) if tens else "") + ALPHABET[ones]


def letter_marks(spots: Iterable[tuple[float, float, str]]) -> str:
    """SVG elements of (x, y, letter) in the units of the coarse drawing."""
    return "".join(
        f'<text class="area-letter" x="{x:.1f}" y="{y + 5:.1f}">{escape(text)}</text>' for x, y, text in spots
    )
