"""The plan as it was on 12 April 2021, before its first adjustment: for tests that take the decision once more."""

from contextlib import contextmanager

import pgtrigger
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from actionplan.models import ActionArea, Adjustment, AdjustmentCriterion, AdjustmentFigure, AdjustmentLine

NAMING = [
    relation for relation in ActionArea._meta.related_objects if not relation.related_model.__name__.endswith("History")
]
TABLES: list[type[Model]] = [Adjustment, AdjustmentCriterion, AdjustmentLine, AdjustmentFigure, ActionArea]
TABLES += [relation.related_model for relation in NAMING if relation.related_model not in TABLES]


def undo_2021() -> None:
    """Take the decision of 13 April 2021 out of the plan, with what names its quarters; somebody brings it back."""
    with pgtrigger.ignore():
        AdjustmentFigure.objects.filter(line__adjustment__slug="anpassung-2021").delete()
        AdjustmentLine.objects.filter(adjustment__slug="anpassung-2021").delete()
        AdjustmentCriterion.objects.filter(adjustment__slug="anpassung-2021").delete()
        Adjustment.objects.filter(slug="anpassung-2021").delete()
        new = ActionArea.objects.filter(valid__startswith="2021-04-13")
        for relation in NAMING:
            relation.related_model.objects.filter(**{f"{relation.field.name}__in": new}).delete()
        new.delete()
    for ended in ActionArea.objects.filter(valid__endswith="2021-04-13"):
        ended.valid, ended.end_decision, ended.end_paper = DateRange(ended.valid.lower, None), "", None
        ended.save()


@contextmanager
def plan_as_before():
    """Memberships and adjustments are at the end what they were, for tests whose changes are committed."""
    kept = {table: list(table.objects.all()) for table in TABLES}
    try:
        yield
    finally:
        with transaction.atomic(), pgtrigger.ignore():
            for table in reversed(TABLES):
                table.objects.exclude(pk__in=[row.pk for row in kept[table]]).delete()
            for table in TABLES:
                there = set(table.objects.values_list("pk", flat=True))
                table.objects.bulk_create([row for row in kept[table] if row.pk not in there])
                for row in kept[table]:
                    if row.pk in there:
                        row.save_base(raw=True, force_update=True)


def plan_rows() -> list[tuple]:
    """Every membership as kind, name, code, first and last day, decisions and papers, in order."""
    found = ActionArea.objects.order_by("area__code", "valid", "name")
    return [
        (m.kind, m.name, m.area.code, m.valid.lower, m.valid.upper, m.decision, m.end_decision, m.paper, m.end_paper)
        for m in found.select_related("area", "paper", "end_paper").defer("area__geometry")
    ]
