"""Database triggers on the release itself: its way, its memory, and what hangs on it by links.

Published rows cannot be changed by anyone, also not by bulk updates and raw SQL.
"""

import pgtrigger

from areas.triggers import never_emptied

_REFUSED = "USING ERRCODE = 'restrict_violation'"

# What may still change on a release that is public: superseding, coming back, withdrawing.
_ONLY_THESE = "'status', 'withdrawn_at', 'withdrawal_reason', 'created_by_id'"

_WAY = f"""
IF OLD.published_at IS NOT NULL THEN
    IF (to_jsonb(OLD) - ARRAY[{_ONLY_THESE}]) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY[{_ONLY_THESE}]) THEN
        RAISE EXCEPTION 'Eine veröffentlichte Veröffentlichung wird nicht mehr geändert (%).', TG_TABLE_NAME {_REFUSED};
    END IF;
    IF OLD.withdrawn_at IS NOT NULL AND (NEW.status <> OLD.status OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
        OR NEW.withdrawal_reason <> OLD.withdrawal_reason) THEN
        RAISE EXCEPTION 'Was zurückgezogen ist, bleibt zurückgezogen.' {_REFUSED};
    END IF;
    RETURN NEW;
END IF;
IF NEW.status <> OLD.status AND NOT (OLD.status || '>' || NEW.status) = ANY (ARRAY[
    'draft>in_review', 'draft>published', 'in_review>draft', 'in_review>approved', 'approved>draft',
    'approved>scheduled', 'approved>published', 'scheduled>approved', 'scheduled>published'
]) THEN
    RAISE EXCEPTION 'Von % nach % führt kein Weg.', OLD.status, NEW.status {_REFUSED};
END IF;
RETURN NEW;
"""

_KEPT = f"""
IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'Eine veröffentlichte Veröffentlichung wird nicht gelöscht.' {_REFUSED};
END IF;
RETURN OLD;
"""

_REMEMBERED = f"""
IF NEW.user_id IS NULL AND (to_jsonb(OLD) - 'user_id') IS NOT DISTINCT FROM (to_jsonb(NEW) - 'user_id') THEN
    RETURN NEW;
END IF;
RAISE EXCEPTION 'Was mit einer Veröffentlichung geschah, wird nicht umgeschrieben.' {_REFUSED};
"""

_LINKED = """
IF EXISTS (
    SELECT 1 FROM indicators_indicatoredition e JOIN indicators_release r ON r.id = e.release_id
    WHERE e.id = {row}.indicatoredition_id AND r.published_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'Eine veröffentlichte Veröffentlichung wird nicht mehr geändert (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END IF;
RETURN {row};
"""


def goes_its_way() -> list[pgtrigger.Trigger]:
    """A release takes only the steps there are; a public one stays as it was and stays."""
    return [
        pgtrigger.Trigger(name="goes_its_way", when=pgtrigger.Before, operation=pgtrigger.Update, func=_WAY),
        pgtrigger.Trigger(name="public_is_kept", when=pgtrigger.Before, operation=pgtrigger.Delete, func=_KEPT),
    ]


def is_not_emptied() -> pgtrigger.Trigger:
    """While any release is public, its rows cannot be emptied away either."""
    return never_emptied("SELECT 1 FROM indicators_release WHERE published_at IS NOT NULL")


def is_never_rewritten() -> list[pgtrigger.Trigger]:
    """Only the person's name can be taken from a step; steps go with their (unpublished) release."""
    return [
        pgtrigger.Trigger(name="never_rewritten", when=pgtrigger.Before, operation=pgtrigger.Update, func=_REMEMBERED)
    ]


def linked_for_good() -> list[pgtrigger.Trigger]:
    """Links of a public edition (periods, files) stay."""
    return [
        pgtrigger.Trigger(
            name="linked_for_good_write",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=_LINKED.format(row="NEW"),
        ),
        pgtrigger.Trigger(
            name="linked_for_good_delete",
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func=_LINKED.format(row="OLD"),
        ),
    ]
