"""What follows from a journal of steps: ideas and applications have their state by the steps alone."""

import pgtrigger

_REFUSED = "USING ERRCODE = 'restrict_violation'"


def follows_from_steps(*columns: str, name: str = "follows_from_steps") -> pgtrigger.Trigger:
    """Nobody writes these columns: only the trigger on the steps does."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=f"""
            IF pg_trigger_depth() < 2 THEN
                RAISE EXCEPTION 'Der Stand folgt aus den Schritten und wird nicht von Hand gesetzt (%).', TG_TABLE_NAME
                    {_REFUSED};
            END IF;
            RETURN NEW;
        """,
    )
