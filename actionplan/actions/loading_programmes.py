"""Loading action programmes from a city's folder. A published version is never rewritten: it is compared."""

from collections.abc import Mapping
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

from actionplan.models import (
    ActionArea,
    ActionProgramme,
    CouncilPaper,
    FieldOfAction,
    Participation,
    ProgrammeGoal,
    ProgrammeMeasure,
    ProgrammeMilestone,
    ProgrammeParticipation,
    ProgrammeVersion,
    Project,
)
from areas.actions.findings import Findings, save_checked
from areas.citytables import CityFilesError, needed, only_known

from .loading_entries import checked, content_of, entries, named, with_source

_OWN = {"title", "state", "source"}
_NAMED = {"slug", "area", "from", "to", "paper", "participation", "version"}
_TEXTS = {"number", "change_note", "needs", "strengths", "review"}
_PARTS = {
    "goal": ("goals", ProgrammeGoal, {"field", "text"}),
    "measure": ("measures", ProgrammeMeasure, {"field", "title", "description", "project"}),
    "milestone": ("milestones", ProgrammeMilestone, {"title", "day", "done_on"}),
}


def load_programmes(*, path: Path, findings: Findings) -> int:
    """Create programmes or bring them up to date; returns their number. Nothing without the file."""
    content = content_of(path, findings, "programmes")
    for _number, where, entry in entries(path, content, "programme"):
        with findings.at(where, "programmes"):
            only_known(entry, _OWN | _NAMED, where)
            programme = _programme(where, entry)
            for number, version in enumerate(entry.get("version", []), start=1):
                _load_version(programme, f"{where}, {number}. [[programme.version]]", version)
    return len(content.get("programme", []))


def _programme(where: str, entry: Mapping) -> ActionProgramme:
    own = with_source({key: value for key, value in entry.items() if key in _OWN}, where)
    own["valid"] = DateRange(needed(entry, "from", where), needed(entry, "to", where))
    own["action_area"] = member_of(where, needed(entry, "area", where), entry["from"])
    own["paper"] = named(CouncilPaper, entry["paper"], where) if "paper" in entry else None
    programme = save_checked(ActionProgramme, where, needed(entry, "slug", where), own)
    led = {named(Participation, slug, where).pk for slug in entry.get("participation", [])}
    ProgrammeParticipation.objects.filter(programme=programme).exclude(participation__in=led).delete()
    for participation in sorted(led):
        ProgrammeParticipation.objects.get_or_create(programme=programme, participation_id=participation)
    return programme


def member_of(where: str, name: str, day) -> ActionArea:
    """The whole area with this code, or the quarter with this name, that is in the plan on the day."""
    found = ActionArea.objects.in_force(day).defer("geometry")
    whole = found.filter(kind=ActionArea.Kind.ACTION_AREA, area__code=name).first()
    member = whole or found.filter(kind=ActionArea.Kind.ACTION_QUARTER, name=name).first()
    if member is None:
        raise CityFilesError(f"{where}: „{name}“ ist am {day:%d.%m.%Y} weder Aktionsraum noch Aktionsquartier.")
    return member


def _load_version(programme: ActionProgramme, where: str, entry: Mapping) -> None:
    only_known(entry, _TEXTS | {"published_on", *_PARTS}, where)
    texts = {key: value for key, value in entry.items() if key in _TEXTS}
    wanted = ProgrammeVersion(programme=programme, **texts, published_on=entry.get("published_on"))
    checked(wanted, where)
    parts = {key: _parts(key, where, entry.get(key, [])) for key in _PARTS}
    known = programme.versions.filter(number=needed(entry, "number", where)).first()
    if known is not None and known.published_on:
        if _as_told(wanted, parts) != _as_told(known, {key: getattr(known, _PARTS[key][0]).all() for key in _PARTS}):
            raise CityFilesError(
                f"{where}: Fassung {known.number} ist veröffentlicht und sagt etwas anderes als die Datei. "
                "Eine veröffentlichte Fassung bleibt: Schreiben Sie eine neue."
            )
        return
    _replace(known, wanted, parts)


def _parts(key: str, where: str, found: list[Mapping]) -> list:
    _name, model, columns = _PARTS[key]
    rows = []
    for order, entry in enumerate(found, start=1):
        place = f"{where}, {order}. [[programme.version.{key}]]"
        only_known(entry, columns, place)
        own = dict(entry)
        for column, of in (("field", FieldOfAction), ("project", Project)):
            if column in own:
                own[column] = named(of, own[column], place)
        if model is ProgrammeMeasure:
            needed(entry, "field", place)
        rows.append(checked(model(order=order, **own), place))
    return rows


def _replace(known: ProgrammeVersion | None, wanted: ProgrammeVersion, parts: Mapping[str, list]) -> None:
    """A draft is written anew; it is published last, when all its parts are there."""
    published_on, wanted.published_on = wanted.published_on, None
    if known is not None:
        known.delete()
    wanted.save()
    for rows in parts.values():
        for row in rows:
            row.version = wanted
            row.save()
    if published_on:
        wanted.published_on = published_on
        wanted.save()


def _as_told(version: ProgrammeVersion, parts: Mapping) -> tuple:
    """What a version says, to compare."""
    texts = tuple(getattr(version, key) for key in sorted(_TEXTS | {"published_on"}))
    said = []
    for key in _PARTS:
        columns = sorted(_PARTS[key][2])
        for row in parts[key]:
            said.append(tuple(getattr(row, f"{c}_id" if c in {"field", "project"} else c) for c in columns))
    return texts, said
