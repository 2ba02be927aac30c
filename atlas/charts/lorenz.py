"""Lorenz curves: how unevenly something is spread over the people. Pure calculation, no Django."""

from collections.abc import Sequence
from html import escape

SIZE, LEFT, BOTTOM, TOP = 320, 46, 44, 10  # of the square, and room for the words around it
TICKS = (0, 0.25, 0.5, 0.75, 1)


def lorenz_svg(
    curves: Sequence[tuple[str, Sequence[tuple[float, float]]]], *, label: str, x_label: str, y_label: str
) -> str:
    """An SVG element: a line for each (name, points from 0, 0 to 1, 1), the last one on top, and that of equality.

    It is one picture called `label`; the numbers must stand in a table beside it. Without curves it draws nothing.

    >>> lorenz_svg([], label="", x_label="", y_label="")
    ''
    """
    if not curves:
        return ""
    width, height = LEFT + SIZE + 12, TOP + SIZE + BOTTOM
    lines = "".join(
        f'<polyline class="lorenz__curve lorenz__curve--{len(curves) - number}" points="{_points(points)}">'
        f"<title>{escape(name)}</title></polyline>"
        for number, (name, points) in enumerate(curves)
    )
    return (
        f'<svg class="lorenz" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">'
        f"{''.join(_grid(share) for share in TICKS)}"
        f'<path class="lorenz__equal" d="M{LEFT},{TOP + SIZE}L{LEFT + SIZE},{TOP}"/>{lines}'
        f'<text x="{LEFT + SIZE / 2}" y="{height - 6}" text-anchor="middle">{escape(x_label)}</text>'
        f'<text transform="translate(12 {TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">{escape(y_label)}</text>'
        "</svg>"
    )


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)


def _x(share: float) -> float:
    return LEFT + share * SIZE


def _y(share: float) -> float:
    return TOP + SIZE - share * SIZE


def _grid(share: float) -> str:
    x, y, text = _x(share), _y(share), f"{share * 100:g}"
    return (
        f'<path class="lorenz__grid" d="M{x:g},{TOP}V{TOP + SIZE}M{LEFT},{y:g}H{LEFT + SIZE}"/>'
        f'<text x="{x:g}" y="{TOP + SIZE + 17}" text-anchor="middle">{text}</text>'
        f'<text x="{LEFT - 6}" y="{y + 5:g}" text-anchor="end">{text}</text>'
    )
