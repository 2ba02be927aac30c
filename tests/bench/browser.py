"""What readers feel: how long a change takes from the click to the finished picture, in Debian's Chromium."""

import os
from statistics import median

from playwright.sync_api import sync_playwright

from .client import Measured, levels_of

ROUNDS = 7
PATH = "/karte/?indikator=transferleistungsquote&ebene={level}"
LIMITS = {"170 Unterbezirke": 50, "2000 Gebiete": 200}  # milliseconds (design 10); 39 areas share the smaller one

# Changes a control and measures until script, style and layout are done: the picture is ready for the next frame.
_CHANGE = """async ([selector, value]) => {
    const field = document.querySelector(selector);
    if (field.type === "radio") field.checked = true; else field.value = value;
    const start = performance.now();
    field.dispatchEvent(new Event("change", {bubbles: true}));
    document.body.getBoundingClientRect();
    document.querySelector("path.map-area").getBBox();
    const laidOut = performance.now() - start;
    await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
    return laidOut;
}"""


def measure_changes(name: str, url: str) -> list[Measured]:
    """Median milliseconds from the change of a control to finished layout, per level; no request may happen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            return [
                row for label, (level, _budget) in levels_of(name).items() for row in _level(page, url, label, level)
            ]
        finally:
            browser.close()


def _level(page, url: str, label: str, level: str) -> list[Measured]:
    page.goto(url + PATH.format(level=level))
    page.locator("path.map-area").first.wait_for()
    page.wait_for_load_state("networkidle")
    years = page.locator('input[name="zeit"]').evaluate_all("boxes => boxes.map(box => box.value)")
    steps = {
        "Jahr": [(f'input[name="zeit"][value="{year}"]', "") for year in years],
        "Klassen": [("#f-klassen", "quantile"), ("#f-klassen", "natuerlich")],
        "Klassenzahl": [("[name=anzahl]", "4"), ("[name=anzahl]", "6")],
    }
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    measured = []
    for what, changes in steps.items():
        times = [page.evaluate(_CHANGE, list(change)) for _ in range(ROUNDS) for change in changes]
        measured.append(
            Measured(f"{what} wechseln bis zum fertigen Bild, {label}", median(times), "ms", LIMITS.get(label, 50))
        )
    if requests:
        raise RuntimeError(f"changing the view asked for {requests}")
    return measured
