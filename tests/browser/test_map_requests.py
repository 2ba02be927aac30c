"""What a first visit of the map page costs."""

import gzip

from tests.browser.map_page import open_map

MOST_REQUESTS = 12
MOST_BYTES = 150_000


def test_first_visit_stays_within_the_budget(visit, portal, page, watch, record_property):
    sizes = {}

    def keep(response):
        body = response.body()
        path = response.url.removeprefix(portal)
        sizes[path] = len(body) if path.endswith(".woff2") else len(gzip.compress(body, 6))

    page.on("requestfinished", lambda request: keep(request.response()))
    open_map(visit)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    record_property("bytes", sizes)
    assert len(watch.requests) <= MOST_REQUESTS, watch.requests
    assert len(set(watch.requests)) == len(watch.requests)
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_nothing_moves_while_the_map_arrives_slowly(visit, portal, page):
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
    network.send("Network.emulateNetworkConditions", slow)
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (!entry.hadRecentInput) window.shift += entry.value; })).observe({type: "layout-shift", buffered: true});"""
    )
    for width in (360, 1280):
        open_map(visit, width=width, gebiet="023")
        page.wait_for_timeout(400)
        assert page.evaluate("window.shift") < 0.02, width


def test_the_position_stays_in_the_browser(visit, portal, page, context, watch):
    context.grant_permissions(["geolocation"], origin=portal)
    context.set_geolocation({"latitude": 51.5227, "longitude": 7.4787})
    open_map(visit)
    page.wait_for_load_state("networkidle")
    before = len(watch.requests)
    page.get_by_role("button", name="Mein Standort").click()
    page.locator("tr.chosen[data-code='023']").wait_for()
    context.set_geolocation({"latitude": 51.2, "longitude": 6.8})
    page.get_by_role("button", name="Mein Standort").click()
    page.get_by_text("liegt nicht im Stadtgebiet").wait_for()
    assert len(watch.requests) == before
