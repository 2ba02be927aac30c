"""What is stored already, and areas in the form in which they are to be stored."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from django.utils.translation import gettext as _

from areas.actions.saving import AreaRecord
from areas.models import Area, AreaLevel, Source

from .checking import CheckedArea, CodeRule
from .findings import refuse
from .suggesting import near

SAME = 0.001  # metres; shapes nearer than this are the same


@dataclass(frozen=True)
class LevelPlan:
    """The areas of one level as they will be, and for dissolved ones the codes of their parts."""

    level: AreaLevel
    records: tuple[AreaRecord, ...]
    parts: Mapping[str, tuple[str, ...]] | None = None
    parts_level: AreaLevel | None = None


def level_called(slug: str, option: str) -> AreaLevel:
    """The level with this slug; `option` says for people where it was named. Raises `IntakeError` without it."""
    level = AreaLevel.objects.filter(slug=slug).first()
    if level is None:
        known = AreaLevel.objects.values_list("slug", flat=True)
        raise refuse(option, _("Die Ebene »%s« gibt es nicht.") % slug, near(slug, known))
    return level


def source_called(slug: str) -> Source:
    """The source with this slug. Raises `IntakeError` without it."""
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        known = Source.objects.values_list("slug", flat=True)
        raise refuse("--source", _("Die Quelle »%s« gibt es nicht.") % slug, near(slug, known))
    return source


def rule_of(level: AreaLevel) -> CodeRule:
    """The rule for codes of a level."""
    return CodeRule(level.name, level.code_pattern)


def codes_in_force(level: AreaLevel) -> frozenset[str]:
    """Codes of the areas of a level today."""
    return frozenset(Area.objects.in_force().filter(level=level).values_list("code", flat=True))


def records_for(areas: tuple[CheckedArea, ...], level: AreaLevel, parent: AreaLevel | None) -> tuple[AreaRecord, ...]:
    """Areas to be stored. What the file does not say (parent, certainty, note) stays as it is stored."""
    stored = {a.code: a for a in Area.objects.in_force().filter(level=level).select_related("parent__level")}
    records = []
    for area in areas:
        old = stored.get(area.code)
        kept = old.parent if old and not parent else None
        records.append(
            AreaRecord(
                code=area.code,
                name=area.name,
                geometry=_same_or_new(old, area.geometry),
                parent_code=area.parent if parent else kept.code if kept else None,
                parent_level=parent.slug if parent else kept.level.slug if kept else None,
                certainty=old.certainty if old else "published",
                note=old.note if old else "",
            )
        )
    return tuple(records)


def _same_or_new(old: Area | None, shape: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """The stored shape where the new one only starts its rings elsewhere, so that the area counts as unchanged."""
    if old is None:
        return shape
    stored = shapely.from_wkb(bytes(old.geometry.wkb))
    same = shapely.equals_exact(shapely.normalize(stored), shapely.normalize(shape), SAME)
    return stored if same else shape
