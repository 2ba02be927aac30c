"""What the database refuses about money, whoever asks and however; and that the refusal is said in words."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from actionplan.actions.booking import BookingError, book, carry_over, lock_year, open_allocation, put_into_fund
from actionplan.budget import money_of
from actionplan.models import Allocation, Fund, FundChange, MoneyEntry, ProjectPlace
from areas.models import Source
from tests.app.plan_objects import DAY, a_fund, a_project, an_allocation

pytestmark = pytest.mark.django_db
A_YEAR_ON = DAY.replace(year=2022)


@pytest.fixture
def source():
    return Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")


@pytest.fixture
def allocation(source):
    return an_allocation(source)


def step(allocation, kind, amount, day=DAY):
    return book(allocation=allocation, kind=kind, amount=Decimal(amount), day=day)


def test_money_goes_its_way_from_plan_to_payment(allocation):
    for kind, amount in [("planned", "900"), ("approved", "800"), ("revised", "-50.50"), ("committed", "700")]:
        step(allocation, kind, amount)
    step(allocation, "spent", "699.99")
    money = money_of(allocation.entries.all())
    assert (money.granted, money.left) == (Decimal("749.50"), Decimal("49.51"))


@pytest.mark.parametrize(
    ("before", "kind", "amount", "words"),
    [
        ([("approved", "100")], "spent", "100.01", "Ausgezahlt wären 100,01 Euro, bewilligt sind 100,00."),
        ([("approved", "100")], "committed", "101", "Gebunden wären 101,00 Euro, bewilligt sind 100,00."),
        ([], "approved", "1000.01", "Bewilligt wären 1.000,01 Euro, im Topf sind 1.000,00."),
        ([("approved", "600")], "revised", "500", "Bewilligt wären 1.100,00 Euro, im Topf sind 1.000,00."),
        (
            [("approved", "100"), ("spent", "80")],
            "revised",
            "-30",
            "Ausgezahlt wären 80,00 Euro, bewilligt sind 70,00.",
        ),
        ([("planned", "10")], "planned", "-11", "Mehr zurückgenommen als gebucht war (−11,00 Euro)."),
        ([], "spent", "-1", "Mehr zurückgenommen als gebucht war (−1,00 Euro)."),
    ],
)
def test_more_than_there_is_cannot_be_booked(allocation, before, kind, amount, words):
    for earlier in before:
        step(allocation, *earlier)
    with pytest.raises(BookingError) as refused:
        step(allocation, kind, amount)
    assert str(refused.value) == words
    assert allocation.entries.count() == len(before)


def test_nothing_is_no_booking(allocation):
    with pytest.raises(BookingError, match="Der Betrag 0 bucht nichts"):
        step(allocation, "planned", "0")


def test_projects_share_what_is_in_the_fund(allocation, source):
    other = open_allocation(fund=allocation.fund, project=a_project(source, "fest"))
    step(allocation, "approved", "700")
    with pytest.raises(BookingError, match=r"im Topf sind 1\.000,00"):
        step(other, "approved", "300.01")
    step(other, "approved", "300")


def test_bulk_writes_and_raw_sql_are_refused_as_well(allocation):
    rows = [MoneyEntry(allocation=allocation, kind="approved", amount=600, day=DAY) for _ in range(2)]
    with pytest.raises(IntegrityError, match="im Topf sind"), transaction.atomic():
        MoneyEntry.objects.bulk_create(rows)
    with pytest.raises(IntegrityError, match="bewilligt sind"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO actionplan_moneyentry (allocation_id, kind, amount, day, day_is_exact, note, recorded_at) "
            "VALUES (%s, 'spent', 1, '2021-05-01', true, '', now())",
            [allocation.pk],
        )
    assert not allocation.entries.exists()


def test_a_journal_is_never_rewritten(allocation):
    step(allocation, "approved", "10")
    for change in (
        lambda: MoneyEntry.objects.update(amount=5),
        lambda: MoneyEntry.objects.all().delete(),
        lambda: FundChange.objects.update(amount=5),
    ):
        with pytest.raises(IntegrityError, match="nur ergänzt"), transaction.atomic():
            change()
    assert allocation.entries.get().amount == 10


def test_the_name_of_whoever_booked_can_be_forgotten(allocation):
    clerk = get_user_model().objects.create_user("kasse")
    book(allocation=allocation, kind="approved", amount=Decimal(5), day=DAY, user=clerk)
    clerk.delete()
    assert allocation.entries.get().recorded_by is None


@pytest.mark.parametrize("change", [{"fund": None}, {"project": None}])
def test_what_is_booked_stays_with_its_fund_and_project(allocation, source, change):
    other = {"fund": a_fund(source, slug="anderer"), "project": a_project(source, "anderes")}
    with pytest.raises(IntegrityError, match="bleiben"), transaction.atomic():
        Allocation.objects.update(**{name: other[name] for name in change})


def test_a_fund_cannot_lose_what_was_approved_from_it(allocation):
    step(allocation, "approved", "900")
    with pytest.raises(BookingError, match="Im Topf wären 899,99 Euro, bewilligt sind schon 900,00"):
        put_into_fund(fund=allocation.fund, amount=Decimal("-100.01"), day=DAY)
    put_into_fund(fund=allocation.fund, amount=Decimal("-100"), day=DAY)


def test_without_a_known_amount_there_is_no_limit_and_no_change(source):
    allocation = an_allocation(source, None)
    step(allocation, "approved", "1000000")
    with pytest.raises(BookingError, match="kein Betrag bekannt"):
        put_into_fund(fund=allocation.fund, amount=Decimal(1), day=DAY)


class TestCarryOver:
    def test_what_is_free_goes_into_a_later_year(self, allocation, source):
        later = a_fund(source, "10.00", slug="kern-2022", year=2022)
        step(allocation, "approved", "600")
        carry_over(out_of=allocation.fund, into=later, amount=Decimal("400"), day=DAY)
        next_one = open_allocation(fund=later, project=allocation.project)
        step(next_one, "approved", "410", A_YEAR_ON)
        with pytest.raises(BookingError, match="im Topf sind 410,00"):
            step(next_one, "approved", "0.01", A_YEAR_ON)
        with pytest.raises(BookingError, match="im Topf sind 600,00"):
            step(allocation, "approved", "0.01")

    @pytest.mark.parametrize(
        ("year", "amount", "words"),
        [
            (2022, "1000.01", "Übertragen würden 1.000,01 Euro, frei sind 1.000,00."),
            (2021, "1", "Übertragen wird in ein späteres Jahr, nicht von 2021 nach 2021."),
            (2020, "1", "nicht von 2021 nach 2020"),
        ],
    )
    def test_nothing_else_is_carried(self, allocation, source, year, amount, words):
        into = a_fund(source, "1.00", slug="ziel", year=year)
        with pytest.raises(BookingError) as refused:
            carry_over(out_of=allocation.fund, into=into, amount=Decimal(amount), day=DAY)
        assert words in str(refused.value)

    def test_an_unknown_amount_is_not_carried(self, allocation, source):
        into = a_fund(source, None, slug="ziel", year=2022)
        with pytest.raises(BookingError, match="bekanntem Betrag"):
            carry_over(out_of=allocation.fund, into=into, amount=Decimal(1), day=DAY)


def test_nothing_is_booked_in_a_locked_year(allocation, source):
    later = a_fund(source, "10.00", slug="kern-2022", year=2022)
    step(allocation, "approved", "10")
    lock_year(year=2021, on=datetime.date(2022, 3, 1))
    for refused in (
        lambda: step(allocation, "spent", "1"),
        lambda: put_into_fund(fund=allocation.fund, amount=Decimal(1), day=DAY),
        lambda: carry_over(out_of=allocation.fund, into=later, amount=Decimal(1), day=DAY),
        lambda: open_allocation(fund=allocation.fund, project=a_project(source, "neu")),
    ):
        with pytest.raises(BookingError, match="Das Haushaltsjahr 2021 ist abgeschlossen"):
            refused()
    with pytest.raises(IntegrityError, match="abgeschlossen"), transaction.atomic():
        a_fund(source, slug="noch-einer")
    put_into_fund(fund=later, amount=Decimal(1), day=DAY)


def test_a_split_is_among_the_projects_own_places(allocation, source):
    elsewhere = ProjectPlace(project=a_project(source, "anderes"), pk=1)
    with pytest.raises(BookingError, match="unter den Orten des Projekts"):
        open_allocation(
            fund=a_fund(source, slug="weiterer"), project=allocation.project, weights={elsewhere: Decimal(1)}
        )


def test_a_plan_is_at_most_what_the_whole_fund_has(source):
    allocation = an_allocation(source, "1000.00")
    book(allocation=allocation, kind="planned", amount=Decimal(1000), day=DAY)
    with pytest.raises(BookingError, match=r"Geplant wären 1\.000,01 Euro, im ganzen Topf „Kern“ sind 1\.000,00\."):
        book(allocation=allocation, kind="planned", amount=Decimal("0.01"), day=DAY)
    other = open_allocation(fund=allocation.fund, project=a_project(source, "zweites"))
    book(allocation=other, kind="planned", amount=Decimal(1000), day=DAY)  # together it may be more
    book(allocation=allocation, kind="planned", amount=Decimal(-1000), day=DAY)


def test_a_fund_without_an_amount_limits_no_plan_and_a_foreseen_one_by_its_draft(source):
    fund = a_fund(source, None, slug="unbekannt")
    book(allocation=open_allocation(fund=fund, project=a_project(source)), kind="planned", amount=10**6, day=DAY)
    draft = Fund.objects.create(
        slug="entwurf", name="Entwurf", kind="core", year=2022, funder=fund.funder, source=source, foreseen=100
    )
    allocation = open_allocation(fund=draft, project=a_project(source, "zweites"))
    book(allocation=allocation, kind="planned", amount=Decimal(100), day=DAY)
    with pytest.raises(BookingError, match="Geplant wären 101,00"):
        book(allocation=allocation, kind="planned", amount=Decimal(1), day=DAY)
