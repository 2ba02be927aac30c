"""Any day can be asked for: areas, money and states on 200 random days, recomputed from the bare rows of the journal.

The recomputation shares no code with the portal: tables are read by plain SQL, sums and the division to the cent are
done here.
"""

import datetime
import random
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import connection

from actionplan.actions.booking import BookingError, book, carry_over, open_allocation, put_into_fund
from actionplan.models import ActionArea, Allocation, Fund, Project, ProjectState
from actionplan.selectors.areas import area_in_plan
from actionplan.selectors.money import year_money
from actionplan.selectors.project_list import Filters, narrowed
from actionplan.selectors.projects import project_detail
from atlas.selectors.actionplan import first_day, plan_on

pytestmark = pytest.mark.django_db

DAYS, BOOKINGS = 200, 600
FIRST, LAST = datetime.date(2008, 1, 1), datetime.date(2026, 11, 27)
YEARS = (2009, 2011, 2020, 2021)
SEED = 20210413


def a_day(chance: random.Random) -> datetime.date:
    return FIRST + datetime.timedelta(days=chance.randrange((LAST - FIRST).days + 1))


@pytest.fixture
def busy_plan(dortmund, db):
    """Dortmund's plan with allocations, bookings, carry-overs and states on random days; the database takes or refuses.

    Days are random too, so much is refused because it came before what it needs.
    """
    chance = random.Random(SEED)  # noqa: S311 - no secret
    funds = list(Fund.objects.filter(volume_is_known=True).order_by("pk"))
    projects = list(Project.objects.order_by("pk")[:25])
    allocations: list[Allocation] = []
    for fund in chance.choices(funds, k=40):
        project = chance.choice(projects)
        places = list(project.places.order_by("pk"))
        weights = {place: Decimal(chance.randint(1, 7)) for place in places if chance.random() < 0.8}
        if not Allocation.objects.filter(fund=fund, project=project).exists():
            allocations.append(open_allocation(fund=fund, project=project, weights=weights))
    taken = 0
    for _n in range(BOOKINGS):
        amount = Decimal(chance.randint(-30_000, 90_000)) / 100
        try:
            if chance.random() < 0.08:
                out_of, into = chance.sample(funds, 2)
                carry_over(out_of=out_of, into=into, amount=abs(amount) or Decimal(1), day=a_day(chance))
            elif chance.random() < 0.1:
                put_into_fund(fund=chance.choice(funds), amount=amount, day=a_day(chance))
            else:
                kind = chance.choice(["planned", "approved", "approved", "revised", "committed", "spent"])
                book(allocation=chance.choice(allocations), kind=kind, amount=amount, day=a_day(chance))
            taken += 1
        except BookingError:
            continue
    assert taken > BOOKINGS / 4
    for project in projects:
        for state in chance.sample(ProjectState.State.values, 3):
            ProjectState.objects.create(project=project, state=state, day=a_day(chance))
    return chance


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


