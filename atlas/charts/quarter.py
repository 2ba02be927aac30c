"""A part of an area on a small map of this area and its neighbours. Pure calculation, no Django."""

import re
from html import escape

from areas.geometry.drawing import Drawing

ROOM = 0.12  # free space around the area, as a part of its longer side
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def quarter_svg(drawing: Drawing, code: str, quarter: str, *, text: str) -> str:
    """An SVG element that shows the area `code` with the path `quarter` in it; "" where it has no boundary.

    `text` is what the picture says to those who do not see it.
    """
    path = drawing.paths.get(code)
    if not path:
        return ""
    x, y, width, height = _box(path)
    around = "".join(
        f'<path class="is-around" d="{drawing.paths[other]}"/>'
        for other in drawing.neighbours.get(code, ())
        if other in drawing.paths
    )
    return (
        f'<svg class="thumbnail quarter-map" viewBox="{x:.0f} {y:.0f} {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(text)}">{around}<path class="is-plan" d="{path}"/>'
        f'<path class="is-quarter" d="{quarter}"/></svg>'
    )


def _box(path: str) -> tuple[float, float, float, float]:
    """Left, top, width and height around an absolute path, with some room.

    >>> _box("M0,0L100,0L100,50L0,50Z")
    (-12.0, -12.0, 124.0, 74.0)
    """
    numbers = [float(number) for number in _NUMBERS.findall(path)]
    xs, ys = numbers[::2], numbers[1::2]
    room = ROOM * max(max(xs) - min(xs), max(ys) - min(ys))
    return min(xs) - room, min(ys) - room, max(xs) - min(xs) + 2 * room, max(ys) - min(ys) + 2 * room
