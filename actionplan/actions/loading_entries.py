"""What every file of the plan is read with: its tables, and what they name."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import models

from actionplan.models import ActionArea
from areas.actions.findings import Findings, wrong_fields
from areas.citytables import CityFilesError, needed, needed_tables, read_toml, refuse
from areas.models import Area, Source


def content_of(path: Path, findings: Findings, kind: str) -> Mapping:
    """Content of a file that need not be there; nothing where it is missing or cannot be read (a finding then)."""
    content: Mapping = {}
    if path.exists():
        with findings.at(path, kind):
            content = read_toml(path)
    return content


def entries(path: Path, content: Mapping, key: str) -> Iterator[tuple[int, str, Mapping]]:
    """Number, place in words and content of each `[[key]]` table."""
    for number, entry in enumerate(needed_tables(path, key, content) if key in content else [], start=1):
        yield number, f"{path}, {number}. [[{key}]]", entry


def with_source(entry: Mapping, where: str) -> dict:
    """The entry with its source as a record; raises `CityFilesError` for a missing or unknown one."""
    return {**entry, "source": named(Source, needed(entry, "source", where), where)}


def named(model: type[models.Model], slug: str, where: str):
    """The record with this slug; raises `CityFilesError` where there is none."""
    found = model.objects.filter(slug=slug).first()
    if found is None:
        raise CityFilesError(f"{where}: „{slug}“ ist nicht bekannt ({model._meta.verbose_name}).")
    return found


class Places:
    """Areas of the reporting level by code and quarters by name, looked up once."""

    def __init__(self):
        """2 queries."""
        self.areas = {a.code: a for a in Area.objects.in_force().filter(level__is_reporting=True).defer("geometry")}
        quarters = ActionArea.objects.filter(kind=ActionArea.Kind.ACTION_QUARTER).defer("geometry")
        self.quarters = {q.name: q for q in quarters}

    def rows(self, model: type[models.Model], entry: Mapping, where: str) -> list[models.Model]:
        """A record of `model` for each name under `areas` and `assumed_areas`; raises `CityFilesError`."""
        assumed = [str(name) for name in entry.get("assumed_areas", [])]
        every = [(str(name), False) for name in entry.get("areas", [])] + [(name, True) for name in assumed]
        return [self._row(model, name, is_assumed, where) for name, is_assumed in every]

    def _row(self, model: type[models.Model], name: str, is_assumed: bool, where: str) -> models.Model:
        area, quarter = self.areas.get(name), self.quarters.get(name)
        if area is None and quarter is None:
            raise CityFilesError(f"{where}: „{name}“ ist weder Gebiet der Berichtsebene noch Aktionsquartier.")
        return model(area=area, action_area=None if area else quarter, is_assumed=is_assumed)


def put_places(owner: models.Model, name: str, rows: list[models.Model]) -> None:
    """Make these the places of `owner` (the foreign key `name`); nothing is written where they are so already."""

    def keys(places) -> set:
        return {(p.area_id, p.action_area_id, p.is_assumed) for p in places}

    for row in rows:
        setattr(row, name, owner)
    if keys(owner.places.all()) != keys(rows) or len(rows) != owner.places.count():
        owner.places.all().delete()
        for row in rows:
            row.save()


def checked(record: models.Model, where: str) -> models.Model:
    """The record; raises `CityFilesError` for impossible values."""
    refuse(wrong_fields(record, where))
    return record
