"""An own group of areas: by clicks on the map, by keyboard, and without JavaScript."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations_in_both_schemes

EVING = "/gruppe/?ebene=sozialraum&gebiete=041,042,043&name=Eving"


def query_of(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_click_on_the_map_ticks_the_box_and_the_address_holds_the_group(visit, portal):
    page = visit("/gruppe/?ebene=sozialraum")
    areas = page.locator("[data-map] path")
    expect(areas).to_have_count(39)
    for code in ("041", "042", "043"):
        page.locator(f'[data-map] path[data-code="{code}"]').click()
    page.locator('[data-map] path[data-code="043"]').click()
    expect(page.locator("input[name=gebiet]:checked")).to_have_count(2)
    expect(page.locator("[data-map] path.is-here")).to_have_count(2)
    assert page.locator("[data-count]").inner_text() == "(2)"
    page.get_by_label("Name (nach Belieben").fill("Nord & Süd")
    page.get_by_role("button", name="Zusammenfassen").click()
    page.wait_for_url(re.compile("gebiete="))
    assert query_of(page) == {"ebene": "sozialraum", "gebiete": "041,042", "name": "Nord & Süd"}
    assert page.get_by_role("heading", level=1).inner_text() == "Nord & Süd"


def test_boxes_work_with_the_keyboard_and_without_script(browser, server, watch_page, portal):
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + "/gruppe/?ebene=stadtbezirk")
    assert not page.locator("[data-map]").is_visible()
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("gebiete="))
    assert len(query_of(page)["gebiete"].split(",")) == 2
    expect(page.locator(".group-table")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", [EVING, "/en" + EVING, "/gruppe/?ebene=unterbezirk"])
def test_page_is_accessible_and_fits_every_width(visit, portal, path):
    page = visit(path)
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, [320, 360, 768, 900, 1280]) == []


def test_interval_and_mark_are_read_aloud(visit, portal):
    page = visit(EVING)
    cell = page.get_by_role("row", name="Erziehungshilfen außerhalb der Familie").get_by_role("cell").nth(1)
    assert "zwischen" in cell.text_content() and "wackelt" in cell.text_content()
    expect(page.locator(".signs").get_by_text("kann Zufall sein")).to_be_visible()


def test_script_of_the_map_marks_changes_that_may_be_chance(visit, portal):
    """Dortmund has counts of one year only: two years made up here, as published files would hold them."""
    page = visit("/karte/")
    rows = page.evaluate("""async () => {
        const { viewOf } = await import("/static/js/map/model.js");
        const figures = {
          decimals: 1, counts: false, areas: ["1", "2", "3"], limits: {}, change: { "2018-2024": [] }, joint: {},
          periods: [{ code: "2018" }, { code: "2024" }], ranks: { 2024: [1, 2, null] },
          values: { 2018: [5, 5, 5], 2024: [9, 6, null] }, status: { 2018: "rrr", 2024: "rrs" },
          city: { 2018: { value: 5, status: "r" }, 2024: { value: 6, status: "r", interval: [5, 7] } },
          intervals: { 2024: [[8, 10], [2, 11], null] }, differs: { 2024: [true, false, null] },
          differs_since: { "2018-2024": [true, false, null, false] },
        };
        const data = { language: "de", indicator: { decimals: 1, unit: "%", breaks: [] }, texts: { allValues: "" } };
        const view = viewOf(data, figures, { period: "2024", compare: "", method: "natuerlich", count: 5 });
        return [...view.rows, view.city].map((row) => [row.interval, row.isShaky ?? null, row.changeIsShaky]);
    }""")
    assert rows == [[[8, 10], False, False], [[2, 11], True, True], [None, False, False], [[5, 7], None, True]]
