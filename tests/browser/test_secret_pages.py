"""Pages that show a secret number: accessible in both schemes, nothing sticks out, the map's patterns stand apart."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations_in_both_schemes
from tests.browser.map_page import open_map

MAP = {"indikator": "hilfen_in_der_familie", "ebene": "sozialraum", "zeit": "2001"}
PAGES = [
    "/rangliste/hilfen_in_der_familie/",
    "/gebiete/sozialraum/073/",
    "/gebiete/sozialraum/081/",
    "/indikatoren/hilfen_in_der_familie/",
    "/herkunft/hilfen_in_der_familie/sozialraum/073/2001/",
    "/herkunft/erziehungshilfen_insgesamt/sozialraum/081/2001/",
    "/gruppe/?ebene=sozialraum&gebiete=081,083",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_with_a_secret_number(visit, portal, path):
    page = visit(path)
    expect(page.locator('main a[href="/methoden/#geheimhaltung"]').first).to_be_visible()
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, (360, 1280)) == []


def test_map_with_a_secret_area_chosen(visit, portal):
    page = open_map(visit, gebiet="073", **MAP)
    expect(page.locator("[data-slot=card]")).to_contain_text("Diese Zahl bleibt geheim")
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, (360, 1280)) == []


def test_the_explanation_comes_and_goes_with_the_secret_number(visit, portal):
    page = open_map(visit, gebiet="081", **MAP)
    card = page.locator("[data-slot=card]")
    expect(card).not_to_contain_text("geheim")
    page.locator('tr[data-code="073"] a').click()
    expect(card.locator('a[href="/methoden/#geheimhaltung"]')).to_have_count(1)
    expect(page.locator("[data-secret]:visible")).to_have_count(3)
    page.get_by_text("Stadtbezirke", exact=True).first.click()
    expect(page.locator("[data-secret]:visible")).to_have_count(0)


def test_secret_and_unknown_areas_never_look_alike(visit, portal):
    page = open_map(visit, **MAP)
    fill = "code => getComputedStyle(document.querySelector(`tr[data-code='${code}'] .swatch`)).backgroundImage"
    assert page.evaluate(fill, "073") == page.evaluate(fill, "074") != page.evaluate(fill, "011")
    drawn = "css => getComputedStyle(document.querySelector(`path.map-area.${css}`)).fill"
    assert page.evaluate(drawn, "is-suppressed") != page.evaluate(drawn, "is-missing")
