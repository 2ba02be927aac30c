"""A clerk books a payment in the administration; a spreadsheet of payments is brought in. Both stand in public at once."""

import datetime
import io
import re
from decimal import Decimal

import openpyxl
import pgtrigger
import pytest
from django.core.cache import caches
from django.db import transaction
from playwright.sync_api import expect

from actionplan.actions.booking import book, open_allocation
from actionplan.intake.columns import COLUMNS, PAYMENTS
from actionplan.intake.template import template_file
from actionplan.models import Allocation, Fund, MoneyEntry, PlanDelivery, Project
from tests.app.plan_objects import a_project
from tests.browser.axe import sticks_out

PROJECT = "/aktionsplan/projekte/bank-im-park/"


@pytest.fixture
def allocation(portal, server):
    """Money of a project that nobody knows afterwards: the database of browser tests is committed."""
    fund = Fund.objects.filter(year=2021, volume_is_known=True).first()
    project = a_project(fund.source, "bank-im-park")
    Project.objects.filter(pk=project.pk).update(title="Bank im Park")
    found = open_allocation(fund=fund, project=project)
    book(allocation=found, kind="approved", amount=Decimal("1000.00"), day=datetime.date(2021, 5, 1))
    yield found
    with transaction.atomic(), pgtrigger.ignore():
        MoneyEntry.objects.all().delete()
        Allocation.objects.all().delete()
        Project.objects.filter(slug="bank-im-park").delete()
        PlanDelivery.objects.all().delete()
    caches["pages"].clear()
    caches["parts"].clear()


@pytest.fixture
def staff(colleagues, as_person):
    return as_person(colleagues[0])


def test_a_clerk_books_a_payment(staff, portal, allocation):
    page = staff
    page.goto(f"{portal}/verwaltung/actionplan/project/{allocation.project_id}/change/")
    page.get_by_role("link", name="buchen").click()
    page.locator("#id_entries-1-kind").select_option("spent")
    page.locator("#id_entries-1-amount").fill("1.000,01")
    page.locator("#id_entries-1-day").fill("01.06.2021")
    page.locator("#id_entries-1-note").fill("Rechnung 17")
    page.locator("input[name=_continue]").click()
    expect(page.get_by_text("Ausgezahlt wären 1.000,01 Euro, bewilligt sind 1.000,00.")).to_be_visible()
    assert page.locator("#id_entries-1-note").input_value() == "Rechnung 17"
    assert page.locator("#id_entries-1-amount").input_value() == "1.000,01"
    assert not MoneyEntry.objects.filter(kind="spent").exists()
    page.locator("#id_entries-1-amount").fill("450,50")
    page.locator("input[name=_continue]").click()
    page.goto(f"{portal}{PROJECT}")
    expect(page.locator("section", has=page.locator("#geld"))).to_contain_text("450,50")
    page.goto(f"{portal}/aktionsplan/geld/?jahr=2021")
    expect(page.locator(".plan-steps")).to_contain_text("450,50")


def test_the_list_of_funds_shows_what_is_free(staff, portal):
    page = staff
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{portal}/verwaltung/actionplan/fund/")
    free = page.locator("#result_list td.field-free").first
    assert free.evaluate("e => getComputedStyle(e).textAlign") == "right"
    beside = page.locator("#changelist-filter").bounding_box()["x"]
    box = free.bounding_box()
    assert box["x"] + box["width"] <= beside
    assert page.locator("#result_list").evaluate("e => e.scrollWidth <= e.parentElement.clientWidth")


def test_payments_are_brought_in_from_a_spreadsheet(staff, portal, allocation, tmp_path):
    page, path = staff, tmp_path / "zahlungen.xlsx"
    write(path, allocation, amount="1.200,00")
    page.goto(f"{portal}/redaktion/aktionsplan/")
    page.get_by_role("link", name="Tabelle einlesen").click()
    page.locator("#id_file").set_input_files(path)
    page.get_by_role("button", name="Hochladen und prüfen").click()
    expect(page.get_by_role("heading", name="1 Fehler")).to_be_visible()
    expect(page.get_by_text("Blatt »Zahlungen«, Zelle E2")).to_be_visible()
    expect(page.get_by_text("Ausgezahlt wären 1.200,00 Euro")).to_be_visible()
    expect(page.get_by_role("button", name="Alles übernehmen")).to_have_count(0)
    write(path, allocation, amount="200,00")
    page.goto(f"{portal}/redaktion/aktionsplan/einlesen/")
    page.locator("#id_file").set_input_files(path)
    page.get_by_role("button", name="Hochladen und prüfen").click()
    expect(page.get_by_text("Bank im Park")).to_be_visible()
    page.get_by_role("button", name="Alles übernehmen").dblclick()
    page.wait_for_load_state()
    expect(page.get_by_text("Übernommen am")).to_be_visible()
    assert MoneyEntry.objects.filter(kind="spent").count() == 1
    page.goto(f"{portal}{PROJECT}")
    expect(page.locator("section", has=page.locator("#geld"))).to_contain_text("200,00")


def write(path, allocation, *, amount):
    book_ = openpyxl.load_workbook(io.BytesIO(template_file()))
    row = {"Kennung": "R-17", "Projekt": allocation.project.slug, "Topf": allocation.fund.slug}
    row |= {"Schritt": "ausgezahlt", "Betrag": amount, "Tag": "01.06.2021"}
    book_[PAYMENTS].append([row.get(column.name) for column in COLUMNS[PAYMENTS]])
    book_.save(path)


def test_the_list_of_projects_fits_on_a_phone(staff, portal):
    staff.goto(f"{portal}/verwaltung/actionplan/project/")
    expect(staff.locator("#result_list tbody tr").first).to_be_visible()
    beyond = (
        "[...document.querySelectorAll('#result_list *')].some(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )
    assert (
        sticks_out(staff, [320, 360, 414, 767], f"{beyond} || document.documentElement.scrollWidth > innerWidth") == []
    )
    staff.set_viewport_size({"width": 360, "height": 900})
    staff.get_by_role("link", name="Titel", exact=True).click()
    expect(staff).to_have_url(re.compile("o="))
