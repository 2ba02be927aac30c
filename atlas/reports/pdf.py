"""A document as PDF/UA-1: tagged, with bookmarks, embedded fonts and vector drawings; the same bytes every time."""

import gc
import hashlib
import logging
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from atlas.reports import fonts
from atlas.reports.content import checksum
from atlas.reports.document import Document
from atlas.reports.html import ABOUT, PICTURES, html_of, page_style

STYLE, CLOSE_STYLE, TIGHT_STYLE = (
    Path(__file__).with_name(f"{name}.css") for name in ("print", "print_close", "print_tight")
)
NEARLY_EMPTY = 0.36  # of its height: where the end of a document that fills no more of its last page begins
LONGEST_TIGHTENED = 60  # pages; of a longer document one more is nothing, but setting it twice takes long
VARIANT = "pdf/ua-1"
_BYTES_OF_ID = 16


def pdf_bytes(document: Document) -> bytes:
    """The file. Nothing is fetched from anywhere: pictures come from the document itself."""
    weasyprint = _weasyprint()
    markup, drawings = html_of(document)
    html = _page(string=markup, base_url=PICTURES, url_fetcher=_fetcher(drawings))
    styles = [
        weasyprint.CSS(string=STYLE.read_text(encoding="utf-8")),
        weasyprint.CSS(string=page_style(document)),
    ]
    identifier = hashlib.sha256(f"{document.name}|{checksum(document)}".encode()).digest()[:_BYTES_OF_ID]
    more = (weasyprint.CSS(string=path.read_text(encoding="utf-8")) for path in (CLOSE_STYLE, TIGHT_STYLE))
    with _set_aside():
        laid_out = _laid_out(html, styles, drawings, *more)
        del markup, html
        _pack_each_page(laid_out)
        return laid_out.write_pdf(
            pdf_variant=VARIANT, pdf_identifier=identifier.hex().encode(), finisher=_finish
        )  # fmt: skip


def _laid_out(html, styles: list, drawings: dict[str, str], close, tight):
    """The pages; where little stands on the last one, set with less space between things if that saves a page.

    As close as that needs: of two settings that save one, the looser, where the closer fills its last page no better.
    """
    render = partial(html.render, pdf_variant=VARIANT, cache=_drawings(drawings))
    first = render(stylesheets=styles)
    if not 1 < len(first.pages) <= LONGEST_TIGHTENED or not _ends_early(first):
        return first
    tightest = render(stylesheets=[*styles, close, tight])
    if len(tightest.pages) == len(first.pages):
        return first
    if not _ends_early(tightest):
        return tightest
    closer = render(stylesheets=[*styles, close])
    return closer if len(closer.pages) < len(first.pages) and not _ends_early(closer) else tightest


def _ends_early(laid_out) -> bool:
    """Whether little stands on the last page besides where the document is from."""
    last = laid_out.pages[-1]
    return last.anchors[ABOUT][1] < NEARLY_EMPTY * last.height


@contextmanager
def _set_aside() -> Iterator[None]:
    """What the process holds already is not searched for garbage again and again while pages are made.

    Making them creates so many objects that the search is due every few moments, and took a fifth of the time. It goes
    on for what is new.
    """
    if gc.get_freeze_count():  # another thread is making a document, or the server has set aside what it loaded
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _pack_each_page(laid_out) -> None:
    """Keep what a page has drawn as one compressed piece: its operators fill the memory of long documents."""
    packed: set[int] = set()

    def pack(stream) -> None:
        if stream is not None and id(stream) not in packed:
            packed.add(id(stream))
            packed_stream(stream)

    def paint(page, stream, scale) -> None:
        type(page).paint(page, stream, scale)
        pack(stream)
        for kind in ("XObject", "Pattern"):
            for one in stream._resources[kind].values():
                pack(one)

    for page in laid_out.pages:
        page.paint = partial(paint, page)


def packed_stream(stream) -> None:
    """What the library does when it writes the stream, with the same bytes."""
    from pydyf import _to_bytes  # noqa: PLC0415 - what a stream does with its operators when it is written

    content = b"\n".join(map(_to_bytes, stream.stream))
    if stream.compress:
        packer = zlib.compressobj(level=9)
        content = packer.compress(content) + packer.flush()
        stream.extra["Filter"] = "/FlateDecode"
        stream.compress = False
    stream.stream[:] = [content]


def _weasyprint():
    """The library, loaded when the first document is asked for (some 30 MB), with our fonts alone."""
    os.environ["FONTCONFIG_FILE"] = str(fonts.CONFIGURATION)
    for name in ("weasyprint", "weasyprint.progress"):
        logging.getLogger(name).setLevel(logging.ERROR)
    import weasyprint  # noqa: PLC0415 - a process that makes no document must not carry it

    return weasyprint


def _page(**options):
    """The page as the library reads it."""
    from atlas.reports.lean_pages import LeanHTML  # noqa: PLC0415 - loads the library

    return LeanHTML(**options)


def _drawings(sources: dict[str, str]) -> dict:
    """Where the library keeps the pictures of one document."""
    from atlas.reports.quick_drawings import Drawings  # noqa: PLC0415 - loads the library

    return Drawings(sources)


def _fetcher(drawings: dict[str, str]):
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class FromTheDocument(URLFetcher):
        """Gives the document's own pictures and refuses everything else."""

        def fetch(self, url, headers=None):
            if url not in drawings:
                raise ValueError(f"a document loads nothing from outside: {url[:80]}")
            return URLFetcherResponse(url, drawings[url].encode(), {"Content-Type": "image/svg+xml"})

    return FromTheDocument()


def _finish(laid_out, pdf) -> None:
    """Before the file is written: the scopes of heads, and the laid out pages, which are drawn, are given up."""
    _name_scopes(pdf)
    del laid_out._html
    laid_out.pages.clear()


def _name_scopes(pdf) -> None:
    """Say of every head in a table whether it is that of a column or of a row, which PDF/UA asks for."""
    elements = {o.reference: o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"}
    for element in elements.values():
        if element.get("S") == "/TH":
            element["A"]["Scope"] = "/Column" if _inside(element, "/THead", elements) else "/Row"


def _inside(element: dict, kind: str, elements: dict) -> bool:
    while (element := elements.get(element.get("P"))) is not None:
        if element.get("S") == kind:
            return True
    return False
