"""A document as a tree of plain blocks. Builders make it from figures, writers turn it into files. No Django.

A block says what something is, never how a format shows it: a heading of level 2, a table with these heads. Writers
know nothing of areas or figures; so every format carries the same content, and a new report is only a new builder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Text:
    """A run of letters; `href` is an absolute address, `language` differs from the document's where it is given."""

    text: str
    strong: bool = False
    soft: bool = False
    href: str = ""
    language: str = ""


Runs = tuple[Text, ...]


def runs(*parts: "str | Text") -> Runs:
    """Runs of plain strings and `Text`; empty strings are left out.

    >>> runs("Rang ", Text("2", strong=True), "")
    (Text(text='Rang ', strong=False, soft=False, href='', language=''), Text(text='2', strong=True, soft=False, \
href='', language=''))
    """
    made = (part if isinstance(part, Text) else Text(part) for part in parts)
    return tuple(part for part in made if part.text)


def plain(parts: Sequence[Text]) -> str:
    """The letters of some runs alone."""
    return "".join(part.text for part in parts)


@dataclass(frozen=True)
class Heading:
    """`level` 1 is a chapter; the document's title stands above all of them.

    `opens`: what follows is a thing of its own that readers look for, such as one of many areas. It is set large, keeps
    with what opens it, and stands at the head of its pages.
    """

    level: int
    text: str
    opens: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`role`: "body", "lead" (what to read first) or "caption" (small, about something else), "line" (a line
    that belongs to what follows)."""

    runs: Runs
    role: str = "body"


@dataclass(frozen=True)
class Items:
    """A list; `role` "columns" lets short entries stand side by side."""

    entries: tuple[Runs, ...]
    role: str = "body"


@dataclass(frozen=True)
class Terms:
    """Words and what they mean; `role` "signs" for terms of one or two letters, "glossary" for long
    ones, "pairs" for many of them."""

    entries: tuple[tuple[str, Runs], ...]
    role: str = "body"


@dataclass(frozen=True)
class Picture:
    """A drawing as a complete SVG document, without script or anything from outside; sizes in millimetres.

    `alternative` says what it shows, in words with its numbers. `name` is that of its file in a bundle. What it needs
    to stand alone, as a file without its document: `title`, `keys` (its legend), `remarks` (such as its source);
    `bare` is the same drawing without a legend where it holds one already.
    """

    svg: str
    alternative: str
    name: str
    width: float
    height: float
    caption: str = ""
    title: str = ""
    keys: "tuple[Key, ...]" = ()
    remarks: tuple[str, ...] = ()
    bare: "Picture | None" = None


@dataclass(frozen=True)
class Key:
    """An entry of a legend: a field of colour and texture, what it means, and how many areas have it."""

    field: Picture
    text: str
    count: int


@dataclass(frozen=True)
class Pictures:
    """Several small drawings side by side."""

    entries: tuple[Picture, ...]
    per_row: int = 3


@dataclass(frozen=True)
class Number:
    """A number for programs that compute: `before` and `after` are the marks that stand around it.

    A `sign` stands instead of the number (the dash of what is exactly zero).
    """

    value: Decimal
    decimals: int = 0
    before: str = ""
    after: str = ""
    sign: str = ""
    signed: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in a table: `text` for the eye, `number` where it is one, `note` smaller below it.

    `drawing` is a small picture that repeats in lines what numbers of its row say; formats may leave it out.
    """

    text: str = ""
    number: Number | None = None
    note: str = ""
    href: str = ""
    drawing: Picture | None = None
    swatch: Picture | None = None


@dataclass(frozen=True)
class Column:
    """`kind`: "text", "number" or "drawing"; `width` is a share of all widths."""

    label: str
    kind: str = "text"
    width: float = 1


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; the first one is the head of the row."""

    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class RowGroup:
    """Rows below a common title; "" for rows that need none."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """`name` is that of its sheet in a spreadsheet; `notes` stand below it.

    A long and narrow table may stand on paper in `across` parts side by side; such a table has one group. Formats
    without pages leave it in one piece.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[Runs, ...] = ()
    dense: bool = False
    across: int = 1


@dataclass(frozen=True)
class KeyFigure:
    """A number that stands alone, large."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """Some of them in a row."""

    entries: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Note:
    """A box with a title; `role` "plan" for what the city does."""

    title: str
    blocks: "tuple[Block, ...]"
    role: str = "body"


@dataclass(frozen=True)
class Beside:
    """Blocks with others at their side, where the page is wide enough; `share` is that of the side, of 1."""

    main: "tuple[Block, ...]"
    side: "tuple[Block, ...]"
    share: float = 0.4


@dataclass(frozen=True)
class Small:
    """Blocks for looking up, in small letters."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class TableOfContents:
    """Headings down to the level `depth` with their pages."""

    title: str
    depth: int = 2


Block = (
    Heading
    | Paragraph
    | Items
    | Terms
    | Picture
    | Pictures
    | Table
    | KeyFigures
    | Note
    | Beside
    | Small
    | PageBreak
    | TableOfContents
)


@dataclass(frozen=True)
class Origin:
    """Where a document comes from: the portal, the release, its day, an address that stays.

    That day is the only date inside: it counts as the day of creation, `dated` says so in words.
    """

    portal: str
    release: str
    release_slug: str
    created: date
    permalink: str
    permalink_url: str = ""
    publisher: str = ""
    licence: str = ""
    dated: str = ""


@dataclass(frozen=True)
class Words:
    """The few words that writers themselves put into a document, in its language."""

    page_of: str
    created: str
    permalink: str
    checksum: str
    notes_sheet: str
    table: str
    figure: str
    group: str = "Gruppe"
    addition: str = "{column}: Zusatz"
    licence: str = "Lizenz"
    publisher: str = "Herausgeber"
    files: str = "Dateien"
    pictures: str = "Bilder"
    dated: str = "Erstellt"


@dataclass(frozen=True)
class Sheet:
    """The paper of formats that have one: A4 or A3, upright or lying."""

    size: str = "A4"
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document. `name` is that of its file, without ending; `kind` and `subtitle` stand around the title."""

    title: str
    kind: str
    subtitle: str
    language: str
    name: str
    origin: Origin
    words: Words
    blocks: tuple[Block, ...]
    sheet: Sheet = field(default_factory=Sheet)


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block in reading order, those inside others after what holds them."""
    for block in blocks:
        yield block
        if isinstance(block, Beside):
            yield from walk((*block.main, *block.side))
        elif isinstance(block, Note | Small):
            yield from walk(block.blocks)


def pictures(document: Document) -> list[Picture]:
    """All pictures that stand alone, in reading order."""
    found: list[Picture] = []
    for block in walk(document.blocks):
        found += [block] if isinstance(block, Picture) else block.entries if isinstance(block, Pictures) else []
    return found


def tables(document: Document) -> list[Table]:
    """All tables in reading order."""
    return [block for block in walk(document.blocks) if isinstance(block, Table)]


def shifted(blocks: Sequence[Block], by: int) -> tuple[Block, ...]:
    """The same blocks with every heading `by` levels lower, for a document that becomes a chapter of another.

    >>> shifted((Heading(1, "Lage"),), 1)
    (Heading(level=2, text='Lage', opens=False),)
    """
    return tuple(_lower(block, by) for block in blocks)


def _lower(block: Block, by: int) -> Block:
    if isinstance(block, Heading):
        return replace(block, level=block.level + by)
    if isinstance(block, Beside):
        return replace(block, main=shifted(block.main, by), side=shifted(block.side, by))
    if isinstance(block, Note | Small):
        return replace(block, blocks=shifted(block.blocks, by))
    return block
