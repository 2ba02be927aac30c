"""A made-up action plan of any size on top of a loaded city, for measuring. Seeded; nothing of it is true."""

import datetime
import random
from decimal import Decimal

import pgtrigger
from django.db import connection, transaction

from actionplan.models import (
    ActionArea,
    Allocation,
    AllocationShare,
    FieldOfAction,
    Fund,
    FundChange,
    Funder,
    MoneyEntry,
    Project,
    ProjectField,
    ProjectPlace,
    ProjectState,
)
from areas.models import Area, Source

YEARS = range(2021, 2027)
WORDS = [
    "Garten",
    "Kinder",
    "Sprache",
    "Treff",
    "Arbeit",
    "Musik",
    "Sport",
    "Eltern",
    "Nachbarn",
    "Beratung",
    "Werkstatt",
    "Schule",
    "Platz",
    "Fest",
    "Küche",
]
TARGETS = ["", "Kinder", "Jugendliche", "Eltern", "Ältere Menschen", "Menschen ohne Arbeit"]


@transaction.atomic
def build_plan(*, projects: int = 5000, payments: int = 50_000, seed: int = 1) -> None:
    """Projects with places, fields, states and money; most of them work in action areas, so those pages are long."""
    chance, source = random.Random(seed), Source.objects.first()  # noqa: S311 - only a made-up plan
    made = Project.objects.bulk_create(_project(number, chance, source) for number in range(projects))
    _link(made, chance)
    with pgtrigger.ignore():
        _pay(made, payments, chance, source)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _project(number: int, chance: random.Random, source: Source) -> Project:
    begins = datetime.date(chance.choice(YEARS), chance.randint(1, 12), 1)
    return Project(
        slug=f"bench-{number:05d}",
        title=f"{chance.choice(WORDS)} und {chance.choice(WORDS)} {number:05d}",
        description=" ".join(chance.choices(WORDS, k=60)),
        reach=chance.choices(["places", "city", "unknown"], [8, 1, 1])[0],
        carrier=f"Verein {chance.randint(1, 150)}",
        target_groups=chance.choice(TARGETS),
        begins=begins,
        ends=begins + datetime.timedelta(days=chance.randint(30, 700)) if chance.random() < 0.7 else None,
        source=source,
    )


def _link(projects: list[Project], chance: random.Random) -> None:
    fields = list(FieldOfAction.objects.all())
    reporting = list(Area.objects.in_force().filter(level__is_reporting=True).defer("geometry"))
    members = set(ActionArea.objects.in_force().values_list("area_id", flat=True))
    weights = [4 if area.pk in members else 1 for area in reporting]
    places, links, states = [], [], []
    for project in projects:
        if project.reach == "places":
            areas = dict.fromkeys(chance.choices(reporting, weights, k=chance.randint(1, 3)))
            places += [ProjectPlace(project=project, area=area) for area in areas]
        links.append(ProjectField(project=project, field=chance.choice(fields)))
        for state in ("applied", "approved", "running", "finished")[: chance.randint(1, 4)]:
            states.append(ProjectState(project=project, state=state, day=project.begins))
    ProjectPlace.objects.bulk_create(places, batch_size=2000)
    ProjectField.objects.bulk_create(links, batch_size=2000)
    ProjectState.objects.bulk_create(states, batch_size=2000)


def _pay(projects: list[Project], payments: int, chance: random.Random, source: Source) -> None:
    funder = Funder.objects.get_or_create(slug="bench", defaults={"name": "Bench", "kind": "state"})[0]
    funds = Fund.objects.bulk_create(
        Fund(slug=f"bench-{year}-{n}", name=f"Topf {n}", kind="other", year=year, funder=funder, source=source)
        for year in YEARS
        for n in range(8)
    )
    FundChange.objects.bulk_create(
        FundChange(fund=fund, amount=Decimal(10_000_000), day=datetime.date(fund.year, 1, 1)) for fund in funds
    )
    allocations = Allocation.objects.bulk_create(
        Allocation(fund=chance.choice([f for f in funds if f.year == project.begins.year]), project=project)
        for project in projects
    )
    places: dict[int, list[ProjectPlace]] = {}
    for place in ProjectPlace.objects.filter(project__in=projects):
        places.setdefault(place.project_id, []).append(place)
    AllocationShare.objects.bulk_create(
        AllocationShare(allocation=allocation, place=place, weight=chance.randint(1, 9))
        for allocation in allocations
        for place in places.get(allocation.project_id, [])
    )
    each, entries = payments // len(projects), []
    for allocation in allocations:
        day = datetime.date(allocation.fund.year, 2, 1)
        steps = [("planned", 5000), ("approved", 4000), ("committed", 3000)]
        steps += [("spent", chance.randint(100, 30_000) / Decimal(100)) for _number in range(each)]
        entries += [MoneyEntry(allocation=allocation, kind=kind, amount=amount, day=day) for kind, amount in steps]
    MoneyEntry.objects.bulk_create(entries, batch_size=5000)
