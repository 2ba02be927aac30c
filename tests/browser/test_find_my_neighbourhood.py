"""A citizen looks for the own neighbourhood: by typing, by position, without JavaScript, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations, violations_in_both_schemes

pytestmark = pytest.mark.usefixtures("portal")

PAGES = [
    *("/", "/suche/?q=hoerde", "/suche/?q=Hombruhc", "/wo/?lat=51.5285&lon=7.4790", "/indikatoren/"),
    *(
        "/indikatoren/transferleistungsquote/",
        "/indikatoren/einwohner/",
        "/indikatoren/kinder_mit_normalgewicht/",
        "/daten-und-quellen/",
    ),
    *("/rangliste/transferleistungsquote/", "/rangliste/hilfen_in_der_familie/", "/aktionsplan/", "/en/"),
]
BORSIGPLATZ = {"latitude": 51.52861, "longitude": 7.47904}


def field(page):
    return page.get_by_role("main").get_by_role("combobox")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_sideways_and_axe_finds_nothing(visit, path):
    page = visit(path)
    assert sticks_out(page, [320, 360, 600, 900, 1280]) == []
    assert violations_in_both_schemes(page) == []


def test_typing_suggests_and_the_keyboard_opens_the_profile(visit):
    page = visit("/")
    field(page).focus()
    page.keyboard.type("hoer")
    options = page.get_by_role("option")
    expect(options.first).to_have_text(re.compile("Hörde.*Stadtbezirk"))
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_text(re.compile("Hörde.*Sozialraum"))
    assert field(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gebiete/sozialraum/082/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hörde")


def test_suggestions_pass_axe_and_close_by_escape(visit):
    page = visit("/", scheme="dark")
    field(page).fill("dorst")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_value("dorst")
    assert field(page).get_attribute("aria-activedescendant") is None


def test_enter_without_a_marked_suggestion_searches(visit):
    page = visit("/")
    field(page).fill("Rheinische Str")
    field(page).press("Enter")
    page.wait_for_url("**/suche/?q=Rheinische+Str")
    expect(page.get_by_role("heading", name="Einrichtungen")).to_be_visible()


def test_a_suggestion_can_be_clicked(visit):
    page = visit("/suche/", width=360)
    field(page).fill("marten")
    page.get_by_role("option").filter(has_text="Sozialraum").first.click()
    page.wait_for_url("**/gebiete/sozialraum/*/")


def test_an_old_answer_never_replaces_a_newer_one(visit):
    page = visit("/")
    field(page).press_sequentially("asseln", delay=40)
    expect(page.get_by_role("option").first).to_contain_text("Asseln")
    field(page).fill("")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_my_position_leads_to_my_neighbourhood(browser, server, watch_page):
    context = browser.new_context(geolocation=BORSIGPLATZ, permissions=["geolocation"], locale="de-DE")
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + "/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Wo bin ich?").click()
    page.wait_for_url("**/wo/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Borsigplatz")
    positions = [url for url in asked if "lat=" in url]
    assert [re.sub(r".*/wo/", "", url) for url in positions] == ["?lat=51.529&lon=7.479"]
    page.get_by_role("link", name="Borsigplatz").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Borsigplatz")
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("path", ["/indikatoren/", "/aktionsplan/", "/indikatoren/einwohner/", "/en/indikatoren/"])
def test_no_table_is_cut_off_on_a_phone(visit, path):
    page = visit(path, width=360)
    wider = (
        "[...document.querySelectorAll('.table-wrap')].map(e => e.scrollWidth - e.clientWidth).filter(more => more > 1)"
    )
    assert page.evaluate(wider) == []
    assert page.locator(".table-wrap").count() > 0


def test_a_refused_position_is_explained(visit):
    page = visit("/")
    button = page.get_by_role("button", name="Wo bin ich?")
    button.click()
    expect(page.get_by_text("Der Standort wurde nicht freigegeben")).to_be_visible()
    expect(button).to_be_enabled()


def test_without_javascript_everything_but_the_position_works(browser, server, watch_page):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + "/")
    expect(page.get_by_role("button", name="Wo bin ich?")).to_be_hidden()
    page.get_by_role("main").get_by_role("searchbox").fill("Horde")
    page.get_by_role("main").get_by_role("button", name="Suchen").click()
    page.get_by_role("main").get_by_role("link", name="Hörde", exact=True).nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hörde")
    page.goto(server.url + "/rangliste/transferleistungsquote/")
    page.get_by_label("Ebene").select_option("stadtbezirk")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page).to_have_url(re.compile("ebene=stadtbezirk"))
    expect(page.get_by_role("row")).to_have_count(14)
    context.close()


def test_any_day_of_the_action_plan_by_form(visit):
    page = visit("/aktionsplan/")
    page.get_by_label("Stand am").fill("2021-04-12")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.get_by_role("heading", name="Am 12.04.2021: 13 Aktionsräume")).to_be_visible()
    page.get_by_role("link", name="Heute", exact=True).click()
    expect(page.get_by_role("heading", name="Heute: 13 Aktionsräume")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/indikatoren/", "/rangliste/transferleistungsquote/", "/aktionsplan/"])
def test_targets_are_large_enough_for_a_finger(visit, path):
    page = visit(path, width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main .button, main select, main input:not([type=hidden])")]
            .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []


def test_the_start_page_needs_few_requests(visit, watch):
    visit("/")
    assert len(watch.requests) <= 8, watch.requests
