"""Text and error pages in the browser: nothing is lost on small screens, without mouse, in either colour scheme."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations, violations_in_both_schemes

PAGES = [
    "/ueber/",
    "/barrierefreiheit/",
    "/datenschutz/",
    "/impressum/",
    "/leichte-sprache/",
    "/methoden/",
    "/en/methoden/",
    "/en/ueber/",
]
NAV_LABELS = ["Karte", "Gebiete", "Aktionsplan", "Indikatoren", "Daten"]


@pytest.mark.parametrize("path", PAGES)
def test_no_accessibility_violations(visit, path):
    assert violations_in_both_schemes(visit(path)) == []


def test_no_accessibility_violations_on_a_phone_with_open_menu(visit):
    page = visit("/impressum/", width=320)
    page.get_by_text("Menü", exact=True).click()
    assert violations_in_both_schemes(page) == []


def test_axe_notices_a_real_fault(visit):
    page = visit("/ueber/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any(line.startswith("button-name") for line in violations(page))


def test_colours_that_are_too_weak_in_one_scheme_only_are_noticed(visit):
    page = visit("/ueber/")
    page.evaluate("document.querySelector('main li').classList.add('faint')")
    page.evaluate("""() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync("@media (prefers-color-scheme: dark) { .faint { color: #333 !important; background: #222 !important; } }");
        document.adoptedStyleSheets = [sheet]; }""")
    found = violations_in_both_schemes(page)
    assert found and all(line.startswith("dark: color-contrast") for line in found)


def test_what_is_too_wide_at_one_width_is_noticed(visit):
    page = visit("/ueber/")
    page.evaluate("Object.assign(document.querySelector('main p').style, {width: '700px', maxWidth: 'none'})")
    assert sticks_out(page, [360, 1280]) == [360]


def test_watch_notices_foreign_requests_and_refused_inline_code(visit, watch):
    page = visit("/ueber/")
    assert watch.unexpected() == []
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.2:9/x.png'}))")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in problem for problem in watch.unexpected())
    assert any("img-src" in problem or "another host" in problem for problem in watch.unexpected())
    watch.allow("Content Security Policy|another host")


def test_nothing_sticks_out_sideways(visit):
    page = visit("/barrierefreiheit/")
    assert sticks_out(page, [320, 360, 768, 899, 900, 1000, 1169, 1170, 1280]) == []


def test_all_entrances_are_reachable_at_320_pixels_without_javascript(browser, server, watch_page):
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + "/ueber/")
    nav = page.get_by_role("navigation", name="Hauptnavigation")
    assert not nav.is_visible()
    page.get_by_text("Menü", exact=True).click()
    for label in NAV_LABELS:
        expect(nav.get_by_role("link", name=label, exact=True)).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.get_by_role("link", name="EN English")).to_be_visible()
    context.close()


def test_wide_header_shows_everything_in_one_line(visit):
    page = visit("/ueber/", width=1280)
    assert page.locator(".site-header").bounding_box()["height"] <= 64
    expect(page.get_by_role("navigation", name="Hauptnavigation")).to_be_visible()


def test_keyboard_reaches_the_skip_link_first_and_jumps_over_the_header(visit):
    page = visit("/ueber/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    box = page.locator(".skip-link").bounding_box()
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_ring_is_three_pixels_wide(visit):
    page = visit("/ueber/")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_a_page_needs_three_requests_and_loads_its_typeface(visit, watch):
    page = visit("/ueber/")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert len(watch.requests) == 3, watch.requests
    assert page.evaluate("[...document.fonts].some(f => f.family.includes('Source Sans 3') && f.status === 'loaded')")


def test_missing_page_offers_search_and_passes_axe(visit, watch):
    watch.allow("404")
    page = visit("/gibt-es-nicht/")
    assert page.get_by_role("heading", level=1).inner_text() == "Diese Seite gibt es nicht"
    expect(page.get_by_role("main").get_by_role("searchbox")).to_be_visible()
    assert violations(page) == []


def test_paper_is_light_even_for_readers_with_a_dark_screen(visit):
    page = visit("/ueber/", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.get_by_role("navigation", name="Hauptnavigation").is_visible()
