"""A document as the HTML page that is printed to PDF. Every text is escaped: what looks like markup stays text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import takewhile
from textwrap import wrap

from atlas.reports.content import checksum, label
from atlas.reports.document import (
    Beside,
    Block,
    Cell,
    Document,
    Heading,
    Items,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Row,
    RowGroup,
    Runs,
    Small,
    Table,
    TableOfContents,
    Terms,
    Text,
    walk,
)
from atlas.reports.fonts import printable

PICTURES = "picture:"
ABOUT = "about"  # the anchor of what stands at the end
ABOUT_OPENS = f'<div class="about" id="{ABOUT}">'
FIRST_CONTENTS, LONG_CONTENTS = 36, 56  # entries that a column of contents has room for: below a title, on a page
WHOLE_GROUP = 16  # rows of a group that are kept on one page
SHORT = 8  # rows of a table that stays in one piece
PIECE = 20  # letters between two places where a very long word may break
LONGEST_PART = 30  # letters that stay together between two strokes
RUNNING = 90  # letters of a running head
BETWEEN, BETWEEN_MANY = 6, 4.5  # mm between the parts of a table side by side
LINE = "\n"
_BREAK = "\u200b"
_LONG_WORD = re.compile(r"\S{45,}")  # setting one takes time that grows with the square of its length


def html_of(document: Document) -> tuple[str, dict[str, str]]:
    """The page, and the drawings that it names, by their addresses."""
    page = _Page(document)
    return page.markup(), page.drawings


def page_style(document: Document) -> str:
    """The part of the style sheet that is this document's own: paper, running head and foot."""
    origin, words, sheet = document.origin, document.words, document.sheet
    size = f"{sheet.size} {'landscape' if sheet.landscape else 'portrait'}"
    head = " · ".join(part for part in (document.kind, document.title) if part)
    head = head if len(head) <= RUNNING else f"{head[: RUNNING - 1]}…"
    foot = f"{words.permalink}: {origin.permalink}"
    first, last = words.page_of.split("{page}")[0], words.page_of.split("{page}")[1]
    middle, end = last.split("{pages}")
    counter = f"{_css(first)} counter(page) {_css(middle)} counter(pages) {_css(end)}"
    return (
        f"@page {{ size: {size}; @top-left {{ content: {_css(origin.portal)} }}"
        f" @top-right {{ content: {_css(head)} string(part, first) }}"
        f" @bottom-left {{ content: {_css(foot)} }} @bottom-right {{ content: {counter} }} }}"
        f"@page :first {{ @top-left {{ content: none }} @top-right {{ content: none }} }}"
    )


def _css(text: str) -> str:
    """A string of CSS: everything but letters and digits as its code."""
    shown = printable(text)
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in shown) + '"'


def _letters(text: str) -> str:
    """Text for the page: escaped, lines as they were, and very long words with places where they may break."""
    shown = _LONG_WORD.sub(lambda word: _breakable(word.group()), printable(text))
    return escape(shown).replace("\n", "<br>")


def _breakable(word: str) -> str:
    """A very long word with places where it may break: behind its strokes; within a part only where that is too long.

    >>> _breakable("Kruckel/Schnee").replace(_BREAK, "|")
    'Kruckel/|Schnee'
    """
    parts = re.split(r"(?<=[/-])", word)
    return _BREAK.join(piece for part in parts for piece in (wrap(part, PIECE) if len(part) > LONGEST_PART else [part]))


def _label(text: str) -> str:
    """A text that names something: what is longer than any name is cut, as it could fill no place on a page."""
    return _letters(label(text))


def _attribute(text: str) -> str:
    return escape(printable(text))


