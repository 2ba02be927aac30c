"""What the database itself refuses about ideas: a step that does not follow, a state that no step tells."""

import pgtrigger

from .triggers_steps import follows_from_steps

_REFUSED = "USING ERRCODE = 'restrict_violation'"

# The idea is taken hold of first: of two people who decide at once the second one meets the state of the first.
_MOVES = f"""
    SELECT state INTO before FROM actionplan_idea WHERE id = NEW.idea_id FOR UPDATE;
    IF NOT (CASE NEW.kind
        WHEN 'received' THEN before = ''
        WHEN 'in_review' THEN before IN ('received', 'refused')
        WHEN 'published' THEN before IN ('received', 'in_review', 'published')
        WHEN 'refused' THEN before IN ('received', 'in_review', 'published')
        WHEN 'project' THEN before IN ('received', 'in_review', 'published')
        ELSE false
    END) THEN
        RAISE EXCEPTION 'Dieser Schritt folgt nicht auf den jetzigen Stand der Idee.' {_REFUSED};
    END IF;
    UPDATE actionplan_idea SET state = NEW.kind WHERE id = NEW.idea_id;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside


def moves_the_idea_on() -> pgtrigger.Trigger:
    """A step that follows on the idea's state sets it; any other is refused."""
    return pgtrigger.Trigger(
        name="moves_the_idea_on",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("before", "text")],
        func=_MOVES,
    )


def state_is_told_by_steps() -> pgtrigger.Trigger:
    """Nobody writes the state itself: only the trigger above does."""
    return follows_from_steps("state", name="state_is_told_by_steps")


def counts_where_a_project_names_it() -> pgtrigger.Trigger:
    """The page of a project names the idea it began with: it is written anew when that idea changes or is deleted."""
    return pgtrigger.Trigger(
        name="counts_where_a_project_names_it",
        when=pgtrigger.After,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Condition("OLD.state = 'project'"),
        func="UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;",
    )
