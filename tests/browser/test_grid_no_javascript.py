"""Without JavaScript: the grid is a table, and each number leads to a form."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from indicators.models import Release, Value

from .axe import violations
from .grid_page import address, log_in, make_editor, remove


@pytest.fixture
def draft(portal, server):
    """A draft and an account."""
    release = Release.objects.create(slug="raster-ohne", title="Probe ohne JavaScript")
    release.editor = make_editor("raster-ohne")
    yield release
    remove(release, release.editor)


@pytest.fixture
def logged_in(draft, page, server):
    """The watched page has the session of the account."""
    log_in(page.context, server, draft.editor)


def test_change_one_value_by_the_form(draft, browser, server, watch_page):
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    log_in(context, server, draft.editor)
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + address(draft, "unterbezirk"))
    row = page.get_by_role("row", name="003 Cityring-West")
    row.get_by_role("link", name="8,4").click()
    page.get_by_label("Wert oder Tabellenzeichen").fill("8,6")
    page.get_by_label("Bemerkung").fill("berichtigt")
    page.get_by_role("button", name="Im Entwurf speichern").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    expect(page.get_by_role("row", name="003 Cityring-West").get_by_role("link", name="8,6")).to_be_visible()
    value = Value.objects.get(release=draft)
    assert (value.value, value.comment) == (Decimal("8.6"), "berichtigt")
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/redaktion/raster/", "zelle", "/redaktion/raster/transferleistungsquote/"])
def test_axe_on_the_other_pages(draft, logged_in, visit, width, path):
    if path == "zelle":
        path = address(draft, "unterbezirk").replace("/?", "/zelle/?") + "&gebiet=003&zeit=2024"
    page = visit(path, width=width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
