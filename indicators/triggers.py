"""Database triggers that keep a published release as it was."""

import pgtrigger

_REFUSE = """
IF EXISTS (
    SELECT 1 FROM indicators_release
    WHERE id = {row}.{column} AND status = 'published'
) THEN
    RAISE EXCEPTION 'Eine veröffentlichte Veröffentlichung wird nicht mehr geändert (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END IF;
"""

_REFUSE_BY_EDITION = """
IF EXISTS (
    SELECT 1 FROM indicators_indicatoredition e
    JOIN indicators_release r ON r.id = e.release_id
    WHERE e.id = {row}.edition_id AND r.status = 'published'
) THEN
    RAISE EXCEPTION 'Eine veröffentlichte Veröffentlichung wird nicht mehr geändert (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END IF;
"""


def frozen_with_release() -> list[pgtrigger.Trigger]:
    """Refuse insert, update and delete of rows that belong to a published release."""
    check = _REFUSE.replace("{column}", "release_id")
    return _frozen(check)


def frozen_with_edition() -> list[pgtrigger.Trigger]:
    """The same for rows that belong to an edition of an indicator."""
    return _frozen(_REFUSE_BY_EDITION)


def _frozen(check: str) -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Trigger(
            name="frozen_when_published_write",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=check.replace("{row}", "NEW") + "RETURN NEW;",
        ),
        pgtrigger.Trigger(
            name="frozen_when_published_change",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=check.replace("{row}", "OLD") + check.replace("{row}", "NEW") + "RETURN NEW;",
        ),
        pgtrigger.Trigger(
            name="frozen_when_published_delete",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=check.replace("{row}", "OLD") + "RETURN OLD;",
        ),
    ]
