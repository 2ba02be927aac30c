"""Profile and list of areas in the browser: readable at every width, in both schemes, by keyboard, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import TOO_WIDE, sticks_out, violations_in_both_schemes

pytestmark = pytest.mark.usefixtures("portal")

PROFILES = [
    "/gebiete/sozialraum/023/",
    "/gebiete/stadt/05913000/",
    "/gebiete/unterbezirk/671/",
    "/gebiete/sozialraum/104/",
    "/gebiete/sozialraum/053/",
]
LISTS = ["/gebiete/", "/gebiete/?ebene=unterbezirk"]
BORSIGPLATZ = PROFILES[0]
# A card clips what is too wide for it, so the page's own width would not show that figures are cut off.
_CUT_OFF = """[...document.querySelectorAll('.card--flush')].flatMap(card => {
  const edge = card.getBoundingClientRect().right;
  const seen = card.querySelectorAll('caption, tbody :is(td, th, a, span:not(.visually-hidden)), li');
  return [...seen].filter(e => e.getBoundingClientRect().right > edge).map(e => e.textContent.trim());
})"""


@pytest.mark.parametrize("path", [BORSIGPLATZ, LISTS[0]])
def test_no_accessibility_violations_on_a_phone_with_everything_open(visit, path):
    page = visit(path, width=360)
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
    assert violations_in_both_schemes(page) == []


@pytest.mark.parametrize("path", [*PROFILES, *LISTS])
def test_nothing_sticks_out_sideways_or_is_cut_off_and_axe_finds_nothing(visit, path):
    page, widths = visit(path), [320, 360, 768, 900, 1100, 1280]
    assert sticks_out(page, widths, problem=f"{TOO_WIDE} || {_CUT_OFF}.length > 0") == []
    assert violations_in_both_schemes(page) == []


def test_on_a_phone_the_sentence_comes_first_and_rows_are_blocks(visit):
    page = visit(BORSIGPLATZ, width=360)
    tops = [page.locator(s).first.bounding_box()["y"] for s in ("h1", ".lead", ".key-figures", ".locator", "table")]
    assert tops == sorted(tops)
    row = page.locator("#transferleistungsquote")
    name, value, strip = (row.locator(s).bounding_box() for s in ("th", "td.main", "svg.strip"))
    assert abs(name["y"] - value["y"]) < 8
    assert strip["y"] > name["y"]
    assert strip["width"] > 250
    assert "Stadt (15,4)" in row.inner_text()


def test_rows_keep_their_table_meaning_on_a_phone(visit):
    page = visit(BORSIGPLATZ, width=360)
    table = page.get_by_role("table", name="Kennwerte für Borsigplatz")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Transferleistungsquote"))
    assert "geschätzt 34,6 Prozent der Bevölkerung" in row.get_by_role("cell").first.inner_text()


def test_dot_of_the_strip_lies_where_the_value_lies(visit):
    page = visit(BORSIGPLATZ)
    strip = page.locator("#transferleistungsquote svg.strip")
    box, here, city = (strip.locator(s).bounding_box() for s in (".axis", ".here", ".city"))
    values = page.evaluate(
        """async () => (await (await fetch('/karte/kennwerte.csv?indikator=transferleistungsquote&ebene=sozialraum')).text())
           .split('\\r\\n').slice(1).filter(Boolean).map(l => l.split(';')[5].replace(',', '.')).map(Number)"""
    )
    low, high = min(values), max(values)
    for mark, value in ((here, 34.6), (city, 15.4)):
        middle = mark["x"] + mark["width"] / 2
        assert middle == pytest.approx(box["x"] + box["width"] * (value - low) / (high - low), abs=1.5)


def test_keyboard_walks_links_and_lists_but_not_the_small_map(visit):
    page = visit(BORSIGPLATZ)
    reached = []
    for _ in range(140):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert any("indikator=transferleistungsquote" in r for r in reached)
    assert any("kennwerte.csv" in r for r in reached)
    assert not any('tabindex="-1"' in r for r in reached)
    summary = page.locator(".profile-facilities summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".profile-facilities details").first.get_attribute("open") is not None


def test_small_map_leads_to_the_neighbour(visit):
    page = visit(BORSIGPLATZ)
    page.locator('.locator a[href$="/sozialraum/022/"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nordmarkt")


def test_indicator_leads_to_the_map_with_this_area_selected(visit):
    page = visit(BORSIGPLATZ)
    link = page.get_by_role("link", name="Transferleistungsquote", exact=True).get_attribute("href")
    assert link == "/karte/?indikator=transferleistungsquote&ebene=sozialraum&zeit=2024&gebiet=023"


def test_without_javascript_everything_is_there_except_the_print_button(browser, portal, watch_page):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    watch_page(page)
    page.goto(portal + BORSIGPLATZ)
    assert page.locator("svg.strip[role=img]").count() == page.locator("tr[id]").count()
    assert not page.get_by_role("button", name="Drucken").is_visible()
    page.get_by_text("Kindertageseinrichtung").click()
    expect(page.get_by_text("Anschrift")).to_have_count(0)
    expect(page.locator(".profile-facilities details[open] li")).to_have_count(8)
    page.goto(portal + "/gebiete/")
    page.get_by_role("link", name="Statistische Bezirke").click()
    expect(page).to_have_url(re.compile(r"\?ebene=bezirk$"))
    context.close()


def test_print_button_prints(visit):
    page = visit(BORSIGPLATZ)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Drucken").click()
    assert page.evaluate("window.printed") is True


@pytest.mark.parametrize("code", ["023", "053", "081", "092", "104"])
def test_profile_of_a_sozialraum_is_one_sheet_of_paper(visit, code):
    page = visit(f"/gebiete/sozialraum/{code}/", scheme="dark")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    page.emulate_media(media="print")
    assert page.locator("svg.strip .here").first.is_visible()
    assert not page.locator(".profile-facilities").is_visible()


def test_forced_colours_keep_strip_and_map(visit):
    page = visit(BORSIGPLATZ)
    page.emulate_media(forced_colors="active")
    colours = page.evaluate(
        """['.here', '.city', '.tick'].map(s => getComputedStyle(document.querySelector('#durchschnittsalter .strip ' + s)))
           .map(style => style.fill + style.stroke)"""
    )
    assert len(set(colours)) == 3
    here, other = (page.locator(s).first for s in (".locator .is-here", ".locator path:not(.is-here)"))
    fill = "e => getComputedStyle(e).fill"
    assert here.evaluate(fill) != other.evaluate(fill)


def test_profile_is_small_and_asks_no_other_host(visit, watch):
    page = visit(BORSIGPLATZ)
    page.evaluate("document.fonts.ready.then(() => true)")
    assert len(watch.requests) <= 6, watch.requests
    assert watch.unexpected() == []
