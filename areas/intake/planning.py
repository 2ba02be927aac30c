"""From the wishes of the person who imports to areas that only need to be stored; nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.actions.saving import AreaRecord
from areas.geometry.dissolve import dissolve
from areas.geometry.repair import TOLERANCE
from areas.models import Area, AreaLevel, Source

from . import encodings
from .checking import CheckedArea, CodeRule, Columns, Expectation, check_areas
from .findings import Finding, refusals, refuse
from .membership import DissolveRules, Whole, check_memberships, read_memberships
from .raw import ReadingOptions
from .reading import read_areas_file
from .suggesting import near

SAME = 0.001  # metres; shapes nearer than this are the same


@dataclass(frozen=True)
class ImportRequest:
    """What is to be imported; levels, source and parent level by their slugs."""

    level: str
    source: str
    file: Path | None = None
    columns: Columns | None = None
    parent_level: str | None = None
    valid_from: date | None = None
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    crs: str | None = None
    tolerance: float = TOLERANCE  # metres
    dissolve_by: Path | None = None
    to_level: str | None = None


@dataclass(frozen=True)
class LevelPlan:
    """The areas of one level as they will be, and for dissolved ones the codes of their parts."""

    level: AreaLevel
    records: tuple[AreaRecord, ...]
    parts: Mapping[str, tuple[str, ...]] | None = None
    parts_level: AreaLevel | None = None


@dataclass(frozen=True)
class ImportPlan:
    """Everything that an import would store, with all findings; refusals among them forbid it."""

    source: Source
    valid_from: date | None
    levels: tuple[LevelPlan, ...]
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether any finding forbids storing."""
        return bool(refusals(self.findings))


def plan_import(request: ImportRequest) -> ImportPlan:
    """Read and check everything. Raises `IntakeError` for what makes further checks pointless."""
    level, source = _level(request.level, "--level"), _source(request.source)
    coarse = _level(request.to_level, "--to-level") if request.to_level else None
    findings: list[Finding] = []
    plans: list[LevelPlan] = []
    if request.file:
        records = _file_records(request, level, findings)
        plans.append(LevelPlan(level, records))
        shapes = {r.code: r.geometry for r in records}
    else:
        shapes = {a.code: shapely.from_wkb(bytes(a.geometry.wkb)) for a in Area.objects.in_force().filter(level=level)}
    if coarse and request.dissolve_by:
        whole_plan = _dissolved(request, level, coarse, shapes, findings)
        plans = [whole_plan, *(_moved_into(plan, whole_plan) for plan in plans)]
    for plan in plans:
        findings += _date_findings(plan, request.valid_from)
    return ImportPlan(source, request.valid_from, tuple(plans), tuple(findings))


def _level(slug: str, option: str) -> AreaLevel:
    level = AreaLevel.objects.filter(slug=slug).first()
    if level is None:
        known = AreaLevel.objects.values_list("slug", flat=True)
        raise refuse(option, _("Die Ebene »%s« gibt es nicht.") % slug, near(slug, known))
    return level


def _source(slug: str) -> Source:
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        known = Source.objects.values_list("slug", flat=True)
        raise refuse("--source", _("Die Quelle »%s« gibt es nicht.") % slug, near(slug, known))
    return source


def _rule(level: AreaLevel) -> CodeRule:
    return CodeRule(level.name, level.code_pattern)


def _codes_in_force(level: AreaLevel) -> frozenset[str]:
    return frozenset(Area.objects.in_force().filter(level=level).values_list("code", flat=True))


def _file_records(request: ImportRequest, level: AreaLevel, findings: list[Finding]) -> tuple[AreaRecord, ...]:
    parent = _level(request.parent_level, "--parent-level") if request.parent_level else None
    expected = Expectation(
        columns=request.columns,
        rule=_rule(level),
        parent_rule=_rule(parent) if parent else None,
        parents=_codes_in_force(parent) if parent else (),
        crs=request.crs,
        tolerance=request.tolerance,
    )
    checked = check_areas(read_areas_file(request.file, request.reading), expected)
    findings += checked.findings
    return _records(checked.areas, level, parent)


def _records(areas: tuple[CheckedArea, ...], level: AreaLevel, parent: AreaLevel | None) -> tuple[AreaRecord, ...]:
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


def _dissolved(request, fine: AreaLevel, coarse: AreaLevel, shapes: dict, findings: list[Finding]) -> LevelPlan:
    if coarse.rank >= fine.rank:
        raise refuse("--to-level", _("%s ist keine gröbere Ebene.") % coarse.name, _("gröber als %s") % fine.name)
    table = read_memberships(request.dissolve_by, request.reading.encoding if not request.file else None)
    has_parent = any(row.parent for row in table.rows)
    parent = AreaLevel.objects.filter(rank__lt=coarse.rank).order_by("-rank").first() if has_parent else None
    parent = _level(request.parent_level, "--parent-level") if has_parent and request.parent_level else parent
    rules = DissolveRules(
        fine=_rule(fine),
        coarse=_rule(coarse),
        fine_codes=shapes.keys(),
        parent=_rule(parent) if parent else None,
        parents=_codes_in_force(parent) if parent else (),
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
    return LevelPlan(coarse, _records(areas, coarse, parent), parts, fine)


def _moved_into(plan: LevelPlan, wholes: LevelPlan) -> LevelPlan:
    """The finer areas with the dissolved ones as parents, unless they lie in another level."""
    home = {part: whole for whole, parts in (wholes.parts or {}).items() for part in parts}
    if not all(r.parent_level in (None, wholes.level.slug) and r.code in home for r in plan.records):
        return plan
    records = tuple(
        AreaRecord(r.code, r.name, r.geometry, home[r.code], wholes.level.slug, r.certainty, r.note)
        for r in plan.records
    )
    return LevelPlan(plan.level, records)


def _date_findings(plan: LevelPlan, valid_from: date | None) -> list[Finding]:
    """Whether the areas can begin on that day without touching history."""
    option = "--valid-from"
    stored = Area.objects.filter(level=plan.level)
    if valid_from is None:
        if not stored.exists():
            return []
        found = _("Für die Ebene %s gibt es schon Gebiete.") % plan.level.name
        return [Finding(option, found, _("der Tag, ab dem die neuen Grenzen gelten, zum Beispiel 2026-05-01"))]
    if valid_from > timezone.localdate():
        return [Finding(option, _("Der Tag liegt in der Zukunft."), _("ein Tag bis heute"))]
    later = stored.filter(valid__startswith__gt=valid_from).order_by("-valid__startswith").first()
    if later:
        found = _("Es gelten schon Grenzen ab %s.") % later.valid.lower.isoformat()
        return [Finding(option, found, _("dieser Tag oder ein späterer"), code=later.code)]
    codes = {r.code for r in plan.records}
    return [
        Finding(option, _("%s gilt erst seit diesem Tag und fehlt jetzt.") % a, _("ein späterer Tag"), code=a.code)
        for a in stored.filter(valid__startswith=valid_from).exclude(code__in=codes).defer("geometry")
    ]


def encoding_is_known(name: str | None) -> bool:
    """Whether Python can read this encoding."""
    try:
        return name is None or bool(encodings.codecs.lookup(name))
    except LookupError:
        return False
