"""Journey: paste from a spreadsheet, see what is wrong, correct, save; meet a second editor and settle it."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from indicators.models import Edit, Release, Value

from .axe import violations
from .grid_page import address, cell, log_in, make_editor, paste, remove, text


@pytest.fixture
def draft(portal, server):
    """A draft with two accounts that may edit it."""
    release = Release.objects.create(slug="raster-probe", title="Probe für das Raster")
    release.first, release.second = make_editor("raster-eins"), make_editor("raster-zwei")
    yield release
    remove(release, release.first, release.second)


@pytest.fixture
def theirs(draft, browser, server, watch_page):
    """The same grid, opened by the second account in another browser."""
    context = browser.new_context(locale="de-DE")
    log_in(context, server, draft.second)
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + address(draft, extra="2025"))
    yield page
    context.close()


@pytest.fixture
def grid(draft, visit, page, server):
    """The grid of 39 areas, opened by the first account, with a column for 2025."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page.context, server, draft.first)
    return visit(address(draft, extra="2025"))


def stored(draft):
    values = Value.objects.filter(release=draft).select_related("area", "period")
    return {(v.area.code, v.period.code): (v.value, v.status) for v in values}


def column(page, label):
    labels = page.locator("[data-grid] thead th").all_inner_texts()
    return labels.index(label) - 1


def test_paste_see_fault_correct_save(grid, draft, watch):
    watch.allow("422")
    col = column(grid, "31.12.2025")
    cell(grid, 0, col).click()
    paste(grid, "12,5\n1.217\n–\n(9,25)\n...\n")
    expect(grid.locator("[data-remarks]")).to_contain_text("mehr als 100")
    expect(cell(grid, 1, col)).to_have_attribute("aria-invalid", "true")
    expect(cell(grid, 0, col)).not_to_have_attribute("aria-invalid", "true")
    expect(grid.locator("[data-state]")).to_have_text("5 Zellen geändert, nicht gespeichert")

    grid.locator("[data-remarks] button", has_text="31.12.2025").first.click()  # leads to the cell
    grid.keyboard.type("12,17")
    grid.keyboard.press("Enter")
    expect(cell(grid, 1, col)).not_to_have_attribute("aria-invalid", "true")
    expect(grid.locator("[data-check-state]")).not_to_contain_text("Fehler")
    assert stored(draft) == {}, "checking must not save"

    grid.locator("[data-note]").fill("Lieferung vom Januar")
    grid.locator("[data-save]").click()
    expect(grid.locator("[data-save-state]")).to_contain_text("5 Zellen")
    saved = stored(draft)
    assert [saved[code, "2025"] for code in ("011", "012", "013", "014", "021")] == [
        (Decimal("12.5"), "reported"),
        (Decimal("12.17"), "reported"),
        (Decimal(0), "zero"),
        (Decimal("9.25"), "estimated"),
        (None, "not_yet"),
    ]
    edit = Edit.objects.get(release=draft)
    assert (edit.cells, edit.note, edit.user, edit.role) == (
        5,
        "Lieferung vom Januar",
        draft.first,
        "Redaktion (Probe)",
    )
    expect(grid.locator("[data-state]")).to_have_text("Keine ungespeicherten Änderungen")
    grid.reload()
    assert [text(grid, row, column(grid, "31.12.2025")) for row in range(5)] == ["12,5", "12,17", "–", "(9,25)", "..."]


def test_undo_and_redo_before_saving(grid, draft):
    before = [text(grid, row, 0) for row in range(3)]
    cell(grid, 0, 0).click()
    paste(grid, "1,1\n2,2\n3,3")
    assert [text(grid, row, 0) for row in range(3)] == ["1,1", "2,2", "3,3"]
    grid.keyboard.press("Control+Z")
    assert [text(grid, row, 0) for row in range(3)] == before
    expect(grid.locator("[data-save]")).to_be_disabled()
    grid.keyboard.press("Control+Y")
    assert text(grid, 1, 0) == "2,2"
    grid.locator("[data-tool=undo]").click()
    assert [text(grid, row, 0) for row in range(3)] == before
    assert stored(draft) == {}


def test_second_editor_is_not_overwritten(grid, theirs, draft, watch):
    watch.allow("409")
    col = column(grid, "31.12.2025")
    for page, numbers in ((grid, ["10,1", "11,1", "12,1"]), (theirs, ["20,2", "21,2"])):
        cell(page, 0, col).click()
        for number in numbers:
            page.keyboard.type(number)
            page.keyboard.press("Enter")
        if page is theirs:
            page.locator("[data-save]").click()
            expect(page.locator("[data-save-state]")).to_contain_text("2 Zellen")

    # by the keys: where a check meets the other editor's values first, the conflict is open and the button is off
    grid.keyboard.press("Control+S")
    conflicts = grid.locator("[data-conflict-rows] tr")
    expect(conflicts).to_have_count(2)
    expect(conflicts.nth(0)).to_contain_text("10,1")
    expect(conflicts.nth(0)).to_contain_text("20,2")
    expect(conflicts.nth(0)).to_contain_text("Redaktion (Probe)")
    assert violations(grid) == []
    assert len(stored(draft)) == 2, "nothing is saved while a conflict is open"
    conflicts.nth(0).get_by_role("button", name="Meine behalten").click()
    grid.locator("[data-conflict-rows]").get_by_role("button", name="Diese übernehmen").click()
    expect(grid.locator("[data-conflicts]")).to_be_hidden()
    assert [text(grid, row, col) for row in range(3)] == ["10,1", "21,2", "12,1"]
    grid.locator("[data-save]").click()
    expect(grid.locator("[data-save-state]")).to_contain_text("2 Zellen im Entwurf")
    assert sorted(value for value, _status in stored(draft).values()) == [
        Decimal("10.1"),
        Decimal("12.1"),
        Decimal("21.2"),
    ]


def test_work_survives_a_lost_session(grid, draft, server, watch):
    watch.allow("401")
    col = column(grid, "31.12.2025")
    cell(grid, 0, col).click()
    grid.keyboard.type("7,7")
    grid.keyboard.press("Enter")
    grid.context.clear_cookies(name="sessionid")
    grid.locator("[data-save]").click()
    expect(grid.locator("[data-save-state]")).to_contain_text("Anmeldung ist abgelaufen")
    assert text(grid, 0, col) == "7,7"

    log_in(grid.context, server, draft.first)
    grid.on("dialog", lambda dialog: dialog.accept())  # the warning on leaving
    grid.goto(server.url + address(draft))  # the added column is gone from the address, too
    expect(grid.locator("[data-kept-text]")).to_contain_text("1 ungespeicherte")
    grid.locator("[data-kept-restore]").click()
    grid.wait_for_url("**neu=2025*")
    col = column(grid, "31.12.2025")
    expect(cell(grid, 0, col)).to_contain_text("7,7")
    grid.locator("[data-save]").click()
    expect(grid.locator("[data-save-state]")).to_contain_text("1 Zelle")
    assert list(stored(draft).values()) == [(Decimal("7.7"), "reported")]
