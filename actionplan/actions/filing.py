"""Taking in documents and pictures of a project: only what can be shown safely."""

import hashlib

from django.utils.translation import gettext as _

from actionplan.models.record import MOST_BYTES, ProjectFile
from actionplan.pictures import PDF, BadPicture, bare_picture

_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile")  # parts of a PDF that do something


class FilingError(Exception):
    """What cannot be taken in; the text is for the person who tried."""


def take_in(file: ProjectFile, body: bytes) -> None:
    """Give an unsaved file its bytes and what follows from them. Raises `FilingError`."""
    if not body:
        raise FilingError(_("Diese Datei ist leer."))
    if len(body) > MOST_BYTES:
        raise FilingError(_("Die Datei ist größer als %(limit)d MB.") % {"limit": MOST_BYTES // 1024 // 1024})
    if body.startswith(b"%PDF-"):
        _check_document(body)
        file.content_type, file.width, file.height = PDF, None, None
    else:
        picture = _picture(body)
        file.content_type, file.width, file.height = picture.content_type, picture.width, picture.height
        body = picture.body
    file.body, file.size, file.digest = body, len(body), hashlib.sha256(body).hexdigest()


def _check_document(body: bytes) -> None:
    if b"%%EOF" not in body[-2048:]:
        raise FilingError(_("Das PDF ist unvollständig."))
    if any(part in body for part in _ACTIVE):
        raise FilingError(_("Das PDF enthält Programme oder eingebettete Dateien; bitte ohne sie speichern."))


def _picture(body: bytes):
    try:
        return bare_picture(body)
    except BadPicture as bad:
        raise FilingError(_told(bad.reason)) from bad


def _told(reason: str) -> str:
    if reason == "large":
        return _("Das Bild hat mehr als 40 Millionen Bildpunkte; bitte verkleinern.")
    if reason == "damaged":
        return _("Das Bild ist beschädigt.")
    return _("Möglich sind PDF, PNG und JPEG. Diese Datei ist keines davon, auch wenn sie so heißt.")
