"""Checking typed cells against the grid as it is stored; saves nothing. Used while typing and once more on saving."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.intake.cells import CellFault, CellReader, State, Typed
from indicators.intake.findings import ERROR
from indicators.intake.gridchecks import Remark, check_cell, check_gaps, check_jumps, check_sums, check_totals
from indicators.selectors_grid import Grid, sums_of_parts, wholes


@dataclass(frozen=True)
class Checked:
    """What the typed cells say (None: nothing) and the remarks on them; unreadable cells have no state."""

    states: dict[tuple[str, str], State | None]
    remarks: list[Remark]


def check_grid(stored: Grid, cells: Sequence[Typed]) -> Checked:
    """Read every typed cell and check it together with all others. 4 more queries for counts."""
    states, remarks = _read(stored, cells)
    table = stored.states
    for key, state in states.items():
        table.pop(key, None)
        if state is not None:
            table[key] = state
            remarks += check_cell(key, state, stored.measure)
    changed = list(states)
    touched = sorted({c.period for c in cells})
    breaks = stored.indicator.breaks.values_list("period__code", flat=True)
    remarks += check_jumps(table, changed, stored.measure, list(breaks))
    areas = {area for area, _period in changed}
    parts = [whole for whole in wholes(stored) if whole.parts & areas]
    remarks += check_sums(table, touched, parts, stored.measure)
    remarks += check_totals(table, changed, sums_of_parts(stored), stored.measure)
    remarks += check_gaps(table, touched, stored.areas)
    return Checked(states, remarks)


def _read(stored: Grid, cells: Sequence[Typed]) -> tuple[dict, list[Remark]]:
    reader = CellReader(stored.reading)
    states, remarks = {}, []
    for typed in cells:
        cell = stored.cells.get(typed.key)
        try:
            states[typed.key] = reader(typed, cell.published if cell else None)
        except CellFault as fault:
            remarks.append(Remark(ERROR, "unreadable", typed.period, str(fault), typed.area))
    return states, remarks
