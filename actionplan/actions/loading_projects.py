"""Loading projects from a city's table `projekte.csv`; what the table leaves empty stays unknown."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from actionplan.models import ActionArea, FieldOfAction, Project, ProjectField, ProjectPlace, ProjectState
from areas.actions.findings import Findings, save_checked, wrong_fields
from areas.citytables import CityFilesError, read_table, refuse
from areas.models import Area, Source

_PLAIN = {
    "titel": "title",
    "reichweite": "reach",
    "traeger": "carrier",
    "partner": "partners",
    "zielgruppen": "target_groups",
    "zeit": "dates_note",
    "beschreibung": "description",
    "erreicht": "reached",
    "stelle": "source_note",
}
COLUMNS = {
    *_PLAIN, "kennung", "orte", "angenommen", "handlungsfelder", "beginn", "ende", "zustand", "zustand_seit", "quelle",
}  # fmt: skip


def load_projects(*, path: Path, findings: Findings) -> int:
    """Create projects or bring them up to date; returns their number. Nothing without the file."""
    if not path.exists():
        return 0
    rows: list = []
    with findings.at(path, "projects"):
        rows = read_table(path, COLUMNS)
    reader = _Reader()
    seen: dict[str, int] = {}
    for number, row in rows:
        where = f"{path}, Zeile {number}"
        with findings.at(where, "projects"):
            if row["kennung"] in seen:
                raise CityFilesError(f"{where}: „{row['kennung']}“ steht schon in Zeile {seen[row['kennung']]}.")
            seen[row["kennung"]] = number
            reader.save(where, row)
    return len(rows)


class _Reader:
    """What rows can name, looked up once."""

    def __init__(self):
        self.sources = {s.slug: s for s in Source.objects.all()}
        self.fields = {f.slug: f for f in FieldOfAction.objects.all()}
        self.areas = {a.code: a for a in Area.objects.in_force().filter(level__is_reporting=True).defer("geometry")}
        quarters = ActionArea.objects.filter(kind=ActionArea.Kind.ACTION_QUARTER).defer("geometry")
        self.quarters = {q.name: q for q in quarters}

    def save(self, where: str, row: Mapping[str, str]) -> None:
        """One project with its places, fields and state; raises `CityFilesError`."""
        plain = {field: row[column] for column, field in _PLAIN.items()}
        dates = {"begins": _day(where, row, "beginn"), "ends": _day(where, row, "ende")}
        source = self._named(where, "quelle", self.sources, row["quelle"])
        project = save_checked(Project, where, row["kennung"], {**plain, **dates, "source": source})
        assumed = row["angenommen"] == "ja"
        places = [self._place(where, project, name, assumed) for name in _list(row["orte"])]
        if bool(places) != (project.reach == Project.Reach.PLACES):
            raise CityFilesError(f"{where}: Orte stehen genau dann da, wenn die Reichweite „places“ ist.")
        self._replace(project, places, [self._field(where, name) for name in _list(row["handlungsfelder"])])
        _add_state(where, project, row)

    def _replace(self, project: Project, places: list[ProjectPlace], fields: list[FieldOfAction]) -> None:
        """Only what differs is written: money may be divided among places that stay."""
        wanted = {(p.area_id, p.action_area_id): p for p in places}
        for old in project.places.all():
            key = (old.area_id, old.action_area_id)
            if key in wanted and wanted.pop(key).is_assumed == old.is_assumed:
                continue
            old.delete()
        ProjectPlace.objects.bulk_create(p for p in places if (p.area_id, p.action_area_id) in wanted)
        project.field_links.exclude(field__in=fields).delete()
        for field in fields:
            ProjectField.objects.get_or_create(project=project, field=field, defaults={"is_assumed": True})

    def _place(self, where: str, project: Project, name: str, assumed: bool) -> ProjectPlace:
        area, quarter = self.areas.get(name), self.quarters.get(name)
        if area is None and quarter is None:
            raise CityFilesError(f"{where}, Spalte orte: „{name}“ ist weder Sozialraum noch Aktionsquartier.")
        return ProjectPlace(project=project, area=area, action_area=None if area else quarter, is_assumed=assumed)

    def _field(self, where: str, name: str) -> FieldOfAction:
        return self._named(where, "handlungsfelder", self.fields, name)

    def _named(self, where: str, column: str, known: Mapping, name: str):
        if name not in known:
            raise CityFilesError(f"{where}, Spalte {column}: „{name}“ ist nicht bekannt.")
        return known[name]


def _add_state(where: str, project: Project, row: Mapping[str, str]) -> None:
    """The state of the row, once: a journal is only added to."""
    if not row["zustand"]:
        return
    day = _day(where, row, "zustand_seit")
    if day is None:
        raise CityFilesError(f"{where}: Zu einem Zustand gehört ein Tag (Spalte zustand_seit).")
    exact = not (row["zeit"] and day == datetime.date(day.year, 1, 1))
    state = ProjectState(project=project, state=row["zustand"], day=day, day_is_exact=exact)
    refuse(wrong_fields(state, where))
    if not project.states.filter(state=state.state, day=day).exists():
        state.save()


def _day(where: str, row: Mapping[str, str], column: str) -> datetime.date | None:
    text = row[column].strip()
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CityFilesError(f"{where}, Spalte {column}: „{text}“ ist kein Tag (erwartet z. B. 2021-04-13).") from error


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split("+") if part.strip()]
