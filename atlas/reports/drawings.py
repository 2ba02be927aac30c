"""Small drawings of printed documents, complete in themselves: no style sheet, no script. Pure, no Django.

What a screen colours by classes carries its colours here. Units of the drawings are a fortieth of a centimetre: 4 per
millimetre, so that a letter of 10 units has 7 points.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from atlas import colours
from atlas.charts.strip import middle_half
from atlas.charts.trend import TrendPoint
from atlas.reports.document import Picture
from atlas.reports.fonts import FAMILY

PER_MM = 4
BOX, TICK, HERE, LINE, SOFT = "#d7e4e1", "#8fa7aa", "#0e4257", "#1f6c7d", "#557076"
STRIP_WIDTH, STRIP_HEIGHT = 34, 3.6  # mm
TREND_WIDTH, TREND_HEIGHT = 54, 30  # mm
NAMES_ABOVE = 30  # units from the lower edge: labels of lines stand above the years
LETTER = 5.8  # units of a semi-bold digit of 11 units
_VIEW = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')


def svg_document(inner: str, *, view: str, title: str) -> str:
    """A complete SVG document around some elements."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" font-family="{FAMILY}">'
        f"<title>{escape(title)}</title>{inner}</svg>"
    )


def styled(svg: str, css: str, *, width: float, alternative: str, name: str, caption: str = "") -> Picture:
    """A drawing of the portal that its pages colour by CSS, with `css` inside it; `width` in millimetres."""
    left, top, wide, high = map(float, _VIEW.search(svg).groups())
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    document = svg_document(
        f"<style>{css}</style>{inner}", view=f"{left:g} {top:g} {wide:g} {high:g}", title=alternative
    )
    return Picture(document, alternative, name, width, round(width * high / wide, 2), caption)


def strip_picture(
    values: Sequence[float],
    *,
    here: float | None,
    city: float | None,
    text: str,
    interval: tuple[float, float] | None = None,
    width: float = STRIP_WIDTH,
) -> Picture | None:
    """The position strip of the pages (`atlas.charts.strip`) in fixed sizes; None where there is no position."""
    ordered = sorted(values)
    if len(ordered) < 2:
        return None
    scale = _Scale(ordered[0], ordered[-1], 6, width * PER_MM - 6)
    half = middle_half(ordered)
    parts = []
    if half:
        left, right = scale.at(half[0]), scale.at(half[1])
        parts.append(f'<rect x="{left:g}" y="3.4" width="{max(right - left, 0.6):.1f}" height="7.6" fill="{BOX}"/>')
    ticks = "".join(f"M{x:g} 4.7V9.7" for x in sorted({scale.at(value) for value in ordered}))
    parts.append(f'<path d="M6 7.2H{width * PER_MM - 6:g}{ticks}" fill="none" stroke="{TICK}" stroke-width="0.7"/>')
    if city is not None and ordered[0] <= city <= ordered[-1]:
        x = scale.at(city)
        parts.append(f'<path d="M{x:g} 0.6V13.8" stroke="{colours.ACCENT}" stroke-width="1.8"/>')
    if interval:
        left, right = (scale.at(min(max(end, ordered[0]), ordered[-1])) for end in interval)
        parts.append(f'<path d="M{left:g} 7.2H{right:g}" stroke="{HERE}" stroke-width="1.4"/>')
    if here is not None:
        x = scale.at(min(max(here, ordered[0]), ordered[-1]))
        parts.append(f'<circle cx="{x:g}" cy="7.2" r="3.6" fill="{HERE}" stroke="#ffffff" stroke-width="1.2"/>')
    svg = svg_document("".join(parts), view=f"0 0 {width * PER_MM:g} {STRIP_HEIGHT * PER_MM:g}", title=text)
    return Picture(svg, text, "lage", width, STRIP_HEIGHT)


@dataclass(frozen=True)
class TrendLine:
    """Values through time with how the last and the first one are written."""

    name: str
    points: Sequence[TrendPoint]
    first: str
    last: str


