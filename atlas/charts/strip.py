"""Position strip: where one area lies among all areas of its level. Pure calculation, no Django."""

import statistics
from collections.abc import Sequence
from html import escape

WIDTH = 1000  # units of the stretched part; the dot and the city's line are placed in per cent and keep their shape


def strip_svg(
    values: Sequence[float],
    *,
    here: float | None,
    city: float | None,
    label: str,
    interval: tuple[float, float] | None = None,
) -> str:
    """The strip as an SVG element: a tick for every value, the middle half as a box, the city as a line, a dot.

    `values` are the published numbers of all areas of the level (any order, any unit); `here` is this area's,
    `city` the whole city's. Either may be None and is then not drawn, and so is a city value that no area could
    have (the sum of counts). `interval`, a thin line through the dot, ends where the strip does. Fewer than two values
    draw nothing: there is no position. `label` says the same in words. Styled by the classes of site.css alone, so
    that dark mode, print and forced colours follow.

    >>> strip_svg([3.0], here=3.0, city=None, label="")
    ''
    """
    ordered = sorted(values)
    if len(ordered) < 2:
        return ""
    scale = _Scale(ordered[0], ordered[-1])
    inner = f'{_box(ordered, scale)}<path class="axis" d="M0 12H{WIDTH}" vector-effect="non-scaling-stroke"/>'
    ticks = "".join(f"M{x} 9V15" for x in sorted({scale.units(value) for value in ordered}))
    inner += f'<path class="tick" d="{ticks}" vector-effect="non-scaling-stroke"/>'
    marks = ""
    if city is not None and ordered[0] <= city <= ordered[-1]:
        marks += f'<line class="city" x1="{scale.percent(city)}" x2="{scale.percent(city)}" y1="2" y2="22"/>'
    if interval is not None:
        left, right = (scale.percent(min(max(end, ordered[0]), ordered[-1])) for end in interval)
        marks += f'<line class="whisker" x1="{left}" x2="{right}" y1="12" y2="12"/>'
    if here is not None:
        marks += f'<circle class="here" cx="{scale.percent(here)}" cy="12" r="5.5"/>'
    return (
        f'<svg class="strip" role="img" aria-label="{escape(label)}">'
        f'<svg viewBox="0 0 {WIDTH} 24" preserveAspectRatio="none">{inner}</svg>{marks}</svg>'
    )


def middle_half(values: Sequence[float]) -> tuple[float, float] | None:
    """Lower and upper quartile (inclusive method, as spreadsheets compute them); None for fewer than four values.

    >>> middle_half([1, 2, 3, 4, 5])
    (2.0, 4.0)
    """
    if len(values) < 4:
        return None
    lower, _median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return lower, upper


class _Scale:
    """From values to positions; where all values are equal, everything lies in the middle."""

    def __init__(self, lowest: float, highest: float):
        self.lowest, self.span = lowest, highest - lowest

    def share(self, value: float) -> float:
        return (value - self.lowest) / self.span if self.span else 0.5

    def units(self, value: float) -> int:
        return round(self.share(value) * WIDTH)

    def percent(self, value: float) -> str:
        return f"{self.share(value) * 100:.1f}%"


def _box(ordered: Sequence[float], scale: _Scale) -> str:
    half = middle_half(ordered)
    if half is None:
        return ""
    left, right = (scale.units(value) for value in half)
    return f'<rect class="box" x="{left}" y="7" width="{max(right - left, 1)}" height="10"/>'
