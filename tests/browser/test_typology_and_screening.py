"""Typology and "below the average" in the browser: axe in both schemes, widths, keyboard; readable without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations_in_both_schemes

pytestmark = pytest.mark.usefixtures("portal")

TYPOLOGY, SCREENING = "/typologie/", "/unter-dem-durchschnitt/"
PAGES = [
    TYPOLOGY,
    f"{TYPOLOGY}?zeit=2018",
    f"/en{TYPOLOGY}",
    SCREENING,
    f"{SCREENING}?am=2010-06-30",
    f"/en{SCREENING}",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_nothing_sticks_out(visit, path):
    page = visit(path)
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, (360, 768, 1280)) == []


@pytest.mark.parametrize(("path", "field"), [(TYPOLOGY, "typology-period"), (SCREENING, "screening-period")])
def test_another_year_is_chosen_with_the_keyboard_alone(visit, path, field):
    page = visit(path)
    years = page.locator(f"#{field} option")
    assert years.count() > 1
    before, wanted = page.locator(f"#{field}").input_value(), {years.nth(n).get_attribute("value") for n in (0, 1)}
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            break
    expect(page.locator(f"#{field}")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("ArrowDown" if before == years.nth(0).get_attribute("value") else "ArrowUp")
    for _press in range(9):  # a field for a day has several stops
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    (other,) = wanted - {before}
    expect(page).to_have_url(re.compile(f"zeit={other}"))
    expect(page.locator(f"#{field}")).to_have_value(other)


@pytest.mark.parametrize("path", [TYPOLOGY, SCREENING])
def test_the_page_is_complete_without_javascript(browser, portal, visit, path):
    with_script = visit(path).locator("main").inner_text()
    context = browser.new_context(java_script_enabled=False, locale="de-DE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{portal}{path}")
    without = page.locator("main").inner_text()
    context.close()
    assert without == with_script


@pytest.mark.parametrize("path", [TYPOLOGY, SCREENING])
def test_who_does_not_see_the_map_finds_every_area_in_the_table(visit, path):
    page = visit(path)
    expect(page.locator("main svg.thumbnail").first).to_have_attribute("aria-label", re.compile("in der Tabelle"))
    names = page.locator("main table").first.locator("tbody th[scope=row] a").all_inner_texts()
    assert len(names) == len(set(names)) == 39
