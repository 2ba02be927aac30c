"""Checked values become values of a draft, inside the database."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.models import Source
from indicators.models import Release, StagedValue, Upload

from .errors import UploadError
from .progress import Progress

AT_ONCE = 100_000  # rows per statement: memory stays level, and the progress bar moves

_KEY = "{a}.indicator_id = {b}.indicator_id AND {a}.area_id = {b}.area_id AND {a}.period_id = {b}.period_id"
_TOLD = "({t}.value, {t}.status, {t}.numerator, {t}.denominator, {t}.joint_with)"

_HAS_PUBLIC = """
SELECT EXISTS (
    SELECT 1 FROM (SELECT DISTINCT indicator_id, period_id FROM indicators_stagedvalue WHERE upload_id = %(upload)s) s
    JOIN indicators_value v ON v.indicator_id = s.indicator_id AND v.period_id = s.period_id
    JOIN indicators_release r ON r.id = v.release_id
    WHERE r.published_at IS NOT NULL AND r.withdrawn_at IS NULL
)
"""
# What is public already, exactly so, and not different in the draft.
_DROP_SAME = f"""
WITH pairs AS (
    SELECT DISTINCT indicator_id, period_id FROM indicators_stagedvalue WHERE upload_id = %(upload)s
), public AS (
    SELECT DISTINCT ON (v.indicator_id, v.area_id, v.period_id) v.*
    FROM indicators_value v
    JOIN pairs p ON p.indicator_id = v.indicator_id AND p.period_id = v.period_id
    JOIN indicators_release r ON r.id = v.release_id
    WHERE r.published_at IS NOT NULL AND r.withdrawn_at IS NULL
    ORDER BY v.indicator_id, v.area_id, v.period_id, r.published_at DESC
)
DELETE FROM indicators_stagedvalue s USING public
WHERE s.upload_id = %(upload)s AND {_KEY.format(a="s", b="public")}
  AND {_TOLD.format(t="s")} IS NOT DISTINCT FROM {_TOLD.format(t="public")}
  AND NOT EXISTS (SELECT 1 FROM indicators_value d WHERE d.release_id = %(release)s AND {_KEY.format(a="d", b="s")})
"""  # noqa: S608 - constants
_CONFLICTS = f"""
SELECT count(*), min(i.name), min(a.name) FROM indicators_stagedvalue s
JOIN indicators_value d ON d.release_id = %(release)s AND {_KEY.format(a="d", b="s")}
JOIN indicators_indicator i ON i.id = s.indicator_id
JOIN areas_area a ON a.id = s.area_id
WHERE s.upload_id = %(upload)s
"""  # noqa: S608 - constants
_MOVE = """
INSERT INTO indicators_value (
    release_id, indicator_id, area_id, period_id, value, status, numerator, denominator, joint_with, comment,
    source_id, origin, upload_id, sheet, "row", "column"
)
SELECT %(release)s, s.indicator_id, s.area_id, s.period_id, s.value, s.status, s.numerator, s.denominator,
       s.joint_with, s.comment, coalesce(%(source)s, i.source_id), %(origin)s || s."row", s.upload_id, s.sheet,
       s."row", s."column"
FROM indicators_stagedvalue s JOIN indicators_indicator i ON i.id = s.indicator_id
WHERE s.upload_id = %(upload)s AND s.id BETWEEN %(first)s AND %(last)s
"""
_REPLACE = """
ON CONFLICT (release_id, indicator_id, area_id, period_id) DO UPDATE SET
    value = excluded.value, status = excluded.status, numerator = excluded.numerator,
    denominator = excluded.denominator, joint_with = excluded.joint_with, comment = excluded.comment,
    source_id = excluded.source_id, origin = excluded.origin, upload_id = excluded.upload_id, edit_id = NULL,
    sheet = excluded.sheet, "row" = excluded."row", "column" = excluded."column"
"""


def move_staged(
    upload: Upload, release: Release, *, replace: bool, progress: Progress | None = None
) -> tuple[int, int]:
    """Insert what waits into the draft; returns how many, and how many were public already and left out.

    Raises `UploadError` when the draft has values for the same keys and `replace` is not wanted.
    """
    if progress:
        progress.begin(_("vergleicht mit dem, was schon da ist"), upload.value_count)
    keys = {"upload": upload.pk, "release": release.pk}
    with connection.cursor() as cursor:
        cursor.execute(_HAS_PUBLIC, keys)
        same = 0
        if cursor.fetchone()[0]:
            cursor.execute(_DROP_SAME, keys)
            same = cursor.rowcount
        if not replace:
            _refuse_conflicts(cursor, keys)
        moved = _move(cursor, {**keys, **_about(upload)}, replace, progress)
    return moved, same


def _refuse_conflicts(cursor, keys: dict) -> None:
    cursor.execute(_CONFLICTS, keys)
    count, indicator, area = cursor.fetchone()
    if not count:
        return
    text = ngettext(
        "Der Entwurf hat schon einen dieser Werte (%(example)s).",
        "Der Entwurf hat schon %(count)s dieser Werte, zum Beispiel %(example)s.",
        count,
    ) % {"count": count, "example": f"{indicator}, {area}"}
    text += " " + _("Wenn die neuen gelten sollen, kreuzen Sie „ersetzen“ an.")
    raise UploadError(text, code="conflict")


def _about(upload: Upload) -> dict:
    source = upload.source_id
    if source is None and (slug := upload.mapping.get("source")):
        source = Source.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return {"source": source, "origin": _("%(file)s, Zeile ") % {"file": upload.file_name[:120]}}


def _move(cursor, values: dict, replace: bool, progress: Progress | None) -> int:
    staged = StagedValue.objects.filter(upload_id=values["upload"]).order_by("pk")
    first = staged.values_list("pk", flat=True).first()
    last = staged.values_list("pk", flat=True).last()
    moved = 0
    if progress:
        progress.begin(_("übernimmt in den Entwurf"), progress.total)
    for start in range(first or 0, (last or -1) + 1, AT_ONCE):
        cursor.execute(_MOVE + (_REPLACE if replace else ""), {**values, "first": start, "last": start + AT_ONCE - 1})
        moved += cursor.rowcount
        if progress:
            progress.aside(moved)
    return moved
