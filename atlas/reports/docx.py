"""A document as text for Word: real styles, captions, contents, alternative texts, tables that can be edited.

The same bytes every time.
"""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from atlas.reports import docx_styles as styles
from atlas.reports.archives import packed, unpacked
from atlas.reports.content import checksum, label
from atlas.reports.document import (
    Beside,
    Block,
    Document,
    Heading,
    Items,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Small,
    Table,
    TableOfContents,
    Terms,
    Text,
    runs,
    walk,
)
from atlas.reports.docx_parts import (
    Anchors,
    Drawings,
    Links,
    Size,
    cell_element,
    element,
    field,
    page_runs,
    paragraph,
    row_element,
    run,
    table_element,
)
from atlas.reports.docx_tables import table_rows, table_widths
from atlas.reports.images import png_bytes
from atlas.reports.languages import office_language
from atlas.reports.sheets import foot_line, named, origin_lines, said_of_origin, title_line

_PAPERS = {"A4": (210, 297), "A3": (297, 420)}  # mm
_MARGIN, _BELOW, _FOOT = 18, 22, 9  # mm
_CAPTION_ROOM = 20  # mm of a page's height for a picture's caption
_LONGEST_PROPERTY, _RUNNING = 255, 90
_DEEPEST = 9  # levels of headings
_GAP = 4  # mm between pictures side by side


def docx_bytes(document: Document) -> bytes:
    """The file."""
    target = io.BytesIO()
    _Writer(document).written().save(target)
    return packed(unpacked(target.getvalue()), document.origin.created)


def style_id(name: str) -> str:
    """The identifier of a style by its name."""
    return name.replace(" ", "")


