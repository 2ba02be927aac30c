"""From a number on the map and in a profile to where it comes from."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations_in_both_schemes
from tests.browser.map_page import open_map

PATH = "/herkunft/transferleistungsquote/sozialraum/023/2024/"


def test_from_the_card_also_after_the_year_was_changed(visit, portal):
    page = open_map(visit, indikator="transferleistungsquote", ebene="sozialraum", gebiet="023")
    link = page.get_by_role("link", name="Woher kommt diese Zahl?")
    expect(link).to_have_attribute("href", PATH)
    page.get_by_text("2018", exact=True).first.click()
    expect(link).to_have_attribute("href", PATH.replace("2024", "2018"))
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Transferleistungsquote, Borsigplatz")
    expect(page.get_by_text("Kaufmännisch gerundet")).to_be_visible()


def test_from_a_profile_to_a_part_and_back_to_its_row(visit, portal):
    page = visit("/gebiete/sozialraum/023/")
    page.locator("#transferleistungsquote .figure-link").click()
    page.get_by_role("link", name="Borsigplatz", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/herkunft/transferleistungsquote/unterbezirk/061/2024/"))
    expect(page.get_by_text("Zeile 6162")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_read_it(visit, portal, width):
    page = visit(PATH, width=width)
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, [width]) == []
