"""Storing what an import has planned: all levels or none, composition and public boundaries along with them."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from django.db import transaction
from django.utils.translation import gettext as _

from areas.intake.findings import NOTE, Finding, refuse
from areas.intake.planning import ImportPlan
from areas.intake.records import LevelPlan
from areas.models import Area, AreaLevel, AreaPart

from .publishing import publish_boundaries
from .saving import SavedAreas, link_parts, save_areas

FILLED = 0.01  # share of an area by which the sum of its parts may differ from it


@dataclass(frozen=True)
class ImportedLevel:
    """What an import did, or in a dry run would do, to one level."""

    level: AreaLevel
    saved: SavedAreas
    created: tuple[str, ...]
    closed: tuple[str, ...]
    part_links: int


@dataclass(frozen=True)
class Imported:
    """All levels of an import and what was noticed while storing them."""

    levels: tuple[ImportedLevel, ...]
    findings: tuple[Finding, ...]
    published: tuple[str, ...]


@transaction.atomic
def import_planned_areas(*, plan: ImportPlan, commit: bool) -> Imported:
    """Store a plan without refusals; without `commit` everything is done and rolled back.

    Afterwards the composition of every touched level and the public boundaries are those of the new areas.
    When the smallest areas change, all levels are linked and published anew. Raises `IntakeError` when the
    areas in force cannot be published together.
    """
    if plan.is_refused:
        raise ValueError("a refused plan cannot be stored")
    known = _memberships_in_force()
    saved = [_save(plan, level_plan) for level_plan in sorted(plan.levels, key=lambda p: p.level.rank)]
    for level_plan in plan.levels:
        _follow_parents(level_plan.level)
        _move_parts(level_plan)
    levels = _touched(plan)
    findings = [note for level in levels for note in _link(level, plan, known)]
    published = tuple(_publish(level) for level in levels)
    if not commit:
        transaction.set_rollback(True)
    counts = {level.pk: AreaPart.objects.filter(whole__level=level).count() for level in levels} if commit else {}
    results = tuple(
        ImportedLevel(p.level, done, created, closed, counts.get(p.level.pk, 0)) for p, done, created, closed in saved
    )
    return Imported(results, tuple(findings), published)


def _save(plan: ImportPlan, level_plan: LevelPlan) -> tuple[LevelPlan, SavedAreas, tuple, tuple]:
    before = set(Area.objects.in_force(plan.valid_from).filter(level=level_plan.level).values_list("code", flat=True))
    now = {r.code for r in level_plan.records}
    try:
        done = save_areas(
            level=level_plan.level, records=level_plan.records, valid_from=plan.valid_from, source=plan.source
        )
    except ValueError as error:  # a parent that was kept from the stored area has ended meanwhile
        raise refuse(level_plan.level.slug, str(error), _("die übergeordnete Ebene zuerst importieren")) from error
    return level_plan, done, tuple(sorted(now - before)), tuple(sorted(before - now))


def _follow_parents(level: AreaLevel) -> None:
    """Areas inside a renewed area lie in the area of the same code that is in force now."""
    current = {a.code: a.pk for a in Area.objects.in_force().filter(level=level).only("code")}
    children = Area.objects.in_force().filter(parent__level=level).exclude(parent__in=current.values())
    for child in children.select_related("parent").only("parent__code"):
        if child.parent.code in current:
            Area.objects.filter(pk=child.pk).update(parent=current[child.parent.code])


def _move_parts(plan: LevelPlan) -> None:
    """Stored finer areas that were dissolved lie in the dissolved area, unless they lie in another level."""
    if (
        plan.parts is None
        or Area.objects.in_force()
        .filter(level=plan.parts_level)
        .exclude(parent__level=plan.level)
        .exclude(parent=None)
        .exists()
    ):
        return
    wholes = {a.code: a for a in Area.objects.in_force().filter(level=plan.level).defer("geometry")}
    for code, parts in plan.parts.items():
        inside = Area.objects.in_force().filter(level=plan.parts_level, code__in=parts)
        inside.exclude(parent=wholes[code]).update(parent=wholes[code])


def _touched(plan: ImportPlan) -> list[AreaLevel]:
    touched = {p.level.pk for p in plan.levels}
    if any(p.level.is_smallest for p in plan.levels):
        touched |= set(Area.objects.in_force().values_list("level", flat=True))
    return list(AreaLevel.objects.filter(pk__in=touched).order_by("rank"))


def _memberships_in_force() -> dict[int, dict[str, list[str]]]:
    """By level: codes of the smallest areas of each area, as stored before the import."""
    found: dict[int, dict[str, list[str]]] = {}
    links = AreaPart.objects.filter(whole__in=Area.objects.in_force(), part__in=Area.objects.in_force())
    for level, whole, part in links.order_by("part__code").values_list("whole__level", "whole__code", "part__code"):
        found.setdefault(level, {}).setdefault(whole, []).append(part)
    return found


def _link(level: AreaLevel, plan: ImportPlan, known: Mapping[int, Mapping[str, list[str]]]) -> list[Finding]:
    """Link a level to the smallest areas: as planned, as before, or by where they lie."""
    if level.is_smallest:
        return []
    planned = next((p for p in plan.levels if p.level.pk == level.pk), None)
    memberships = _planned_parts(planned, known) if planned else known.get(level.pk)
    if memberships is None or not _is_complete(level, memberships):
        memberships = None
    link_parts(level=level, memberships=memberships)
    if _is_filled(level):
        return []
    link_parts(level=level, memberships={})
    found = _("Die Ebene %s setzt sich nicht aus den kleinsten Gebieten zusammen.") % level.name
    done = _("Sie hat eigene Grenzen; Werte der kleinsten Gebiete werden für sie nicht zusammengefasst.")
    return [Finding(level.slug, found, done, kind=NOTE)]


def _planned_parts(plan: LevelPlan, known: Mapping[int, Mapping[str, list[str]]]) -> dict[str, list[str]] | None:
    """Smallest areas of dissolved areas; None when the finer level's own parts are not all known."""
    if plan.parts is None:
        return None
    if plan.parts_level.is_smallest:
        return {whole: list(parts) for whole, parts in plan.parts.items()}
    finer = known.get(plan.parts_level.pk, {})
    if any(part not in finer for parts in plan.parts.values() for part in parts):
        return None
    return {whole: [code for part in parts for code in finer[part]] for whole, parts in plan.parts.items()}


