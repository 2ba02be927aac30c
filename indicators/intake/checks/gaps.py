"""Areas that are not there although their level is."""

from collections import defaultdict
from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..catalogue import Catalogue, Place
from ..collecting import Collection
from ..findings import WARNING, Finding
from .columns import Columns

CODE = "area_absent"
NAMED = 5  # areas named in a finding


def check_gaps(columns: Columns, catalogue: Catalogue, found: Collection) -> None:
    """One warning per indicator, level and year of which some areas were delivered, but not all in force at its end."""
    expected: dict[tuple[str, int], dict[str, Place]] = {}
    for measure, rows in columns.by_measure():
        pairs = np.unique(np.stack([columns.year[rows], columns.at[rows]]), axis=1).T
        delivered: dict[tuple[str, int], set[str]] = defaultdict(set)
        for year, at in pairs.tolist():
            delivered[columns.places[at].level, year].add(columns.places[at].code)
        for (level, year), codes in sorted(delivered.items()):
            if (level, year) not in expected:
                expected[level, year] = _in_force(catalogue, level, year)
            absent = [place for code, place in expected[level, year].items() if code not in codes]
            if absent:
                found.add(_finding(measure.name, level, year, absent, catalogue), len(absent))


def _in_force(catalogue: Catalogue, level: str, year: int) -> dict[str, Place]:
    day = date(year, 12, 31)
    return {place.code: place for place in catalogue.places if place.level == level and place.in_force(day)}


def _finding(name: str, level: str, year: int, absent: list[Place], catalogue: Catalogue) -> Finding:
    named = ", ".join(f"{place.name} ({place.code})" for place in absent[:NAMED])
    if len(absent) > NAMED:
        named += _(" und %(count)s weitere") % {"count": len(absent) - NAMED}
    levels = {known.slug: known.name_plural or known.name for known in catalogue.levels}
    text = ngettext(
        "„%(name)s“ %(year)s: Ein Gebiet fehlt: %(areas)s.",
        "„%(name)s“ %(year)s: %(count)s Gebiete fehlen: %(areas)s.",
        len(absent),
    ) % {"name": name, "year": year, "areas": named, "count": len(absent)}
    whole = _("alle Gebiete der Ebene (%(level)s)") % {"level": levels.get(level, level)}
    hint = _("Fehlende Werte gehören mit ihrem Zeichen in die Tabelle („.“ unbekannt, „x“ nicht sinnvoll).")
    return Finding(WARNING, CODE, text, whole, hint)
