"""The formats of documents, and the one door to all writers.

Writers and the libraries they need are loaded when the first document is asked for: a process that makes none does
not carry them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atlas.reports.content import cleaned
from atlas.reports.document import Document


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, its media type, what people call it, and what makes the bytes of a document."""

    ending: str
    media_type: str
    label: str | Promise
    write: Callable[..., bytes]


def _bundled(document: Document) -> bytes:
    """An archive with the document in every other format."""
    from atlas.reports.bundle import bundle_bytes  # noqa: PLC0415 - as all writers

    return bundle_bytes(document, {one.ending: one.write for one in FORMATS.values() if one.ending != "zip"})


def _written_by(module: str) -> Callable[..., bytes]:
    """What makes the bytes: `pdf_bytes` of the module `pdf`, loaded when it is first called."""

    def write(document: Document, **options) -> bytes:
        return getattr(import_module(f"atlas.reports.{module}"), f"{module}_bytes")(document, **options)

    return write


PICTURES = ("svg", "png")  # a map without its document: with title, legend, source, release and checksum
_OPEN_XML = "application/vnd.openxmlformats-officedocument"

FORMATS = {
    one.ending: one
    for one in (
        Format("pdf", "application/pdf", "PDF", _written_by("pdf")),
        Format("docx", f"{_OPEN_XML}.wordprocessingml.document", "Word", _written_by("docx")),
        Format("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", _("Tabelle (Excel)"), _written_by("xlsx")),
        Format(
            "ods", "application/vnd.oasis.opendocument.spreadsheet", _("Tabelle (OpenDocument)"), _written_by("ods")
        ),
        Format("zip", "application/zip", _("Alles zusammen (ZIP)"), _bundled),
    )
}


def written(document: Document, ending: str) -> bytes:
    """The document as a file of a format (a key of `FORMATS`); the same bytes for the same document."""
    return FORMATS[ending].write(cleaned(document))
