"""The page on which a release is checked: what it changes, who did what, and what can be done now."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import ActionArea
from areas.models import AreaPart
from atlas import numbers
from indicators.actions.editors import may_not_approve
from indicators.actions.exposing import ExposedFigure, exposed_figures
from indicators.actions.preparing import is_prepared
from indicators.models import Edit, Release, ReleaseEvent, Upload
from indicators.selectors_review import (
    Change,
    Counted,
    Filter,
    Reasoned,
    changed_areas,
    counted_changes,
    listed_changes,
    reasoned_warnings,
)

State = Release.State
PER_PAGE = 100
NAMES = "indicators.view_editor_names"
UPLOADS = "indicators.view_upload"  # findings quote delivered numbers, secret ones too


@dataclass(frozen=True)
class Side:
    """A figure before or after: as in tables, with rank and class in words."""

    cell: str
    rank: str
    number_class: str


@dataclass(frozen=True)
class ChangeRow:
    """One changed figure as the table shows it."""

    change: Change
    before: Side
    after: Side
    difference: str
    is_plan: bool


@dataclass(frozen=True)
class Happened:
    """One step on the way of the release; `who` is a role, a name only for those who may see it."""

    event: ReleaseEvent
    who: str


@dataclass(frozen=True)
class ReviewPage:
    """Everything on the page beyond the release itself."""

    release: Release
    is_ready: bool
    counted: list[Counted] = field(default_factory=list)
    rows: list[ChangeRow] = field(default_factory=list)
    row_count: int = 0
    which: Filter = field(default_factory=Filter)
    plan: list[ActionArea] = field(default_factory=list)
    warnings: list[Reasoned] = field(default_factory=list)
    history: list[Happened] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    is_own: bool = False
    exposed: list[ExposedFigure] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, int]:
        """Changes of the whole release."""
        names = ("values", "new", "gone", "ranks", "classes")
        return {name: sum(getattr(row, name) for row in self.counted) for name in names}

    @property
    def next_step(self) -> str:
        """What has to happen now, and who does it."""
        texts = {
            State.DRAFT: _("Die Redaktion bearbeitet den Entwurf und gibt ihn zur Prüfung."),
            State.IN_REVIEW: _("Eine zweite Person prüft, was sich ändert, und gibt frei oder gibt zurück."),
            State.APPROVED: _("Freigegeben. Jetzt veröffentlichen oder einen Zeitpunkt festlegen."),
            State.PUBLISHED: _("Öffentlich. Fehler werden mit einer Berichtigung behoben."),
            State.SUPERSEDED: _("Abgelöst: Alle Zahlen stehen inzwischen in neueren Veröffentlichungen."),
            State.WITHDRAWN: _("Zurückgezogen. Die Zahlen werden nicht mehr gezeigt."),
        }
        return self._scheduled() if self.release.status == State.SCHEDULED else texts[self.release.status]

    def _scheduled(self) -> str:
        if self.release.publish_at and self.release.publish_at <= timezone.now():
            return _("Der Zeitpunkt ist erreicht, öffentlich ist noch nichts. Das Portal versucht es weiter, seit")
        return _("Wird von selbst öffentlich, am")


def releases_for_list() -> QuerySet[Release]:
    """Releases for the list: what waits first, then the newest."""
    return Release.objects.select_related("corrects").order_by("-created_at")


def review_page(release: Release, *, user, which: Filter, page: int) -> ReviewPage:
    """What is shown to `user`. Prepared releases show their changes, published ones only their way."""
    shows_names = user.has_perm(NAMES)
    is_open = release.published_at is None
    is_ready = is_open and bool(release.prepared_from) and is_prepared(release)
    rows, count = listed_changes(release, which, limit=PER_PAGE, offset=(page - 1) * PER_PAGE) if is_ready else ([], 0)
    plan = _plan(changed_areas(release)) if is_ready else []
    plan_areas = _with_parts({member.area_id for member in plan})
    return ReviewPage(
        release=release,
        is_ready=is_ready,
        counted=counted_changes(release) if is_ready else [],
        rows=[_row(change, change.area_id in plan_areas) for change in rows],
        row_count=count,
        which=which,
        plan=plan,
        warnings=list(reasoned_warnings(release)) if user.has_perm(UPLOADS) else [],
        history=[Happened(event, _who(event, shows_names)) for event in release.events.select_related("user")],
        uploads=list(release.uploads.select_related("template", "source").defer("mapping")),
        edits=list(release.edits.select_related("indicator", "user")),
        is_own=is_open and user.pk in may_not_approve(release),
        exposed=exposed_figures(release) if is_ready else [],
    )


def _plan(areas: set[int]) -> list[ActionArea]:
    """Action areas in force of which figures change, their own or those of a part."""
    wholes = areas | set(AreaPart.objects.filter(part__in=areas).values_list("whole", flat=True))
    members = ActionArea.objects.in_force().filter(area__in=wholes).select_related("area__level")
    return list(members.defer("geometry", "area__geometry"))


def _with_parts(areas: set[int]) -> set[int]:
    return areas | set(AreaPart.objects.filter(whole__in=areas).values_list("part", flat=True))


def _row(change: Change, is_plan: bool) -> ChangeRow:
    old = _side(change, change.old_value, change.old_status, change.old_rank, change.old_class)
    new = _side(change, change.new_value, change.new_status, change.new_rank, change.new_class)
    difference = ""
    if change.old_value is not None and change.new_value is not None and change.old_value != change.new_value:
        difference = numbers.format_signed(change.new_value - change.old_value, change.decimals)
    return ChangeRow(change, old, new, difference, is_plan)


def _side(change: Change, value, status, rank, number_class) -> Side:
    if status is None:
        return Side(_("nicht enthalten"), "", "")
    cell = numbers.with_unit(numbers.cell(value, status, change.decimals), change.unit)
    return Side(cell, "" if rank is None else str(rank), "" if number_class is None else str(number_class + 1))


def _who(event: ReleaseEvent, shows_names: bool) -> str:
    name = event.user.get_full_name() or event.user.get_username() if shows_names and event.user else ""
    return ", ".join(part for part in (name, event.role) if part) or _("das Portal")
