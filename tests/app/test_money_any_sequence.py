"""Any sequence of bookings keeps the rules of the money, held against a plain model that knows no database."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.actions.booking import (
    BookingError,
    book,
    carry_over,
    lock_year,
    open_allocation,
    put_into_fund,
    told_in_words,
)
from actionplan.models import AllocationShare, CarryOver, Fund, FundChange, MoneyEntry
from actionplan.selectors.funds import with_free
from actionplan.selectors.money import year_money
from actionplan.selectors.sums import parts_of_year
from areas.models import Area
from tests.app.plan_objects import DAY, a_fund, a_project
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
KINDS = ("planned", "approved", "revised", "committed", "spent")
JANUARY = datetime.date(2021, 1, 1)


class Ledger:
    """The rules once more in plain words: after each step every rule is asked for every day, from the first row on."""

    years = {"whole": 2021, "part": 2021, "other": 2021, "inner": 2021, "later": 2022, "later_part": 2022}
    within = {"part": "whole", "other": "whole", "inner": "part", "later_part": "later"}

    def __init__(self):
        self.changes, self.carried, self.entries = [], [], []
        self.shares = {fund: {0: Decimal(1), 1: Decimal(2)} for fund in self.years}  # of the project that has places
        self.closed = set()

    def inside(self, fund):
        """The fund and all that it contains."""
        return {fund}.union(*(self.inside(f) for f, above in self.within.items() if above == fund))

    def volume(self, fund, day):
        put = sum(amount for f, amount, on in self.changes if f == fund and on <= day)
        here = self.inside(fund)
        came = sum(amount for _o, into, amount, on in self.carried if into in here and on <= day)
        went = sum(amount for out, _i, amount, on in self.carried if out in here and on <= day)
        return put + came - went

    def sums(self, day, funds, project=None):
        found = dict.fromkeys(KINDS, Decimal(0))
        for fund, whose, kind, amount, on in self.entries:
            if fund in funds and project in {None, whose} and on <= day:
                found[kind] += amount
        return found

    def holds(self, day):
        for fund in self.years:
            every = self.sums(day, self.inside(fund))
            parts = [f for f, above in self.within.items() if above == fund]
            if max(every["approved"] + every["revised"], sum(self.volume(f, day) for f in parts)) > self.volume(
                fund, day
            ):
                return False
            for project in (0, 1):
                one = self.sums(day, {fund}, project)
                granted = one["approved"] + one["revised"]
                if min(one["planned"], granted, one["committed"], one["spent"]) < 0:
                    return False
                if max(one["committed"], one["spent"]) > granted:
                    return False
        return True

    def free(self, fund, day):
        """What can still be approved: no more than is left in all that contains the fund."""
        every = self.sums(day, self.inside(fund))
        left = self.volume(fund, day) - every["approved"] - every["revised"]
        return min(left, self.free(self.within[fund], day)) if fund in self.within else left

    def divide(self, fund, place, weight):
        """Whether the place gets this weight of what the fund gives to the project that has places."""
        fine = weight > 0 and self.years[fund] not in self.closed
        if fine:
            self.shares[fund][place] = weight
        return fine

    def parts(self, year, day):
        """What falls to each place of the divided money of a year: (planned, granted, spent) in cents."""
        found = {place: [0, 0, 0] for place in range(PLACES)}
        for fund, weights in self.shares.items():
            if self.years[fund] == year:
                sums = self.sums(day, {fund}, 0)
                every = (sums["planned"], sums["approved"] + sums["revised"], sums["spent"])
                for i, amount in enumerate(every):
                    for place, cents in cut(int(amount * 100), weights).items():
                        found[place][i] += cents
        return found

    def take(self, kind, *step):
        """Whether the step is fine; only then it is kept."""
        if kind == "divide":
            return self.divide(*step)
        rows = {"change": self.changes, "carry": self.carried, "book": self.entries}[kind]
        rows.append(step)
        days = {row[-1] for row in (*self.changes, *self.carried, *self.entries)}
        years = {self.years[name] for name in step[: 2 if kind == "carry" else 1]}
        fine = not years & self.closed and step[-2] != 0 and all(self.holds(day) for day in days)
        if kind == "book" and step[2] == "planned" and step[3] > 0:
            planned = self.sums(max(days), {step[0]}, step[1])["planned"]
            fine &= planned <= self.volume(step[0], max(days))
        if kind == "carry":
            fine &= step[2] > 0 and self.years[step[0]] < self.years[step[1]]
        if not fine:
            rows.pop()
        return fine


PLACES = 3  # in which the first project works; the second works nowhere in particular


def cut(cents, weights):
    """Whole cents by weights: rounded down, what is left goes one by one to the largest remainders, earlier first."""
    whole = sum(weights.values())
    exact = {place: Fraction(cents) * Fraction(weight) / Fraction(whole) for place, weight in sorted(weights.items())}
    parts = {place: int(part) for place, part in exact.items()}
    over = cents - sum(parts.values())
    for place in sorted(exact, key=lambda place: parts[place] - exact[place])[:over]:
        parts[place] += 1
    return parts


funds = st.sampled_from(list(Ledger.years))
weights = st.integers(0, 70000).map(lambda n: Decimal(n) / 10000)
amounts = st.integers(-40000, 60000).map(lambda n: Decimal(n) / 100)
days = st.sampled_from([datetime.date(2021, month, 1) for month in (1, 4, 6)] + [datetime.date(2022, 2, 1)])
booking = st.tuples(
    st.just("book"), funds, st.sampled_from([0, 1]), st.sampled_from((*KINDS, "approved")), amounts, days
)
steps = st.one_of(
    booking,
    booking,
    st.tuples(st.just("change"), funds, amounts, days),
    st.tuples(st.just("carry"), funds, funds, amounts, days),
    st.tuples(st.just("divide"), funds, st.integers(0, PLACES - 1), weights),
    st.tuples(st.just("lock")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, min_size=3, max_size=18))
def test_any_sequence_of_steps_keeps_the_rules(taken):
    """The database takes exactly what the plain rules take, and its sums of every day are theirs."""
    with transaction.atomic():
        ledger = Ledger()
        made, places = _made(ledger)
        for kind, *step in taken:
            if kind == "lock":
                lock_year(year=2021, on=DAY)
                ledger.closed.add(2021)
            elif step[0] != step[1]:  # a fund carried into itself is refused by another rule
                assert _taken(kind, step, made, places) == ledger.take(kind, *step), (kind, step)
        _same_rows(ledger)
        _same_sums(ledger, made)
        _same_parts(ledger)
        transaction.set_rollback(True)


def _made(ledger):
    city = small_city()
    source, (first, second) = city["source"], city["areas"]
    third = Area.objects.create(
        level=first.level, code="03", name="Ufer", geometry=second.geometry, valid="[2000-01-01,)", source=source
    )
    projects = [a_project(source, name) for name in ("eins", "zwei")]
    here = [projects[0].places.create(area=area) for area in (first, second, third)]
    made = {}
    start = {"whole": 1000, "part": 400, "other": 300, "inner": 150, "later": 500, "later_part": 100}
    for name, year in Ledger.years.items():
        above = made.get(Ledger.within.get(name))
        made[name] = a_fund(source, start[name], slug=name.replace("_", "-"), year=year, part_of=above)
        ledger.changes.append((name, Decimal(start[name]), datetime.date(year, 1, 1)))
    places = {
        (name, number): open_allocation(
            fund=fund, project=project, weights={} if number else {here[n]: w for n, w in ledger.shares[name].items()}
        )
        for name, fund in made.items()
        for number, project in enumerate(projects)
    }
    return made, places


def _taken(kind, step, made, places):
    day, amount = step[-1], step[-2]
    try:
        if kind == "divide":
            _divided(places[step[0], 0], *step[1:])
        elif kind == "book":
            book(allocation=places[step[0], step[1]], kind=step[2], amount=amount, day=day)
        elif kind == "change":
            put_into_fund(fund=made[step[0]], amount=amount, day=day)
        else:
            carry_over(out_of=made[step[0]], into=made[step[1]], amount=amount, day=day)
    except BookingError:
        return False
    return True


def _divided(allocation, number, weight):
    place = allocation.project.places.order_by("pk")[number]
    with told_in_words():
        AllocationShare.objects.update_or_create(allocation=allocation, place=place, defaults={"weight": weight})


def _same_rows(ledger):
    assert FundChange.objects.count() == len(ledger.changes)
    assert CarryOver.objects.count() == len(ledger.carried)
    assert MoneyEntry.objects.count() == len(ledger.entries)


def _same_sums(ledger, made):
    """What pages tell of the funds on the first and the last day is what the rows say."""
    name_of, last = {fund.pk: name for name, fund in made.items()}, datetime.date(2022, 2, 1)
    for day in (JANUARY, last):
        caches["parts"].clear()
        lines = [line for year in (2021, 2022) for g in year_money(year, on=day).groups for line in g.lines]
        for line in lines:
            name = name_of[line.fund.pk]
            if line.is_undecided:  # nothing is in it yet
                assert (line.volume, line.free, ledger.volume(name, day)) == (None, None, 0)
                continue
            assert line.volume == ledger.volume(name, day)
            assert line.parts == sum(ledger.volume(f, day) for f, above in Ledger.within.items() if above == name)
            assert line.free == ledger.free(name, day) >= 0
        assert len(lines) == len(made)
    for fund in with_free(Fund.objects.filter(pk__in=name_of)):
        assert fund.free == ledger.free(name_of[fund.pk], last)


def _same_parts(ledger):
    """On every day the parts of the areas are what the plain rules cut, and add up to the cent to what was divided."""
    areas = list(Area.objects.order_by("code").values_list("pk", flat=True))
    days = {row[-1] for row in (*ledger.changes, *ledger.carried, *ledger.entries)}
    caches["parts"].clear()
    for day in days:
        for year in (2021, 2022):
            told = {place: [0, 0, 0] for place in range(PLACES)}
            for part in parts_of_year(year, day):
                amounts = (part.planned, part.granted, part.spent)
                told[areas.index(part.area)] = [int((amount or 0) * 100) for amount in amounts]
            assert told == ledger.parts(year, day), (day, year)
            divided = ledger.sums(day, {fund for fund, of in Ledger.years.items() if of == year}, 0)
            whole = (divided["planned"], divided["approved"] + divided["revised"], divided["spent"])
            assert [sum(cents) for cents in zip(*told.values(), strict=True)] == [int(100 * amount) for amount in whole]


def test_the_plain_rules_know_what_is_wrong():
    """The plain rules themselves refuse what they should, so agreeing with them means something."""
    ledger = Ledger()
    for name, amount in (("whole", 1000), ("part", 400)):
        ledger.changes.append((name, Decimal(amount), JANUARY))
    first, second = (datetime.date(2021, month, 1) for month in (4, 6))
    assert ledger.take("book", "whole", 0, "approved", Decimal(700), second)
    assert not ledger.take("book", "part", 0, "approved", Decimal(301), second)
    assert not ledger.take("book", "whole", 0, "spent", Decimal(1), first)
    assert not ledger.take("change", "part", Decimal(601), second)
    assert ledger.take("divide", "whole", 2, Decimal("0.5"))
    assert not ledger.take("divide", "whole", 2, Decimal(0))
    assert ledger.parts(2021, second) == {0: [0, 20000, 0], 1: [0, 40000, 0], 2: [0, 10000, 0]}
    assert cut(100, {0: Decimal(1), 1: Decimal(1), 2: Decimal(1)}) == {0: 34, 1: 33, 2: 33}
