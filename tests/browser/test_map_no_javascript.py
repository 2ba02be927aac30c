"""The map page without JavaScript: table first, drawn map, links and the form."""

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import address_of


@pytest.fixture
def plain(browser, server, portal, watch_page):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + address_of({}))
    yield page
    context.close()


def test_table_and_drawn_map_are_there(plain):
    expect(plain.locator("tbody tr[data-code]")).to_have_count(39)
    expect(plain.locator("object.map-still")).to_be_visible()
    assert plain.locator("object.map-still").bounding_box()["height"] > 300
    assert not plain.get_by_role("button", name="Mein Standort").is_visible()


def test_links_select_an_area(plain):
    plain.get_by_role("link", name="Borsigplatz").first.click()
    expect(plain.locator("tr.chosen")).to_have_attribute("data-code", "023")
    assert plain.locator("[data-slot=card] h3").inner_text() == "Borsigplatz"


def test_form_and_heads_change_the_view(plain):
    plain.locator("label[for=f-zeit-2018]").click()
    plain.get_by_label("Klassen", exact=True).select_option("quantile")
    plain.get_by_role("button", name="Anzeigen").click()
    expect(plain.locator("[data-slot=period]")).to_have_text("31.12.2018")
    assert "klassen=quantile" in plain.url
    plain.get_by_role("link", name="Sozialraum", exact=True).click()
    expect(plain.locator("thead th[aria-sort]")).to_contain_text("Sozialraum")
