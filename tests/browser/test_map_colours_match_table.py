"""Each area on the map has the colour that its row in the table has, and that the published figure demands."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import open_map, table_of

STATES = [
    {},
    {"zeit": "2018", "klassen": "quantile", "anzahl": "7"},
    {"vergleich": "2018"},
    {"ebene": "unterbezirk"},
    {"indikator": "hilfen_in_der_familie"},
    {"anzahl": "3"},
]

_FILLS = """() => Object.fromEntries([...document.querySelectorAll("path.map-area")].map(path =>
  [path.dataset.code, getComputedStyle(path).fill]))"""
_CLASSES = """() => Object.fromEntries([...document.querySelectorAll("path.map-area")].map(path =>
  [path.dataset.code, Number((path.getAttribute("class").match(/class-(\\d)/) ?? [])[1] ?? 0)]))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(state.values()) or "usual")
def test_map_and_table_have_the_same_colours(visit, portal, state, scheme):
    page = open_map(visit, scheme=scheme, **state)
    fills, table = page.evaluate(_FILLS), table_of(page)
    assert fills.keys() == table.keys()
    for code, row in table.items():
        hatch = next((sign for sign in ("missing", "suppressed") if f"is-{sign}" in row["swatch"]), None)
        if hatch:
            assert f"#map-{hatch}" in fills[code]
        else:
            assert fills[code] == row["colour"]


def test_legend_counts_the_areas_of_each_colour(visit, portal):
    page = open_map(visit)
    fills = list(page.evaluate(_FILLS).values())
    for item in page.locator("[data-slot=classes] li").all():
        colour = item.locator(".swatch").evaluate("e => getComputedStyle(e).backgroundColor")
        assert fills.count(colour) == int(item.locator(".count").inner_text().strip("()"))


def test_classes_follow_from_the_published_figures(visit, portal, page):
    page = open_map(visit)
    data = json.loads(page.locator("#map-data").text_content())
    figures = page.evaluate("path => fetch(path).then(answer => answer.json())", data["figures"]["sozialraum"])
    limits = figures["limits"]["natural"]["6"]
    expected = {
        code: 1 + sum(limit <= value for limit in limits)
        for code, value in zip(figures["areas"], figures["values"]["2024"], strict=True)
    }
    assert page.evaluate(_CLASSES) == expected


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("count", range(3, 8))
def test_all_classes_of_a_scale_differ(visit, portal, scheme, count):
    page = open_map(visit, scheme=scheme, klassen="gleich", anzahl=count)
    colours = page.locator("[data-slot=classes] .swatch").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert len(colours) == len(set(colours)) == count


def test_joint_values_carry_a_dashed_line_inside_their_own_border(visit, portal):
    page = open_map(visit, ebene="unterbezirk")
    expect(page.locator(".map-joint:not(.is-off)")).to_have_count(46)
    assert page.locator(".map-joint").first.evaluate("e => getComputedStyle(e).strokeDasharray") != "none"
    page.get_by_text("2018", exact=True).first.click()
    expect(page.locator(".map-joint:not(.is-off)")).to_have_count(0)
