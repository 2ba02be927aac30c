"""A reader who has no German: every page in English, on a phone too, and the words that the scripts put together."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations_in_both_schemes
from tests.browser.map_page import address_of, open_map

pytestmark = pytest.mark.usefixtures("portal")

STATE = {"indikator": "transferleistungsquote", "ebene": "sozialraum", "zeit": "2024"}
MAP = "/en" + address_of(STATE)
PAGES = [
    *("/en/", MAP, "/en/gebiete/", "/en/gebiete/sozialraum/023/", "/en/indikatoren/", "/en/suche/?q=schule"),
    *("/en/indikatoren/transferleistungsquote/", "/en/rangliste/transferleistungsquote/"),
    *("/en/daten-und-quellen/", "/en/aktionsplan/", "/en/wo/?lat=51.52&lon=7.48"),
]
SCRIPT_WORDS = re.compile(r"\b(Rang|Klasse|Stadt|unter|Gebiete?|Wert|Werte|geschätzt|Prozentpunkte|seit|Verteilung)\b")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_sideways_and_axe_finds_nothing(visit, path):
    page = visit(path)
    assert sticks_out(page, [320, 1280]) == []
    assert violations_in_both_schemes(page) == []


def test_choosing_an_area_tells_it_in_english(visit):
    page = open_map(visit, path=MAP)
    area = page.locator("path.map-area[data-code='023']")
    expect(area).to_have_attribute("aria-label", re.compile(r"Borsigplatz.*34\.6.*Class \d of 6.*Rank 2 of 39"))
    area.focus()
    page.keyboard.press("Enter")
    card = page.locator("[data-slot=card]")
    expect(card).to_contain_text("Rank 2 of 39")
    expect(card).to_contain_text("−8.2 percentage points since 2018")
    assert not SCRIPT_WORDS.search(card.inner_text())
    card.get_by_role("link", name="Open profile").click()
    page.wait_for_url("**/en/gebiete/sozialraum/023/")


def test_changes_of_year_and_comparison_stay_english(visit):
    page = open_map(visit, path=MAP)
    page.get_by_label("Change since").select_option(label="31 Dec 2018")
    expect(page.locator("[data-slot=legend-title]")).to_contain_text("Change 2018 to 2024")
    expect(page.locator("[data-slot=summary]")).to_contain_text("percentage points")
    for slot in ["summary", "legend-title", "classes", "heads", "signs", "certainty"]:
        assert not SCRIPT_WORDS.search(page.locator(f"[data-slot='{slot}']").inner_text()), slot


def test_the_language_link_keeps_what_is_shown(visit):
    page = open_map(visit, path=MAP + "&gebiet=023")
    page.get_by_role("link", name="DE Deutsch").click()
    page.wait_for_url("**/karte/?**gebiet=023**")
    expect(page).not_to_have_url(re.compile("/en/"))
    expect(page.locator("html")).to_have_attribute("lang", "de")
