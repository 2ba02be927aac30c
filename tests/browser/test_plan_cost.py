"""A citizen finds what is done in the own neighbourhood and what it cost: on the project, the area and the year."""

import datetime
from decimal import Decimal

import pgtrigger
import pytest
from django.core.cache import caches
from django.db import transaction
from playwright.sync_api import expect

from actionplan.actions.booking import book, open_allocation
from actionplan.models import Allocation, AllocationShare, AllocationShareHistory, Fund, MoneyEntry, Project

TITLE = "Currendeblasen in der Germaniasiedlung"


@pytest.fixture
def paid(portal, server):
    """Money of a project in Marten, gone afterwards: the database of browser tests is committed."""
    project = Project.objects.get(title=TITLE)
    fund = Fund.objects.filter(year=2021, volume_is_known=True, action_area=None).first()
    found = open_allocation(fund=fund, project=project)
    book(allocation=found, kind="approved", amount=Decimal("1234.56"), day=datetime.date(2021, 5, 1))
    book(allocation=found, kind="spent", amount=Decimal("789.01"), day=datetime.date(2021, 8, 1))
    caches["pages"].clear()
    yield found
    with transaction.atomic(), pgtrigger.ignore():
        MoneyEntry.objects.filter(allocation=found).delete()
        AllocationShare.objects.filter(allocation=found).delete()
        AllocationShareHistory.objects.filter(allocation_id=found.pk).delete()
        Allocation.objects.filter(pk=found.pk).delete()
    caches["pages"].clear()
    caches["parts"].clear()


def test_a_citizen_finds_what_it_cost(visit, portal, paid):
    page = visit("/aktionsplan/", width=360)
    page.get_by_role("navigation", name="Im Aktionsplan").get_by_role("link", name="Projekte").click()
    page.get_by_label("Gebiet", exact=True).select_option(label="Marten")
    page.get_by_role("button", name="Anzeigen").click()
    page.get_by_role("link", name=TITLE).click()
    row = page.get_by_role("row").filter(has_text=str(paid.fund))
    expect(row).to_contain_text("1.234,56")
    expect(row).to_contain_text("789,01")
    row.get_by_role("link").click()
    page.wait_for_url("**/aktionsplan/geld/?jahr=2021")
    marten = page.get_by_role("row").filter(has_text="Marten")
    expect(marten).to_contain_text("1.234,56")
    expect(marten).to_contain_text("789,01")
    expect(page.get_by_role("row").filter(has_text=TITLE)).to_contain_text("1.234,56")
    marten.get_by_role("link").first.click()
    page.get_by_role("link", name="Warum, welche Projekte, wie viel Geld").click()
    page.wait_for_url("**/aktionsplan/gebiete/102/")
    year = page.locator("section", has=page.locator("#geld")).get_by_role("row").filter(has_text="2021")
    expect(year).to_contain_text("1.234,56")
    expect(year).to_contain_text("789,01")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
