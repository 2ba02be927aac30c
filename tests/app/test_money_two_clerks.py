"""Two clerks at once, on real connections: together they cannot spend what is there only once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from actionplan.actions.booking import BookingError, book, carry_over, lock_year, open_allocation, put_into_fund
from actionplan.budget import money_of
from actionplan.models import CarryOver, MoneyEntry
from areas.models import PublicState, Source
from tests.app.plan_objects import DAY, a_fund, a_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def source():
    PublicState.objects.get_or_create(pk=1)
    return Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")


def at_once(*jobs):
    """Run the jobs at the same moment on connections of their own; True for each that was taken."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait(timeout=30)
            job()
        except BookingError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def approving(allocation, amount):
    return lambda: book(allocation=allocation, kind="approved", amount=Decimal(amount), day=DAY)


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_cannot_give_a_fund_away_twice(source, attempt):
    fund = a_fund(source, "1000")
    first, second = (open_allocation(fund=fund, project=a_project(source, name)) for name in ("eins", "zwei"))
    assert sorted(at_once(approving(first, "600"), approving(second, "600"))) == [False, True]
    assert money_of(MoneyEntry.objects.all()).granted == 600


def test_eight_clerks_together_pay_out_no_more_than_is_approved(source):
    allocation = open_allocation(fund=a_fund(source, "1000"), project=a_project(source))
    approving(allocation, "100")()
    taken = at_once(
        *[lambda: book(allocation=allocation, kind="spent", amount=Decimal("30"), day=DAY) for _clerk in range(8)]
    )
    assert sum(taken) == 3
    assert money_of(allocation.entries.all()).spent == 90


def test_what_is_approved_is_not_carried_over_at_the_same_moment(source):
    fund, later = a_fund(source, "1000"), a_fund(source, "1", slug="spaeter", year=2022)
    allocation = open_allocation(fund=fund, project=a_project(source))
    carrying = lambda: carry_over(out_of=fund, into=later, amount=Decimal("600"), day=DAY)  # noqa: E731
    assert sorted(at_once(approving(allocation, "600"), carrying)) == [False, True]
    assert CarryOver.objects.count() + MoneyEntry.objects.count() == 1


def test_nothing_slips_into_a_year_that_is_being_closed(source):
    fund = a_fund(source, "1000")
    allocation = open_allocation(fund=fund, project=a_project(source))
    booked, closed = at_once(approving(allocation, "600"), lambda: lock_year(year=2021, on=DAY))
    assert closed
    assert MoneyEntry.objects.exists() == booked
    with pytest.raises(BookingError, match="abgeschlossen"):
        approving(allocation, "1")()


@pytest.mark.parametrize("attempt", range(3))
def test_part_and_whole_are_not_given_away_at_the_same_moment(source, attempt):
    whole = a_fund(source, "1000")
    part = a_fund(source, "700", slug="teil", part_of=whole)
    above, inside = (open_allocation(fund=fund, project=a_project(source, fund.slug)) for fund in (whole, part))
    assert sorted(at_once(approving(above, "600"), approving(inside, "600"))) == [False, True]
    assert money_of(MoneyEntry.objects.all()).granted == 600


def test_two_parts_do_not_grow_beyond_the_whole_at_the_same_moment(source):
    whole = a_fund(source, "1000")
    parts = [a_fund(source, "300", slug=f"teil-{n}", part_of=whole) for n in range(2)]
    growing = [lambda fund=fund: put_into_fund(fund=fund, amount=Decimal(400), day=DAY) for fund in parts]
    assert sorted(at_once(*growing)) == [False, True]


def test_clerks_who_do_more_at_once_do_not_wait_for_each_other_for_ever(source):
    """Each holds something that readers see before booking; half of them book from the part, half from the whole."""
    whole = a_fund(source, "10000")
    part = a_fund(source, "5000", slug="teil", part_of=whole)

    def job(number):
        def run():
            with transaction.atomic():
                fund = (whole, part)[number % 2]
                project = a_project(source, f"projekt-{number}")
                allocation = open_allocation(fund=fund, project=project)
                approving(allocation, "100")()
                put_into_fund(fund=(part, whole)[number % 2], amount=Decimal(1), day=DAY)

        return run

    assert at_once(*[job(number) for number in range(6)]) == [True] * 6


def test_nobody_books_with_sums_from_before_the_wait(source):
    allocation = open_allocation(fund=a_fund(source, "1000"), project=a_project(source))
    with pytest.raises(IntegrityError, match="READ COMMITTED"), transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        MoneyEntry.objects.create(allocation=allocation, kind="planned", amount=1, day=DAY)
