"""The plan as it was on 12 April 2021, before its first adjustment: for tests that take the decision once more."""

import pgtrigger
from django.db.backends.postgresql.psycopg_any import DateRange

from actionplan.models import (
    ActionArea,
    Adjustment,
    AdjustmentCriterion,
    AdjustmentFigure,
    AdjustmentLine,
    ProjectPlace,
)

DAY = (2021, 4, 13)


def undo_2021() -> None:
    """Take the decision of 13 April 2021 out of the plan; the caller's transaction brings it back."""
    with pgtrigger.ignore():
        adjustment = Adjustment.objects.get(slug="anpassung-2021")
        AdjustmentFigure.objects.filter(line__adjustment=adjustment).delete()
        AdjustmentLine.objects.filter(adjustment=adjustment).delete()
        AdjustmentCriterion.objects.filter(adjustment=adjustment).delete()
        adjustment.delete()
    new = ActionArea.objects.filter(valid__startswith="2021-04-13")
    ProjectPlace.objects.filter(action_area__in=new).delete()
    new.delete()
    for ended in ActionArea.objects.filter(valid__endswith="2021-04-13"):
        ended.valid, ended.end_decision, ended.end_paper = DateRange(ended.valid.lower, None), "", None
        ended.save()


def plan_rows() -> list[tuple]:
    """Every membership as kind, name, code, first and last day and papers, in order."""
    found = ActionArea.objects.order_by("area__code", "valid", "name")
    return [
        (m.kind, m.name, m.area.code, m.valid.lower, m.valid.upper, m.decision, m.end_decision, m.paper, m.end_paper)
        for m in found.select_related("area", "paper", "end_paper").defer("area__geometry")
    ]
