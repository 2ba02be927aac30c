"""The grid by keyboard alone: moving, selecting, editing, leaving; status, numerator and comment in the panel."""

import pytest
from playwright.sync_api import expect

from indicators.models import Release, Value

from .axe import violations
from .grid_page import address, cell, log_in, make_editor, paste, remove, text


@pytest.fixture
def draft(portal, server):
    """A draft and an account."""
    release = Release.objects.create(slug="raster-tasten", title="Probe mit Tasten")
    release.editor = make_editor("raster-tasten")
    yield release
    remove(release, release.editor)


@pytest.fixture
def grid(draft, visit, page, server):
    """The grid of 170 areas with a column for 2025; the first cell has the focus."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page.context, server, draft.editor)
    visit(address(draft, "unterbezirk", "2025"))
    cell(page, 0, 0).focus()
    return page


def active(page):
    """Row and column of the cell that has the focus."""
    return page.evaluate("document.activeElement.dataset.at")


def selected(page):
    return page.locator('[role=grid] [aria-selected="true"]').count()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_arrows_and_jumps(grid):
    walk = [
        ("ArrowDown", "1,0"),
        ("ArrowRight", "1,1"),
        ("End", "1,2"),
        ("Home", "1,0"),
        ("PageDown", "11,0"),
        ("PageUp", "1,0"),
        ("Control+End", "169,2"),
        ("ArrowDown", "169,2"),
        ("Control+Home", "0,0"),
        ("ArrowUp", "0,0"),
        ("Enter", "1,0"),
        ("Shift+Enter", "0,0"),
        ("Tab", "0,1"),
        ("Shift+Tab", "0,0"),
    ]
    for key, place in walk:
        grid.keyboard.press(key)
        assert active(grid) == place, key
    expect(grid.locator('[role=grid] [tabindex="0"]')).to_have_count(1)
    press(grid, "Control+End")
    expect(cell(grid, 169, 2)).to_be_in_viewport()
    press(grid, "Tab")
    assert active(grid) is None, "after the last cell Tab leaves the table"


def test_selection_copy_and_one_value_into_a_range(grid):
    press(grid, "Shift+ArrowDown", "Shift+ArrowRight")
    assert selected(grid) == 4
    press(grid, "Control+C")
    copied = grid.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n")[0] == f"{text(grid, 0, 0)}\t{text(grid, 0, 1)}"
    press(grid, "ArrowDown")
    assert selected(grid) == 1
    press(grid, "Control+Home", "End", "Shift+ArrowDown", "Shift+ArrowDown")
    paste(grid, "5,5")
    assert [text(grid, row, 2) for row in range(4)] == ["5,5", "5,5", "5,5", ""]


def test_typing_f2_and_escape(grid):
    before = text(grid, 0, 0)
    press(grid, "9", ",", "5", "Escape")
    assert text(grid, 0, 0) == before
    press(grid, "F2", "End", "1", "Enter")
    assert text(grid, 0, 0) == before + "1" and active(grid) == "1,0"
    press(grid, "7", "ArrowRight")
    assert text(grid, 1, 0) == "7" and active(grid) == "1,1"
    press(grid, "8", "Tab", "Shift+Tab")
    assert text(grid, 1, 1) == "8"
    press(grid, "Escape")
    assert grid.evaluate("document.activeElement.id") == "panel-heading"


def test_emptying_a_published_value_says_not_known(grid, draft):
    press(grid, "Delete")
    assert text(grid, 0, 0) == "."
    expect(cell(grid, 0, 0)).to_contain_text("war 18,0")
    press(grid, "Control+Backspace")
    assert text(grid, 0, 0) == "18,0"
    expect(grid.locator("[data-state]")).to_have_text("Keine ungespeicherten Änderungen")
    press(grid, "End", "4", "Enter", "ArrowUp", "Delete")
    assert text(grid, 0, 2) == "", "nothing was published there: the cell is simply empty"


def test_panel_status_pair_and_comment(grid, draft):
    press(grid, "End", "5", "Enter", "ArrowUp", "Escape", "Tab")
    assert grid.evaluate("document.activeElement.id") == "panel-text"
    grid.get_by_label("Status").select_option("estimated")
    assert text(grid, 0, 2) == "(5)"
    grid.get_by_label("Zähler").fill("30")
    grid.get_by_label("Nenner").fill("240")
    grid.get_by_label("Bemerkung").fill("aus dem Melderegister")
    press(grid, "Tab")
    expect(cell(grid, 0, 2)).to_contain_text("12,5")
    press(grid, "Control+S")
    expect(grid.locator("[data-save-state]")).to_contain_text("1 Zelle")
    value = Value.objects.get(release=draft)
    assert (str(value.value), value.status) == ("12.500000", "estimated")
    assert (int(value.numerator), int(value.denominator), value.comment) == (30, 240, "aus dem Melderegister")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_axe_with_changes_and_faults(grid, width, scheme):
    grid.set_viewport_size({"width": width, "height": 900})
    grid.emulate_media(color_scheme=scheme)
    press(grid, "Control+Home", "End")
    paste(grid, "500\n12,3\nabc")
    expect(grid.locator("[data-remarks] li").first).to_be_visible()
    assert violations(grid) == []
    assert grid.evaluate("document.documentElement.scrollWidth <= innerWidth"), "only the grid scrolls sideways"
