"""The formats of documents, and the one door to all writers."""

from collections.abc import Callable
from dataclasses import dataclass

from atlas.reports import pdf
from atlas.reports.content import cleaned
from atlas.reports.document import Document


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, its media type, and what makes the bytes of a document."""

    ending: str
    media_type: str
    write: Callable[[Document], bytes]


FORMATS = {one.ending: one for one in (Format("pdf", pdf.MEDIA_TYPE, pdf.pdf_bytes),)}


def written(document: Document, ending: str) -> bytes:
    """The document as a file of a format (a key of `FORMATS`); the same bytes for the same document."""
    return FORMATS[ending].write(cleaned(document))
