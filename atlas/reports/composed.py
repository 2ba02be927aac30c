"""Drawings put together from others: a map with its legend beside or below it. Units are millimetres. No Django."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from textwrap import wrap

from atlas import colours
from atlas.reports.content import label
from atlas.reports.document import Key, Picture
from atlas.reports.drawings import SOFT, svg_document

POINT = 0.3528  # mm
NARROWEST, KEY_COLUMN = 90, 46  # mm: a sheet of one picture, and a column of its legend
LONGEST_REMARK = 8000  # letters, such as of which numbers are which areas
LEADING = 1.25  # of the size of letters
_LETTER = 0.47  # of the size of letters: how wide one is, generously
_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="([^"]+)"')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NAMES = re.compile(r'(\bid="|url\(#|href="#)')


def placed(picture: Picture, x: float, y: float, prefix: str, *, width: float = 0) -> str:
    """A drawing as an element of another, `width` wide or as wide as it is; `prefix` keeps the names in it apart."""
    wide = width or picture.width
    high = picture.height * wide / picture.width
    root = _ROOT.search(picture.svg)
    inner = picture.svg[root.end() : picture.svg.rindex("</svg>")]
    inner = _NAMES.sub(rf"\g<1>{prefix}", _TITLE.sub("", inner, count=1))
    view = _VIEW.search(root.group()).group(1)
    return f'<svg x="{x:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{high:.2f}" viewBox="{view}">{inner}</svg>'


@dataclass(frozen=True)
class Lines:
    """Text of a size in points, broken into lines that fit into `width`."""

    text: str
    width: float
    points: float
    strong: bool = False
    soft: bool = False

    @property
    def broken(self) -> list[str]:
        """The lines."""
        letters = max(8, int(self.width / (self.points * POINT * _LETTER)))
        return wrap(" ".join(self.text.split()), letters)

    @property
    def height(self) -> float:
        """Of all of them."""
        return len(self.broken) * self.points * POINT * LEADING

    def at(self, x: float, y: float) -> str:
        """As elements whose upper left corner is there."""
        size = self.points * POINT
        look = f'font-size="{size:.2f}" fill="{SOFT if self.soft else colours.INK}"'
        look += ' font-weight="600"' if self.strong else ""
        return "".join(
            f'<text x="{x:.2f}" y="{y + size * (0.95 + number * LEADING):.2f}" {look}>{escape(line)}</text>'
            for number, line in enumerate(self.broken)
        )


def key_drawing(
    keys: Sequence[Key], x: float, y: float, width: float, *, points: float, prefix: str = ""
) -> tuple[str, float]:
    """A legend as elements, one entry below the other with the number of areas, and how high it is."""
    parts, top = [], y
    line = points * POINT * LEADING
    for number, key in enumerate(keys):
        field = key.field
        words = Lines(f"{key.text} ({key.count})", width - field.width - 1.5, points)
        parts.append(placed(field, x, top + (line - field.height) / 2, f"{prefix}k{number}-"))
        parts.append(words.at(x + field.width + 1.5, top))
        top += max(words.height, field.height) + 0.7
    return "".join(parts), top - y


def beside_key(picture: Picture, width: float, *, points: float = 6.5, title: str = "") -> Picture:
    """A map with its legend at its right side, `width` wide in all: for where a document has no room below it."""
    room = width - picture.width - 2
    head = Lines(title, room, points, strong=True)
    keys, high = key_drawing(picture.keys, picture.width + 2, head.height + 1, room, points=points)
    height = round(max(picture.height, head.height + 1 + high), 2)
    inner = placed(picture, 0, 0, "m-") + (head.at(picture.width + 2, 0) if title else "") + keys
    svg = svg_document(inner, view=f"0 0 {width:g} {height:g}", title=picture.alternative)
    return replace(picture, svg=svg, width=width, height=height, bare=picture)


def alone(picture: Picture, title: str, foot: Sequence[str]) -> Picture:
    """A picture as a sheet of its own: title, drawing, legend in columns, remarks, and the lines of `foot` below it."""
    drawn = picture.bare or picture
    width = max(drawn.width, NARROWEST)
    head = Lines(label(picture.title or title), width, 10, strong=True)
    parts, y = [head.at(0, 0)], head.height + 2
    parts.append(placed(drawn, (width - drawn.width) / 2, y, "m-"))
    y += drawn.height + 2
    keys, high = _columns(picture.keys, y, width)
    y += high + 1.5 if keys else 0
    parts.append(keys)
    for text in (*picture.remarks, *foot):
        line = Lines(label(text, LONGEST_REMARK), width, 6.5, soft=True)
        parts.append(line.at(0, y))
        y += line.height
    edge = 4
    view = f"{-edge} {-edge} {width + 2 * edge:.2f} {y + 2 * edge:.2f}"
    svg = svg_document("".join(parts), view=view, title=picture.alternative)
    return replace(picture, svg=svg, width=round(width + 2 * edge, 2), height=round(y + 2 * edge, 2), bare=drawn)


def _columns(keys: Sequence[Key], y: float, width: float) -> tuple[str, float]:
    """A legend in as many columns as have room, read from top to bottom, and how high it is."""
    across = max(1, min(3, int(width / KEY_COLUMN)))
    length = -(-len(keys) // across)
    columns = [keys[at : at + length] for at in range(0, len(keys), length or 1)]
    drawn = [
        key_drawing(column, number * width / across, y, width / across - 3, points=7.5, prefix=f"c{number}-")
        for number, column in enumerate(columns)
    ]
    return "".join(parts for parts, _high in drawn), max((high for _parts, high in drawn), default=0)
