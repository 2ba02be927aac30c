"""Ending an upload without using it, and clearing what waited for it."""

from django.db import transaction
from django.utils.translation import gettext as _

from indicators.models import StagedValue, Upload

from .errors import UploadError

State = Upload.State
DISCARDABLE = (State.RECEIVED, State.CHECKED, State.FAILED, State.CANCELLED)


@transaction.atomic
def discard_upload(*, upload: Upload, user=None) -> None:
    """Nothing of it shall be used; the entry stays, the same file may come again. Raises `UploadError`."""
    changed = Upload.objects.filter(pk=upload.pk, state__in=DISCARDABLE).update(state=State.DISCARDED, message="")
    if not changed:
        raise UploadError(_("Diese Lieferung lässt sich jetzt nicht verwerfen."), code="state")
    StagedValue.objects.filter(upload_id=upload.pk)._raw_delete("default")
    upload.refresh_from_db()


def purge_staged(*, commit: bool = True) -> int:
    """Delete checked values of uploads that are over; returns how many. Accepted ones live in their release."""
    over = Upload.objects.filter(state__in=[*Upload.ENDED, State.ACCEPTED]).values("pk")
    staged = StagedValue.objects.filter(upload__in=over)
    return staged._raw_delete("default") if commit else staged.count()
