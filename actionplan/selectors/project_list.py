"""The list of projects: what it can be narrowed to, one page of it, and where its projects work."""

import datetime
import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils import timezone

from actionplan.budget import NOTHING
from actionplan.models import (
    Allocation,
    FieldName,
    MoneyEntry,
    Project,
    ProjectField,
    ProjectPlace,
    ProjectState,
)
from areas.kept import kept
from areas.naming import fold

from .projects import field_names

PER_PAGE = 30
UNKNOWN, CITY = "unbekannt", "stadt"
GRANTED = (MoneyEntry.Kind.APPROVED, MoneyEntry.Kind.REVISED)
_OVER = (ProjectState.State.FINISHED, ProjectState.State.ENDED_EARLY)


@dataclass(frozen=True)
class Filters:
    """What a list of projects is narrowed to; empty means everything.

    `place`: code of a Sozialraum, `stadt` for city-wide, `unbekannt` for projects without a known area. `year`: the
    project ran in it, as far as its days are known. `money`: `mit` or `ohne` approved money; `at_least` and `at_most`
    are approved euros. `unbekannt` is also a state, a year, a carrier and a target group. `on`: the list as of a day
    (None: today), with states and money until then, without projects that are known to have begun later.
    """

    words: str = ""
    place: str = ""
    field: str = ""
    state: str = ""
    year: str = ""
    carrier: str = ""
    target: str = ""
    money: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    on: datetime.date | None = None

    @property
    def until(self) -> datetime.date:
        """The last day of which states and money count."""
        return self.on or timezone.localdate()

    @property
    def any(self) -> bool:
        """Whether the list is narrowed at all."""
        return any(getattr(self, one.name) not in ("", None) for one in fields(self))


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, each in its order; and all projects counted by their reach and by their area."""

    places: tuple[tuple[str, str], ...]
    fields: tuple[FieldName, ...]
    carriers: tuple[str, ...]
    targets: tuple[str, ...]
    years: tuple[str, ...]
    reach: dict[str, int]
    by_area: dict[str, int]


@dataclass(frozen=True)
class ProjectPage:
    """One page of the list and how many there are: found in all, city-wide, without a known area, in the portal.

    `by_area`: number of the found projects by code of the Sozialraum; a project in two areas counts in both.
    `granted`: approved euros by project of this page; projects without an entry are not in it.
    """

    page: Page
    found: int
    total: int
    city_wide: int
    nowhere: int
    by_area: dict[str, int]
    granted: dict[int, Decimal]


class _Counted(Paginator):
    """Pages of something that is counted already."""

    count = 0

    def __init__(self, found: QuerySet | list, per_page: int, count: int):
        super().__init__(found, per_page)
        self.count = count


def choices(on: datetime.date) -> Choices:
    """What the filters offer, and the unnarrowed list in numbers. 4 queries, 1 as long as nothing public changes."""
    return kept("projects-to-choose-from", lambda: _choices(on))


def _choices(on: datetime.date) -> Choices:
    begins, ends = ExtractYear("begins"), ExtractYear("ends")
    kinds = {
        "carrier": F("carrier"),
        "target": F("target_groups"),
        "year": begins,
        "year_too": ends,
        "reach": F("reach"),
    }
    every = [
        Project.objects.order_by().values_list(Value(kind), Cast(word, CharField())).annotate(Count("pk"))
        for kind, word in kinds.items()
    ]
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, word, count in every[0].union(*every[1:]):
        if word:
            found[kind][word] = count
    years = {int(year) for year in [*found["year"], *found["year_too"]]}
    by_area = _by_area(None)
    return Choices(
        places=tuple(sorted(((code, name) for code, (name, _count) in by_area.items()), key=lambda one: fold(one[1]))),
        fields=tuple(field_names(on)),
        carriers=tuple(sorted(found["carrier"], key=fold)),
        targets=tuple(sorted(found["target"], key=fold)),
        years=tuple(str(year) for year in range(max(years | {on.year}), min(years) - 1, -1)) if years else (),
        reach=dict(found["reach"]),
        by_area={code: count for code, (_name, count) in by_area.items()},
    )


def project_page(filters: Filters, offered: Choices, number: str = "1") -> ProjectPage:
    """One page of the list. 4 queries, at most 7 for a narrowed one, whatever the number of projects."""
    keys: QuerySet[Project] | list[int] = Project.objects.order_by("title", "pk").values_list("pk", flat=True)
    reach, by_area = offered.reach, offered.by_area
    if filters.any:
        mark = hashlib.sha256(repr(filters).encode()).hexdigest()
        keys, reach, by_area = kept(f"projects-narrowed-{mark}", lambda: _narrow(filters))
    page = _Counted(keys, PER_PAGE, sum(reach.values())).get_page(number)
    shown = list(page.object_list)
    page.object_list = with_facts(Project.objects.filter(pk__in=shown), filters.until).defer(
        "lessons", "reached", "words"
    )
    return ProjectPage(
        page=page,
        found=sum(reach.values()),
        total=sum(offered.reach.values()),
        city_wide=reach.get(Project.Reach.CITY, 0),
        nowhere=reach.get(Project.Reach.UNKNOWN, 0),
        by_area=by_area,
        granted=granted_of(shown, filters.until),
    )


def _narrow(filters: Filters) -> tuple[list[int], dict[str, int], dict[str, int]]:
    """Keys in the order of the list, and how many there are by reach and by area: the same for all its pages."""
    rows = list(narrowed(filters).order_by("title", "pk").values_list("pk", "reach"))
    keys = [pk for pk, _reach in rows]
    by_area = {code: count for code, (_name, count) in _by_area(keys).items()}
    return keys, Counter(reach for _pk, reach in rows), by_area


def with_facts(found: QuerySet[Project], on: datetime.date) -> QuerySet[Project]:
    """Projects by title with source, places and `state_now`, the state on a day (None: not known)."""
    until = ProjectState.objects.filter(project=OuterRef("pk"), day__lte=on)
    newest = until.order_by("-day", "-pk").values("state")[:1]
    places = ProjectPlace.objects.select_related("area", "action_area__area").defer(
        "area__geometry", "action_area__geometry", "action_area__area__geometry"
    )
    found = found.annotate(state_now=Subquery(newest)).select_related("source")
    return found.prefetch_related(Prefetch("places", places)).order_by("title", "pk")


def with_fields(found: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with the links to their fields of action."""
    return found.prefetch_related(Prefetch("field_links", ProjectField.objects.select_related("field")))


