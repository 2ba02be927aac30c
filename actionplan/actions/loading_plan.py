"""Loading what the plan does from a city's folder: fields of action, papers, projects, money.

Everything named by a slug is created or brought up to date; journals are only added to, each row once.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from actionplan.models import (
    ActionArea,
    Consultation,
    CouncilPaper,
    FieldName,
    FieldOfAction,
    Fund,
    FundChange,
    Funder,
    PressRelease,
)
from areas.actions.findings import Findings, save_checked, wrong_fields
from areas.citytables import CityFilesError, needed, needed_tables, only_known, read_toml, refuse
from areas.models import Source

from .loading_projects import load_projects


@dataclass(frozen=True)
class Loaded:
    """How many of each were in the folder."""

    projects: int = 0
    funds: int = 0


def load_papers(*, folder: Path, findings: Findings) -> int:
    """Council papers with their sequence, and press releases; returns the number of papers."""
    path = folder / "actionplan" / "papers.toml"
    if not path.exists():
        return 0
    content: Mapping = {}
    with findings.at(path, "papers"):
        content = read_toml(path)
    for _number, where, entry in _entries(path, content, "paper"):
        with findings.at(where, "papers"):
            own = {key: value for key, value in entry.items() if key not in {"slug", "consultation"}}
            paper = save_checked(CouncilPaper, where, needed(entry, "slug", where), _with_source(own, where))
            _save_consultations(paper, where, entry.get("consultation", []))
    for _number, where, entry in _entries(path, content, "press_release"):
        with findings.at(where, "papers"):
            own = {key: value for key, value in entry.items() if key != "slug"}
            save_checked(PressRelease, where, needed(entry, "slug", where), _with_source(own, where))
    return len(content.get("paper", []))


def _save_consultations(paper: CouncilPaper, where: str, entries: list[Mapping]) -> None:
    rows = []
    for order, entry in enumerate(entries, start=1):
        place = f"{where}, {order}. [[paper.consultation]]"
        only_known(entry, {"body", "day", "role", "outcome", "oparl_id"}, place)
        row = Consultation(paper=paper, order=order, **entry)
        refuse(wrong_fields(row, place))
        rows.append(row)
    paper.consultations.all().delete()
    Consultation.objects.bulk_create(rows)


def load_plan(*, folder: Path, findings: Findings) -> Loaded:
    """Fields of action, projects and money; papers and action areas are loaded before."""
    home = folder / "actionplan"
    if (home / "fields.toml").exists():
        _load_fields(home / "fields.toml", findings)
    projects = load_projects(path=home / "projekte.csv", findings=findings)
    funds = _load_money(home / "money.toml", findings) if (home / "money.toml").exists() else 0
    return Loaded(projects=projects, funds=funds)


def _load_fields(path: Path, findings: Findings) -> None:
    content: Mapping = {}
    with findings.at(path, "fields"):
        content = read_toml(path)
    for order, where, entry in _entries(path, content, "field"):
        with findings.at(where, "fields"):
            own = {key: value for key, value in entry.items() if key not in {"slug", "name"}}
            field = save_checked(FieldOfAction, where, needed(entry, "slug", where), {**own, "order": order})
            names = [_field_name(field, where, name) for name in needed(entry, "name", where)]
            field.names.all().delete()
            FieldName.objects.bulk_create(names)


def _field_name(field: FieldOfAction, where: str, entry: Mapping) -> FieldName:
    only_known(entry, {"name", "name_en", "from", "to", "start_is_exact", "source"}, where)
    own = {key: value for key, value in entry.items() if key not in {"from", "to"}}
    valid = DateRange(needed(entry, "from", where), entry.get("to"))
    name = FieldName(field=field, valid=valid, **_with_source(own, where))
    refuse(wrong_fields(name, where))
    return name


def _load_money(path: Path, findings: Findings) -> int:
    content: Mapping = {}
    with findings.at(path, "money"):
        content = read_toml(path)
    for _number, where, entry in _entries(path, content, "funder"):
        with findings.at(where, "money"):
            save_checked(Funder, where, needed(entry, "slug", where), {k: v for k, v in entry.items() if k != "slug"})
    count = 0
    for _number, where, entry in _entries(path, content, "fund"):
        with findings.at(where, "money"):
            count += _load_fund(path, where, entry)
    return count


def _load_fund(path: Path, where: str, entry: Mapping) -> int:
    """One fund, or one for each action area of a day; returns how many."""
    special = {"slug", "amount", "each_action_area_on", "funder", "part_of", "paper"}
    own = _with_source({key: value for key, value in entry.items() if key not in special}, where)
    own["funder"] = _named(Funder, needed(entry, "funder", where), where)
    own["part_of"] = _named(Fund, entry["part_of"], where) if "part_of" in entry else None
    own["paper"] = _named(CouncilPaper, entry["paper"], where) if "paper" in entry else None
    own["volume_is_known"] = "amount" in entry
    slug, on = needed(entry, "slug", where), entry.get("each_action_area_on")
    members: list[ActionArea | None] = [None]
    if on is not None:
        members = list(ActionArea.objects.in_force(on).filter(kind=ActionArea.Kind.ACTION_AREA).select_related("area"))
    for member in members:
        more = {"action_area": member} if member else {}
        name = f"{slug}-{member.area.code}" if member else slug
        fund = save_checked(Fund, where, name, {**own, **more})
        if "amount" in entry:
            _put_in_once(path, where, fund, entry)
    return len(members)


def _put_in_once(path: Path, where: str, fund: Fund, entry: Mapping) -> None:
    origin = f"{path.name}, {fund.slug}"
    amount = _euros(entry["amount"], where)
    known = FundChange.objects.filter(origin=origin).first()
    if known is None:
        FundChange.objects.create(
            fund=fund,
            amount=amount,
            day=datetime.date(fund.year, 1, 1),
            day_is_exact=False,
            paper=fund.paper,
            source=fund.source,
            origin=origin,
        )
    elif known.amount != amount:
        raise CityFilesError(
            f"{where}: Für „{fund.slug}“ stehen {known.amount} Euro im Journal, in der Datei {amount}. "
            "Ein Journal wird nicht umgeschrieben: Buchen Sie den Unterschied."
        )


def _euros(text: object, where: str) -> Decimal:
    try:
        amount = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or amount != amount.quantize(Decimal("0.01")):
        raise CityFilesError(f'{where}: amount = {text!r} ist kein Betrag (erwartet z. B. "237784.80").')
    return amount


def _entries(path: Path, content: Mapping, key: str) -> Iterator[tuple[int, str, Mapping]]:
    """Number, place in words and content of each `[[key]]` table."""
    for number, entry in enumerate(needed_tables(path, key, content) if key in content else [], start=1):
        yield number, f"{path}, {number}. [[{key}]]", entry


def _with_source(entry: Mapping, where: str) -> dict:
    return {**entry, "source": _named(Source, needed(entry, "source", where), where)}


def _named(model: type[models.Model], slug: str, where: str):
    found = model.objects.filter(slug=slug).first()
    if found is None:
        raise CityFilesError(f"{where}: „{slug}“ ist nicht bekannt ({model._meta.verbose_name}).")
    return found
