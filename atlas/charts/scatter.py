"""Two values of every area against each other: points that are links. Pure calculation, no Django."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from atlas.charts.placing import Name, names_that_fit
from atlas.charts.ticks import round_ticks

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 560, 64, 16, 14, 58
MOST_NAMES = 16  # of the points furthest out; more hide the points


@dataclass(frozen=True)
class Point:
    """One area (or several with joint values): what its link says, and whether the plan knows it."""

    x: float
    y: float
    name: str
    text: str
    href: str
    is_plan: bool = False


@dataclass(frozen=True)
class Axis:
    """What is measured along an axis, how its numbers are written, and the city's value (None: not drawn)."""

    label: str
    written: Callable[[float], str]
    city: float | None = None


def scatter_svg(points: Sequence[Point], *, x: Axis, y: Axis, label: str) -> str:
    """An SVG element: every point a link that the Tab key reaches; the city's values are lines.

    Without points it draws nothing.

    >>> scatter_svg([], x=Axis("", str), y=Axis("", str), label="")
    ''
    """
    if not points:
        return ""
    plane = _Plane(points, x, y)
    ordered = sorted(points, key=lambda p: (p.is_plan, p.x, p.y))
    return (
        f'<svg class="scatter" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(label)}">'
        f'<g aria-hidden="true">{plane.grid()}{plane.city()}</g>'
        f"{''.join(_point(point, plane) for point in ordered)}"
        f'<g aria-hidden="true">{"".join(_names(points, plane))}</g></svg>'
    )


class _Plane:
    """From values to places."""

    def __init__(self, points: Sequence[Point], x: Axis, y: Axis):
        self.axes = x, y
        self.ticks = (_reach(x, [p.x for p in points]), _reach(y, [p.y for p in points]))

    def place(self, x: float, y: float) -> tuple[float, float]:
        (left, right), (low, high) = ((ticks[0], ticks[-1]) for ticks in self.ticks)
        across = LEFT + (x - left) / (right - left) * (WIDTH - LEFT - RIGHT)
        down = HEIGHT - BOTTOM - (y - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return round(across, 1), round(down, 1)

    def grid(self) -> str:
        x, y = self.axes
        lines = []
        for tick in self.ticks[0]:
            place = self.place(tick, self.ticks[1][0])[0]
            lines.append(f'<path class="scatter__grid" d="M{place:g},{TOP}V{HEIGHT - BOTTOM}"/>')
            lines.append(_text(place, HEIGHT - BOTTOM + 20, x.written(tick), "middle"))
        for tick in self.ticks[1]:
            place = self.place(self.ticks[0][0], tick)[1]
            lines.append(f'<path class="scatter__grid" d="M{LEFT},{place:g}H{WIDTH - RIGHT}"/>')
            lines.append(_text(LEFT - 8, place + 5, y.written(tick), "end"))
        lines.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x.label, "middle", css="scatter__axis"))
        middle = (TOP + HEIGHT - BOTTOM) / 2
        turned = f'transform="translate(16 {middle:g}) rotate(-90)"'
        return "".join(lines) + f'<text class="scatter__axis" {turned} text-anchor="middle">{escape(y.label)}</text>'

    def city(self) -> str:
        x, y = (axis.city for axis in self.axes)
        lines = ""
        if x is not None:
            lines += (
                f'<path class="scatter__city" d="M{self.place(x, self.ticks[1][0])[0]:g},{TOP}V{HEIGHT - BOTTOM}"/>'
            )
        if y is not None:
            lines += f'<path class="scatter__city" d="M{LEFT},{self.place(self.ticks[0][0], y)[1]:g}H{WIDTH - RIGHT}"/>'
        return lines


def _reach(axis: Axis, values: Sequence[float]) -> list[float]:
    known = [*values, *([axis.city] if axis.city is not None else [])]
    return round_ticks(min(known), max(known), most=8)


def _point(point: Point, plane: _Plane) -> str:
    x, y = plane.place(point.x, point.y)
    css = "scatter__point is-plan" if point.is_plan else "scatter__point"
    return (
        f'<a href="{escape(point.href)}" aria-label="{escape(point.text)}"><title>{escape(point.text)}</title>'
        f'<circle class="{css}" cx="{x:g}" cy="{y:g}" r="6"/></a>'
    )


def _names(points: Sequence[Point], plane: _Plane) -> list[str]:
    """Names of the points furthest from the middle, where they touch no other name and stay inside."""
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*((p.x, p.y) for p in points), strict=True))
    cx, cy = plane.place(middle_x, middle_y)
    names = {}
    for number, point in enumerate(points):
        x, y = plane.place(point.x, point.y)
        half = len(point.name) * 4
        if LEFT + half < x < WIDTH - RIGHT - half:
            names[str(number)] = Name(str(number), point.name, x, max(y - 13, TOP + 10), abs(x - cx) + abs(y - cy))
    furthest = sorted(names.values(), key=lambda name: (-name.room, name.key))[:MOST_NAMES]
    kept = names_that_fit(furthest)
    return [
        f'<text class="scatter__name" x="{name.x:g}" y="{name.y:g}" text-anchor="middle">{escape(name.text)}</text>'
        for name in furthest
        if name.key in kept
    ]


def _text(x: float, y: float, text: str, anchor: str, css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text{named} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
