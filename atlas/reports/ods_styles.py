"""Styles of an OpenDocument spreadsheet, each made once: cells, numbers with their marks, columns, rows, pages."""

from odf import number as numbers
from odf import style as styles
from odf.element import Element
from odf.namespaces import STYLENS

from atlas.reports.number_formats import NumberFormat, Part

FONT = "Arial"
INK, SOFT, LINE, LINK, FILL = "#1c2b30", "#557076", "#c4d2d0", "#1f6c7d", "#e8f0ee"
MM_PER_LETTER, LINE_HEIGHT = 1.95, 4.6  # mm
_PAPERS = {"A4": (210, 297), "A3": (297, 420)}


class Styles:
    """Makes styles on demand and gives the same one for the same properties."""

    def __init__(self, book):
        self.book = book
        self.known: dict[tuple, Element] = {}
        self.numbers: dict[NumberFormat, Element] = {}

    def cell(
        self,
        *,
        size: float = 10,
        bold: bool = False,
        colour: str = INK,
        right: bool = False,
        wrap: bool = False,
        lines: str = "",
        shown: NumberFormat | None = None,
    ) -> Element:
        """The style of a cell; `lines` is "head", "row" or "total", or nothing."""
        key = (size, bold, colour, right, wrap, lines, shown)
        if key not in self.known:
            extra = {"datastylename": self.number(shown)} if shown else {}
            made = styles.Style(name=f"ce{len(self.known) + 1}", family="table-cell", **extra)
            made.addElement(styles.TableCellProperties(**self._frame(lines, wrap)))
            side = {"textalign": "end"} if right else {"textalign": "start", "marginleft": "1.5mm" if lines else "0mm"}
            made.addElement(styles.ParagraphProperties(**side))
            weight = "bold" if bold else "normal"
            made.addElement(styles.TextProperties(fontsize=f"{size:g}pt", fontweight=weight, color=colour))
            self.known[key] = self._added(made)
        return self.known[key]

    @staticmethod
    def _frame(lines: str, wrap: bool) -> dict[str, str]:
        frame = {"verticalalign": "top", "padding": "0.6mm", "wrapoption": "wrap" if wrap else "no-wrap"}
        if lines == "head":
            return frame | {"borderbottom": f"1pt solid {LINK}", "backgroundcolor": FILL}
        if lines == "row":
            return frame | {"borderbottom": f"0.5pt solid {LINE}"}
        return frame | {"bordertop": f"0.75pt solid {LINK}"} if lines == "total" else frame

    def number(self, shown: NumberFormat) -> Element:
        """The style of numbers: that for zero, which leads to those above and below it.

        Among the named styles: of the others the library drops those that no cell names, as these two.
        """
        if shown not in self.numbers:
            name = f"N{len(self.numbers) + 1}"
            for part, end in ((shown.above, "P0"), (shown.below, "P1")):
                self.book.styles.addElement(_number_part(f"{name}{end}", part, shown.decimals, volatile="true"))
            zero = _number_part(name, shown.zero, shown.decimals)
            zero.addElement(styles.Map(condition="value()>0", applystylename=f"{name}P0"))
            zero.addElement(styles.Map(condition="value()<0", applystylename=f"{name}P1"))
            self.book.styles.addElement(zero)
            self.numbers[shown] = zero
        return self.numbers[shown]

    def column(self, letters: float) -> Element:
        """The style of a column that is some digits wide."""
        properties = styles.TableColumnProperties(columnwidth=f"{letters * MM_PER_LETTER:.1f}mm")
        return self._sized("table-column", "co", letters, properties)

    def row(self, lines: int) -> Element:
        """The style of a row with some lines."""
        height = f"{lines * LINE_HEIGHT + 1:.1f}mm"
        properties = styles.TableRowProperties(rowheight=height, useoptimalrowheight="false" if lines > 1 else "true")
        return self._sized("table-row", "ro", lines, properties)

    def _sized(self, family: str, prefix: str, size: float, properties: Element) -> Element:
        key = (family, size)
        if key not in self.known:
            made = styles.Style(name=f"{prefix}{len(self.known) + 1}", family=family)
            made.addElement(properties)
            self.known[key] = self._added(made)
        return self.known[key]

    def _added(self, made: Element) -> Element:
        self.book.automaticstyles.addElement(made)
        return made


def _number_part(name: str, part: Part, decimals: int, **extra) -> Element:
    made = numbers.NumberStyle(name=name, **extra)
    if part.before:
        made.addElement(numbers.Text(text=part.before))
    if part.has_number:
        made.addElement(numbers.Number(decimalplaces=decimals, minintegerdigits=1, grouping="true"))
    if part.after:
        made.addElement(numbers.Text(text=part.after))
    return made


def page_styles(book, sheet, foot: list[Element]) -> Element:
    """The paper, lying, as wide as one page; gives the style that sheets name. `foot` stands below every page."""
    short, long = _PAPERS.get(sheet.size, _PAPERS["A4"])
    layout = styles.PageLayout(name="paper")
    paper = styles.PageLayoutProperties(
        pagewidth=f"{long}mm", pageheight=f"{short}mm", printorientation="landscape", margin="15mm"
    )
    # One page wide, as many high as there are: of ODF 1.3, which the library does not know.
    paper.attributes |= {(STYLENS, "scale-to-X"): "1", (STYLENS, "scale-to-Y"): "0"}
    layout.addElement(paper)
    layout.addElement(styles.FooterStyle())
    book.automaticstyles.addElement(layout)
    master = styles.MasterPage(name="Default", pagelayoutname=layout)
    footer = styles.Footer()
    for paragraph in foot:
        footer.addElement(paragraph)
    master.addElement(footer)
    book.masterstyles.addElement(master)
    made = styles.Style(name="ta1", family="table", masterpagename=master)
    made.addElement(styles.TableProperties(display="true", writingmode="lr-tb"))
    book.automaticstyles.addElement(made)
    return made


def default_style(book, language: str, country: str) -> None:
    """Font and language of all cells."""
    made = styles.DefaultStyle(family="table-cell")
    made.addElement(styles.TextProperties(fontfamily=FONT, language=language, country=country, color=INK))
    book.styles.addElement(made)
