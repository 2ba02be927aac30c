"""The styles of text documents: those that Word itself knows, in the portal's look, and a few of our own."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Arial"
INK, SOFT, LINK, DARK, LINE = "1C2B30", "557076", "1F6C7D", "0E3A47", "C4D2D0"
PLAN_LINE, PLAN_FILL, FILL = "C2410C", "FFF6EA", "F3F7F6"

PORTAL, KIND, LEAD = "Sozialportal Absender", "Sozialportal Art", "Sozialportal Vorspann"
REMARK, SMALL, TERM = "Sozialportal Anmerkung", "Sozialportal Klein", "Sozialportal Begriff"
BOX, PLAN_BOX = "Sozialportal Kasten", "Sozialportal Kasten Plan"
CELL, NUMBER, HEAD, NUMBER_HEAD, GROUP = (
    f"Sozialportal Tabelle {name}" for name in ("Text", "Zahl", "Kopf", "Kopf Zahl", "Gruppe")
)
FIGURE, FIGURE_LABEL, PICTURE = "Sozialportal Kennzahl", "Sozialportal Kennzahl Name", "Sozialportal Bild"
ADDITION, MUTED = "Sozialportal Zusatz", "Sozialportal Nebenbei"
TABLE, LAYOUT, LINK_STYLE, STRONG, CAPTION = "Sozialportal Tabelle", "Table Normal", "Hyperlink", "Strong", "Caption"
BULLET, BODY, DEEPEST_CONTENTS = "List Bullet", "Body Text", 3

_HEADINGS = {1: (16, DARK, 16, 5), 2: (12.5, INK, 12, 3), 3: (10.5, INK, 9, 2), 4: (10, SOFT, 8, 2)}
_OF_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def prepare_styles(document: WordDocument, language: str) -> None:
    """Give the document the portal's styles, and its language (such as de-DE)."""
    styles = document.styles
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.style_id != "TableNormal":
            style.delete()
    _defaults(document, language)
    _look(styles["Normal"], size=10, colour=INK, after=4, line=1.15)
    _look(styles[BODY], size=10, colour=INK, after=5, line=1.2)
    for level in range(1, 10):
        size, colour, before, after = _HEADINGS[min(level, 4)]
        _look(styles[f"Heading {level}"], size=size, colour=colour, before=before, after=after, bold=True, keep=True)
        styles[f"Heading {level}"].font.italic = False
    _look(styles["Title"], size=26, colour=DARK, after=2, bold=True, keep=True)
    _without_border(styles["Title"])
    _look(styles["Subtitle"], size=10, colour=SOFT, after=12)
    styles["Subtitle"].font.italic = False
    for style in (styles["Title"], styles["Subtitle"]):
        _without_spacing(style)
    _look(styles[CAPTION], size=9, colour=INK, before=8, after=3, bold=True)
    _look(styles[BULLET], size=10, colour=INK, after=2)
    _look(styles["TOC Heading"], size=14, colour=DARK, before=6, after=4, bold=True, keep=True)
    for name in ("Header", "Footer"):
        _look(styles[name], size=7.5, colour=SOFT)
    _own_paragraphs(styles)
    _contents(styles)
    _characters(styles)
    styles.element.append(parse_xml(_TABLE_STYLE))


