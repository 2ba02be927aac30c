"""Taking a file in: kept once, by its digest, or refused with a reason."""

import errno
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from areas.models import Source
from indicators.intake.findings import Refusal
from indicators.intake.opening import open_book
from indicators.models import Upload, UploadContent, UploadTemplate

from .checking import start_check
from .errors import UploadError
from .limits import disk_full, max_bytes, too_large

CHUNK = 1024 * 1024  # bytes read at once


def receive_upload(
    *,
    file_name: str,
    body: bytes | Path | BinaryIO,
    user=None,
    way: str = Upload.Way.BROWSER,
    template: UploadTemplate | None = None,
    source: Source | None = None,
    note: str = "",
) -> Upload:
    """Keep a file. With a template its check is queued at once (state `waiting`), else the upload is `received`.

    A file that cannot be read is kept without its bytes as `refused`, with the reason in `message`.
    Raises `UploadError` for a file that is too large, empty, or was delivered before (`error.upload` is the first).
    """
    with _on_disk(body) as (path, digest, size):
        _refuse_known(digest)
        name = (PurePosixPath(file_name.replace("\\", "/")).name or _("ohne Namen")).replace("\x00", "")[-255:]
        about = {"file_name": name, "digest": digest, "size": size, "way": way, "note": note, "created_by": user}
        about["source"] = source or (template.source if template else None)
        try:
            book = open_book(path, name, max_bytes=max_bytes())
        except Refusal as refusal:
            found = refusal.finding
            text = " ".join(part for part in (found.found, found.expected, found.suggestion) if part)
            return Upload.objects.create(**about, state=Upload.State.REFUSED, message=text)
        about |= {"format": book.format, "encoding": book.encoding}
        upload = _store(about, path, template)
    if template:
        start_check(upload=upload, user=user)
        upload.refresh_from_db()
    return upload


def _store(about: dict, path: Path, template: UploadTemplate | None) -> Upload:
    mapping = {"template": template, "mapping": template.mapping} if template else {}
    try:
        with transaction.atomic():
            upload = Upload.objects.create(**about, **mapping)
            UploadContent.objects.create(upload=upload, body=path.read_bytes())
    except IntegrityError:  # somebody was faster with the same file
        _refuse_known(about["digest"])
        raise
    except DatabaseError as error:
        raise UploadError(_("Die Datei ließ sich nicht speichern; bitte später noch einmal."), code="store") from error
    return upload


def _refuse_known(digest: str) -> None:
    first = Upload.objects.filter(digest=digest).exclude(state__in=Upload.ENDED).first()
    if first:
        text = _("Diese Datei wurde schon geliefert: „%(name)s“ am %(day)s, Lieferung %(pk)s (%(state)s).") % {
            "name": first.file_name,
            "day": f"{first.created_at:%d.%m.%Y}",
            "pk": first.pk,
            "state": first.get_state_display(),
        }
        raise UploadError(text, code="known", upload=first)


@contextmanager
def _on_disk(body: bytes | Path | BinaryIO) -> Iterator[tuple[Path, str, int]]:
    """The bytes as a file, their digest and number."""
    if fault := getattr(body, "fault", ""):  # dortmund_sozial.upload_handlers could not keep it
        raise UploadError(too_large() if fault == "too_large" else disk_full(), code=fault)
    try:
        with tempfile.NamedTemporaryFile(prefix="lieferung-") as kept:
            digest, size = _copy(body, kept)
            kept.flush()
            yield Path(kept.name), digest, size
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise UploadError(disk_full(), code="disk_full") from error


def _copy(body: bytes | Path | BinaryIO, kept: BinaryIO) -> tuple[str, int]:
    if isinstance(body, bytes):
        chunks = iter([body])
    elif isinstance(body, Path):
        chunks = _chunks_of(body)
    else:
        chunks = body.chunks(CHUNK) if hasattr(body, "chunks") else iter(lambda: body.read(CHUNK), b"")
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes():
            raise UploadError(too_large(), code="too_large")
        digest.update(chunk)
        kept.write(chunk)
    if not size:
        raise UploadError(_("Diese Datei ist leer."), code="empty")
    return digest.hexdigest(), size


def _chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
