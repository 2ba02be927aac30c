"""Pieces of a text document in Word's own markup: runs, fields, links, pictures, tables."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from atlas.reports.addresses import web_address
from atlas.reports.document import Picture, Text
from atlas.reports.docx_styles import LINK, LINK_STYLE, MUTED, STRONG
from atlas.reports.languages import office_language

TWIPS_PER_MM = 1440 / 25.4
_FIELD_BREAK = re.compile(r"(\{pages?\})")


def element(tag: str, *children, **attributes):
    """An element of Word's markup; attributes are given without their prefix."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, *, style: str = "", language: str = ""):
    """A run of letters; lines become line breaks. `style` is the identifier of a character style."""
    made = element("w:r")
    if style or language:
        properties = element("w:rPr")
        if style:
            properties.append(element("w:rStyle", val=style))
        if language:
            properties.append(element("w:lang", val="-".join(office_language(language))))
        made.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("w:br"))
        if line:
            letters = element("w:t")
            letters.text = line
            letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            made.append(letters)
    return made


def field(instruction: str, shown: str, *, style: str = "") -> list:
    """A field that Word can renew, with what it shows until then."""
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", code),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        run(shown, style=style),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]


def page_runs(template: str) -> list:
    """The words "Seite {page} von {pages}" with fields in the places."""
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    made = []
    for part in _FIELD_BREAK.split(template):
        made += field(fields[part], "1") if part in fields else [run(part)] if part else []
    return made


class Anchors:
    """Bookmarks with numbers that differ."""

    def __init__(self):
        self.count = 0

    def around(self, name: str, inner: list) -> list:
        """Some runs with a bookmark around them."""
        number = self.count
        self.count += 1
        return [element("w:bookmarkStart", id=number, name=name), *inner, element("w:bookmarkEnd", id=number)]


class Links:
    """Addresses of the web as relationships of a part, each once."""

    def __init__(self, part):
        self.part = part

    def runs(self, parts: tuple[Text, ...]) -> list:
        """Runs with emphasis, language and links."""
        return [made for part in parts for made in self._run(part)]

    def _run(self, part: Text) -> list:
        address = web_address(part.href)
        if address:
            inner = run(part.text, style=LINK_STYLE, language=part.language)
            return [self._link(address, inner)]
        style = STRONG if part.strong else MUTED.replace(" ", "") if part.soft else ""
        return [run(part.text, style=style, language=part.language)]

    def _link(self, address: str, inner):
        made = element("w:hyperlink", inner, history=1)
        made.set(qn("r:id"), self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return made


@dataclass(frozen=True)
class Size:
    """Millimetres."""

    width: float
    height: float

    def within(self, width: float, height: float) -> "Size":
        """The same form, not larger than a place."""
        scale = min(1, width / max(self.width, 0.1), height / max(self.height, 0.1))
        return Size(self.width * scale, self.height * scale)


class Drawings:
    """Pictures with 300 dots per inch, each file once, each with its alternative text.

    Not as SVG: another computer lacks the letters of the drawing, and its lines would no longer fit to them.
    """

    def __init__(self, part, draw: Callable[[Picture], bytes]):
        self.part, self.draw, self.count = part, draw, 0
        self.known: dict[str, str] = {}

    def run(self, picture: Picture, size: Size):
        """A run that holds the picture."""
        self.count += 1
        return element("w:r", self._drawing(picture, Mm(size.width), Mm(size.height)))

    def _relation(self, picture: Picture) -> str:
        if picture.svg not in self.known:
            name = PackURI(f"/word/media/image{len(self.known) + 1}.png")
            part = Part(name, "image/png", self.draw(picture), self.part.package)
            self.known[picture.svg] = self.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self.known[picture.svg]

    def _drawing(self, picture: Picture, width: int, height: int):
        extent = {"cx": str(int(width)), "cy": str(int(height))}
        names = {"id": str(self.count), "name": f"{self.count} {picture.name}"[:100], "descr": picture.alternative}
        blip = _plain("a:blip")
        blip.set(qn("r:embed"), self._relation(picture))
        form = _plain(
            "pic:spPr",
            _plain("a:xfrm", _plain("a:off", x="0", y="0"), _plain("a:ext", **extent)),
            _plain("a:prstGeom", _plain("a:avLst"), prst="rect"),
        )
        inner = _plain(
            "pic:pic",
            _plain("pic:nvPicPr", _plain("pic:cNvPr", **names), _plain("pic:cNvPicPr")),
            _plain("pic:blipFill", blip, _plain("a:stretch", _plain("a:fillRect"))),
            form,
        )
        kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        inline = _plain(
            "wp:inline",
            _plain("wp:extent", **extent),
            _plain("wp:docPr", **names),
            _plain("wp:cNvGraphicFramePr", _plain("a:graphicFrameLocks", noChangeAspect="1")),
            _plain("a:graphic", _plain("a:graphicData", inner, uri=kind)),
            distT="0",
            distB="0",
            distL="0",
            distR="0",
        )
        return element("w:drawing", inline)


def _plain(tag: str, *children, **attributes):
    """An element whose attributes carry no prefix."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(name, value)
    for child in children:
        made.append(child)
    return made


def paragraph(style: str, *inner, page_break: bool = False, keep: bool = False, opens: bool = False):
    """A paragraph; `style` is the identifier of its style. `opens`: with a line and more space above it."""
    properties = element("w:pPr", element("w:pStyle", val=style))
    if keep:
        properties.append(element("w:keepNext"))
    if page_break:
        properties.append(element("w:pageBreakBefore"))
    if opens:
        properties.append(element("w:pBdr", element("w:top", val="single", sz=12, space=6, color=LINK)))
        properties.append(element("w:spacing", before=480, after=80))
    return element("w:p", properties, *inner)


def table_element(style: str, widths: list[float], *rows, title: str = "", description: str = "", has_head: bool):
    """A table; widths in millimetres. Its title and description are its alternative text."""
    twips = [round(width * TWIPS_PER_MM) for width in widths]
    look = {"firstRow": int(has_head), "lastRow": 0, "firstColumn": int(has_head), "lastColumn": 0}
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=style),
        element("w:tblW", w=sum(twips), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="04A0" if has_head else "0400", **look, noHBand=1, noVBand=1),
    )
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        if text:
            properties.append(element(tag, val=text))
    grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in twips))
    return element("w:tbl", properties, grid, *rows)


def row_element(*cells, is_head: bool = False):
    """A row that no page tears; heads are repeated on every page and marked as such."""
    properties = element("w:trPr", element("w:cantSplit"))
    if is_head:
        properties.append(element("w:tblHeader"))
    return element("w:tr", properties, *cells)


def cell_element(width: float, *paragraphs, span: int = 1):
    """A cell; its width in millimetres."""
    properties = element("w:tcPr", element("w:tcW", w=round(width * TWIPS_PER_MM), type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=span))
    return element("w:tc", properties, *paragraphs)