def _is_complete(level: AreaLevel, memberships: Mapping[str, list[str]]) -> bool:
    wholes = set(Area.objects.in_force().filter(level=level).values_list("code", flat=True))
    smallest = set(Area.objects.in_force().smallest().values_list("code", flat=True))
    return set(memberships) == wholes and all(smallest.issuperset(parts) for parts in memberships.values())


def _is_filled(level: AreaLevel) -> bool:
    """Whether the linked parts of each area add up to it."""
    sizes = {a.pk: a.geometry.area for a in Area.objects.in_force().smallest()}
    filled: dict[int, float] = {}
    for whole, part in AreaPart.objects.filter(whole__level=level).values_list("whole", "part"):
        filled[whole] = filled.get(whole, 0.0) + sizes.get(part, 0.0)
    wholes = Area.objects.in_force().filter(level=level)
    return all(abs(filled.get(a.pk, 0.0) - a.geometry.area) <= FILLED * a.geometry.area for a in wholes)


def _publish(level: AreaLevel) -> str:
    try:
        return publish_boundaries(level=level).name
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise refuse(
            level.slug,
            _("Die Grenzen der Ebene lassen sich nicht gemeinsam veröffentlichen: Gebiete passen nicht aneinander."),
            _("alle Gebiete der Ebene in einer Datei"),
        ) from error
