"""Planning a coarser level that is dissolved from a finer one by a table."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from django.utils.translation import gettext as _

from areas.actions.saving import AreaRecord
from areas.geometry.dissolve import dissolve
from areas.models import AreaLevel

from .checking import CheckedArea
from .findings import Finding, refusals, refuse
from .membership import DissolveRules, Whole, check_memberships, read_memberships
from .records import LevelPlan, codes_in_force, level_called, records_for, rule_of


@dataclass(frozen=True)
class DissolveWish:
    """The table, its encoding if it is not to be recognised, and the slug of the parents' level if not the next one."""

    table: Path
    encoding: str | None = None
    parent_level: str | None = None


def dissolved_level(
    wish: DissolveWish, fine: AreaLevel, coarse: AreaLevel, shapes: dict, findings: list[Finding]
) -> LevelPlan:
    """The areas of the coarser level made of `shapes` by the table; what is wrong is added to `findings`."""
    if coarse.rank >= fine.rank:
        raise refuse("--to-level", _("%s ist keine gröbere Ebene.") % coarse.name, _("gröber als %s") % fine.name)
    table = read_memberships(wish.table, wish.encoding)
    has_parent = any(row.parent for row in table.rows)
    parent = AreaLevel.objects.filter(rank__lt=coarse.rank).order_by("-rank").first() if has_parent else None
    parent = level_called(wish.parent_level, "--parent-level") if has_parent and wish.parent_level else parent
    rules = DissolveRules(
        fine=rule_of(fine),
        coarse=rule_of(coarse),
        fine_codes=shapes.keys(),
        parent=rule_of(parent) if parent else None,
        parents=codes_in_force(parent) if parent else (),
    )
    wholes, remarks = check_memberships(table, rules)
    findings += remarks
    if refusals(remarks) or not _is_coverage(table.name, shapes, findings):
        return LevelPlan(coarse, ())
    return _whole_plan(wholes, shapes, coarse, fine, parent)


def _is_coverage(file: str, shapes: dict, findings: list[Finding]) -> bool:
    if shapely.coverage_is_valid(np.array(list(shapes.values()), dtype=object)):
        return True
    if not refusals(findings):
        found = _("Die feineren Gebiete passen nicht aneinander.")
        findings.append(Finding(file, found, _("laden Sie die feinere Ebene zuerst mit import_areas")))
    return False


def _whole_plan(wholes: dict[str, Whole], shapes: dict, coarse, fine, parent: AreaLevel | None) -> LevelPlan:
    unions = dissolve(shapes, {code: whole.parts for code, whole in wholes.items()})
    areas = tuple(
        CheckedArea(number, code, whole.name, whole.parent or None, unions[code])
        for number, (code, whole) in enumerate(sorted(wholes.items()), start=1)
    )
    parts = {code: tuple(whole.parts) for code, whole in wholes.items()}
    return LevelPlan(coarse, records_for(areas, coarse, parent), parts, fine)


def moved_into(plan: LevelPlan, wholes: LevelPlan) -> LevelPlan:
    """The finer areas with the dissolved ones as parents, unless they lie in another level."""
    home = {part: whole for whole, parts in (wholes.parts or {}).items() for part in parts}
    if not all(r.parent_level in (None, wholes.level.slug) and r.code in home for r in plan.records):
        return plan
    records = tuple(
        AreaRecord(r.code, r.name, r.geometry, home[r.code], wholes.level.slug, r.certainty, r.note)
        for r in plan.records
    )
    return LevelPlan(plan.level, records)
