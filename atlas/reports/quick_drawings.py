"""Maps drawn into a PDF in a fraction of the time: straight lines and short texts are written at once.

WeasyPrint reads every point of a line by itself and sets every letter by itself, in a group of its own where a text is
centred; a map of 170 areas has some 20,000 points and 1,000 letters. What is not as simple is left to the library.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from weasyprint.draw.text import draw_first_line
from weasyprint.images import SVGImage
from weasyprint.matrix import Matrix
from weasyprint.svg import SVG
from weasyprint.svg.text import Style, TextBox
from weasyprint.text.line_break import split_first_line

_STRAIGHT = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+|Z)+")
_NUMBER = re.compile(r"-?[\d.]+")
_MOVE = re.compile(r"([ML])([^,]+),([^MLZ]+)")
_PATH = frozenset({"d", "fill", "fill-rule", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap",
                   "stroke-dasharray", "font-family"})  # fmt: skip
_TEXT = frozenset({"x", "y", "fill", "stroke", "stroke-width", "stroke-linejoin", "font-family", "font-size",
                   "font-weight", "text-anchor"})  # fmt: skip
_ANCHORS = {"start": 0, "middle": 0.5, "end": 1}  # of its width a text begins before its place


class Drawings(dict):
    """The pictures of one document as WeasyPrint keeps them by address: its drawings become quick ones.

    `sources` are the drawings as SVG documents by their addresses.
    """

    def __init__(self, sources: Mapping[str, str]):
        super().__init__()
        self._sources = sources

    def __setitem__(self, address: str, image):
        source = self._sources.get(address)
        if isinstance(image, SVGImage) and source is not None:
            image.__class__ = Reread
            image.source, image.size = source, None
        super().__setitem__(address, image)


class Reread(SVGImage):
    """A drawing that is read anew when it is drawn and forgotten then: read, it needs ten times the memory."""

    def get_intrinsic_size(self, image_resolution, font_size):
        """Width, height and their ratio, each None where the drawing does not say."""
        if self.size is None:
            self.size = super().get_intrinsic_size(image_resolution, font_size)
            self._svg = None
        return self.size

    def draw(self, stream, concrete_width, concrete_height, style):
        """Draw it into the stream of a page."""
        tree = ElementTree.fromstring(self.source)  # noqa: S314 - our own drawing
        image = SVGImage(tree, self._base_url, self._url_fetcher, self._context)
        image._svg.__class__ = QuickDrawing
        image.draw(stream, concrete_width, concrete_height, style)


class QuickDrawing(SVG):
    """A drawing whose paths of straight lines and whose texts of one style are written at once."""

    def draw_node(self, node, font_size, fill_stroke=True, context=None):
        """Draw a node and what is inside it."""
        if fill_stroke and node.tag == "path" and _PATH.issuperset(node.attrib) and self._line(node, font_size):
            return
        if fill_stroke and node.tag == "text" and _TEXT.issuperset(node.attrib) and self._words(node, font_size):
            return
        super().draw_node(node, font_size, fill_stroke, context)

    def _line(self, node, font_size) -> bool:
        """Draw a path; False where it has more than straight lines between absolute points."""
        path = node.get("d", "")
        if not _STRAIGHT.fullmatch(path):
            return False
        numbers = [float(number) for number in _NUMBER.findall(path)]
        left, top = min(numbers[::2]), min(numbers[1::2])
        node.bounding_box = (left, top, max(numbers[::2]) - left, max(numbers[1::2]) - top)
        self.stream.push_state()
        fill, stroke = self.set_graphical_state(node, font_size)
        self.stream.stream.append(_operators(path))
        self.fill_stroke(fill, stroke, node.get("fill-rule") == "evenodd")
        self.stream.pop_state()
        return True

    def _words(self, node, font_size) -> bool:
        """Draw a text; False where parts of it look different or where a letter has no place of its own."""
        x, y = node.get("x", ""), node.get("y", "")
        anchor = _ANCHORS.get(node.get("text-anchor", "start"))
        simple = _NUMBER.fullmatch(x) and _NUMBER.fullmatch(y) and anchor is not None and next(iter(node), None) is None
        if not simple or not node.text or not node.text.strip():
            return False
        size = self.length(node.get("font-size", "1em"), font_size)
        box, width = self._set(node, size)
        self.stream.push_state()
        fill, stroke = self.set_graphical_state(node, size)
        self.stream.begin_text()
        self.fill_stroke(fill, stroke, text=True)
        draw_first_line(self.stream, box, "none", "none", Matrix(d=-1, e=float(x) - anchor * width, f=float(y)))
        self.stream.end_text()
        self.stream.pop_state()
        return True

    def _set(self, node, size: float):
        """A text in the letters of its node, and how wide it is."""
        from weasyprint.css.properties import INITIAL_VALUES  # noqa: PLC0415

        style = Style()
        style.update(INITIAL_VALUES)
        style.font_config = self.font_config
        style["font_family"] = [name.strip("\"' ") for name in node.get("font-family", "sans-serif").split(",")]
        style["font_weight"] = int(node.get("font-weight", "400"))
        style["font_size"] = size
        layout, _length, _resume, width, _height, _baseline = split_first_line(
            node.text, style, self.context, float("inf"), 0
        )
        layout.reactivate(style)
        return TextBox(layout, style), width


def _operators(path: str) -> bytes:
    """A path of straight lines in the words of PDF.

    >>> _operators("M1,2L3,4Z")
    b'1 2 m\\n3 4 l\\nh\\n'
    """
    said = _MOVE.sub(lambda found: f"{found[2]} {found[3]} {found[1].lower()}\n", path)
    return said.replace("Z", "h\n").encode("ascii")
