"""What the script writes into the page is what the server would have written for that address, letter by letter."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import address_of, open_map, slots_of, table_of

STATES = [
    {"zeit": "2018"},
    {"zeit": "2018", "klassen": "quantile", "anzahl": "4", "gebiet": "054"},
    {"vergleich": "2018", "gebiet": "023"},
    {"ebene": "unterbezirk", "gebiet": "921", "sortierung": "veraenderung"},
    {"ebene": "unterbezirk", "zeit": "2018", "sortierung": "name", "plan": "0"},
    {"ebene": "unterbezirk", "vergleich": "2018", "sortierung": "schluessel"},
    {"ebene": "stadtbezirk", "klassen": "gleich", "anzahl": "3"},
    {"indikator": "einwohner", "zeit": "2019", "gebiet": "011"},
    {"indikator": "einwohner", "ebene": "stadtbezirk", "vergleich": "2018"},
    {"indikator": "arbeitslosenquote", "klassen": "abweichung"},
    {"indikator": "arbeitslose_unter_25", "ebene": "unterbezirk", "gebiet": "004"},
    {"indikator": "hilfen_in_der_familie", "gebiet": "011"},
    {"indikator": "hilfen_in_der_familie", "gebiet": "041"},
    {"indikator": "hilfen_in_der_familie", "gebiet": "073"},
    {"indikator": "hilfen_ausserhalb_der_familie", "ebene": "stadtbezirk", "gebiet": "07"},
    {"indikator": "wohnflaeche_je_einwohner", "anzahl": "7"},
]


def differences(shown, expected):
    """Cells that differ, by area; lengths of bars may differ by a tenth of a per cent, where floats round otherwise."""
    assert shown.keys() == expected.keys()
    bars = {code: abs(float(shown[code]["bar"][:-1]) - float(expected[code]["bar"][:-1])) for code in shown}
    assert max(bars.values()) < 0.11
    pairs = {
        code: {key: (row[key], expected[code][key]) for key in row.keys() - {"bar"}} for code, row in shown.items()
    }
    return {code: pair for code, cells in pairs.items() for pair in cells.items() if pair[1][0] != pair[1][1]}


@pytest.fixture
def plain_page(browser, server, watch_page):
    """Opens a path without JavaScript and gives table and texts as the server wrote them."""
    contexts = []

    def read(path):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
        contexts.append(context)
        context.route("**/*.js", lambda route: route.abort())  # so that the page can still be read by script
        page = context.new_page()
        page.goto(server.url + path)
        return table_of(page), slots_of(page)

    yield read
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "path", [*map(address_of, STATES), "/en" + address_of(STATES[2]), "/en" + address_of(STATES[3])]
)
def test_script_and_server_write_the_same(visit, portal, plain_page, path):
    table, slots = plain_page(path)
    page = open_map(visit, path=path)
    page.locator("[data-slot=histogram] svg").wait_for()
    assert differences(table_of(page), table) == {}
    assert slots_of(page) == slots


def test_changing_the_year_gives_the_same_page_as_opening_it(visit, portal):
    opened = open_map(visit, zeit="2018", indikator="transferleistungsquote", ebene="sozialraum", gebiet="014")
    expected = (table_of(opened), slots_of(opened))
    page = open_map(visit, gebiet="014")
    page.get_by_text("2018", exact=True).first.click()
    expect(page).to_have_url(re.compile("zeit=2018"))
    assert (table_of(page), slots_of(page)) == expected
