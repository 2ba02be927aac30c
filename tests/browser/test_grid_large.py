"""170 areas by 10 years: pasting all of it, checking it and saving it stays quick."""

import pytest
from playwright.sync_api import expect

from indicators.models import Release, Value

from .grid_page import address, cell, log_in, make_editor, paste, remove

YEARS = ",".join(str(year) for year in range(2026, 2034))
PASTE_LIMIT = 200  # milliseconds of computing, not of waiting: other tests may keep the machine busy
AREAS, PERIODS = 170, 10


@pytest.fixture
def draft(portal, server):
    """A draft and an account."""
    release = Release.objects.create(slug="raster-gross", title="Probe mit vielen Zellen")
    release.editor = make_editor("raster-gross")
    yield release
    remove(release, release.editor)


def scripts(page):
    """Milliseconds of computing time that the page's scripts have taken so far."""
    metrics = page.profile.send("Performance.getMetrics")["metrics"]
    return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "ScriptDuration")


def test_pasting_1700_cells(draft, visit, page, server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page.context, server, draft.editor)
    visit(address(draft, "unterbezirk", YEARS))
    assert page.locator("[role=gridcell]").count() == AREAS * PERIODS
    block = "\n".join("\t".join(f"{20 + row % 7},{col}" for col in range(PERIODS)) for row in range(AREAS))
    cell(page, 0, 0).click()
    page.profile = page.context.new_cdp_session(page)
    page.profile.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = scripts(page)
    paste(page, block)
    expect(page.locator("[data-state]")).to_contain_text("1700 Zellen geändert")
    assert scripts(page) - before < PASTE_LIMIT
    expect(page.locator("[data-check-state]")).to_contain_text("Keine Befunde", timeout=10_000)
    page.locator("[data-note]").fill("Probe")
    page.locator("[data-save]").click()
    expect(page.locator("[data-save-state]")).to_contain_text("Gespeichert", timeout=15_000)
    assert Value.objects.filter(release=draft).count() == AREAS * PERIODS
