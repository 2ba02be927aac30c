"""Analyses in the browser: accessible, fitting, usable by keyboard, without script and without another host."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations_in_both_schemes

pytestmark = pytest.mark.usefixtures("portal")
PAGES = [
    "/analysen/",
    "/raeumliche-muster/",
    "/raeumliche-muster/transferleistungsquote/?ebene=unterbezirk",
    "/ungleichheit/",
    "/ungleichheit/transferleistungsquote/",
    "/zusammenhang/?x=transferleistungsquote&y=gymnasialempfehlungen",
    "/aehnliche-gebiete/",
    "/aehnliche-gebiete/sozialraum/023/",
]


@pytest.mark.parametrize("path", PAGES)
def test_no_accessibility_violations_and_nothing_sticks_out(visit, path):
    page = visit(path, width=1280)
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, [360, 768, 1280]) == []


def test_points_are_reached_by_keyboard_and_lead_to_profiles(visit):
    page = visit("/zusammenhang/?x=transferleistungsquote&y=gymnasialempfehlungen", width=1280)
    page.locator(".inside-skip").focus()
    page.keyboard.press("Tab")
    assert "Transferleistungsquote" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gebiete/sozialraum/**")


def test_the_chart_can_be_skipped(visit):
    page = visit("/zusammenhang/", width=1280)
    page.locator(".inside-skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "nach-dem-diagramm"


def test_colours_of_the_map_match_the_table(visit):
    page = visit("/raeumliche-muster/transferleistungsquote/?ebene=unterbezirk", width=1280)
    of_group = "Array.from(document.querySelectorAll('.area-map path.cluster-high:not(.is-hint)')).length"
    listed = page.locator("tbody", has=page.locator(".swatch.cluster-high:not(.is-hint)")).locator("tr:not(.group)")
    assert page.evaluate(of_group) == listed.count() > 0


def test_boxes_choose_what_is_compared(visit):
    page = visit("/aehnliche-gebiete/sozialraum/023/", width=1280)
    while page.locator("input[name=merkmal]:checked").count():
        page.locator("input[name=merkmal]:checked").first.uncheck()
    page.get_by_label("Transferleistungsquote", exact=True).check()
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.get_by_text("gemessen an 1 Indikator")).to_be_visible()
