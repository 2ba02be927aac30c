"""Sizes of sheets: what is left for blocks inside the margins of `print.css`. Pure."""

from atlas.reports.document import Sheet

LONG, SHORT = {"A4": 297, "A3": 420}, {"A4": 210, "A3": 297}  # mm
SIDES, ENDS = 32, 34  # mm: both margins of a page together
MASTHEAD = 30  # mm of a first page above its blocks, with a title of one line


def content_width(sheet: Sheet) -> float:
    """Millimetres between the left and the right margin."""
    return (LONG if sheet.landscape else SHORT)[sheet.size] - SIDES


def content_height(sheet: Sheet) -> float:
    """Millimetres between the upper and the lower margin."""
    return (SHORT if sheet.landscape else LONG)[sheet.size] - ENDS