def trend_picture(own: TrendLine, city: TrendLine | None, *, text: str, name: str, caption: str) -> Picture:
    """One area's line, and the city's dashed below it; years stand under the first and the last point.

    A line joins comparable neighbours only. Both begin at the same height scale, which need not begin at zero.
    """
    width, height = TREND_WIDTH * PER_MM, TREND_HEIGHT * PER_MM
    lines = [line for line in (city, own) if line and line.points]
    values = [point.value for line in lines for point in line.points]
    years = [point.year for line in lines for point in line.points]
    room = LETTER * max(len(line.last) for line in lines) + 12
    across = _Scale(min(years), max(years), 12, width - room)
    up = _Scale(min(values), max(values), height - 34, 20)
    parts = [f'<path d="M0 {height - 15}H{width - room + 12:g}" stroke="#c4d2d0" stroke-width="0.8"/>']
    parts += [_year(year, across.at(year), height) for year in sorted({years[0], min(years), max(years)})]
    heights = _apart([up.at(line.points[-1].value) for line in lines], most=height - NAMES_ABOVE)
    for line, label in zip(lines, heights, strict=True):
        parts.append(_line(line, across, up, label, is_city=line is city))
    svg = svg_document("".join(parts), view=f"0 0 {width} {height}", title=text)
    return Picture(svg, text, name, TREND_WIDTH, TREND_HEIGHT, caption)


def _line(line: TrendLine, across: "_Scale", up: "_Scale", label: float, *, is_city: bool) -> str:
    colour = colours.ACCENT if is_city else LINE
    steps = []
    for number, point in enumerate(line.points):
        joined = number and point.comparable
        steps.append(f"{'L' if joined else 'M'}{across.at(point.year):g} {up.at(point.value):g}")
    look = 'stroke-width="1.4" stroke-dasharray="4 3"' if is_city else 'stroke-width="2.4"'
    parts = [f'<path d="{"".join(steps)}" fill="none" stroke="{colour}" stroke-linejoin="round" {look}/>']
    for point in line.points:
        radius = 2 if is_city else 3.2
        parts.append(
            f'<circle cx="{across.at(point.year):g}" cy="{up.at(point.value):g}" r="{radius}" fill="{colour}"/>'
        )
    x = across.at(line.points[-1].year) + 7
    weight = 400 if is_city else 600
    parts.append(_text(x, label + 3.6, line.last, fill=colour, weight=weight))
    if is_city:
        parts.append(_text(x, label + 13, line.name, fill=colour, size=9))
    elif len(line.points) > 1:
        first = line.points[0]
        below = line.points[1].value > first.value
        height = up.at(first.value) + (14 if below else -7)
        parts.append(_text(across.at(first.year) - 4, height, line.first, fill=colour))
    return "".join(parts)


def _year(year: float, x: float, height: int) -> str:
    return _text(x, height - 4, f"{year:g}", fill=SOFT, anchor="middle", size=9.5)


def _text(
    x: float, y: float, text: str, *, fill: str, anchor: str = "start", weight: int = 400, size: float = 11
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{fill}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _apart(heights: list[float], *, least: float = 24, most: float) -> list[float]:
    """Heights of two labels that do not touch and are not below `most`: both give way."""
    if len(heights) == 2 and abs(heights[0] - heights[1]) < least:
        heights = _pushed(heights, least)
    below = max(0, max(heights) - most)
    return [round(height - below, 1) for height in heights]


def _pushed(heights: list[float], least: float) -> list[float]:
    push = (least - abs(heights[0] - heights[1])) / 2
    first_is_lower = heights[0] >= heights[1]
    return [heights[0] + push, heights[1] - push] if first_is_lower else [heights[0] - push, heights[1] + push]


class _Scale:
    """From values to positions between two ends; where all values are equal, everything lies in the middle."""

    def __init__(self, lowest: float, highest: float, start: float, end: float):
        self.lowest, self.span, self.start, self.length = lowest, highest - lowest, start, end - start

    def at(self, value: float) -> float:
        share = (value - self.lowest) / self.span if self.span else 0.5
        return round(self.start + share * self.length, 1)
