"""Sizes of sheets: what is left for blocks inside the margins of `print.css`. Pure."""

from atlas.reports.document import Sheet
from atlas.reports.heights import POINT, lines_of

LONG, SHORT = {"A4": 297, "A3": 420}, {"A4": 210, "A3": 297}  # mm
SIDES, ENDS = 32, 34  # mm: both margins of a page together
FIRST_ENDS = 30  # mm: the first page begins higher
MASTHEAD, TITLE = 28, 25  # mm of it without its title, and the points of the title
ABOUT = 19  # mm: release, address and checksum at the end of a document


def content_width(sheet: Sheet) -> float:
    """Millimetres between the left and the right margin."""
    return (LONG if sheet.landscape else SHORT)[sheet.size] - SIDES


def content_height(sheet: Sheet) -> float:
    """Millimetres between the upper and the lower margin."""
    return (SHORT if sheet.landscape else LONG)[sheet.size] - ENDS


def first_height(sheet: Sheet, title: str) -> float:
    """Millimetres that the first page leaves below the document's title.

    >>> first_height(Sheet("A4"), "Arbeitslosenquote") - first_height(Sheet("A4"), "Arbeitslosenquote " * 5) > 9
    True
    """
    title_lines = lines_of(title, content_width(sheet), TITLE * 1.06)
    return content_height(sheet) + ENDS - FIRST_ENDS - MASTHEAD - title_lines * TITLE * POINT * 1.1
