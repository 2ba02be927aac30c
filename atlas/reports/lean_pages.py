"""Pages that WeasyPrint sets with a sixth of the styles: they have no footnotes, and only entries of lists have marks.

The library's own style sheet names a mark, footnotes and notes for every element, and makes a style for each of them:
100,000 in a book of 39 profiles, a third of all memory that its pages need, and none is ever used.
"""

from copy import copy

from weasyprint import HTML

UNUSED = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
MARK, MARKED = "marker", "li"


class LeanHTML(HTML):
    """A page without footnotes; what looks like them in style sheets of its own is kept."""

    def _ua_stylesheets(self, forms=False):
        return [_lean(sheet) for sheet in super()._ua_stylesheets(forms)]


def _lean(sheet):
    """The same sheet without what it says of pseudo-elements that elements of all names would have but do not need."""
    lean = copy(sheet)
    lean.matcher = copy(sheet.matcher)
    lean.matcher.other_selectors = [
        (_is_entry if pseudo == MARK else test, specificity, order, pseudo, said)
        for test, specificity, order, pseudo, said in sheet.matcher.other_selectors
        if pseudo not in UNUSED
    ]
    return lean


def _is_entry(element) -> bool:
    return element.local_name == MARKED
