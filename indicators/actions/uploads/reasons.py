"""Why a warning is right as it is."""

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import Upload, UploadFinding

from .errors import UploadError


def give_reasons(*, upload: Upload, reason: str, user, code: str = "", findings: list[int] | None = None) -> int:
    """Give the same reason to all warnings, to those of one check, or to those with these keys; returns how many.

    Raises `UploadError` without words, when nothing fits, and when the upload is past that.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise UploadError(_("Bitte schreiben Sie, warum die Werte trotzdem stimmen."), code="reason")
    if not Upload.objects.filter(pk=upload.pk, state=Upload.State.CHECKED).exists():
        raise UploadError(_("Diese Lieferung wartet auf keine Begründung."), code="state")
    warnings = upload.findings.filter(kind=UploadFinding.Kind.WARNING)
    if code:
        warnings = warnings.filter(code=code)
    if findings is not None:
        warnings = warnings.filter(pk__in=findings)
    count = warnings.update(reason=reason, reasoned_by=user, reasoned_at=timezone.now())
    if not count:
        raise UploadError(_("Dazu gibt es keine Warnung."), code="no_warning")
    return count