class Journal:
    """The bare rows, read once."""

    def __init__(self):
        self.members = rows(
            "SELECT a.code, m.kind, m.name, lower(m.valid), upper(m.valid) "
            "FROM actionplan_actionarea m JOIN areas_area a ON a.id = m.area_id"
        )
        self.funds = rows("SELECT id, year, volume_is_known FROM actionplan_fund")
        self.within = dict(rows("SELECT id, part_of_id FROM actionplan_fund"))
        self.own = rows(
            "SELECT f.id, f.year, a.code, lower(m.valid) FROM actionplan_fund f "
            "JOIN actionplan_actionarea m ON m.id = f.action_area_id JOIN areas_area a ON a.id = m.area_id"
        )
        self.changes = rows("SELECT fund_id, amount, day FROM actionplan_fundchange")
        self.carried = rows("SELECT out_of_id, into_id, amount, day FROM actionplan_carryover")
        self.entries = rows("SELECT allocation_id, kind, amount, day FROM actionplan_moneyentry")
        self.allocations = dict(rows("SELECT id, fund_id FROM actionplan_allocation"))
        self.shares = defaultdict(list)
        for allocation, code, weight in rows(
            "SELECT s.allocation_id, COALESCE(a.code, b.code), s.weight FROM actionplan_allocationshare s "
            "JOIN actionplan_projectplace p ON p.id = s.place_id LEFT JOIN areas_area a ON a.id = p.area_id "
            "LEFT JOIN actionplan_actionarea m ON m.id = p.action_area_id LEFT JOIN areas_area b ON b.id = m.area_id "
            "ORDER BY s.allocation_id, s.place_id"
        ):
            self.shares[allocation].append((code, weight))
        self.states = rows("SELECT project_id, state, day, id FROM actionplan_projectstate ORDER BY day, id")

    def inside(self, fund: int) -> set[int]:
        """The fund and what it contains."""
        return {fund}.union(*(self.inside(part) for part, whole in self.within.items() if whole == fund))

    def volume(self, fund: int, day) -> Decimal | None:
        """What is in a fund; None as long as nothing was decided about it."""
        here = self.inside(fund)
        moved = [f == fund and on <= day for f, _amount, on in self.changes]
        moved += [bool({out, into} & here) and on <= day for out, into, _amount, on in self.carried]
        if not any(moved):
            return None
        put = sum((amount for f, amount, on in self.changes if f == fund and on <= day), Decimal(0))
        came = sum((amount for _out, into, amount, on in self.carried if into in here and on <= day), Decimal(0))
        went = sum((amount for out, _into, amount, on in self.carried if out in here and on <= day), Decimal(0))
        return put + came - went

    def amounts(self, day) -> dict[int, dict[str, Decimal]]:
        """Sums of each allocation by kind; what was approved and revised is one kind here: granted."""
        found = defaultdict(lambda: defaultdict(Decimal))
        for allocation, kind, amount, on in self.entries:
            if on <= day:
                found[allocation]["granted" if kind in {"approved", "revised"} else kind] += amount
        return found

    def own_funds(self, code: str, day) -> dict[int, set[int]]:
        """Funds of an area alone, by year, of all its memberships that have begun."""
        found = defaultdict(set)
        for fund, year, whose, since in self.own:
            if whose == code and since <= day:
                found[year].add(fund)
        return found

    def years_with_parts(self, code: str, day) -> set[int]:
        """Years in which something was recorded of money that falls to an area, also where it came to nothing."""
        years = {fund: year for fund, year, _known in self.funds}
        booked = {allocation for allocation, _kind, _amount, on in self.entries if on <= day}
        return {years[self.allocations[a]] for a in booked if code in {whose for whose, _weight in self.shares[a]}}

    def by_area(self, year: int, day, kind: str) -> dict[str, Decimal]:
        years = {fund: y for fund, y, _known in self.funds}
        found = defaultdict(Decimal)
        for allocation, sums in self.amounts(day).items():
            if years[self.allocations[allocation]] == year and self.shares[allocation]:
                for code, cents in divided(int(sums[kind] * 100), self.shares[allocation]):
                    found[code] += Decimal(cents) / 100
        return found


