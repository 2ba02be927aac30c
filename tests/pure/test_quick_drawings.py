"""Maps that are written into a PDF at once look as the library draws them point by point and letter by letter."""

import io

import pdfplumber
import pytest

from atlas.reports import pdf
from atlas.reports.fonts import FAMILY
from tests.printed import MOST_DIFFERENT, differing, pages_of

SQUARES = "M10,10L90,10L90,90L10,90ZM30,30L30,70L70,70L70,30Z"
TEXT = f'font-family="{FAMILY}" font-size="9" font-weight="600"'
DRAWINGS = {
    "surface": f'<path d="{SQUARES}" fill-rule="evenodd" fill="#1f6c7d"/>',
    "pattern": f'<path d="{SQUARES}" fill-rule="evenodd" fill="url(#t)"/>',
    "line": '<path d="M5,5L95,50L5,95" fill="none" stroke="#c2410c" stroke-width="3" stroke-dasharray="9 4" '
    'stroke-linejoin="round"/>',
    "words": f'<text x="50" y="50" text-anchor="middle" {TEXT} fill="#1c2b30">Hombruch</text>',
    "halo": f'<text x="50" y="50" {TEXT} stroke="#c2410c" stroke-width="2" stroke-linejoin="round">Hörde</text>',
    "curve": '<path d="M10 10C40 90 60 90 90 10" fill="none" stroke="#1c2b30" stroke-width="3"/>',
    "relative": '<path d="m10,10l50,0l0,50z" fill="#1f6c7d"/>',
    "turned": '<path d="M10,10L90,10L90,30Z" transform="rotate(20)" fill="#1f6c7d"/>',
    "parts": f'<text x="10" y="50" {TEXT}>Innen<tspan fill="#c2410c">stadt</tspan></text>',
}
PATTERN = (
    '<defs><pattern id="t" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="3" fill="#1f6c7d"/></pattern></defs>'
)


def printed(inner, *, quickly=True):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{PATTERN}{inner}</svg>'
    sources = {"picture:0": svg}
    html = pdf._weasyprint().HTML(
        string='<style>@page { size: 120mm; margin: 10mm }</style><img src="picture:0" style="width:100mm" alt="x">',
        base_url="picture:",
        url_fetcher=pdf._fetcher(sources),
    )
    return html.write_pdf(cache=pdf._drawings(sources) if quickly else {})


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_looks_as_the_library_draws_it(name, tmp_path):
    (tmp_path / "quick").mkdir()
    ((quick),) = pages_of(printed(DRAWINGS[name]), tmp_path / "quick")
    ((slow),) = pages_of(printed(DRAWINGS[name], quickly=False), tmp_path)
    assert len(slow.getcolors(100_000)) > 1, "nothing was drawn"
    share, _where = differing(quick, slow)
    assert share <= MOST_DIFFERENT / 4


def test_lines_and_words_are_the_quick_ones():
    for name in ("surface", "line", "words", "halo"):
        assert len(printed(DRAWINGS[name])) < len(printed(DRAWINGS[name], quickly=False))


def test_a_name_is_one_word_for_those_who_copy_it():
    words = DRAWINGS["words"].replace("Hombruch", "Innenstadt-West")
    with pdfplumber.open(io.BytesIO(printed(words))) as document:
        assert document.pages[0].extract_text() == "Innenstadt-West"


def test_what_the_process_holds_is_searched_for_garbage_again_after_a_document():
    import gc

    with pdf._set_aside():
        assert gc.get_freeze_count()
        with pdf._set_aside():
            pass
        assert gc.get_freeze_count()
    assert not gc.get_freeze_count()
