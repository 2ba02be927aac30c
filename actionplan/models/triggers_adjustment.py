"""An adjustment that was decided stays as it is, with everything that belongs to it, also for bulk and raw SQL."""

import pgtrigger

DECIDED = "SELECT 1 FROM actionplan_adjustment WHERE state = 'decided'"
_REFUSED = "USING ERRCODE = 'restrict_violation'"

# The name of who began it can be taken from it, and nothing else.
_STAYS = f"""
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> 'created_by_id' IS NULL
        AND (to_jsonb(OLD) - 'created_by_id') IS NOT DISTINCT FROM (to_jsonb(NEW) - 'created_by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Über die Anpassung „%“ ist entschieden; sie bleibt, wie sie ist.', OLD.title {_REFUSED};
"""


def decided_stays() -> list[pgtrigger.Trigger]:
    """A decided adjustment is neither changed nor deleted."""
    return [
        pgtrigger.Trigger(
            name="decided_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            condition=pgtrigger.Condition("OLD.state = 'decided'"),
            func=_STAYS,
        )
    ]


def belongs_to_a_draft(adjustment: str) -> pgtrigger.Trigger:
    """Rows of an adjustment are written only before its decision.

    `adjustment` is a column of the row, or SQL with {row} that finds the adjustment's key.
    """
    if "{row}" not in adjustment:
        adjustment = f"{{row}}.{adjustment}"
    new, old = adjustment.format(row="NEW"), adjustment.format(row="OLD")
    return pgtrigger.Trigger(
        name="belongs_to_a_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("told", "text")],
        func=f"""
            IF TG_OP <> 'INSERT' THEN
                SELECT title INTO told FROM actionplan_adjustment WHERE id = {old} AND state = 'decided';
            END IF;
            IF told IS NULL AND TG_OP <> 'DELETE' THEN
                SELECT title INTO told FROM actionplan_adjustment WHERE id = {new} AND state = 'decided';
            END IF;
            IF told IS NOT NULL THEN
                RAISE EXCEPTION 'Über die Anpassung „%“ ist entschieden; sie bleibt, wie sie ist.', told {_REFUSED};
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - nothing of it comes from outside
    )


def frozen_figures_stay() -> pgtrigger.Trigger:
    """Figures of a membership at its decision are neither changed nor deleted."""
    return pgtrigger.Trigger(
        name="frozen_figures_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            RAISE EXCEPTION 'Die Zahl zum Beschluss (%) ist festgehalten; sie bleibt, wie sie ist.',
                OLD.indicator_label {_REFUSED};
        """,
    )
