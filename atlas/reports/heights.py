"""How high blocks stand on paper, in millimetres: estimated from letters and the sizes of `print.css`, rather too much.

For deciding what a sheet has room for before it is set, since setting it twice would take twice the time. No Django.
"""

from collections.abc import Sequence
from math import ceil

from atlas.reports.document import Beside, Block, Heading, Paragraph, Picture, Small, Table, plain

POINT = 0.3528  # mm
LETTER = 0.46  # em: how wide a letter is, generously
BETWEEN_SIDES, BETWEEN_PARTS = 7, 6  # mm between blocks beside each other, and between parts of a table
SWATCH = 9  # mm of a cell that its swatch takes
_TEXT = {"lead": (12, 1.4, 3), "caption": (7.5, 1.35, 1.4), "body": (9, 1.42, 2)}  # points, lines of them, mm below
_SMALL_TEXT = (7.1, 1.29, 1.2)
_HEADINGS = {1: (13.5, 8.2), 2: (10.5, 5.7)}  # points, mm above and below
_SMALL_HEADING = (8.8, 4.2)
_TABLES = {1: (7.8, 1.18, 1.36), 2: (7.4, 1.15, 0.96), 3: (7, 1.15, 0.46)}  # by parts: points, lines, mm around a row
_MANY_PARTS = (6.8, 1.15, 0.46)


def lines_of(text: str, width: float, points: float) -> int:
    """Lines of a text of a size in points, within `width`.

    >>> lines_of("x" * 100, 100, 9)
    2
    """
    return max(1, ceil(len(text) * points * POINT * LETTER / max(width, 1)))


def height_of(blocks: Sequence[Block], width: float, *, small: bool = False) -> float:
    """Of blocks one below the other in `width` millimetres. Raises `TypeError` for kinds that no map sheet has."""
    return sum(_height(block, width, small) for block in blocks)


def _height(block: Block, width: float, small: bool) -> float:
    if isinstance(block, Paragraph):
        points, leading, below = _SMALL_TEXT if small else _TEXT.get(block.role, _TEXT["body"])
        return lines_of(plain(block.runs), width, points) * points * POINT * leading + below
    if isinstance(block, Heading):
        points, around = _SMALL_HEADING if small else _HEADINGS.get(block.level, _HEADINGS[2])
        return points * POINT * 1.2 * lines_of(block.text, width, points) + around
    if isinstance(block, Small):
        return height_of(block.blocks, width, small=True)
    if isinstance(block, Beside):
        main = height_of(block.main, width * (1 - block.share) - BETWEEN_SIDES, small=small)
        return max(main, height_of(block.side, width * block.share, small=small)) + 1
    if isinstance(block, Picture):
        return block.height + 3 + (lines_of(block.caption, width, 7.5) * 3.6 + 1.2 if block.caption else 0)
    if isinstance(block, Table):
        return _table_height(block, width)
    raise TypeError(f"no height is known of {type(block).__name__}")


def _table_height(table: Table, width: float) -> float:
    points, leading, around = _TABLES.get(table.across, _MANY_PARTS)
    part = (width + BETWEEN_PARTS) / table.across - BETWEEN_PARTS
    whole = sum(column.width for column in table.columns)
    first, line = table.columns[0].width / whole * part - 1, points * POINT * leading
    rows = [row for group in table.groups for row in group.rows]
    high = [_row_height(row.cells[0], first, points, line) + around for row in rows]
    length = ceil(len(high) / table.across)
    longest = max(sum(high[at : at + length]) for at in range(0, len(high), length)) if high else 0
    notes = sum(lines_of(plain(note), width, 7.5) * 7.5 * POINT * 1.35 + 1.4 for note in table.notes)
    title = lines_of(table.caption, width, 8.5) * 8.5 * POINT * 1.25 + 1.6
    head = 3 * 6.6 * POINT * 1.25 + 1 if table.across > 1 else 4.6
    return title + head + longest + notes + (4 if table.across > 1 else 1) + 2 * (len(table.groups) - 1)


def _row_height(cell, width: float, points: float, line: float) -> float:
    room = width - (SWATCH if cell.swatch else 0)
    text = " ".join(part for part in (cell.text, cell.note) if part)
    return max(lines_of(text, room, points) * line, 3.7 if cell.swatch else 0)
