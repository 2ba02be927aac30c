"""Loading participation, offices and functions from a city's folder."""

from collections.abc import Mapping
from pathlib import Path

from actionplan.models import (
    CouncilPaper,
    Office,
    OfficePlace,
    Participation,
    ParticipationPlace,
    PlanFunction,
    PlanFunctionPlace,
)
from areas.actions.findings import Findings, save_checked
from areas.citytables import CityFilesError, needed

from .loading_entries import Places, content_of, entries, named, put_places, with_source

_PLACES = {"slug", "areas", "assumed_areas"}


def load_participation(*, path: Path, findings: Findings) -> int:
    """Create events or bring them up to date; returns their number. Nothing without the file."""
    content = content_of(path, findings, "participation")
    places = Places() if content else None
    for _number, where, entry in entries(path, content, "participation"):
        with findings.at(where, "participation"):
            own = with_source(_own(entry), where)
            if "paper" in entry:
                own["paper"] = named(CouncilPaper, entry["paper"], where)
            rows = places.rows(ParticipationPlace, entry, where)
            in_places = own.get("reach", Participation.Reach.PLACES) == Participation.Reach.PLACES
            if bool(rows) != in_places:
                raise CityFilesError(f"{where}: Gebiete stehen genau dann da, wenn reach „places“ ist.")
            made = save_checked(Participation, where, needed(entry, "slug", where), own)
            put_places(made, "participation", rows)
    return len(content.get("participation", []))


def load_offices(*, path: Path, findings: Findings) -> int:
    """Create offices and functions or bring them up to date; returns the number of offices."""
    content = content_of(path, findings, "offices")
    places = Places() if content else None
    for _number, where, entry in entries(path, content, "office"):
        with findings.at(where, "offices"):
            office = save_checked(Office, where, needed(entry, "slug", where), with_source(_own(entry), where))
            put_places(office, "office", places.rows(OfficePlace, entry, where))
    for _number, where, entry in entries(path, content, "function"):
        with findings.at(where, "offices"):
            own = with_source(_own(entry), where)
            own["office"] = named(Office, entry["office"], where) if "office" in entry else None
            function = save_checked(PlanFunction, where, needed(entry, "slug", where), own)
            put_places(function, "function", places.rows(PlanFunctionPlace, entry, where))
    return len(content.get("office", []))


def _own(entry: Mapping) -> dict:
    return {key: value for key, value in entry.items() if key not in _PLACES}
