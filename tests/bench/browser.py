"""What readers feel: how long a change takes from the click to the finished picture, in Debian's Chromium."""

import os
from statistics import median

from playwright.sync_api import sync_playwright

from .client import Measured, levels_of

ROUNDS = 7
PATH = "/karte/?indikator=transferleistungsquote&ebene={level}"
LIMITS = {"170 Unterbezirke": 50, "2000 Gebiete": 200}  # milliseconds (design 10); 39 areas share the smaller one

# Clicks the other year and waits until the browser has laid everything out and painted the next frame.
_CHANGE = """async (code) => {
    const choice = document.querySelector(`input[name="zeit"][value="${code}"]`);
    const start = performance.now();
    choice.click();
    document.body.getBoundingClientRect();
    const laidOut = performance.now() - start;
    await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
    return [laidOut, performance.now() - start];
}"""


def measure_changes(name: str, url: str) -> list[Measured]:
    """Median milliseconds from a click on another year to finished layout, per level; no request may happen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            return [_level(page, url, label, level) for label, (level, _budget) in levels_of(name).items()]
        finally:
            browser.close()


def _level(page, url: str, label: str, level: str) -> Measured:
    page.goto(url + PATH.format(level=level))
    page.locator("path.map-area").first.wait_for()
    page.wait_for_load_state("networkidle")
    years = page.locator('input[name="zeit"]').evaluate_all("boxes => boxes.map(box => box.value)")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    times = [page.evaluate(_CHANGE, years[i % len(years)])[0] for i in range(ROUNDS * len(years))]
    if requests:
        raise RuntimeError(f"changing the year asked for {requests}")
    return Measured(f"Jahr wechseln bis zum fertigen Bild, {label}", median(times), "ms", LIMITS.get(label, 50))
