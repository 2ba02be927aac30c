"""Everything of a document that is no table, as rows of a sheet: texts, terms, sources, alternatives. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from atlas.reports.content import label
from atlas.reports.document import (
    Beside,
    Block,
    Document,
    Heading,
    Items,
    KeyFigures,
    Note,
    Paragraph,
    Picture,
    Pictures,
    Small,
    Table,
    Terms,
    plain,
)
from atlas.reports.sheets import TableSheet, named, origin_lines, pieces


@dataclass(frozen=True)
class NoteRow:
    """A term on the left and what is said of it; a row with `level` is a heading (0: the title of all).

    `sheet` is the name of the sheet that the row leads to, `href` an address of the web.
    """

    left: str = ""
    right: str = ""
    level: int | None = None
    sheet: str = ""
    href: str = ""


def note_rows(document: Document, sheets: Sequence[TableSheet]) -> list[NoteRow]:
    """Title, origin and licence, then all blocks in reading order; tables are named and led to."""
    origin, words = document.origin, document.words
    rows = [NoteRow(label(document.title), level=0)]
    rows += [NoteRow(right=text) for text in (document.kind, document.subtitle) if text]
    more = ((words.publisher, origin.publisher), (words.licence, origin.licence))
    hrefs = {words.permalink: origin.permalink_url}
    rows += [NoteRow(name, text, href=hrefs.get(name, "")) for name, text in origin_lines(document)]
    rows += [NoteRow(name, text) for name, text in more if text]
    rows += _Rows(document, sheets).of(document.blocks)
    return [part for row in rows for part in _fitting(row)]


def _fitting(row: NoteRow) -> list[NoteRow]:
    first, *rest = pieces(row.right)
    head = NoteRow(label(row.left), first, row.level, row.sheet, row.href)
    return [head, *(NoteRow(right=piece) for piece in rest)]


class _Rows:
    """Goes through the blocks and counts pictures and tables, as other formats number them."""

    def __init__(self, document: Document, sheets: Sequence[TableSheet]):
        self.words, self.sheets = document.words, list(sheets)
        self.pictures = self.tables = 0

    def of(self, blocks: Sequence[Block]) -> list[NoteRow]:
        return [row for block in blocks for row in self._block(block)]

    def _block(self, block: Block) -> list[NoteRow]:
        match block:
            case Heading():
                return [NoteRow(block.text, level=block.level)]
            case Paragraph():
                return [NoteRow(right=plain(block.runs))]
            case Items():
                return [NoteRow(right=f"• {plain(entry)}") for entry in block.entries]
            case Terms():
                return [NoteRow(term, plain(said)) for term, said in block.entries]
            case KeyFigures():
                return [NoteRow(one.label, _joined(one.value, one.note)) for one in block.entries]
            case _:
                return self._larger(block)

    def _larger(self, block: Block) -> list[NoteRow]:
        match block:
            case Picture():
                return [self._picture(block)]
            case Pictures():
                return [self._picture(each) for each in block.entries]
            case Table():
                return [self._table(block)]
            case Note(title=title):
                return [*([NoteRow(title, level=3)] if title else []), *self.of(block.blocks)]
        return self.of(_inside(block))

    def _picture(self, picture: Picture) -> NoteRow:
        self.pictures += 1
        name = named(picture)
        text = picture.alternative if name in picture.alternative else f"{name}. {picture.alternative}"
        return NoteRow(f"{self.words.figure} {self.pictures}", text)

    def _table(self, table: Table) -> NoteRow:
        sheet = self.sheets[self.tables]
        self.tables += 1
        return NoteRow(f"{self.words.table} {self.tables}", table.caption, sheet=sheet.name)


def _inside(block: Block) -> Sequence[Block]:
    match block:
        case Beside():
            return (*block.main, *block.side)
        case Small():
            return block.blocks
    return ()


def _joined(value: str, note: str) -> str:
    return f"{value} ({note})" if note else value
