"""Accepting an upload: all its values into a draft, in one transaction, or none."""

from indicators.models import Release, Upload


def accept_upload(
    *, upload: Upload, release: Release | None = None, title: str = "", replace: bool = False, user=None
) -> Release | None:
    """Put the checked values into a draft `release`, or into a new one with this title.

    Values that are public already, exactly so, are left out. Values that the draft already has for the same indicator,
    area and period are replaced only with `replace`. Large uploads are accepted by the worker: the answer is then
    None and the state `accepting`. Raises `UploadError` with open errors, warnings without reason, and conflicts.
    """
    raise NotImplementedError
