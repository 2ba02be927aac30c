"""Database triggers shared by all apps, so that bulk and raw SQL writes are covered too."""

import pgtrigger


def counts_as_public() -> pgtrigger.Trigger:
    """Count up the public state after any statement that changes a table readers see."""
    return pgtrigger.Trigger(
        name="changes_public_state",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func="UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;",
    )
