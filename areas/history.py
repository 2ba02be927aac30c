"""History by the database: what a row was before each change, also for bulk writes and raw SQL.

Only changes and deletions are recorded, with the row as it was before: that a row was added is told by the row
itself. So a million new values cost nothing, and an update one more row for each that really changed.
"""

import pghistory
import pgtrigger
from django.db import models

CHANGED, DELETED = "changed", "deleted"


def history_of(model: type[models.Model], *, name: str, verbose_name: str, plural: str, **options) -> type:
    """A table `name` that keeps the earlier states of `model`; nobody can change it (append only).

    `fields` or `exclude` say what is kept, `indexes` how it is looked up besides by its row, `triggers` what else the
    database refuses.
    """
    indexes, triggers = options.pop("indexes", []), options.pop("triggers", [])
    table = f"{model._meta.app_label}_{name.lower()}"
    return pghistory.create_event_model(
        model,
        pghistory.UpdateEvent(CHANGED, row="OLD"),
        pghistory.DeleteEvent(DELETED),
        obj_field=pghistory.ObjForeignKey(related_name="history", db_index=False),
        model_name=name,
        abstract=False,
        append_only=True,
        level=pgtrigger.Statement,
        meta={
            "verbose_name": verbose_name,
            "verbose_name_plural": plural,
            "ordering": ["-pgh_created_at", "-pgh_id"],
            "db_table": table,
            "default_permissions": ("view",),
            "triggers": triggers,
            "indexes": [models.Index(fields=["pgh_obj", "pgh_created_at"], name=f"{name.lower()}_by_row"), *indexes],
        },
        **options,
    )