class _Page:
    """Collects drawings and numbers headings while it writes a document."""

    def __init__(self, document: Document):
        self.document = document
        self.drawings: dict[str, str] = {}
        headings = [block for block in walk(document.blocks) if isinstance(block, Heading)]
        self.anchors = {id(block): f"h{number}" for number, block in enumerate(headings)}
        self.headings = headings

    def markup(self) -> str:
        document, origin = self.document, self.document.origin
        day = origin.created.isoformat()
        return (
            f'<!DOCTYPE html><html lang="{escape(document.language)}"><head><meta charset="utf-8">'
            f"<title>{_attribute(self._name())}</title>"
            f'<meta name="author" content="{_attribute(origin.publisher or origin.portal)}">'
            f'<meta name="description" content="{_attribute(f"{document.subtitle} · {origin.release}")}">'
            f'<meta name="generator" content="{_attribute(origin.portal)}">'
            f'<meta name="dcterms.created" content="{day}T00:00:00Z">'
            f'<meta name="dcterms.modified" content="{day}T00:00:00Z"></head><body>'
            f'<div class="masthead"><p class="portal">{_letters(origin.portal)}</p>'
            f'<p class="kind">{_label(document.kind)}</p><h1>{_label(document.title)}</h1>'
            f'<p class="subtitle">{_label(document.subtitle)}</p></div>'
            f"{self.blocks(document.blocks)}{self._about()}</body></html>"
        )

    def _name(self) -> str:
        return " – ".join(part for part in (self.document.title, self.document.kind) if part)

    def _about(self) -> str:
        origin, words = self.document.origin, self.document.words
        link = runs_html((Text(origin.permalink, href=origin.permalink_url),))
        entries = (
            (words.created, _letters(origin.release)),
            *([(words.dated, _letters(origin.dated))] if origin.dated else []),
            (words.permalink, link),
            (words.checksum, f'<span class="code">{checksum(self.document)}</span>'),
        )
        rows = "".join(f"<p><span>{_letters(name)}</span> {text}</p>" for name, text in entries)
        return f"{ABOUT_OPENS}{rows}</div>"

    def blocks(self, blocks: Sequence[Block]) -> str:
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        return getattr(self, f"_{type(block).__name__.lower()}")(block)

    def _heading(self, block: Heading) -> str:
        level = min(block.level + 1, 6)
        opens = ' class="opens"' if block.opens else ""
        return f'<h{level}{opens} id="{self.anchors[id(block)]}">{_label(block.text)}</h{level}>'

    def _paragraph(self, block: Paragraph) -> str:
        return f'<p class="{block.role}">{runs_html(block.runs)}</p>'

    def _items(self, block: Items) -> str:
        return f'<ul class="{block.role}">{"".join(f"<li>{runs_html(entry)}</li>" for entry in block.entries)}</ul>'

    def _terms(self, block: Terms) -> str:
        entries = (
            f'<li><strong class="term">{_label(term)}</strong> {runs_html(said)}</li>' for term, said in block.entries
        )
        return f'<ul class="terms {block.role}">{"".join(entries)}</ul>'

    def _picture(self, block: Picture) -> str:
        caption = f"<figcaption>{_label(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure>{self._image(block)}{caption}</figure>"

    def _pictures(self, block: Pictures) -> str:
        inside = "".join(
            f'<figure style="width:{each.width:g}mm"><figcaption>{_label(each.caption)}</figcaption>'
            f"{self._image(each)}</figure>"
            for each in block.entries
        )
        return f'<div class="pictures per-{block.per_row}">{inside}</div>'

    def _image(self, picture: Picture) -> str:
        address = f"{PICTURES}{len(self.drawings)}"
        self.drawings[address] = picture.svg
        style = f"width:{picture.width:g}mm;height:{picture.height:g}mm"
        return f'<img src="{address}" alt="{_attribute(picture.alternative)}" style="{style}">'

    def _keyfigures(self, block: KeyFigures) -> str:
        entries = (
            f'<div><p class="label">{_label(one.label)}</p><p class="value">{_label(one.value)}</p>'
            f'<p class="note">{_label(one.note)}</p></div>'
            for one in block.entries
        )
        return f'<div class="key-figures of-{len(block.entries)}">{"".join(entries)}</div>'

    def _note(self, block: Note) -> str:
        title = f'<p class="title">{_label(block.title)}</p>' if block.title else ""
        return f'<div class="box {block.role}">{title}{self.blocks(block.blocks)}</div>'

    def _beside(self, block: Beside) -> str:
        main, side = (1 - block.share) * 100, block.share * 100
        return (
            f'<div class="beside"><div class="main" style="width:{main:g}%">{self.blocks(block.main)}</div>'
            f'<div class="side" style="width:{side:g}%">{self.blocks(block.side)}</div></div>'
        )

    def _small(self, block: Small) -> str:
        return f'<div class="small">{self.blocks(block.blocks)}</div>'

    def _pagebreak(self, _block: PageBreak) -> str:
        return '<div class="page-break"></div>'

    def _tableofcontents(self, block: TableOfContents) -> str:
        shown = [heading for heading in self.headings if heading.level <= block.depth]
        room = FIRST_CONTENTS if self._begins_with(block) else LONG_CONTENTS
        across = 2 if len(shown) > room else 1
        length = -(-len(shown) // across)
        lists = "".join(self._entries(shown[at : at + length]) for at in range(0, len(shown), length or 1))
        css = f"contents{' long' if length > FIRST_CONTENTS else ''}{' halves' if across > 1 else ''}"
        return f'<div class="{css}"><p class="title">{_label(block.title)}</p><div class="lists">{lists}</div></div>'

    def _entries(self, headings: Sequence[Heading]) -> str:
        entries = (
            f'<li class="level-{heading.level}"><a href="#{self.anchors[id(heading)]}">{_label(heading.text)}</a></li>'
            for heading in headings
        )
        return f"<div><ul>{''.join(entries)}</ul></div>"

    def _begins_with(self, block: TableOfContents) -> bool:
        """Whether the contents share the first page with the title."""
        before = takewhile(lambda one: one is not block, self.document.blocks)
        return not any(isinstance(one, PageBreak) for one in before)

    def _table(self, table: Table) -> str:
        notes = "".join(f'<p class="caption">{runs_html(note)}</p>' for note in table.notes)
        if table.across > 1:
            return f"{self._side_by_side(table)}{notes}"
        return f"{self._one_table(table, _label(table.caption))}{notes}"

    def _one_table(self, table: Table, caption: str) -> str:
        whole = sum(column.width for column in table.columns)
        columns = "".join(f'<col style="width:{column.width / whole:.2%}">' for column in table.columns)
        heads = "".join(f'<th scope="col" class="{c.kind}">{_label(c.label)}</th>' for c in table.columns)
        body = "".join(self._group(group, table) for group in table.groups)
        rows = sum(len(group.rows) for group in table.groups)
        css = " ".join(name for name, holds in (("dense", table.dense), ("short", rows <= SHORT)) if holds)
        named = f"<caption>{caption}</caption>" if caption else ""
        return (
            f'<table class="{css}">{named}<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>{body}</table>'
        )

    def _side_by_side(self, table: Table) -> str:
        """A long table in parts beside each other, read from top to bottom and then from left to right."""
        parts = parts_of(table)
        inside = "".join(
            f'<div style="{_gap(number, table.across)}">{self._one_table(part, "")}</div>'
            for number, part in enumerate(parts)
        )
        empty = "<div></div>" * (table.across - len(parts))
        title = f'<p class="table-title">{_label(table.caption)}</p>'
        return f'{title}<div class="across of-{table.across}">{inside}{empty}</div>'

    def _group(self, group: RowGroup, table: Table) -> str:
        title = ""
        if group.title:
            span = len(table.columns)
            title = f'<tr class="group"><th scope="rowgroup" colspan="{span}">{_label(group.title)}</th></tr>'
        css = ' class="whole"' if len(group.rows) <= WHOLE_GROUP else ""
        return f"<tbody{css}>{title}{''.join(self._row(row, table) for row in group.rows)}</tbody>"

    def _row(self, row: Row, table: Table) -> str:
        first, *rest = row.cells
        head = self._cell(first)
        if table.across > 1:
            head = head.replace("/", "/<wbr>") if "<" not in head else head
        cells = [f'<th scope="row" class="{table.columns[0].kind}">{head}</th>']
        kinds = [column.kind for column in table.columns[1:]]
        cells += [f'<td class="{kind}">{self._cell(cell)}</td>' for kind, cell in zip(kinds, rest, strict=True)]
        css = ' class="total"' if row.is_total else ""
        return f"<tr{css}>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell) -> str:
        drawing = self._image(cell.drawing) if cell.drawing else ""
        note = f'<span class="cell-note">{_label(cell.note)}</span>' if cell.note else ""
        said = f"{runs_html((Text(' '.join(cell.text.split(LINE)), href=cell.href),))}{drawing}{note}"
        return f'<div class="keyed">{self._image(cell.swatch)} {said}</div>' if cell.swatch else said


def _gap(number: int, of: int) -> str:
    """Space around a part that stands beside others, so that all are equally wide and the outer ones have none."""
    gap = BETWEEN if of < 4 else BETWEEN_MANY
    return f"padding-left:{number * gap / of:.2f}mm;padding-right:{(of - 1 - number) * gap / of:.2f}mm"


def parts_of(table: Table) -> list[Table]:
    """The parts of a table that stands `across` times side by side, of the same length but for the last."""
    (group,) = table.groups
    length = -(-len(group.rows) // table.across)
    starts = range(0, len(group.rows), length)
    return [replace(table, groups=(RowGroup("", group.rows[at : at + length]),)) for at in starts]


def runs_html(parts: Runs) -> str:
    """Runs with emphasis, language and links; only addresses of the web become links."""
    return "".join(_run(part) for part in parts)


def _run(part: Text) -> str:
    text = _letters(part.text)
    if part.language:
        text = f'<span lang="{escape(part.language)}">{text}</span>'
    if part.strong:
        text = f"<strong>{text}</strong>"
    if part.soft:
        text = f'<span class="soft">{text}</span>'
    if part.href.startswith(("https://", "http://")):
        text = f'<a href="{escape(part.href)}">{text}</a>'
    return text
