"""What a document says, fact by fact: each number and text with the place where it stands. Pure.

The order of rows, tables and chapters is not part of it, so that a table sorted anew says the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from atlas.reports.document import (
    Block,
    Cell,
    Document,
    Heading,
    Items,
    KeyFigures,
    Note,
    Number,
    Paragraph,
    Table,
    Terms,
    plain,
    walk,
)

HEAD, TEXT, KEY, FIGURE = "head", "text", "key", "figure"
_DIGITS = re.compile(r"[\d\s()+−–-]+")


@dataclass(frozen=True)
class Place:
    """Where a fact stands. `chapter` is the way of headings to it; `nth` tells rows apart that are called the same.

    `kind`: HEAD (title and what stands around it), TEXT (all text of a chapter), KEY (a number that stands alone),
    FIGURE (a cell of a table).
    """

    kind: str
    chapter: tuple[str, ...] = ()
    table: str = ""
    group: str = ""
    row: str = ""
    column: str = ""
    nth: int = 1
    is_head: bool = False  # the first cell of a row, which names it


@dataclass(frozen=True)
class Fact:
    """What stands there: as it is read, what stands below it, and the number, None where none is known."""

    text: str
    note: str = ""
    number: Number | None = None

    @property
    def value(self) -> Decimal | None:
        """The number alone."""
        return self.number.value if self.number else None

    @property
    def unit(self) -> str:
        """What stands around the number, without digits and brackets."""
        return _DIGITS.sub("", self.number.before + self.number.after) if self.number else ""


Facts = dict[Place, Fact]


def facts_of(document: Document) -> Facts:
    """The facts of a document in reading order."""
    head = (("title", document.title), ("kind", document.kind), ("subtitle", document.subtitle))
    return {Place(HEAD, row=name): Fact(text) for name, text in head if text} | facts_in(document.blocks)


def facts_in(blocks: Sequence[Block]) -> Facts:
    """The facts of some blocks, without those of a title: chapter by chapter, its text before its figures."""
    facts: Facts = {}
    texts: dict[tuple[str, ...], list[str]] = {}
    names = _Names()
    for chapter, block in _with_chapters(blocks):
        texts.setdefault(chapter, [])
        if isinstance(block, Table):
            facts.update(_cells(block, chapter, names.unique((*chapter, FIGURE), block.name)))
            texts[chapter] += [plain(note) for note in block.notes]
        elif isinstance(block, KeyFigures):
            for one in block.entries:
                row = names.unique((*chapter, KEY), one.label)
                facts[Place(KEY, chapter, row=row)] = Fact(one.value, one.note)
        else:
            texts[chapter] += _lines(block)
    order = {chapter: number for number, chapter in enumerate(texts)}
    said = {Place(TEXT, chapter): Fact("\n".join(lines)) for chapter, lines in texts.items() if lines}
    return dict(sorted((said | facts).items(), key=lambda each: order[each[0].chapter]))


class _Names:
    """Tells apart what is called the same in the same place: „Lage“, „Lage (2)“."""

    def __init__(self):
        self._taken: dict[tuple, set[str]] = defaultdict(set)

    def unique(self, where: tuple, name: str) -> str:
        taken, found, number = self._taken[where], name, 1
        while found in taken:
            number += 1
            found = f"{name} ({number})"
        taken.add(found)
        return found


def _with_chapters(blocks: Sequence[Block]) -> Iterator[tuple[tuple[str, ...], Block]]:
    """Every block that is no heading with the way of headings above it."""
    names, levels, way = _Names(), [], ()
    for block in walk(blocks):
        if isinstance(block, Heading):
            while levels and levels[-1] >= block.level:
                levels.pop()
            above = way[: len(levels)]
            way = (*above, names.unique(above, block.text))
            levels.append(block.level)
        else:
            yield way, block


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [plain(block.runs)]
    if isinstance(block, Items):
        return [f"– {plain(entry)}" for entry in block.entries]
    if isinstance(block, Terms):
        return [f"{term.rstrip('.:')}: {plain(said)}" for term, said in block.entries]
    return [block.title] if isinstance(block, Note) and block.title else []


def _cells(table: Table, chapter: tuple[str, ...], name: str) -> Facts:
    columns, names = [], _Names()
    for column in table.columns:
        columns.append(names.unique((), column.label))
    named: dict[tuple[str, str], list[tuple[Cell, ...]]] = defaultdict(list)
    for group in table.groups:
        for row in group.rows:
            named[group.title, row.cells[0].text].append(row.cells)
    facts: Facts = {}
    for (group, row), found in named.items():
        for nth, cells in enumerate(sorted(found, key=_content), 1):
            for number, (column, cell) in enumerate(zip(columns, cells, strict=False)):
                if cell.text or cell.note or cell.number is not None:
                    place = Place(FIGURE, chapter, name, group, row, column, nth, is_head=number == 0)
                    facts[place] = Fact(cell.text, cell.note, cell.number)
    return facts


def _content(cells: tuple[Cell, ...]) -> list[tuple[str, str]]:
    """An order that does not depend on where a row stands."""
    return [(cell.text, cell.note) for cell in cells]
