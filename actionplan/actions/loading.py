"""Loading the memberships in the action plan from a city's folder."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db.backends.postgresql.psycopg_any import DateRange

from actionplan.models import ActionArea, CouncilPaper
from areas.actions.findings import Findings, wrong_fields
from areas.citytables import CityFilesError, needed, needed_tables, read_features, read_toml, refuse
from areas.models import Area, Source
from areas.models.area import SRID

EXACT_FROM = datetime.date(2008, 1, 2)  # memberships that begin on 1 January 2008 are known by the year only


def load_action_areas(*, folder: Path, findings: Findings) -> int:
    """Bring the memberships of the folder's source up to date; returns their number. Nothing without an action plan."""
    path = folder / "actionplan" / "action_areas.toml"
    memberships: list[ActionArea] = []
    if not path.exists():
        return 0
    with findings.at(path):
        content = read_toml(path)
        source = Source.objects.filter(slug=needed(content, "source", str(path))).first()
        if source is None:
            text = f"{path}: Die Quelle „{content['source']}“ steht nicht in sources.toml."
            findings.add(text, because_of="sources")
            return 0
        decisions = needed(content, "decisions", str(path))
        for key in ("start", "change"):
            needed(decisions, key, f"{path}, [decisions]")
        shapes = _quarter_shapes(folder / needed(content, "quarters", str(path)))
        reader = _Reader(content=content, source=source, shapes=shapes)
        for kind, table in ((ActionArea.Kind.ACTION_AREA, "area"), (ActionArea.Kind.ACTION_QUARTER, "quarter")):
            entries = needed_tables(path, table, content) if table in content or table == "area" else []
            for number, entry in enumerate(entries, start=1):
                with findings.at(f"{path}, {number}. [[{table}]]"):
                    memberships += reader.membership(f"{path}, {number}. [[{table}]]", entry, kind, findings)
        _bring_up_to_date(source, memberships)
    return len(memberships)


def _bring_up_to_date(source: Source, memberships: Sequence[ActionArea]) -> None:
    """Rows that stay keep their identity: projects and money refer to them."""
    known = {_identity(old): old for old in ActionArea.objects.filter(source=source)}
    for new in memberships:
        if old := known.pop(_identity(new), None):
            new.pk, new._state.adding = old.pk, False
    gone = [old.pk for old in known.values()]
    kept = ActionArea.objects.filter(pk__in=gone, figures__isnull=False).distinct().order_by("name")
    refuse(
        [
            f"Im Plan steht „{old.name}“ seit {old.valid.lower:%d.%m.%Y}, und seine Zahlen zum Beschluss sind "
            "festgehalten. Es kann nicht weggelassen werden; beenden Sie es stattdessen (to)."
            for old in kept.defer("geometry")
        ]
    )
    ActionArea.objects.filter(pk__in=gone).delete()
    for membership in memberships:
        membership.save()


def _identity(membership: ActionArea) -> tuple:
    return membership.area_id, membership.name, membership.valid.lower


class _Reader:
    """Turns entries into memberships."""

    def __init__(self, *, content: Mapping, source: Source, shapes: Mapping[str, GEOSGeometry]):
        self.content, self.source, self.shapes = content, source, shapes
        self.areas = {a.code: a for a in Area.objects.in_force().filter(level__is_reporting=True)}
        self.papers = {paper.slug: paper for paper in CouncilPaper.objects.all()}

    def membership(self, where: str, entry: Mapping, kind: str, findings: Findings) -> list[ActionArea]:
        """The membership, or nothing when its area could not be loaded; raises `CityFilesError`."""
        code, begins, ends = needed(entry, "code", where), needed(entry, "from", where), entry.get("to")
        area = self.areas.get(code)
        if area is None:
            text = f"{where}: Das Gebiet {code} gibt es auf der Berichtsebene nicht."
            findings.add(text, because_of="areas")
            return []
        name = entry.get("name", area.name)
        is_quarter = kind == ActionArea.Kind.ACTION_QUARTER
        if is_quarter and name not in self.shapes:
            raise CityFilesError(f"{where}: Für das Quartier „{name}“ fehlt die Grenze in {self.content['quarters']}.")
        if ends is not None and ends <= begins:
            raise CityFilesError(f"{where}: Das Ende {ends} liegt nicht nach dem Beginn {begins}.")
        began_later = begins >= EXACT_FROM
        decisions = self.content["decisions"]
        membership = ActionArea(
            kind=kind,
            name=name,
            area=area,
            geometry=self.shapes[name] if is_quarter else None,
            valid=DateRange(begins, ends),
            start_is_exact=began_later,
            decision=decisions["change" if began_later else "start"],
            end_decision=decisions["change"] if ends else "",
            paper=self.papers.get(decisions.get("change_paper" if began_later else "start_paper")),
            end_paper=self.papers.get(decisions.get("change_paper")) if ends else None,
            cluster_2007=entry.get("cluster_2007"),
            source=self.source,
        )
        refuse(wrong_fields(membership, where))
        return [membership]


def _quarter_shapes(path: Path) -> dict[str, GEOSGeometry]:
    return {
        name: GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=SRID)
        for name, (shape, _properties) in read_features(path, "name").items()
    }
