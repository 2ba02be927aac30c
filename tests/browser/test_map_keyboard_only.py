"""The map without a mouse: one tab stop, arrows to neighbours, everything announced, nothing confused."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations, violations_in_both_schemes
from tests.browser.map_page import LEVELS, open_map


def _focused(page):
    return page.evaluate("document.activeElement.dataset.code")


def _enter_map(page):
    page.locator("path.map-area[tabindex='0']").focus()


def test_the_map_is_one_tab_stop(visit, portal):
    page = open_map(visit)
    expect(page.locator("path.map-area")).to_have_count(39)
    expect(page.locator("path.map-area[tabindex='0']")).to_have_count(1)
    page.locator(".table-wrap").focus()
    stops = 0
    for _press in range(60):
        page.keyboard.press("Tab")
        stops += page.evaluate("document.activeElement.matches('path.map-area')")
    assert stops == 1


def test_tab_leads_from_the_table_straight_to_an_area(visit, portal):
    page = open_map(visit)  # `visit` fails the test on any error of the script
    page.locator("tbody tr th a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('path.map-area')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('path.map-area')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#map') === null")


def test_arrows_lead_to_the_neighbour_in_that_direction(visit, portal):
    page = open_map(visit, gebiet="022")
    _enter_map(page)
    assert _focused(page) == "022"
    page.keyboard.press("ArrowRight")
    assert _focused(page) == "023"  # Borsigplatz lies east of Nordmarkt
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert _focused(page) == "021"  # Hafen lies west of it


@pytest.mark.parametrize(("level", "count"), LEVELS.items())
def test_arrow_keys_alone_reach_every_area(visit, portal, level, count):
    page = open_map(visit, ebene=level)
    reached = page.evaluate(
        """() => {
          const press = (path, key) => { path.focus(); path.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true})); };
          const start = document.querySelector("path.map-area[tabindex='0']");
          const seen = new Set([start.dataset.code]), queue = [start];
          while (queue.length) {
            const path = queue.shift();
            for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
              press(path, key);
              const next = document.activeElement;
              if (!seen.has(next.dataset.code)) { seen.add(next.dataset.code); queue.push(next); }
            }
          }
          return seen.size;
        }"""
    )
    assert reached == count


def test_home_and_end_follow_the_rank(visit, portal):
    page = open_map(visit)
    _enter_map(page)
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Holzen/Höchsten/Syburg")
    page.keyboard.press("Home")
    assert _focused(page) == "022"
    page.keyboard.press("PageDown")
    assert _focused(page) == "023"


def test_enter_selects_everywhere_and_escape_clears(visit, portal):
    page = open_map(visit)
    _enter_map(page)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator("path[aria-selected='true']").get_attribute("data-code") == "023"
    assert page.locator("tr.chosen").get_attribute("data-code") == "023"
    assert page.locator("[data-slot=card] h3").inner_text() == "Borsigplatz"
    expect(page).to_have_url(re.compile("gebiet=023"))
    page.keyboard.press("Escape")
    expect(page.locator("path[aria-selected='true']")).to_have_count(0)
    expect(page.locator("tr.chosen")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("gebiet"))


def test_an_area_is_announced_with_value_status_class_and_rank(visit, portal):
    page = open_map(visit, gebiet="023")
    spoken = page.locator("path[data-code='023']").get_attribute("aria-label")
    assert spoken.startswith("Borsigplatz: 34,6 % der Bevölkerung, geschätzt")
    assert "Klasse 5 von 6: 28,9 bis unter 41,2" in spoken
    assert "Rang 2 von 39" in spoken


def test_missing_and_joint_values_are_announced_in_words(visit, portal):
    page = open_map(visit, indikator="hilfen_in_der_familie")
    assert page.locator("path[data-code='011']").get_attribute("aria-label") == "City: nicht bekannt"
    page = open_map(visit, ebene="unterbezirk")
    assert "emeinsamer Wert mit" in page.locator("path[data-code='921']").get_attribute("aria-label")


def test_focus_selection_and_hover_look_different(visit, portal):
    page = open_map(visit, gebiet="022")
    _enter_map(page)
    page.keyboard.press("ArrowRight")
    page.locator("path[data-code='011']").hover()
    look = "s => { const c = getComputedStyle(document.querySelector(s)); return [c.stroke, c.strokeWidth, c.fill]; }"
    looks = [tuple(page.evaluate(look, s)) for s in (".map-focus", ".map-chosen", ".map-hover")]
    assert len(set(looks)) == 3
    assert looks[0][1] == looks[1][1] == "3px"
    assert all(page.locator(s).get_attribute("d") != "M0 0" for s in (".map-focus", ".map-chosen", ".map-hover"))


@pytest.mark.parametrize(
    "asked", [{"gebiet": "023"}, {"ebene": "unterbezirk"}, {"indikator": "einwohner"}, {"vergleich": "2018"}]
)
def test_no_accessibility_violations(visit, portal, asked):
    assert violations_in_both_schemes(open_map(visit, **asked)) == []


def test_no_accessibility_violations_on_a_phone(visit, portal):
    assert violations(open_map(visit, width=360, gebiet="023")) == []


def test_a_change_is_announced_once_and_the_card_only_when_it_differs(visit, portal):
    page = open_map(visit, gebiet="023")
    page.locator("[data-slot=histogram] svg").wait_for()
    said = page.locator("[data-announcement]")
    assert said.get_attribute("role") == "status"
    assert said.text_content() == ""
    card = page.evaluate_handle("document.querySelector('[data-slot=card] h3')")
    page.locator("#f-klassen").select_option("quantile")
    assert card.evaluate("h3 => h3.isConnected")
    assert said.text_content() == ""
    page.locator("#f-vergleich").select_option("2018")
    assert said.text_content() == page.locator("[data-slot=summary]").text_content() != ""
    label = page.locator("[role=listbox]").get_attribute("aria-label")
    assert "Sozialräume" in label
    assert "Veränderung 2018 bis 2024" in label


def test_a_link_leads_past_the_table_to_the_map(visit, portal):
    page = open_map(visit, gebiet="022")
    page.get_by_role("link", name="Zur Karte").focus()
    page.keyboard.press("Enter")
    assert _focused(page) == "022"


def test_the_way_to_the_map_is_hidden_until_it_has_the_focus(visit, portal):
    page = open_map(visit)
    link = page.locator(".map-skip")
    assert link.evaluate("element => element.getBoundingClientRect().right") < 0
    link.focus()
    assert link.evaluate("element => element.getBoundingClientRect().left") >= 0