def granted_of(projects: list[int] | QuerySet[Project], on: datetime.date) -> dict[int, Decimal]:
    """Euros approved by a day, by project, those without an entry left out. 1 query."""
    entries = MoneyEntry.objects.filter(allocation__project__in=projects, kind__in=GRANTED, day__lte=on).order_by()
    return dict(entries.values_list("allocation__project").annotate(total=Sum("amount")))


_COUNTED = """
SELECT a.code, max(a.name), count(*)
  FROM (SELECT DISTINCT COALESCE(m.area_id, p.area_id) AS area, p.project_id
          FROM actionplan_projectplace p LEFT JOIN actionplan_actionarea m ON m.id = p.action_area_id
         WHERE %(all)s OR p.project_id = ANY(%(projects)s::bigint[])) AS here
  JOIN areas_area a ON a.id = here.area
  JOIN areas_arealevel l ON l.id = a.level_id AND l.is_reporting
 GROUP BY a.code
"""


def _by_area(projects: list[int] | None) -> dict[str, tuple[str, int]]:
    """Name of the Sozialraum and number of projects (these ones, or all) by its code. 1 query."""
    with connection.cursor() as cursor:
        keys = ",".join(map(str, projects or []))  # one text instead of thousands of values
        cursor.execute(_COUNTED, {"all": projects is None, "projects": f"{{{keys}}}"})
        return {code: (name, count) for code, name, count in cursor.fetchall()}


def narrowed(filters: Filters) -> QuerySet[Project]:
    """The projects that pass every filter, in no order."""
    found = Project.objects.all()
    for word in fold(filters.words).split()[:6]:
        found = found.filter(words__contains=word)
    if filters.field:
        linked = ProjectField.objects.filter(field__slug=filters.field)
        found = found.filter(pk__in=linked.values("project"))
    for name, wanted in (("carrier", filters.carrier), ("target_groups", filters.target)):
        if wanted:
            found = found.filter(**{name: "" if wanted == UNKNOWN else wanted})
    found = _by_state(_by_place(_begun(found, filters.on), filters.place), filters.state, filters.until)
    return _by_money(_by_year(found, filters.year), filters)


def _begun(found: QuerySet[Project], on: datetime.date | None) -> QuerySet[Project]:
    """Without projects of which it is known that they began after the day, unless a state tells of them until then."""
    if on is None:
        return found
    told = ProjectState.objects.filter(project=OuterRef("pk"), day__lte=on)
    return found.filter(Q(begins__isnull=True) | Q(begins__lte=on) | Exists(told))


def _by_place(found: QuerySet[Project], place: str) -> QuerySet[Project]:
    if place in (CITY, UNKNOWN):
        return found.filter(reach=Project.Reach.CITY if place == CITY else Project.Reach.UNKNOWN)
    if not place:
        return found
    inside = ProjectPlace.objects.filter(
        Q(area__code=place, area__level__is_reporting=True) | Q(action_area__area__code=place)
    )
    return found.filter(pk__in=inside.values("project"))


def _by_state(found: QuerySet[Project], state: str, on: datetime.date) -> QuerySet[Project]:
    until = ProjectState.objects.filter(day__lte=on)
    if state == UNKNOWN:
        return found.filter(~Exists(until.filter(project=OuterRef("pk"))))
    if not state:
        return found
    newest = until.order_by("project_id", "-day", "-pk").distinct("project_id").values("pk")
    return found.filter(pk__in=ProjectState.objects.filter(pk__in=newest, state=state).values("project"))


def _by_year(found: QuerySet[Project], year: str) -> QuerySet[Project]:
    """Begun by the end of the year and not over before it, by its days and its journal of states."""
    if not year:
        return found
    if year == UNKNOWN:
        return found.filter(begins__isnull=True, ends__isnull=True)
    first, last = datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
    over = Exists(ProjectState.objects.filter(project=OuterRef("pk"), state__in=_OVER, day__lt=first))
    goes_on = Q(begins__lte=last) & (Q(ends__gte=first) | (Q(ends__isnull=True) & ~over))
    return found.filter(goes_on | Q(begins__isnull=True, ends__range=(first, last)))


def _by_money(found: QuerySet[Project], filters: Filters) -> QuerySet[Project]:
    if filters.money == "ohne":
        with_money = Allocation.objects.filter(entries__kind__in=GRANTED, entries__day__lte=filters.until)
        found = found.exclude(pk__in=with_money.values("project"))
    if filters.money == "mit" or filters.at_least is not None or filters.at_most is not None:
        entries = (
            MoneyEntry.objects.filter(kind__in=GRANTED, day__lte=filters.until).order_by().values("allocation__project")
        )
        sums = entries.annotate(total=Sum("amount")).filter(total__gt=NOTHING)
        if filters.at_least is not None:
            sums = sums.filter(total__gte=filters.at_least)
        if filters.at_most is not None:
            sums = sums.filter(total__lte=filters.at_most)
        found = found.filter(pk__in=sums.values("allocation__project"))
    return found
