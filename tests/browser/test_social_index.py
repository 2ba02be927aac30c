"""The social index in the browser: the what-if page computes as the server does; axe, keyboard, widths, both schemes."""

import re

import pytest
from playwright.sync_api import expect

from .axe import violations

pytestmark = pytest.mark.usefixtures("portal")

STATUS = "/sozialindex/mss_status/"
WHAT_IF = f"{STATUS}was-waere-wenn/"


def shown(page):
    """Order, score and class of every row."""
    rows = page.locator("[data-rows] tr").all()
    return [
        (
            row.get_attribute("data-code"),
            row.locator("[data-score]").inner_text(),
            row.locator("[data-class]").inner_text(),
        )
        for row in rows
    ]


def colours(page):
    return page.eval_on_selector_all(
        "[data-map] path[data-area]", "paths => paths.map((p) => [p.dataset.area, p.getAttribute('class')])"
    )


@pytest.mark.parametrize("weights", [("1", "1", "0"), ("0.35", "2.5", "1.15"), ("0", "3", "0")])
def test_the_script_computes_what_the_server_computes(visit, portal, browser, weights):
    query = "&".join(f"g{n}={weight}" for n, weight in enumerate(weights, start=1))
    plain = browser.new_context(java_script_enabled=False)
    there = plain.new_page()
    there.goto(f"{portal}{WHAT_IF}?{query}")
    expected, painted, told = shown(there), None, there.locator("[data-result]").inner_text()
    page = visit(WHAT_IF)
    for n, weight in enumerate(weights, start=1):
        page.locator(f"#weight-g{n}").fill(weight)
    expect(page.locator("[data-result]")).to_have_text(told)
    assert shown(page) == expected
    painted = colours(page)
    visit(f"{WHAT_IF}?{query}")
    assert colours(page) == painted
    plain.close()


def test_the_address_carries_the_weights_and_zero_is_told(visit):
    page = visit(WHAT_IF)
    page.locator("#weight-g2").fill("2")
    expect(page).to_have_url(re.compile("g2=2"))
    for n in (1, 2, 3):
        page.locator(f"#weight-g{n}").fill("0")
    expect(page.locator("[data-result]")).to_contain_text("Alle Gewichte sind 0")
    assert page.locator("[data-answer]").is_hidden()


def test_sliders_work_with_the_keyboard(visit):
    page = visit(WHAT_IF)
    slider = page.locator("[data-slider=g1]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert re.fullmatch(r"1\.05", page.locator("#weight-g1").input_value())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "weight-g1"


@pytest.mark.parametrize("path", ["/sozialindex/", STATUS, f"{STATUS}matrix/", WHAT_IF])
def test_accessible_and_never_wider_than_the_screen(visit, path):
    page = visit(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert violations(page) == []
