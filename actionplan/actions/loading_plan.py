"""Loading what the plan does from a city's folder: fields of action, papers, projects, money.

Everything named by a slug is created or brought up to date; journals are only added to, each row once.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

from actionplan.models import (
    ActionArea,
    Consultation,
    CouncilPaper,
    FieldGoal,
    FieldName,
    FieldOfAction,
    Fund,
    FundChange,
    Funder,
    PressRelease,
)
from areas.actions.findings import Findings, save_checked, wrong_fields
from areas.citytables import CityFilesError, needed, only_known, read_toml, refuse
from indicators.models import Indicator

from .loading_entries import entries, named, with_source
from .loading_participation import load_offices, load_participation
from .loading_programmes import load_programmes, member_of
from .loading_projects import load_projects


@dataclass(frozen=True)
class Loaded:
    """How many of each were in the folder."""

    projects: int = 0
    funds: int = 0
    participations: int = 0
    offices: int = 0
    programmes: int = 0


def load_papers(*, folder: Path, findings: Findings) -> int:
    """Council papers with their sequence, and press releases; returns the number of papers."""
    path = folder / "actionplan" / "papers.toml"
    if not path.exists():
        return 0
    content: Mapping = {}
    with findings.at(path, "papers"):
        content = read_toml(path)
    for _number, where, entry in entries(path, content, "paper"):
        with findings.at(where, "papers"):
            own = {key: value for key, value in entry.items() if key not in {"slug", "consultation"}}
            paper = save_checked(CouncilPaper, where, needed(entry, "slug", where), with_source(own, where))
            _save_consultations(paper, where, entry.get("consultation", []))
    for _number, where, entry in entries(path, content, "press_release"):
        with findings.at(where, "papers"):
            own = {key: value for key, value in entry.items() if key != "slug"}
            save_checked(PressRelease, where, needed(entry, "slug", where), with_source(own, where))
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
    """Fields of action, projects, money, participation, offices and programmes.

    Papers and action areas are loaded before.
    """
    home = folder / "actionplan"
    if (home / "fields.toml").exists():
        _load_fields(home / "fields.toml", findings)
    projects = load_projects(path=home / "projekte.csv", findings=findings)
    funds = _load_money(home / "money.toml", findings) if (home / "money.toml").exists() else 0
    return Loaded(
        projects=projects,
        funds=funds,
        participations=load_participation(path=home / "participation.toml", findings=findings),
        offices=load_offices(path=home / "offices.toml", findings=findings),
        programmes=load_programmes(path=home / "programmes.toml", findings=findings),
    )


def _load_fields(path: Path, findings: Findings) -> None:
    content: Mapping = {}
    with findings.at(path, "fields"):
        content = read_toml(path)
    for order, where, entry in entries(path, content, "field"):
        with findings.at(where, "fields"):
            own = {key: value for key, value in entry.items() if key not in {"slug", "name", "indicator"}}
            field = save_checked(FieldOfAction, where, needed(entry, "slug", where), {**own, "order": order})
            names = [_field_name(field, where, name) for name in needed(entry, "name", where)]
            field.names.all().delete()
            FieldName.objects.bulk_create(names)
            goals = [_field_goal(field, n, where, goal) for n, goal in enumerate(entry.get("indicator", []), start=1)]
            field.goals.all().delete()
            FieldGoal.objects.bulk_create(goals)


def _field_goal(field: FieldOfAction, order: int, where: str, entry: Mapping) -> FieldGoal:
    place = f"{where}, {order}. [[field.indicator]]"
    only_known(entry, {"slug", "direction", "is_assumed"}, place)
    own = {key: value for key, value in entry.items() if key != "slug"}
    indicator = named(Indicator, needed(entry, "slug", place), place)
    needed(entry, "direction", place)
    goal = FieldGoal(field=field, indicator=indicator, order=order, **own)
    refuse(wrong_fields(goal, place))
    return goal


def _field_name(field: FieldOfAction, where: str, entry: Mapping) -> FieldName:
    only_known(entry, {"name", "name_en", "from", "to", "start_is_exact", "source"}, where)
    own = {key: value for key, value in entry.items() if key not in {"from", "to"}}
    valid = DateRange(needed(entry, "from", where), entry.get("to"))
    name = FieldName(field=field, valid=valid, **with_source(own, where))
    refuse(wrong_fields(name, where))
    return name


def _load_money(path: Path, findings: Findings) -> int:
    content: Mapping = {}
    with findings.at(path, "money"):
        content = read_toml(path)
    for _number, where, entry in entries(path, content, "funder"):
        with findings.at(where, "money"):
            save_checked(Funder, where, needed(entry, "slug", where), {k: v for k, v in entry.items() if k != "slug"})
    count = 0
    for _number, where, entry in entries(path, content, "fund"):
        with findings.at(where, "money"):
            count += _load_fund(path, where, entry)
    return count


def _load_fund(path: Path, where: str, entry: Mapping) -> int:
    """One fund, for the area it names where it is for one alone, or one for each action area of a day; how many."""
    special = {"slug", "amount", "area", "each_action_area_on", "funder", "part_of", "paper"}
    own = with_source({key: value for key, value in entry.items() if key not in special}, where)
    own["funder"] = named(Funder, needed(entry, "funder", where), where)
    own["part_of"] = named(Fund, entry["part_of"], where) if "part_of" in entry else None
    own["paper"] = named(CouncilPaper, entry["paper"], where) if "paper" in entry else None
    own["volume_is_known"] = "amount" in entry
    slug, on = needed(entry, "slug", where), entry.get("each_action_area_on")
    if "area" in entry:
        own["action_area"] = member_of(where, entry["area"], datetime.date(needed(entry, "year", where), 1, 1))
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
