"""Database triggers that keep a published release as it was.

One check per statement, over all its rows at once: a million rows into a draft cost one query, not a million.
"""

import pgtrigger

_REFUSE = """
IF EXISTS (
    SELECT 1 FROM {rows} x {join}
    JOIN indicators_release r ON r.id = {release}
    WHERE r.published_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'Eine veröffentlichte Veröffentlichung wird nicht mehr geändert (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END IF;
"""


def frozen_with_release() -> list[pgtrigger.Trigger]:
    """Refuse insert, update and delete of rows that belong to a published release."""
    return _frozen(join="", release="x.release_id")


def frozen_with_edition() -> list[pgtrigger.Trigger]:
    """The same for rows that belong to an edition of an indicator."""
    return _frozen(join="JOIN indicators_indicatoredition e ON e.id = x.edition_id", release="e.release_id")


def _frozen(*, join: str, release: str) -> list[pgtrigger.Trigger]:
    def check(rows: str) -> str:
        return _REFUSE.format(rows=rows, join=join, release=release)

    def trigger(name: str, operation: pgtrigger.Operation, **tables: str) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"frozen_when_published_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),
            func="".join(check(rows) for rows in tables.values()) + "RETURN NULL;",
        )

    return [
        trigger("write", pgtrigger.Insert, new="new_rows"),
        trigger("change", pgtrigger.Update, old="old_rows", new="new_rows"),
        trigger("delete", pgtrigger.Delete, old="old_rows"),
    ]
