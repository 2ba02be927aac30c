"""Long documents need no more memory than they must: what is made of a page or a drawing is given up when it is used."""

import weakref

import weasyprint
from weasyprint.css import StyleFor
from weasyprint.images import SVGImage

from atlas.reports import pdf
from atlas.reports.document import Heading, Items, Paragraph, runs
from atlas.reports.html import html_of
from atlas.reports.lean_pages import MARK, MARKED, LeanHTML
from tests.pure.report_samples import document, picture

PAGE = "<p>Vor der Liste<ul><li>Hafen<li>Nette<ul><li>Alte Kolonie</ul></ul><ol><li>Hombruch</ol><p>Danach"


def test_elements_have_no_styles_for_marks_and_footnotes_that_they_do_not_have(monkeypatch):
    made = set()
    whole = StyleFor.set_computed_styles

    def noticed(self, element, *args, pseudo_type=None, **kwargs):
        made.add((getattr(element, "tag", "@page"), pseudo_type))
        whole(self, element, *args, pseudo_type=pseudo_type, **kwargs)

    monkeypatch.setattr(StyleFor, "set_computed_styles", noticed)
    LeanHTML(string=PAGE).render()
    of_elements = {(tag, pseudo) for tag, pseudo in made if pseudo and tag != "@page"}
    assert of_elements == {(MARKED, MARK)}


def test_a_page_without_these_styles_is_the_same_page():
    style = weasyprint.CSS(string="li::marker { color: #557076 } q::before { content: '»' }")
    options = {"stylesheets": [style], "pdf_variant": "pdf/ua-1", "pdf_identifier": b"0"}
    page = f'<html lang="de"><title>x</title>{PAGE}<q>Zitat</q>'
    assert LeanHTML(string=page).write_pdf(**options) == weasyprint.HTML(string=page).write_pdf(**options)


def test_a_drawing_is_kept_as_text_and_read_again_when_it_is_drawn(monkeypatch):
    read = []
    begin = SVGImage.__init__

    def noticed(self, *args):
        begin(self, *args)
        read.append(weakref.ref(self._svg.tree))

    monkeypatch.setattr(SVGImage, "__init__", noticed)
    made = document(Heading(1, "Karte"), picture())
    _markup, drawings = html_of(made)
    content = pdf.pdf_bytes(made)
    assert len(read) == 2 * len(drawings)
    assert pdf.pdf_bytes(made) == content


def test_laid_out_pages_are_given_up_before_the_file_is_written(monkeypatch):
    left = []
    finish = pdf._finish

    def noticed(laid_out, written):
        assert laid_out.pages
        finish(laid_out, written)
        left.append(len(laid_out.pages))

    monkeypatch.setattr(pdf, "_finish", noticed)
    content = pdf.pdf_bytes(document(Heading(1, "Liste"), Items((runs("Hafen"),)), Paragraph(runs("Ende."))))
    assert left == [0] and content.startswith(b"%PDF")
