"""Where map, legend, words and table stand on a sheet, so that the map is as large as the paper allows. No Django."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from atlas.reports.document import Beside, Block, Paragraph, Picture, Small, Table
from atlas.reports.heights import BETWEEN_SIDES, height_of

GAP = BETWEEN_SIDES  # mm between what stands side by side
STEP = 2  # mm between two widths that are tried
SMALLEST = 100  # mm: a map of a sheet is never narrower
LEAST_SIDE, LEAST_PART = 70, 42  # mm beside a map, and of a part of a table
SPARE = 2  # mm that are left free, as heights are estimated
BELOW_MAP = 3  # mm

Drawn = Callable[[float], Picture]


@dataclass(frozen=True)
class Parts:
    """What stands around a map: a sentence, the legend, words for looking up, and one table cut in different ways.

    `tables` is empty where the table has a page of its own.
    """

    lead: Paragraph
    legend: Table
    words: tuple[Block, ...]
    tables: tuple[Table, ...] = ()


def side_by_side(main: tuple[Block, ...], side: tuple[Block, ...], width: float, whole: float) -> Beside:
    """`main` in `width` of `whole` millimetres with a gap, `side` in the rest."""
    return Beside(main, side, round(1 - (width + GAP) / whole, 4))


def beside(parts: Parts, drawn: Drawn, shape: float, width: float, height: float) -> tuple[Block, ...]:
    """Map at the left, all else at its right, for paper that lies. `shape` is the height of a map of width 1."""
    room = height - SPARE
    for wide in _widths(min(width - GAP - LEAST_SIDE, (room - BELOW_MAP) / shape)):
        rest = width - wide - GAP
        for table in _cuts(parts, rest):
            for side in _sides(parts, table):
                if height_of(side, rest) <= room:
                    return (side_by_side((drawn(wide),), side, wide, width),)
            under = (Small((Beside(*_halves(parts.words), 0.5),)),)
            side = (parts.lead, parts.legend, *table)
            if shape * wide + BELOW_MAP + height_of(under, wide) <= room and height_of(side, rest) <= room:
                return (side_by_side((drawn(wide), *under), side, wide, width),)
    side = (parts.lead, parts.legend, Small(parts.words))
    return (side_by_side((drawn(SMALLEST),), side, SMALLEST, width), *parts.tables[-1:])


def below(parts: Parts, drawn: Drawn, shape: float, width: float, height: float) -> tuple[Block, ...]:
    """Map over the whole width with all else below it, or beside it where that leaves more; for upright paper."""
    room = height - SPARE
    legend = _legend_row(parts, width)
    side = (parts.legend, Small(parts.words))
    for wide in _widths(width):
        for table in _cuts(parts, width):
            left = room - height_of((parts.lead, *table), width)
            if shape * wide + BELOW_MAP + height_of((legend,), width) <= left:
                return (parts.lead, drawn(wide), legend, *table)
            rest = width - wide - GAP
            if rest >= LEAST_SIDE and max(shape * wide + BELOW_MAP, height_of(side, rest)) <= left:
                return (parts.lead, side_by_side((drawn(wide),), side, wide, width), *table)
    return (parts.lead, drawn(SMALLEST), legend, *parts.tables[-1:])


def _legend_row(parts: Parts, width: float) -> Beside:
    """Legend and words beside each other, in three columns where they are wide enough."""
    if width < 3 * LEAST_SIDE + 2 * GAP:
        return Beside((parts.legend,), (Small(parts.words),), 0.54)
    return Beside((parts.legend,), (Small((Beside(*_halves(parts.words), 0.5),)),), 0.66)


def _widths(most: float) -> Iterator[float]:
    """From the largest to the smallest that a map may have."""
    wide = most // STEP * STEP
    while wide >= SMALLEST:
        yield wide
        wide -= STEP


def _cuts(parts: Parts, width: float) -> list[tuple[Table, ...]]:
    """The table in every way whose parts are wide enough; none of it where it stands elsewhere."""
    if not parts.tables:
        return [()]
    return [(table,) for table in parts.tables if width / table.across >= LEAST_PART]


def _sides(parts: Parts, table: tuple[Table, ...]) -> Iterator[tuple[Block, ...]]:
    """What may stand beside a map: all in one column, or legend and words in two."""
    yield (parts.lead, parts.legend, *table, Small(parts.words))
    yield (parts.lead, Beside((parts.legend,), (Small(parts.words),), 0.5), *table)


def _halves(words: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Headings with their texts, in two parts."""
    middle = len(words) // 4 * 2 or len(words)
    return words[:middle], words[middle:]