class _Writer:
    """Goes through the blocks once, numbers captions and headings, and adds paragraphs to the body."""

    def __init__(self, document: Document):
        self.document, self.file = document, docx.Document()
        self.origin, self.checksum = origin_lines(document), checksum(document)
        self.language = "-".join(office_language(document.language))
        styles.prepare_styles(self.file, self.language)
        part = self.file.part
        self.links, self.drawings, self.anchors = Links(part), Drawings(part, png_bytes), Anchors()
        headings = [block for block in walk(document.blocks) if isinstance(block, Heading)]
        self.names = {id(block): f"_Toc{number:08d}" for number, block in enumerate(headings, 1)}
        self.headings = headings
        self.numbers = {"table": 0, "figure": 0}
        self.is_small, self.box, self.breaks = False, "", False
        self.body = self.file.element.body
        self.end = self.body.sectPr
        self.width = self.height = 0.0

    def written(self):
        self._page()
        self._properties()
        self._about_parts()
        document = self.document
        self._add(styles.PORTAL, run(document.origin.portal))
        if document.kind:
            self._add(styles.KIND, run(label(document.kind)))
        self._add("Title", run(label(document.title)))
        self._add("Subtitle", run(label(document.subtitle)))
        self.blocks(document.blocks)
        self._about()
        return self.file

    # The file around the text.

    def _page(self) -> None:
        sheet, section = self.document.sheet, self.file.sections[0]
        short, long = _PAPERS.get(sheet.size, _PAPERS["A4"])
        wide, high = (long, short) if sheet.landscape else (short, long)
        section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.left_margin = section.right_margin = section.top_margin = Mm(_MARGIN)
        section.bottom_margin = Mm(_BELOW)
        section.header_distance = section.footer_distance = Mm(_FOOT)
        self.width, self.height = wide - 2 * _MARGIN, high - _MARGIN - _BELOW
        head = title_line(self.document)
        head = head if len(head) <= _RUNNING else f"{head[: _RUNNING - 1]}…"
        self._running(section.header, [run(f"{self.document.origin.portal} · {head}")])
        self._running(section.footer, [run(label(foot_line(self.document)))], page_runs(self.document.words.page_of))

    @staticmethod
    def _running(place, *lines: list) -> None:
        first = place.paragraphs[0]
        first.text = ""
        for inner in lines[0]:
            first._p.append(inner)
        for line in lines[1:]:
            added = place.add_paragraph(style=first.style)
            for inner in line:
                added._p.append(inner)

    def _properties(self) -> None:
        document, origin, core = self.document, self.document.origin, self.file.core_properties
        texts = {
            "title": title_line(document),
            "subject": document.subtitle,
            "author": origin.publisher or origin.portal,
            "last_modified_by": origin.portal,
            "category": document.kind,
            "keywords": origin.release_slug,
            "comments": said_of_origin(document),
            "identifier": self.checksum,
            "language": self.language,
        }
        for name, text in texts.items():
            setattr(core, name, label(text, _LONGEST_PROPERTY))
        day = datetime(origin.created.year, origin.created.month, origin.created.day)  # noqa: DTZ001 - a day has no zone
        core.created = core.modified = day
        core.revision = 1

    def _about_parts(self) -> None:
        """Leave out the picture of an empty page that the library's template carries."""
        relations = self.file.part.package.rels
        for key in [key for key, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
            del relations[key]

    # Blocks.

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._writer_of(block)(block)

    def _writer_of(self, block: Block) -> Callable:
        return {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Items: self._items,
            Terms: self._terms,
            Picture: self._picture,
            Pictures: self._pictures,
            Table: self._table,
            KeyFigures: self._key_figures,
            Note: self._note,
            Beside: lambda beside: self.blocks((*beside.main, *beside.side)),
            Small: self._small,
            PageBreak: self._page_break,
            TableOfContents: self._contents,
        }[type(block)]

    def _add(self, style: str, *inner, **look: bool) -> None:
        self._append(paragraph(style_id(style), *inner, page_break=self._broken(), **look))

    def _append(self, made) -> None:
        self.end.addprevious(made)

    def _broken(self) -> bool:
        breaks, self.breaks = self.breaks, False
        return breaks

    def _page_break(self, _block: PageBreak) -> None:
        self.breaks = True

    def _heading(self, block: Heading) -> None:
        inner = self.anchors.around(self.names[id(block)], [run(label(block.text))])
        self._add(f"Heading {min(max(block.level, 1), _DEEPEST)}", *inner, opens=block.opens)

    def _paragraph(self, block: Paragraph) -> None:
        style = self.box or (styles.SMALL if self.is_small else styles.BODY)
        style = {"lead": styles.LEAD, "caption": styles.REMARK}.get(block.role, style)
        self._add(style, *self.links.runs(block.runs))

    def _items(self, block: Items) -> None:
        for entry in block.entries:
            self._add(styles.BULLET, *self.links.runs(entry))

    def _terms(self, block: Terms) -> None:
        for term, said in block.entries:
            self._add(styles.TERM, run(f"{label(term)} ", style=styles.STRONG), *self.links.runs(said))

    def _note(self, block: Note) -> None:
        before, self.box = self.box, styles.PLAN_BOX if block.role == "plan" else styles.BOX
        if block.title:
            self._add(self.box, run(label(block.title), style=styles.STRONG), keep=True)
        self.blocks(block.blocks)
        self.box = before

    def _small(self, block: Small) -> None:
        before, self.is_small = self.is_small, True
        self.blocks(block.blocks)
        self.is_small = before

    # Captions, pictures, tables.

    def _caption(self, kind: str, text: str) -> list:
        """The runs of a numbered caption: a field that counts, then what it says."""
        self.numbers[kind] += 1
        word = self.document.words.table if kind == "table" else self.document.words.figure
        number = field(f"SEQ {word} \\* ARABIC", str(self.numbers[kind]))
        said = [run(f": {label(text)}")] if text else []
        return [run(f"{word} "), *number, *said]

    def _picture(self, block: Picture) -> None:
        size = Size(block.width, block.height).within(self.width, self.height - _CAPTION_ROOM)
        self._add(styles.PICTURE, self.drawings.run(block, size), keep=True)
        self._add(styles.CAPTION, *self._caption("figure", named(block)))

    def _pictures(self, block: Pictures) -> None:
        """Pictures side by side, in a grid without lines, each with its caption above it."""
        across = max(1, min(block.per_row, len(block.entries)))
        wide = self.width / max(1, block.per_row)
        rows = []
        for start in range(0, len(block.entries), across):
            entries = block.entries[start : start + across]
            cells = [self._beside(each, wide) for each in entries]
            while len(cells) < across:
                cells.append(cell_element(wide, paragraph(style_id(styles.PICTURE))))
            rows.append(row_element(*cells))
        self._table_element(table_element("TableNormal", [wide] * across, *rows, has_head=False))

    def _beside(self, each: Picture, wide: float):
        size = Size(each.width, each.height).within(wide - _GAP, self.height - _CAPTION_ROOM)
        caption = paragraph(styles.CAPTION, *self._caption("figure", named(each)))
        return cell_element(wide, caption, paragraph(style_id(styles.PICTURE), self.drawings.run(each, size)))

    def _key_figures(self, block: KeyFigures) -> None:
        """A table of three rows: what it is, the number, what belongs to it."""
        if not block.entries:
            return
        wide = self.width / len(block.entries)

        def row(style: str, texts: list[str], is_head: bool = False):
            cells = (cell_element(wide, paragraph(style_id(style), run(label(text)))) for text in texts)
            return row_element(*cells, is_head=is_head)

        rows = [
            row(styles.FIGURE_LABEL, [one.label for one in block.entries], is_head=True),
            row(styles.FIGURE, [one.value for one in block.entries]),
        ]
        if any(one.note for one in block.entries):
            rows.append(row(styles.FIGURE_LABEL, [one.note for one in block.entries]))
        widths = [wide] * len(block.entries)
        self._table_element(table_element(style_id(styles.TABLE), widths, *rows, has_head=True))

    def _table(self, table: Table) -> None:
        self._add(styles.CAPTION, *self._caption("table", table.caption), keep=True)
        widths = table_widths(table, self.width)
        rows = table_rows(table, widths, self.links, self.drawings)
        made = table_element(style_id(styles.TABLE), widths, *rows, title=label(table.caption), has_head=True)
        self._table_element(made)
        for note in table.notes:
            self._add(styles.REMARK, *self.links.runs(note))

    def _table_element(self, made) -> None:
        """A table, and a paragraph after it: two tables that touch would be one."""
        if self.breaks:
            self._add(styles.SMALL)
        self._append(made)
        self._append(paragraph(style_id(styles.SMALL)))

    def _contents(self, block: TableOfContents) -> None:
        """A field that Word renews with page numbers, filled with links to the headings until then."""
        self._add("TOC Heading", run(label(block.title)))
        shown = [heading for heading in self.headings if heading.level <= styles.DEEPEST_CONTENTS]
        start, code, middle, _shown, end = field(f'TOC \\o "1-{styles.DEEPEST_CONTENTS}" \\h \\z \\u', "")
        for number, heading in enumerate(shown):
            link = element("w:hyperlink", run(label(heading.text)), anchor=self.names[id(heading)], history=1)
            before = (start, code, middle) if number == 0 else ()
            after = (end,) if number == len(shown) - 1 else ()
            self._add(f"toc {heading.level}", *before, link, *after)

    def _about(self) -> None:
        """Where the document comes from, as at the end of the printed one."""
        origin, words = self.document.origin, self.document.words
        hrefs = {words.permalink: origin.permalink_url}
        more = [(words.publisher, origin.publisher), (words.licence, origin.licence)]
        for name, text in [*self.origin, *((n, t) for n, t in more if t)]:
            said = runs(Text(text, href=hrefs.get(name, "")))
            self._add(styles.REMARK, run(f"{name}: ", style=styles.STRONG), *self.links.runs(said))
