"""The same form sent twice books once, and says so."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from actionplan.actions.booking import ALREADY, book
from actionplan.admin import once
from actionplan.models import CarryOver, FundChange, MoneyEntry
from areas.models import Source
from tests.app.page_form import form_of
from tests.app.plan_objects import DAY, a_fund, an_allocation

pytestmark = pytest.mark.django_db


@pytest.fixture
def allocation():
    made = an_allocation(Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt"))
    book(allocation=made, kind="approved", amount=500, day=DAY)
    return made


def filled(client, address: str, **typed) -> dict:
    """The page's form, key and all, with what is typed."""
    return {**form_of(client.get(address), "novalidate"), **typed}


def booking_form(client, allocation) -> tuple[str, dict]:
    """A payment of 55.55 in the empty row of the journal."""
    address = reverse("admin:actionplan_allocation_change", args=[allocation.pk])
    row = allocation.entries.count()
    typed = {"kind": "spent", "amount": "55,55", "day": "02.05.2021"}
    return address, filled(client, address, **{f"entries-{row}-{name}": value for name, value in typed.items()})


def test_a_payment_that_is_sent_twice_is_booked_once(admin_client, allocation):
    address, sent = booking_form(admin_client, allocation)
    assert admin_client.post(address, sent).status_code == 302
    page = admin_client.post(address, sent)
    assert page.status_code == 200 and str(ALREADY) in page.content.decode()
    assert allocation.entries.filter(kind="spent").count() == 1


def test_a_page_that_is_opened_anew_books_the_same_once_more(admin_client, allocation):
    for _n in range(2):
        address, sent = booking_form(admin_client, allocation)
        assert admin_client.post(address, sent).status_code == 302
    assert allocation.entries.filter(kind="spent").count() == 2


def test_what_was_refused_is_corrected_in_the_same_form(admin_client, allocation):
    address, sent = booking_form(admin_client, allocation)
    page = admin_client.post(address, {**sent, "entries-1-amount": "600"})
    assert "bewilligt sind 500,00" in page.content.decode()
    assert form_of(page, "novalidate")["entries-key"] == sent["entries-key"]
    assert admin_client.post(address, {**form_of(page, "novalidate"), "entries-1-amount": "60"}).status_code == 302


def test_two_requests_at_once_book_once(admin_client, allocation, monkeypatch):
    """The second request looks before the first one has written: the database refuses, the form says why."""
    address, sent = booking_form(admin_client, allocation)
    assert admin_client.post(address, sent).status_code == 302
    looked = []

    def blind(formset):
        key = formset.data["entries-key"]
        for number, form in enumerate(formset.extra_forms):
            form.instance.origin = f"form:{key}:{number}" if form.has_changed() else None
        if looked:
            clean(formset)
        looked.append(1)

    clean = once.OnceFormSet.clean
    monkeypatch.setattr(once.OnceFormSet, "clean", blind)
    page = admin_client.post(address, sent)
    assert page.status_code == 200 and str(ALREADY) in page.content.decode()
    assert "origin_key" not in page.content.decode()
    assert allocation.entries.filter(kind="spent").count() == 1


def test_an_amount_of_a_fund_and_a_carry_over_are_written_once(admin_client, allocation):
    fund = allocation.fund
    address = reverse("admin:actionplan_fund_change", args=[fund.pk])
    sent = filled(admin_client, address, **{"changes-1-amount": "7", "changes-1-day": "03.05.2021"})
    later = a_fund(fund.source, slug="spaeter", year=2022)
    carried = reverse("admin:actionplan_carryover_add")
    typed = {"out_of": fund.pk, "into": later.pk, "amount": "5", "day": "03.01.2022"}
    moved = filled(admin_client, carried, **typed)
    for page_of, form in ((address, sent), (carried, moved)):
        assert admin_client.post(page_of, form).status_code == 302
        page = admin_client.post(page_of, form)
        assert page.status_code == 200 and str(ALREADY) in page.content.decode()
    assert FundChange.objects.filter(fund=fund, day=datetime.date(2021, 5, 3)).count() == CarryOver.objects.count() == 1


def test_the_history_of_the_administration_writes_amounts_as_people_do(admin_client, allocation):
    book(allocation=allocation, kind="revised", amount=Decimal("499.50"), day=DAY)
    address, sent = booking_form(admin_client, allocation)
    admin_client.post(address, sent)
    assert str(allocation.entries.get(kind="spent")) == "ausgezahlt: 55,55"
    history = admin_client.get(reverse("admin:actionplan_allocation_history", args=[allocation.pk])).content.decode()
    assert "55,55" in history and "55.55" not in history
    assert str(MoneyEntry(kind="spent", amount=Decimal("1234.5"))) == "ausgezahlt: 1.234,50"
