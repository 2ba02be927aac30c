"""Compare two years: changing year, comparison, classes and selection asks the server nothing and is done at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import open_map, slots_of, table_of

# Changes a control and reads the picture in the same turn of the script: nothing may be left for a later frame.
# How many milliseconds that takes is measured by tests/bench.
_AT_ONCE = """async ([selector, value]) => {
  const picture = () => JSON.stringify([
    [...document.querySelectorAll("path.map-area")].map(path => [path.dataset.code, path.getAttribute("class")]),
    // The addresses behind the names follow later, on purpose: nobody sees them.
    ...[...document.querySelectorAll("tbody tr")].map(row => row.innerHTML.replace(/href="[^"]*"/g, "")),
    ...["[data-slot=classes]", "[data-slot=period]", "[data-slot=legend-title]"].map(name => document.querySelector(name).innerHTML),
  ]);
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const field = document.querySelector(selector), before = picture();
  if (field.type === "radio") field.checked = true; else field.value = value;
  field.dispatchEvent(new Event("change", {bubbles: true}));
  const atOnce = picture();
  await frame(); await frame(); await frame();
  return {changed: atOnce !== before, complete: atOnce === picture()};
}"""


def test_year_and_comparison_change_without_a_request(visit, portal, watch):
    page = open_map(visit, gebiet="023")
    page.wait_for_load_state("networkidle")
    before = len(watch.requests)
    assert page.locator("[data-slot=card] .map-card__value").inner_text() == "(34,6)\u202f%"
    page.get_by_text("2018", exact=True).first.click()
    expect(page.locator("[data-slot=period]")).to_have_text("31.12.2018")
    assert table_of(page)["023"]["value"] == "(42,8)"
    expect(page).to_have_url(re.compile("zeit=2018"))
    page.get_by_text("2024", exact=True).first.click()
    page.locator("#f-vergleich").select_option("2018")
    expect(page).to_have_url(re.compile("vergleich=2018"))
    assert slots_of(page)["legend-title"].startswith("Veränderung 2018 bis 2024")
    assert table_of(page)["023"]["change"] == "−8,2"
    assert page.locator("path[data-code='023']").get_attribute("class").split()[2].startswith("div-")
    page.locator("#f-vergleich").select_option("")
    page.locator("#f-klassen").select_option("quantile")
    page.locator("select[name=anzahl]").select_option("3")
    expect(page.locator("[data-slot=classes] li")).to_have_count(3)
    page.locator("tr[data-code='054'] a").click()
    assert page.locator("[data-slot=card] h3").inner_text() == table_of(page)["054"]["name"]
    assert len(watch.requests) == before


def test_a_comparison_that_is_impossible_is_given_up(visit, portal):
    page = open_map(visit, vergleich="2018")
    page.get_by_text("2018", exact=True).first.click()
    expect(page).not_to_have_url(re.compile("vergleich"))
    assert page.locator("#f-vergleich").is_disabled()


@pytest.mark.parametrize("level", ["sozialraum", "unterbezirk"])
def test_changes_are_done_before_the_next_frame(visit, portal, level):
    page = open_map(visit, ebene=level, gebiet="")
    for step in [
        ("#f-zeit-2018", ""),
        ("#f-zeit-2024", ""),
        ("#f-vergleich", "2018"),
        ("#f-vergleich", ""),
        ("#f-klassen", "quantile"),
        ("#f-klassen", "natuerlich"),
        ("[name=anzahl]", "4"),
        ("[name=anzahl]", "6"),
    ]:
        assert page.evaluate(_AT_ONCE, list(step)) == {"changed": True, "complete": True}, step


def test_another_indicator_comes_in_the_background_and_back_leads_back(visit, portal, watch):
    page = open_map(visit, gebiet="023")
    page.evaluate("window.same = true")
    page.locator("#f-indikator").focus()
    page.locator("#f-indikator").select_option("arbeitslosenquote")
    expect(page.locator("h1")).to_have_text("Arbeitslosenquote")
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement.id") == "f-indikator"
    expect(page).to_have_url(re.compile("indikator=arbeitslosenquote"))
    expect(page).to_have_url(re.compile("gebiet=023"))
    assert page.title().startswith("Arbeitslosenquote")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Transferleistungsquote")
    assert page.locator("#f-indikator").input_value() == "transferleistungsquote"
    assert page.locator("[data-slot=card] h3").inner_text() == "Borsigplatz"


def test_another_level_draws_its_areas_and_keeps_the_focus(visit, portal):
    page = open_map(visit)
    page.locator("#f-ebene-unterbezirk").focus()
    page.keyboard.press("Space")
    expect(page.locator("path.map-area")).to_have_count(170)
    assert page.evaluate("document.activeElement.id") == "f-ebene-unterbezirk"
    expect(page.locator("tbody tr[data-code]")).to_have_count(170)
    page.go_back()
    expect(page.locator("path.map-area")).to_have_count(39)


def test_a_failing_answer_leaves_the_old_view_and_says_so(visit, portal, page, watch):
    watch.allow("500|Failed to load")
    page = open_map(visit, gebiet="023")
    page.route("**/karte/?indikator=arbeitslosenquote*", lambda route: route.fulfill(status=500))
    page.locator("#f-indikator").select_option("arbeitslosenquote")
    page.get_by_text("konnte nicht geladen werden").wait_for()
    assert page.locator("h1").inner_text() == "Transferleistungsquote"
    assert page.locator("#f-indikator").input_value() == "transferleistungsquote"
    expect(page.locator("path.map-area")).to_have_count(39)


def test_time_can_be_slid_and_played(visit, portal):
    page = open_map(visit, indikator="einwohner", zeit="2018")
    slider = page.locator("[data-slider]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-slot=period]")).to_have_text("31.12.2019")
    assert slider.get_attribute("aria-valuetext") == "31.12.2019"
    page.locator("[data-play]").click()
    assert page.locator("[data-play]").inner_text() == "Anhalten"
    expect(page.locator("[data-slot=period]")).to_have_text("31.12.2021", timeout=6000)
    page.locator("[data-play]").click()
    assert page.locator("[data-play]").inner_text() == "Abspielen"


def test_downloads_and_languages_follow_the_state(visit, portal):
    page = open_map(visit)
    page.get_by_text("2018", exact=True).first.click()
    page.locator("tr[data-code='023'] a").click()
    expect(page).to_have_url(re.compile("zeit=2018&gebiet=023"))
    query = page.url.split("?")[1]
    for link in page.locator("[data-download]").all():
        assert link.get_attribute("href").endswith(f"?{query}")
    page.get_by_label("Breite in Pixeln").fill("700")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG herunterladen").click()
    asked = download.value.url.split("?")[1]
    assert sorted(asked.split("&")) == sorted([*query.split("&"), "breite=700"])
    assert download.value.suggested_filename.endswith("2018.svg")
    assert "stand=" in page.locator("[data-permalink]").get_attribute("href")
    assert page.locator(".languages a[hreflang=en]").first.get_attribute("href").endswith(f"?{query}")


def test_sorting_needs_no_request_and_is_told(visit, portal, watch):
    page = open_map(visit)
    page.wait_for_load_state("networkidle")
    before = len(watch.requests)
    page.get_by_role("link", name="Sozialraum", exact=True).click()
    expect(page.locator("thead th[aria-sort]")).to_contain_text("Sozialraum")
    assert page.locator("tbody tr th a").first.inner_text().startswith("A")
    expect(page).to_have_url(re.compile("sortierung=name"))
    assert len(watch.requests) == before


def test_action_areas_can_be_hidden(visit, portal):
    page = open_map(visit)
    expect(page.locator(".map-plan")).to_have_count(1)
    page.get_by_label("Aktionsräume zeigen").uncheck()
    expect(page.locator(".map-plan")).to_have_count(0)
    expect(page).to_have_url(re.compile("plan=0"))
    assert not page.locator("[data-slot=plan-legend]").is_visible()
