"""The map on a phone: sentence, controls, map, area, table, one below the other; one finger scrolls the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out
from tests.browser.map_page import address_of, open_map

_TOPS = "selectors => selectors.map(s => document.querySelector(s).getBoundingClientRect().top)"


@pytest.fixture
def phone(browser, server, portal, watch_page):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="de-DE", has_touch=True, is_mobile=True
    )
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + address_of({}))
    page.locator("path.map-area").first.wait_for(state="attached")
    yield page
    context.close()


def test_order_of_the_parts(phone):
    tops = phone.evaluate(_TOPS, [".lead", "[data-controls]", "#map", "[data-slot=card]", "table"])
    assert tops == sorted(tops)


def test_a_tap_selects_and_one_finger_scrolls_the_page(phone):
    phone.locator("path[data-code='012']").tap()
    assert phone.locator("[data-slot=card] h3").inner_text() == "Westfalenhalle"
    assert phone.evaluate("getComputedStyle(document.getElementById('map')).touchAction") == "pan-x pan-y"


def test_zoom_shows_more_names_and_leads_back(phone):
    before = phone.locator(".map-label").count()
    for _time in range(3):
        phone.get_by_role("button", name="Vergrößern").click()
        phone.wait_for_timeout(350)
    assert phone.locator(".map-label").count() > before
    phone.get_by_role("button", name="Ganze Stadt zeigen").click()
    expect(phone.locator(".map-label")).to_have_count(before)


@pytest.mark.parametrize("query", [{"gebiet": "023"}, {"ebene": "unterbezirk"}, {"indikator": "einwohner"}])
def test_nothing_sticks_out_sideways(visit, portal, query):
    assert sticks_out(open_map(visit, **query), [320, 360, 640, 899, 900, 1024, 1280]) == []


def test_controls_are_large_enough_to_hit(phone):
    small = phone.evaluate(
        """() => [...document.querySelectorAll(".map-controls select, .map-controls .segmented label, .map-tools button")]
             .filter(e => e.getBoundingClientRect().height < 42).map(e => e.outerHTML)"""
    )
    assert small == []


def test_table_and_map_share_the_window_on_a_desk(visit, portal):
    page = open_map(visit)
    assert page.locator("#map").evaluate("e => e.getBoundingClientRect().bottom") <= 900
    left, right = (page.locator(s).bounding_box() for s in (".map-table", ".map-panel"))
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 1


def test_the_wheel_scrolls_the_page_and_zooms_only_with_ctrl(visit, portal):
    page = open_map(visit)
    page.locator("#map").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function("window.scrollY > 100")
    assert page.locator("[data-tool=fit]").get_attribute("aria-disabled") == "true"
    page.locator("#map").hover()
    page.wait_for_function(
        "() => new Promise(done => { const y = scrollY; setTimeout(() => done(scrollY === y), 200); })"
    )
    for _try in range(5):  # a wheel that turns while the page still scrolls belongs to the page
        page.locator("#map").hover()
        page.keyboard.down("Control")
        page.mouse.wheel(0, -300)
        page.keyboard.up("Control")
        page.wait_for_timeout(400)
        if page.locator("[data-tool=fit]").get_attribute("aria-disabled") == "false":
            break
    expect(page.locator("[data-tool=fit]")).to_have_attribute("aria-disabled", "false")
