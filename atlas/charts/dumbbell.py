"""Two values of one area on a common axis: from an open ring to a full dot. Pure calculation, no Django."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from atlas.charts.ticks import round_ticks

MARGIN = 3.0  # per cent of the width on both sides, so that no ring is cut
HEIGHT, MIDDLE = 28, 14


@dataclass(frozen=True)
class Axis:
    """Round numbers in ascending order; the outer two are the ends of every row."""

    ticks: Sequence[float]

    @classmethod
    def of(cls, values: Sequence[float]) -> "Axis":
        """An axis that holds all `values` (at least one, same unit)."""
        return cls(round_ticks(min(values), max(values)))

    def percent(self, value: float) -> str:
        """Where a value lies along the row.

        >>> Axis([0.0, 10.0]).percent(5)
        '50.0%'
        """
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return f"{MARGIN + share * (100 - 2 * MARGIN):.1f}%"


@dataclass(frozen=True)
class Pair:
    """A value in the earlier and in the later period; None is not known and not drawn.

    Only `joined` pairs have a line between ring and dot: the others may not be compared.
    """

    before: float | None
    after: float | None
    joined: bool = True


def dumbbell_svg(pair: Pair, axis: Axis, *, city: Pair, label: str) -> str:
    """One row: the city's two values as lines behind, the area's as ring and dot; the label says the same in words.

    >>> 'cx="50.0%"' in dumbbell_svg(Pair(5, 8), Axis([0.0, 10.0]), city=Pair(None, None), label="von 5 auf 8")
    True
    """
    marks = [_upright("is-before", city.before, axis), _upright("is-after", city.after, axis)]
    if pair.joined and pair.before is not None and pair.after is not None:
        ends = f'x1="{axis.percent(pair.before)}" x2="{axis.percent(pair.after)}"'
        marks.append(f'<line class="dumbbell__way" {ends} y1="{MIDDLE}" y2="{MIDDLE}"/>')
    marks += [_dot("is-before", pair.before, axis), _dot("is-after", pair.after, axis)]
    return f'<svg class="dumbbell" role="img" aria-label="{escape(label)}">{"".join(marks)}</svg>'


def axis_svg(axis: Axis, written: Callable[[float], str]) -> str:
    """The numbers below the rows; hidden from screen readers, which hear the values of each row."""
    texts = (
        f'<text x="{axis.percent(tick)}" y="{MIDDLE}" text-anchor="middle">{escape(written(tick))}</text>'
        for tick in axis.ticks
    )
    return f'<svg class="dumbbell dumbbell--axis" aria-hidden="true">{"".join(texts)}</svg>'


def _upright(kind: str, value: float | None, axis: Axis) -> str:
    if value is None:
        return ""
    place = axis.percent(value)
    return f'<line class="dumbbell__city {kind}" x1="{place}" x2="{place}" y1="0" y2="{HEIGHT}"/>'


def _dot(kind: str, value: float | None, axis: Axis) -> str:
    if value is None:
        return ""
    return f'<circle class="dumbbell__dot {kind}" cx="{axis.percent(value)}" cy="{MIDDLE}" r="6"/>'