def divided(cents: int, shares: list[tuple[str, Decimal]]) -> list[tuple[str, int]]:
    """Largest remainder in whole numbers: weights in ten-thousandths; of equal remainders the first one."""
    units = [int(weight * 10_000) for _code, weight in shares]
    size, whole = abs(cents), sum(units)
    parts = [size * unit // whole for unit in units]
    order = sorted(range(len(units)), key=lambda i: (-(size * units[i] % whole), i))
    for i in order[: size - sum(parts)]:
        parts[i] += 1
    sign = -1 if cents < 0 else 1
    return [(code, sign * part) for (code, _weight), part in zip(shares, parts, strict=True)]


def test_areas_money_and_states_of_random_days_are_what_the_journal_says(busy_plan):
    chance, journal, earliest = busy_plan, Journal(), first_day()
    projects = list(Project.objects.filter(states__isnull=False).distinct().order_by("pk"))
    codes = sorted({code for code, *_rest in journal.members})
    moved = set()
    for _n in range(DAYS):
        day = a_day(chance)
        same_areas(journal, day, earliest)
        rules_hold(journal, day)
        moved |= same_money_of_a_year(journal, day, chance.choice(YEARS))
        same_states(journal, day, chance.sample(projects, 3))
        same_list(journal, day, chance.choice(ProjectState.State.values))
        same_area(journal, day, chance.choice(codes))
    assert len(moved) > 30  # the days asked for really differ


def same_areas(journal: Journal, day, earliest) -> None:
    holding = [m for m in journal.members if m[3] <= day and (m[4] is None or day < m[4])]
    plan = plan_on(day, earliest=earliest)
    named = sorted(member.name for group in plan.groups for member in group.members)
    assert named == sorted(name for _code, _kind, name, _since, _until in holding)
    assert plan.area_count == sum(kind == "aktionsraum" for _code, kind, *_rest in holding)
    in_force = ActionArea.objects.in_force(day).values_list("area__code", "name")
    assert sorted(in_force) == sorted((code, name) for code, _kind, name, *_rest in holding)


def same_money_of_a_year(journal: Journal, day, year: int) -> set:
    told, sums = year_money(year, on=day), journal.amounts(day)
    funds = {fund: known for fund, of, known in journal.funds if of == year}
    inside = [by_kind for allocation, by_kind in sums.items() if journal.allocations[allocation] in funds]
    for kind in ("planned", "granted", "committed", "spent"):
        assert getattr(told.used, kind) == sum((by_kind[kind] for by_kind in inside), Decimal(0)), (day, year, kind)
    volumes = {line.fund.pk: line.volume for group in told.groups for line in group.lines}
    assert volumes == {fund: journal.volume(fund, day) if known else None for fund, known in funds.items()}
    granted, spent = journal.by_area(year, day, "granted"), journal.by_area(year, day, "spent")
    assert {one.area.code: (one.granted, one.spent or 0) for one in told.by_area} == {
        code: (granted[code], spent[code]) for code in granted | spent if granted[code] or spent[code]
    }
    assert told.reconciled.difference == 0
    return {(year, told.used.granted, told.used.spent)}


def rules_hold(journal: Journal, day) -> None:
    """On no day more is paid than approved, more approved than there is, more in the parts than in the whole."""
    sums = journal.amounts(day)
    for allocation, by_kind in sums.items():
        assert min(by_kind.values()) >= 0, (day, allocation)
        assert max(by_kind["spent"], by_kind["committed"]) <= by_kind["granted"], (day, allocation)
    for fund, _year, known in journal.funds:
        if known:
            here, volume = journal.inside(fund), journal.volume(fund, day) or 0
            granted = sum((s["granted"] for a, s in sums.items() if journal.allocations[a] in here), Decimal(0))
            parts = sum(
                (journal.volume(f, day) or 0 for f, whole in journal.within.items() if whole == fund), Decimal(0)
            )
            assert max(granted, parts) <= volume, (day, fund)


def same_states(journal: Journal, day, projects) -> None:
    for project in projects:
        known = [state for pk, state, on, _id in journal.states if pk == project.pk and on <= day]
        shown = project_detail(project.slug, on=day).state
        assert (shown.state if shown else None) == (known[-1] if known else None)


def same_list(journal: Journal, day, state: str) -> None:
    """The list of projects in a state as of a day, without those that are known to have begun later."""
    newest = {pk: known for pk, known, on, _id in journal.states if on <= day}
    expected = {pk for pk, known in newest.items() if known == state}
    assert set(narrowed(Filters(on=day, state=state)).values_list("pk", flat=True)) == expected, (day, state)


def same_area(journal: Journal, day, code: str) -> None:
    begun = [m for m in journal.members if m[0] == code and m[3] <= day]
    if not begun:
        with pytest.raises(ActionArea.DoesNotExist):
            area_in_plan(code, on=day)
        return
    found = area_in_plan(code, on=day)
    assert [m.name for m in found.holding(day)] == [
        m[2] for m in sorted(begun, key=lambda m: m[3]) if not m[4] or day < m[4]
    ]
    own = journal.own_funds(code, day)
    assert {year.year for year in found.years} == own.keys() | journal.years_with_parts(code, day), (day, code)
    for year in found.years:
        for kind in ("planned", "granted", "spent"):
            told = sum((getattr(source, kind) or Decimal(0) for source in year.sources), Decimal(0))
            assert told == journal.by_area(year.year, day, kind)[code], (day, code, year.year, kind)
        assert {fund.pk for fund, _volume in year.funds} == own.get(year.year, set()), (day, code, year.year)
        for fund, volume in year.funds:
            assert volume == (journal.volume(fund.pk, day) if fund.volume_is_known else None), (day, code, fund)
