"""The map on paper: whole city, light colours, no buttons; afterwards the screen is as before."""

from tests.browser.map_page import open_map


def _room(page):
    """Width and height of the drawing, and of the frame that must hold it."""
    return page.evaluate(
        """() => { const box = document.querySelector("[role=listbox]").getBoundingClientRect(), map = document.getElementById("map").getBoundingClientRect();
             return [box.left - map.left, map.right - box.right, box.top - map.top, map.bottom - box.bottom]; }"""
    )


def test_the_whole_city_is_on_paper_and_on_the_screen_again(visit, portal):
    page = open_map(visit, gebiet="023", scheme="dark")
    before = _room(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert min(_room(page)) >= 0
    assert not page.locator("[data-tools]").is_visible()
    assert page.locator(".map-card").evaluate("e => getComputedStyle(e).color") == "rgb(28, 43, 48)"
    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_timeout(100)
    # The map keeps its place in whole pixels of the screen, which may round to the neighbouring one.
    assert all(abs(now - then) <= 1.5 for now, then in zip(_room(page), before, strict=True)), (_room(page), before)


def test_the_city_fills_the_map_at_every_size(visit, portal):
    page = open_map(visit)
    for width, height in [(1280, 900), (700, 900), (1600, 1100), (360, 740)]:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        sides = _room(page)
        assert min(sides) >= 0
        assert min(sides[0] + sides[1], sides[2] + sides[3]) < 30, (width, sides)


def test_map_and_card_fit_on_the_first_sheet(visit, portal):
    page = open_map(visit, gebiet="023")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1009})  # A4 within the margins of site.css, CSS pixels
    assert page.locator(".map-panel").evaluate("e => e.getBoundingClientRect().bottom") <= 1009
