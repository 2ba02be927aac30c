"""One selection for map, table, distribution and card; the pointer only shows, a click chooses."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import open_map


def test_pointing_tells_and_changes_nothing(visit, portal):
    page = open_map(visit, gebiet="023")
    page.locator("path[data-code='054']").hover()
    expect(page.locator("[data-readout]")).to_have_text(re.compile("^Scharnhorst-Ost: 31,7 % der Bevölkerung"))
    assert page.locator("tr.chosen").get_attribute("data-code") == "023"
    page.locator("h1").hover()
    expect(page.locator("[data-readout]")).to_have_text(re.compile("^Borsigplatz"))
    page.locator("tr[data-code='022']").hover()
    expect(page.locator("[data-readout]")).to_have_text(re.compile("^Nordmarkt"))


def test_a_click_on_the_map_or_in_the_table_chooses_the_same(visit, portal):
    page = open_map(visit)
    for click in (page.locator("path[data-code='022']"), page.locator("tr[data-code='023'] a")):
        click.click()
        code = page.locator("tr.chosen").get_attribute("data-code")
        name = page.locator("tr.chosen th a").inner_text()
        assert page.locator("path[aria-selected='true']").get_attribute("data-code") == code
        assert page.locator("tr.chosen a").get_attribute("aria-current") == "true"
        assert page.locator("[data-slot=card] h3").inner_text() == name
        assert name in page.locator("[data-slot=histogram] svg").get_attribute("aria-label")
    assert page.locator("[data-slot=card] a").first.get_attribute("href") == "/gebiete/sozialraum/023/"


def test_a_click_outside_the_city_clears(visit, portal):
    page = open_map(visit, gebiet="023")
    page.locator("#map").click(position={"x": 5, "y": 5})
    expect(page.locator("tr.chosen")).to_have_count(0)
    assert page.locator("[data-slot=card]").inner_text().startswith("Wählen Sie ein Gebiet")
    expect(page).not_to_have_url(re.compile("gebiet="))


def test_an_area_chosen_on_the_map_comes_into_view_in_the_table(visit, portal):
    page = open_map(visit, ebene="unterbezirk")
    last = page.locator("tbody tr[data-code]").last
    code = last.get_attribute("data-code")
    top = page.evaluate("scrollY")
    page.evaluate(
        "code => document.getElementById('map-area-' + code).dispatchEvent(new MouseEvent('click', {bubbles: true}))",
        code,
    )
    row, frame = last.bounding_box(), page.locator(".table-wrap").bounding_box()
    assert frame["y"] <= row["y"] <= frame["y"] + frame["height"] - row["height"] + 1
    assert page.evaluate("scrollY") == top


@pytest.mark.parametrize(("period", "title"), [("2018", "31.12.2018"), ("2024", "31.12.2024")])
def test_the_title_names_the_period(visit, portal, period, title):
    page = open_map(visit)
    page.get_by_text(period, exact=True).first.click()
    assert title in page.title()


def _is_row_in_its_box(page, code):
    return page.locator(f"tr[data-code='{code}']").evaluate(
        """row => { const r = row.getBoundingClientRect(), box = row.closest(".table-wrap").getBoundingClientRect();
        return r.top >= box.top && r.bottom <= box.bottom + 1; }"""
    )


def test_the_chosen_row_is_in_view_after_loading_and_sorting(visit, portal):
    page = open_map(visit, ebene="unterbezirk", gebiet="671")
    page.locator("[data-slot=histogram] svg").wait_for()
    assert _is_row_in_its_box(page, "671")
    for sorting in ("name", "rang"):
        page.locator(f"[data-sort={sorting}]").click()
        assert _is_row_in_its_box(page, "671")
    assert page.evaluate("scrollY") == 0
    page.locator("#f-indikator").select_option("arbeitslosenquote")
    expect(page.locator("h1")).to_have_text("Arbeitslosenquote")
    assert _is_row_in_its_box(page, "671")
    assert page.evaluate("scrollY") == 0
