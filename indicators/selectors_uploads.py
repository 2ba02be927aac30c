"""Reading what the pages of an upload show, as plain dataclasses."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from indicators.intake.findings import Finding
from indicators.intake.titles import title_of
from indicators.models import Upload, UploadFinding

SHOWN = 50  # findings of one kind on the page; the others are in the files to download
State = Upload.State
RUNNING = (State.WAITING, State.CHECKING, State.ACCEPTING)


@dataclass(frozen=True)
class Step:
    """One step on the way of an upload."""

    label: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class FoundThing:
    """One finding as it is shown; `place` is "Blatt 1, B7"."""

    place: str
    found: str
    expected: str
    suggestion: str
    count: int


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one check."""

    code: str
    kind: str
    kind_label: str
    title: str
    count: int
    findings: list[FoundThing]
    hidden: int
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether something has to be done about it."""
        return self.kind == "error" or (self.kind == "warning" and not self.reason)


@dataclass(frozen=True)
class Brings:
    """How many values an upload brings for an indicator on a level, compared with what is public."""

    indicator: str
    level: str
    periods: str
    values: int
    fresh: int
    changed: int

    @property
    def same(self) -> int:
        """Values that are public already, exactly so."""
        return self.values - self.fresh - self.changed


@dataclass(frozen=True)
class UploadPage:
    """Everything on the page of an upload beyond the upload itself."""

    upload: Upload
    steps: list[Step]
    groups: list[FindingGroup] = field(default_factory=list)
    brings: list[Brings] = field(default_factory=list)
    note_count: int = 0
    unreasoned: int = 0
    who: str = ""

    @property
    def is_running(self) -> bool:
        """Whether the worker is at it or will be."""
        return self.upload.state in RUNNING

    @property
    def is_ended(self) -> bool:
        """Whether nothing comes of it."""
        return self.upload.state in Upload.ENDED

    @property
    def needs_mapping(self) -> bool:
        """Whether somebody has to say what stands where."""
        return self.upload.state == State.RECEIVED

    @property
    def is_checked(self) -> bool:
        """Whether there are findings to show."""
        return self.upload.state in (State.CHECKED, State.ACCEPTED)

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted, changed or discarded."""
        return self.upload.state == State.CHECKED

    @property
    def can_restart(self) -> bool:
        """Whether the check can be started once more."""
        return self.upload.state in (State.FAILED, State.CANCELLED)


def uploads_for_list() -> QuerySet[Upload]:
    """All uploads, newest first, without their bytes and mappings."""
    return Upload.objects.select_related("release", "template").defer("mapping")


def upload_page(upload: Upload, *, shows_names: bool) -> UploadPage:
    """What is shown of one upload; the name of a person only where `shows_names`."""
    shows_findings = upload.state in (State.CHECKED, State.ACCEPTED)
    groups = finding_groups(upload) if shows_findings else []
    return UploadPage(
        upload=upload,
        steps=_steps(upload),
        groups=groups,
        brings=_brings(upload) if upload.state == State.CHECKED else [],
        note_count=sum(group.count for group in groups if group.kind == "note"),
        unreasoned=sum(1 for group in groups if group.kind == "warning" and not group.reason),
        who=_who(upload, shows_names),
    )


def finding_groups(upload: Upload) -> list[FindingGroup]:
    """Findings by check: errors first, then warnings, then notes; 2 queries plus one per check."""
    order = {kind: number for number, kind in enumerate(("error", "warning", "note"))}
    counted = upload.findings.order_by().values("code", "kind").annotate(total=Sum("count"), rows=Count("pk"))
    groups = []
    for entry in sorted(counted, key=lambda e: (order[e["kind"]], -e["total"], e["code"])):
        rows = list(upload.findings.filter(code=entry["code"], kind=entry["kind"])[:SHOWN])
        groups.append(
            FindingGroup(
                code=entry["code"],
                kind=entry["kind"],
                kind_label=UploadFinding.Kind(entry["kind"]).label,
                title=title_of(entry["code"]),
                count=entry["total"],
                findings=[_shown(row) for row in rows],
                hidden=max(entry["rows"] - len(rows), 0),
                reason=_common_reason(upload, entry),
            )
        )
    return groups


def place_of(finding: UploadFinding) -> str:
    """Where a finding is, for people; "" when it is about the whole file."""
    return Finding("", "", "", sheet=finding.sheet, row=finding.row, column=finding.column).place


def _shown(row: UploadFinding) -> FoundThing:
    return FoundThing(place_of(row), row.found, row.expected, row.suggestion, row.count)


def _common_reason(upload: Upload, entry: dict) -> str:
    if entry["kind"] != "warning":
        return ""
    reasons = set(upload.findings.filter(code=entry["code"], kind="warning").values_list("reason", flat=True))
    return " / ".join(sorted(reasons)) if "" not in reasons else ""


def _steps(upload: Upload) -> list[Step]:
    labels = [_("hochladen"), _("zuordnen"), _("prüfen"), _("übernehmen"), _("freigeben und veröffentlichen")]
    at = {State.RECEIVED: 1, State.CHECKED: 3, State.ACCEPTED: 4, State.ACCEPTING: 3, State.REFUSED: 0}
    now = at.get(upload.state, 2)
    return [Step(label, number < now, number == now) for number, label in enumerate(labels)]


def _who(upload: Upload, shows_names: bool) -> str:
    if not upload.created_by:
        return ""
    return (upload.created_by.get_full_name() or upload.created_by.get_username()) if shows_names else ""


_COMPARED = """
SELECT i.name, l.name, p.code, count(*),
       count(*) FILTER (WHERE v.id IS NULL),
       count(*) FILTER (WHERE v.id IS NOT NULL AND (v.value, v.status, v.numerator, v.denominator, v.joint_with)
                        IS DISTINCT FROM (s.value, s.status, s.numerator, s.denominator, s.joint_with))
FROM indicators_stagedvalue s
JOIN indicators_indicator i ON i.id = s.indicator_id
JOIN areas_area a ON a.id = s.area_id
JOIN areas_arealevel l ON l.id = a.level_id
JOIN indicators_period p ON p.id = s.period_id
LEFT JOIN LATERAL (
    SELECT w.* FROM indicators_value w JOIN indicators_release r ON r.id = w.release_id
    WHERE w.indicator_id = s.indicator_id AND w.area_id = s.area_id AND w.period_id = s.period_id
      AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL
    ORDER BY r.published_at DESC LIMIT 1
) v ON true
WHERE s.upload_id = %s
GROUP BY i.name, i.id, l.name, l.rank, p.code ORDER BY i.name, l.rank, p.code
"""


def _brings(upload: Upload) -> list[Brings]:
    """Counts per indicator and level of what is staged, compared with what is public. 1 query."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED, [upload.pk])
        rows = cursor.fetchall()
    periods: dict[tuple[str, str], list[str]] = defaultdict(list)
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for indicator, level, period, *counts in rows:
        periods[indicator, level].append(period)
        sums[indicator, level] = [a + b for a, b in zip(sums[indicator, level], counts, strict=True)]
    return [
        Brings(indicator, level, _span(periods[indicator, level]), *counts)
        for (indicator, level), counts in sums.items()
    ]


def _span(codes: list[str]) -> str:
    """Up to three periods by name, more as a span."""
    return ", ".join(codes) if len(codes) <= 3 else f"{codes[0]}–{codes[-1]}"
