"""From the wishes of the person who imports to areas that only need to be stored; nothing is written here."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import shapely
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.actions.saving import AreaRecord
from areas.geometry.repair import TOLERANCE
from areas.models import Area, AreaLevel, Source

from . import encodings
from .checking import Columns, Expectation, check_areas
from .dissolving import DissolveWish, dissolved_level, moved_into
from .findings import Finding, refusals
from .raw import ReadingOptions
from .reading import read_areas_file
from .records import LevelPlan, codes_in_force, level_called, records_for, rule_of, source_called


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
    level, source = level_called(request.level, "--level"), source_called(request.source)
    coarse = level_called(request.to_level, "--to-level") if request.to_level else None
    findings: list[Finding] = []
    plans: list[LevelPlan] = []
    if request.file:
        records = _file_records(request, level, findings)
        plans.append(LevelPlan(level, records))
        shapes = {r.code: r.geometry for r in records}
    else:
        shapes = {a.code: shapely.from_wkb(bytes(a.geometry.wkb)) for a in Area.objects.in_force().filter(level=level)}
    if coarse and request.dissolve_by:
        whole_plan = dissolved_level(_wish(request), level, coarse, shapes, findings)
        plans = [whole_plan, *(moved_into(plan, whole_plan) for plan in plans)]
    for plan in plans:
        findings += _date_findings(plan, request.valid_from)
    return ImportPlan(source, request.valid_from, tuple(plans), tuple(findings))


def _wish(request: ImportRequest) -> DissolveWish:
    """With a file, encoding and parent level are those of the file; the table is recognised by itself."""
    if request.file:
        return DissolveWish(request.dissolve_by)
    return DissolveWish(request.dissolve_by, request.reading.encoding, request.parent_level)


def _file_records(request: ImportRequest, level: AreaLevel, findings: list[Finding]) -> tuple[AreaRecord, ...]:
    parent = level_called(request.parent_level, "--parent-level") if request.parent_level else None
    expected = Expectation(
        columns=request.columns,
        rule=rule_of(level),
        parent_rule=rule_of(parent) if parent else None,
        parents=codes_in_force(parent) if parent else (),
        crs=request.crs,
        tolerance=request.tolerance,
    )
    checked = check_areas(read_areas_file(request.file, request.reading), expected)
    findings += checked.findings
    return records_for(checked.areas, level, parent)


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
