"""How numbers are written in a file, as far as its cells show it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .numerals import SPACES, Unreadable, bare
from .signs import DEFAULT_SIGNS, sign_of

_CLEAR = {
    ",": re.compile(r"[\d.' ’]*,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|[\d]{1,3}(?:[.' ’]\d{3})+,\d+", re.ASCII),
    ".": re.compile(r"[\d,' ’]*\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+|[\d]{1,3}(?:[,' ’]\d{3})+\.\d+", re.ASCII),
}
_GROUPS = {
    ".": re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}", re.ASCII),  # 1,234,567 groups by comma, so decimals take a point
    ",": re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", re.ASCII),
}
_DOUBTFUL = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


@dataclass
class Shown:
    """What the texts of number columns show."""

    decimal: str = ""  # "," or "."; "" when nothing shows it, or both occur
    example: str = ""  # a text that shows it
    against: str = ""  # a text that shows the other one
    doubtful: list[str] = field(default_factory=list)  # such as 1.234, the first ones
    doubtful_count: int = 0
    signs: Counter = field(default_factory=Counter)
    numbers: int = 0  # cells that are numbers, not texts


def shown_by(cells: Iterable[object]) -> Shown:
    """What cells show about the writing of numbers.

    >>> shown_by(["1.234", "12,5", "-"]).decimal, shown_by(["1.234"]).decimal, shown_by(["1.234"]).doubtful
    (',', '', ['1.234'])
    """
    shown = Shown()
    examples: dict[str, str] = {}
    for cell in cells:
        if type(cell) is not str:
            shown.numbers += 1
            continue
        sign = sign_of(cell)
        if sign in DEFAULT_SIGNS:
            shown.signs[sign] += 1
            continue
        try:
            body = bare(SPACES.sub(" ", cell).strip()).body
        except Unreadable:
            continue
        mark = next((m for m in ",." if _CLEAR[m].fullmatch(body) or _GROUPS[m].fullmatch(body)), "")
        if mark:
            examples.setdefault(mark, cell.strip())
        elif _DOUBTFUL.fullmatch(body):
            shown.doubtful_count += 1
            if len(shown.doubtful) < 5:
                shown.doubtful.append(body)
    if len(examples) == 1:
        shown.decimal, shown.example = next(iter(examples.items()))
    elif examples:
        shown.example, shown.against = examples[","], examples["."]
    return shown