def _own_paragraphs(styles) -> None:
    new = _adder(styles, WD_STYLE_TYPE.PARAGRAPH)
    _look(new(PORTAL), size=9, colour=LINK, after=10, bold=True)
    _look(new(KIND), size=9, colour=SOFT, after=0, keep=True)
    _look(new(LEAD), size=12, colour=INK, after=8, line=1.25)
    _look(new(REMARK), size=8.5, colour=SOFT, before=3, after=6)
    _look(new(SMALL), size=8.5, colour=INK, after=3)
    term = new(TERM)
    _look(term, size=9, colour=INK, after=3)
    term.paragraph_format.left_indent, term.paragraph_format.first_line_indent = Mm(8), Mm(-8)
    _boxed(new(BOX), LINK, FILL)
    _boxed(new(PLAN_BOX), PLAN_LINE, PLAN_FILL)
    _look(new(CELL), size=8, colour=INK, line=1)
    _look(new(HEAD), size=7.5, colour=SOFT, line=1, bold=True, keep=True)
    _look(new(GROUP), size=8, colour=LINK, before=4, line=1, bold=True, keep=True)
    for name, base in ((NUMBER, CELL), (NUMBER_HEAD, HEAD)):
        style = new(name)
        style.base_style = styles[base]
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _look(new(FIGURE_LABEL), size=8.5, colour=SOFT, line=1, keep=True)
    _look(new(FIGURE), size=15, colour=DARK, line=1, bold=True, keep=True)
    _look(new(PICTURE), size=9, colour=INK, before=2, after=4, line=1)


def _contents(styles) -> None:
    new = _adder(styles, WD_STYLE_TYPE.PARAGRAPH)
    for level in range(1, DEEPEST_CONTENTS + 1):
        style = new(f"toc {level}")
        _look(style, size=10, colour=INK, after=1, bold=level == 1)
        style.paragraph_format.left_indent = Mm(5 * (level - 1))


def _characters(styles) -> None:
    new = _adder(styles, WD_STYLE_TYPE.CHARACTER)
    link = new(LINK_STYLE)
    link.font.color.rgb, link.font.underline = RGBColor.from_string(LINK), True
    addition = new(ADDITION)
    addition.font.size, addition.font.color.rgb, addition.font.bold = Pt(7), RGBColor.from_string(SOFT), False
    new(MUTED).font.color.rgb = RGBColor.from_string(SOFT)


def _adder(styles, kind: WD_STYLE_TYPE):
    def add(name: str):
        style = styles.add_style(name, kind)
        style.hidden, style.quick_style, style.unhide_when_used = False, True, False
        if kind == WD_STYLE_TYPE.PARAGRAPH:
            style.base_style = styles["Normal"]
        return style

    return add


def _look(style, *, size, colour, before=0, after=0, line=None, bold=None, keep=None) -> None:
    """Size in points, space before and after in points, line height as a multiple."""
    font, paragraph = style.font, style.paragraph_format
    _own_font(style.element.get_or_add_rPr())
    font.size, font.bold = Pt(size), bool(bold)
    font.color.rgb = RGBColor.from_string(colour)
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.line_spacing = line
    if keep:
        paragraph.keep_with_next = True


def _own_font(properties) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in _OF_THEME:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)


def _defaults(document: WordDocument, language: str) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _own_font(properties)
    said = properties.find(qn("w:lang"))
    said.set(qn("w:val"), language)
    said.set(qn("w:eastAsia"), language)
    _hyphenated(document.settings.element)
    of_theme = document.settings.element.find(qn("w:themeFontLang"))
    if of_theme is not None:
        of_theme.set(qn("w:val"), language)


def _hyphenated(settings) -> None:
    """Let Word break long German words in narrow columns; the schema wants the mark right behind the tab stops."""
    before = settings.find(qn("w:defaultTabStop"))
    mark = parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>")
    if before is not None:
        before.addnext(mark)


def _without_border(style) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _without_spacing(style) -> None:
    properties = style.element.get_or_add_rPr()
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)


def _boxed(style, line: str, fill: str) -> None:
    """A line on the left and a ground: paragraphs of the style that follow each other are one box."""
    _look(style, size=10, colour=INK, after=3, line=1.15)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(3)
    properties = style.element.get_or_add_pPr()
    border = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="6" w:color="{line}"/></w:pBdr>'
    ground = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'
    spacing = properties.find(qn("w:spacing"))
    for made in (border, ground):
        spacing.addprevious(parse_xml(made))


_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="SozialportalTabelle">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{LINK}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
  </w:tblBorders>
  <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="45" w:type="dxa"/>
    <w:bottom w:w="40" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr>
    <w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{LINK}"/></w:tcBorders>
    <w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
</w:style>"""
