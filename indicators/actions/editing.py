"""Saving what was typed in the grid: the draft holds only what differs, nothing is overwritten unseen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.citytables import CityFilesError
from areas.models import Area, AreaLevel
from indicators.checking_grid import check_grid
from indicators.intake.cells import State, Typed
from indicators.intake.findings import ERROR, WARNING
from indicators.intake.gridchecks import Remark
from indicators.models import Edit, Indicator, Period, Release, ReleaseEvent, Value
from indicators.selectors_grid import Grid, GridCell, grid, published_values

from .editors import role_of
from .naming_periods import period_called

ORIGIN = "im Raster bearbeitet"
_EMPTY = GridCell()
_KEY = ["release", "indicator", "area", "period"]
_WRITTEN = [
    *("value", "status", "numerator", "denominator", "joint_with", "comment"),
    *("edit", "upload", "sheet", "row", "column", "origin"),
]


class EditingError(Exception):
    """Values that cannot be saved at all, such as those of a release that is no draft; the message is for planners."""


class CellsInConflict(Exception):
    """Somebody else changed these cells since they were shown; nothing was saved."""

    def __init__(self, keys: Sequence[tuple[str, str]], of: Grid):
        super().__init__(_("Inzwischen hat jemand anderes dieselben Zellen geändert."))
        self.keys, self.grid = keys, of


class CellsRefused(Exception):
    """Errors in the cells, or warnings without a reason; nothing was saved."""

    def __init__(self, remarks: Sequence[Remark], *, needs_note: bool):
        text = _("Bitte begründen Sie die Warnungen.") if needs_note else _("Bitte erst die Fehler beheben.")
        super().__init__(text)
        self.remarks, self.needs_note = remarks, needs_note


@dataclass(frozen=True)
class Saved:
    """What saving did: its record (None when nothing differed) and the grid as it is now stored."""

    edit: Edit | None
    changed: int
    grid: Grid


@transaction.atomic
def save_cells(
    *, release: Release, indicator: Indicator, level: AreaLevel, cells: Sequence[Typed], user, note: str = ""
) -> Saved:
    """Store typed cells in a draft, all or none.

    A cell that says what is published already is taken out of the draft. Raises `EditingError` for a release
    that is no draft (any more), `CellsInConflict` when a cell is no longer what its typist saw, `CellsRefused`
    for errors and for warnings without a note.
    """
    # The row of the release is the lock: two people saving at once do so one after the other.
    release = Release.objects.select_for_update().get(pk=release.pk)
    if not release.is_open:
        told = {"title": release.title, "state": release.get_status_display()}
        raise EditingError(_("„%(title)s“ ist kein Entwurf mehr (%(state)s) und lässt sich nicht ändern.") % told)
    if not indicator.takes_values:
        raise EditingError(computed_text(indicator))
    stored = grid(indicator, level, release)
    if unknown := [c.area for c in cells if c.area not in stored.areas]:
        raise EditingError(_("Das Gebiet „%(code)s“ gibt es auf dieser Ebene nicht.") % {"code": unknown[0][:20]})
    if clash := [c.key for c in cells if c.seen != stored.cells.get(c.key, _EMPTY).seen]:
        raise CellsInConflict(clash, stored)
    wanted = _wanted(stored, cells, note)
    changed = {key: state for key, state in wanted.items() if state != stored.cells.get(key, _EMPTY).draft}
    if not changed:
        return Saved(None, 0, stored)
    edit = _store(stored, changed, user=user, note=note.strip())
    return Saved(edit, len(changed), grid(indicator, level, release, [c.period for c in cells]))


def computed_text(indicator: Indicator) -> str:
    """Why no values are typed, delivered or uploaded for an indicator that is computed from others."""
    if hasattr(indicator, "index"):
        text = _("„%s“ ist ein Index und wird aus anderen Indikatoren berechnet; dafür werden keine Werte geliefert.")
        return text % indicator.name
    text = _("„%s“ wird aus anderen Indikatoren berechnet; dafür werden keine Werte geliefert.")
    return text % indicator.name


def _wanted(stored: Grid, cells: Sequence[Typed], note: str) -> dict:
    """What the draft has to hold for each typed cell; None where it holds nothing."""
    checked = check_grid(stored, cells)
    errors = [r for r in checked.remarks if r.kind == ERROR]
    if errors or (not note.strip() and any(r.kind == WARNING for r in checked.remarks)):
        raise CellsRefused(checked.remarks, needs_note=not errors)
    read = checked.states
    published = {c.key: stored.cells.get(c.key, _EMPTY).published for c in cells}
    return {key: None if same(state, published[key]) else state for key, state in read.items()}


def same(state: State | None, published: State | None) -> bool:
    """Whether storing the state would say anything that is not public already."""
    return state is None or state == published


def _store(stored: Grid, changed: dict, *, user, note: str) -> Edit:
    areas = {a.code: a for a in Area.objects.in_force().filter(level=stored.level).defer("geometry")}
    periods = _periods({period for _area, period in changed})
    edit = Edit.objects.create(
        release=stored.release,
        indicator=stored.indicator,
        user=user,
        role=role_of(user),
        cells=len(changed),
        note=note,
    )
    sources = {(v.area.code, v.period.code): v.source_id for v in published_values(stored.indicator, stored.level)}
    values = [
        Value(
            release=stored.release,
            indicator=stored.indicator,
            area=areas[area],
            period=periods[period],
            source_id=sources.get((area, period), stored.indicator.source_id),
            origin=ORIGIN,
            edit=edit,
            **asdict(state),
        )
        for (area, period), state in changed.items()
        if state is not None
    ]
    # Of a value that is in the draft already only its source stays. Not bulk_update: that took 17 s for 1,700 values.
    Value.objects.bulk_create(
        values, batch_size=2000, update_conflicts=True, unique_fields=_KEY, update_fields=_WRITTEN
    )
    _delete(stored, [key for key, state in changed.items() if state is None], areas, periods)
    ReleaseEvent.objects.create(
        release=stored.release, kind=ReleaseEvent.Kind.EDITED, text=_told(edit), role=edit.role, user=user
    )
    return edit


def _delete(stored: Grid, keys: Sequence[tuple[str, str]], areas: dict, periods: dict) -> None:
    """Take values out of the draft that say nothing that is not public already."""
    held = Value.objects.filter(release=stored.release, indicator=stored.indicator)
    for period in {period for _area, period in keys}:
        gone = [areas[code] for code, of in keys if of == period]
        held.filter(period=periods[period], area__in=gone).delete()


def _periods(codes: set[str]) -> dict[str, Period]:
    try:
        return {code: period_called(code, _("Spalte")) for code in sorted(codes)}
    except CityFilesError as error:
        raise EditingError(" ".join(error.findings)) from error


def _told(edit: Edit) -> str:
    told = {"indicator": edit.indicator.name, "count": edit.cells}
    text = ngettext("%(indicator)s: %(count)s Zelle im Raster", "%(indicator)s: %(count)s Zellen im Raster", edit.cells)
    text %= told
    return f"{text}. {edit.note}" if edit.note else text
