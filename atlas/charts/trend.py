"""Small line of one area's values through time. Pure calculation, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 96, 24, 4


@dataclass(frozen=True)
class TrendPoint:
    """One published value: `year` on the axis; `comparable` says whether it may be joined to the point before."""

    year: float
    value: float
    comparable: bool = True


def trend_svg(points: Sequence[TrendPoint]) -> str:
    """The points as an SVG element, oldest first; a line joins comparable neighbours, the last one is a dot.

    Where the series breaks the line stops, and points that stand alone become small dots. Hidden from screen readers:
    the change stands beside it in digits. Fewer than two points draw nothing.

    >>> trend_svg([TrendPoint(2018, 3.0)])
    ''
    """
    if len(points) < 2:
        return ""
    placed = _placed(points)
    parts = []
    for run in _runs(points, placed):
        if len(run) > 1:
            parts.append(f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in run)}"/>')
        elif run[0] != placed[-1]:
            parts.append(_dot(run[0], 2))
    parts.append(_dot(placed[-1], 3))
    return f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'


def comparable_since(points: Sequence[TrendPoint]) -> int:
    """Index of the earliest point that the last one may be compared with.

    >>> comparable_since([TrendPoint(2010, 1), TrendPoint(2018, 2, comparable=False), TrendPoint(2024, 3)])
    1
    """
    return max((i for i, point in enumerate(points) if not point.comparable), default=0)


def _placed(points: Sequence[TrendPoint]) -> list[tuple[float, float]]:
    first, last = points[0].year, points[-1].year
    lowest, highest = min(p.value for p in points), max(p.value for p in points)

    def share(value: float, low: float, high: float) -> float:
        return (value - low) / (high - low) if high > low else 0.5

    return [
        (
            round(MARGIN + share(p.year, first, last) * (WIDTH - 2 * MARGIN), 1),
            round(HEIGHT - MARGIN - share(p.value, lowest, highest) * (HEIGHT - 2 * MARGIN), 1),
        )
        for p in points
    ]


def _runs(points: Sequence[TrendPoint], placed: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = []
    for point, place in zip(points, placed, strict=True):
        if not runs or not point.comparable:
            runs.append([])
        runs[-1].append(place)
    return runs


def _dot(place: tuple[float, float], radius: int) -> str:
    return f'<circle cx="{place[0]:g}" cy="{place[1]:g}" r="{radius}"/>'
