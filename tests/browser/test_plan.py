"""Projects, money and decisions in the browser: readable everywhere, and a citizen finds what is done nearby."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations_in_both_schemes

PAGES = [
    "/aktionsplan/",
    "/aktionsplan/programme/",
    "/aktionsplan/beteiligung/",
    "/aktionsplan/bueros/",
    "/aktionsplan/?am=2012-01-01",
    "/aktionsplan/bueros/?am=2012-01-01",
    "/aktionsplan/programme/?am=2012-01-01",
    "/aktionsplan/projekte/?am=2012-01-01",
    "/aktionsplan/wirkung/",
    "/aktionsplan/anpassungen/anpassung-2021/",
    "/aktionsplan/gebiete/053/",
    "/aktionsplan/gebiete/014/",
    "/aktionsplan/projekte/",
    "/aktionsplan/projekte/rampe-2/",
    "/aktionsplan/geld/?jahr=2011",
    "/aktionsplan/beschluesse/",
    "/aktionsplan/beschluesse/sachstand-2011/",
]


@pytest.mark.parametrize("path", PAGES)
def test_accessible_and_nothing_sticks_out(visit, portal, path):
    page = visit(path)
    assert sticks_out(page, [320, 360, 768, 1280]) == []
    assert violations_in_both_schemes(page) == []


def test_a_citizen_finds_what_is_done_in_the_own_neighbourhood(visit, portal):
    page = visit("/aktionsplan/", width=360)
    page.get_by_role("navigation", name="Im Aktionsplan").get_by_role("link", name="Projekte").click()
    page.get_by_label("Gebiet", exact=True).select_option(label="Marten")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page).to_have_url(re.compile("raum=102"))
    found = page.locator(".plan-item h3")
    expect(found).to_have_count(5)
    found.filter(has_text="Currendeblasen").get_by_role("link").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Currendeblasen in der Germaniasiedlung")
    expect(page.get_by_text("Aus welchem Topf dieses Projekt wie viel bekam, ist nicht bekannt.")).to_be_visible()


def test_from_the_profile_to_why_it_is_an_action_area_and_by_which_decision(visit, portal):
    page = visit("/gebiete/sozialraum/014/", width=360)
    page.get_by_role("link", name="Warum, welche Projekte, wie viel Geld").click()
    page.wait_for_url("**/aktionsplan/gebiete/014/")
    expect(page.get_by_text("seit dem 13. April 2021 Aktionsraum")).to_be_visible()
    page.get_by_role("link", name="19100-20").first.click()
    page.wait_for_url("**/aktionsplan/beschluesse/**")
