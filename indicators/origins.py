"""Where a delivered value stood: file, sheet and cell, or the saving of the grid; when, and in which role."""

import datetime
from dataclasses import dataclass

from areas.acting import acting_role
from areas.models import Source
from indicators.intake.findings import column_letters
from indicators.models import Release, Value

COPIED = "übernommen: "  # begins the origin of values repeated only so that figures are computed again


@dataclass(frozen=True)
class Origin:
    """Where one delivered value comes from. `place` is a cell such as `B7`; `line` says file and row of a folder.

    `user` is an account or None; only staff with the permission may see its name.
    """

    way: str  # upload, grid, folder or admin
    release: Release
    source: Source
    file_name: str = ""
    digest: str = ""
    sheet: str = ""
    place: str = ""
    row: int | None = None
    line: str = ""
    is_repeated: bool = False
    at: datetime.datetime | None = None
    role: str = ""
    user: object = None
    comment: str = ""
    note: str = ""
    upload_id: int | None = None


def cell_name(column: int | None, row: int | None) -> str:
    """Name of a cell as spreadsheets write it, columns and rows counted from 1; "" where one is not known.

    >>> cell_name(2, 7), cell_name(28, 1)
    ('B7', 'AB1')
    """
    if not column or not row:
        return ""
    return f"{column_letters(column)}{row}"


def origin_of(value: Value) -> Origin:
    """The origin of a value; release, source, upload and edit have to be loaded with it."""
    common = {"release": value.release, "source": value.source, "comment": value.comment}
    if value.upload_id:
        upload = value.upload
        user = upload.accepted_by or upload.created_by
        return Origin(
            "upload",
            file_name=upload.file_name,
            digest=upload.digest,
            sheet=value.sheet,
            place=cell_name(value.column, value.row),
            row=value.row,
            at=upload.accepted_at or upload.created_at,
            role=upload.role or acting_role(user),
            user=user,
            note=upload.note,
            upload_id=upload.pk,
            **common,
        )
    if value.edit_id:
        edit = value.edit
        return Origin("grid", at=edit.at, role=edit.role, user=edit.user, note=edit.note, **common)
    if not value.origin:
        return Origin("admin", at=value.release.created_at, **common)
    line = value.origin.removeprefix(COPIED)
    return Origin(
        "folder",
        file_name=line.split(",", 1)[0],
        digest=value.release.content_digest,
        line=line,
        is_repeated=value.origin.startswith(COPIED),
        at=value.release.created_at,
        **common,
    )
