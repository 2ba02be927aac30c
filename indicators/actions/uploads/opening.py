"""A kept file as a spreadsheet: opened, its mapping proposed and saved, given back with marks."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from indicators.intake.findings import Finding
from indicators.intake.fitting import fit
from indicators.intake.grid import Book
from indicators.intake.layout import Proposal, recognise
from indicators.intake.mapping import Mapping
from indicators.intake.marking import mark_findings
from indicators.intake.opening import open_book
from indicators.models import Upload, UploadContent, UploadTemplate
from indicators.selectors_intake import intake_catalogue

from .errors import UploadError
from .limits import max_bytes

CHANGEABLE = (Upload.State.RECEIVED, Upload.State.CHECKED, Upload.State.FAILED, Upload.State.CANCELLED)


@contextmanager
def open_upload(upload: Upload) -> Iterator[Book]:
    """The kept file as a book; its rows can be read within the `with` only. Raises `Refusal`, `UploadError`."""
    with tempfile.NamedTemporaryFile(prefix="lieferung-") as kept:
        kept.write(content_of(upload))
        kept.flush()
        yield open_book(Path(kept.name), upload.file_name, max_bytes=max_bytes())


def content_of(upload: Upload) -> bytes:
    """The bytes as they were received."""
    content = UploadContent.objects.filter(pk=upload.pk).first()
    if content is None:
        raise UploadError(_("Die Datei dieser Lieferung wurde nicht aufbewahrt."), code="no_content")
    return bytes(content.body)


def propose_mapping(upload: Upload, book: Book) -> Proposal:
    """What the cells suggest; nothing is stored."""
    return recognise(book, intake_catalogue().known())


def mapping_of(upload: Upload, book: Book) -> Proposal:
    """How the file is read as things stand: as decided for it, by its template fitted to it, or as its cells suggest.

    Only a proposal from the cells has reasons. The notes say what differs from the template or stays open. Nothing is
    stored; the same file and catalogue give the same answer. Raises `Refusal` for a broken mapping.
    """
    if not upload.mapping:
        return propose_mapping(upload, book)
    mapping = Mapping.from_json(upload.mapping)
    if upload.template is None or upload.is_mapping_decided:
        return Proposal(mapping, confidence=1.0)
    fitted = fit(mapping, book, intake_catalogue().known())
    return Proposal(fitted.mapping, fitted.notes, 1.0)


def save_mapping(*, upload: Upload, mapping: Mapping, template: UploadTemplate | None = None, user=None) -> None:
    """Keep how this file is read: columns are taken where the mapping says, not looked for again.

    What was checked by another mapping no longer holds. Raises `UploadError` when the upload is past that.
    """
    kept = {"mapping": mapping.to_json(), "is_mapping_decided": True, "template": template}
    try:
        with transaction.atomic():
            changed = Upload.objects.filter(pk=upload.pk, state__in=CHANGEABLE).update(
                **kept, state=Upload.State.RECEIVED, message=""
            )
    except IntegrityError as error:
        raise UploadError(_("Diese Datei wurde inzwischen noch einmal geliefert."), code="known") from error
    if not changed:
        raise UploadError(_("Die Zuordnung lässt sich jetzt nicht ändern."), code="state")
    upload.refresh_from_db()


def marked_spreadsheet(*, upload: Upload) -> bytes:
    """The file as an XLSX workbook with all findings marked in their cells."""
    findings = [
        Finding(f.kind, f.code, f.found, f.expected, f.suggestion, f.sheet, f.row, f.column)
        for f in upload.findings.all().iterator()
    ]
    return mark_findings(content_of(upload), upload.format, findings, upload.file_name)
