"""Which name or number an area of a printed map can carry inside its borders. Pure geometry.

Tried for each area, the first that fits is taken: the name in one line, in two lines, smaller; then its code.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from areas.geometry.drawing import Drawing

LETTER, LINE, POINT = 0.55, 1.12, 0.3528  # em of a letter and of a line; mm
NAME_SIZES, CODE_SIZES = (7.5, 6.5), (6.5, 5.5)  # points
INSIDE = 0.985  # part of a name's box that lies in its area: borders have bays
CODE_INSIDE = 0.8
_BREAKS = "- /"


@dataclass(frozen=True)
class PrintLabel:
    """One line of letters, centred on x at the base line y, in drawing units."""

    text: str
    x: float
    y: float
    points: float


def fitting_labels(drawing: Drawing, names: Mapping[str, str], width: float) -> list[PrintLabel]:
    """Labels of the areas in `names` on a map of `width` millimetres: those with most room first, none on another."""
    unit = drawing.width / width * POINT  # drawing units per point
    codes = [code for code in drawing.polygons if code in names and code in drawing.labels]
    taken: list = []
    found: list[PrintLabel] = []
    for code in sorted(codes, key=lambda code: (-drawing.labels[code].radius, code)):
        found += _label(drawing, code, names[code], unit, taken)
    return found


def _label(drawing: Drawing, code: str, name: str, unit: float, taken: list) -> list[PrintLabel]:
    """The first label that fits; its box is entered in `taken`."""
    place, polygon = drawing.labels[code], drawing.polygons[code]
    tries = [(lines, size, INSIDE) for size in NAME_SIZES for lines in _lines(name)]
    tries += [((code,), size, CODE_INSIDE) for size in CODE_SIZES]
    for lines, size, least in tries:
        half = max(map(len, lines)) * LETTER * size * unit / 2
        high = len(lines) * LINE * size * unit / 2
        box = shapely.box(place.x - half, place.y - high, place.x + half, place.y + high)
        if polygon.intersection(box).area >= least * box.area and not any(box.intersects(other) for other in taken):
            taken.append(box)
            return _placed(lines, place.x, place.y, size, unit)
    return []


def _placed(lines: tuple[str, ...], x: float, y: float, size: float, unit: float) -> list[PrintLabel]:
    line = LINE * size * unit
    first = y - line * (len(lines) - 1) / 2 + 0.35 * size * unit
    return [PrintLabel(text, x, first + line * number, size) for number, text in enumerate(lines)]


def _lines(name: str) -> list[tuple[str, ...]]:
    """The name as it is, and in two lines broken nearest to its middle.

    >>> _lines("Kirchderne-Mitte")
    [('Kirchderne-Mitte',), ('Kirchderne-', 'Mitte')]
    """
    places = [i + 1 for i, letter in enumerate(name) if letter in _BREAKS and 2 < i < len(name) - 3]
    if not places:
        return [(name,)]
    at = min(places, key=lambda i: abs(i - len(name) / 2))
    return [(name,), (name[:at].rstrip(), name[at:].lstrip())]
