"""Bringing earlier values back: as a new draft that goes its way like any other, never over what is public."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from indicators.models import Edit, Indicator, Release, Upload, Value, ValueHistory
from indicators.origins import COPIED

from .errors import WorkflowError
from .withdrawing import create_draft

_TOLD = ("value", "status", "numerator", "denominator", "joint_with")
_COPIED = (
    *("indicator_id", "area_id", "period_id", *_TOLD, "source_id"),
    *("upload_id", "edit_id", "sheet", "row", "column", "comment"),
)


@dataclass(frozen=True)
class Restored:
    """The draft with what differs from what is public; `later` counts public values that did not exist then."""

    release: Release
    values: int
    later: int


@transaction.atomic
def restore_values(
    *,
    indicator: Indicator,
    user,
    title: str,
    at: datetime.datetime | None = None,
    release: Release | None = None,
    draft: Release | None = None,
) -> Restored:
    """Make a draft of an indicator's values as they were: with a release, or at a moment.

    `at` alone means what was public at that moment; with `draft` what that draft held then, also what was deleted
    from it since. Values that are public today and did not exist then stay public: they are only counted. Raises
    `WorkflowError` where nothing differs from what is public.
    """
    earlier = _earlier(indicator, at=at, release=release, draft=draft)
    made = create_draft(title=title, user=user)
    public = {_key(v): v for v in Value.objects.visible_to(made).filter(indicator=indicator)}
    differing = [v for v in earlier if _key(v) not in public or _told(v) != _told(public[_key(v)])]
    if not differing:
        raise WorkflowError(_("Die Werte von damals sind dieselben, die heute öffentlich sind."))
    Value.objects.bulk_create([_copy(v, made) for v in differing], batch_size=5000)
    known = {_key(v) for v in earlier}
    return Restored(made, len(differing), sum(1 for key in public if key not in known))


def draft_values_at(draft: Release, indicator: Indicator, at: datetime.datetime) -> list[Value | ValueHistory]:
    """What a draft held at a moment: for each row its state before the first change after it."""
    changes = ValueHistory.objects.filter(release=draft.pk, indicator=indicator.pk, pgh_created_at__gt=at)
    then: dict[int, Value | ValueHistory] = {}
    for change in changes.order_by("pgh_created_at", "pgh_id"):
        then.setdefault(change.pgh_obj_id, change)
    for value in Value.objects.filter(release=draft, indicator=indicator).exclude(pk__in=then):
        then[value.pk] = value
    written = _times_of_writing(then.values())
    return [row for row in then.values() if written.get(_written_by(row), draft.created_at) <= at]


def _earlier(indicator: Indicator, *, at, release, draft) -> list[Value | ValueHistory]:
    if draft is not None and at is not None:
        return draft_values_at(draft, indicator, at)
    if release is not None:
        if release.published_at is None or release.withdrawn_at is not None:
            raise WorkflowError(_("Zurückholen lassen sich nur Werte einer Veröffentlichung, die öffentlich ist."))
        return list(Value.objects.visible_to(release).filter(indicator=indicator))
    if at is None:
        raise WorkflowError(_("Bitte einen Zeitpunkt oder eine Veröffentlichung angeben."))
    return list(Value.objects.public_at(at).filter(indicator=indicator))


def _written_by(row) -> tuple[str, int] | None:
    """What wrote the row last: an upload or a saving of the grid; None where that is not known."""
    if row.upload_id:
        return "upload", row.upload_id
    return ("edit", row.edit_id) if row.edit_id else None


def _times_of_writing(rows: Iterable) -> dict[tuple[str, int], datetime.datetime]:
    by = {_written_by(row) for row in rows} - {None}
    uploads = Upload.objects.filter(pk__in=[pk for kind, pk in by if kind == "upload"], accepted_at__isnull=False)
    edits = Edit.objects.filter(pk__in=[pk for kind, pk in by if kind == "edit"])
    times = {("upload", pk): at for pk, at in uploads.values_list("pk", "accepted_at")}
    return times | {("edit", pk): at for pk, at in edits.values_list("pk", "at")}


def _key(row) -> tuple[int, int]:
    return row.area_id, row.period_id


def _told(row) -> tuple:
    return tuple(getattr(row, name) for name in _TOLD)


def _copy(row, release: Release) -> Value:
    """The row once more in a new draft, still saying where it stood first."""
    copy = Value(release=release, **{name: getattr(row, name) for name in _COPIED})
    if row.origin and not row.upload_id and not row.edit_id:
        copy.origin = f"{COPIED}{row.origin.removeprefix(COPIED)}"[:160]
    else:
        copy.origin = row.origin
    return copy
