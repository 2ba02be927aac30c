"""Make docs/pictures/*.png from a running portal: `python scripts/screenshots.py [http://127.0.0.1:8000/]`.

Needs Chromium (environment variable CHROMIUM, default /usr/bin/chromium), as `./test` does. A picture that comes out
larger than 200 kB ends the script with 1, because the repository should stay small.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LARGEST = 200_000  # bytes
FIGURE = "indikator=transferleistungsquote&ebene=sozialraum&zeit=2024"


@dataclass(frozen=True)
class Picture:
    """One picture: file name, path on the portal, size of the window in CSS pixels, colour scheme, and
    the CSS selector of what stands at the top of the picture (empty: the page's beginning)."""

    name: str
    path: str
    width: int = 1280
    height: int = 860
    scheme: str = "light"
    has_map: bool = False
    top: str = ""


PICTURES = [
    Picture("map", f"karte/?{FIGURE}&gebiet=023", has_map=True),
    Picture(
        "dark",
        "karte/?indikator=durchschnittsalter&ebene=unterbezirk&zeit=2024",
        height=760,
        scheme="dark",
        has_map=True,
    ),
    Picture("profile", "gebiete/sozialraum/023/"),
    Picture("ranking", "rangliste/transferleistungsquote/"),
    Picture("phone", f"karte/?{FIGURE}&gebiet=023", width=390, height=844, has_map=True, top="#map"),
]


def take(browser: Browser, portal: str, picture: Picture) -> Path:
    """Open the page, wait until everything is drawn, and write the file; returns its path."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        locale="de-DE",
        reduced_motion="reduce",
    )
    page = context.new_page()
    answer = page.goto(portal + picture.path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{portal}{picture.path}: {answer.status if answer else 'no answer'}")
    if picture.has_map:
        _wait_for_map(page)
    page.evaluate("() => document.fonts.ready")
    if picture.top:
        page.locator(picture.top).evaluate("element => element.scrollIntoView()")
    target = FOLDER / f"{picture.name}.png"
    page.screenshot(path=target)
    context.close()
    return target


def _wait_for_map(page: Page) -> None:
    page.wait_for_selector('[role="option"]', state="attached", timeout=20_000)


def main(portal: str) -> int:
    """Take all pictures; exit code 1 when one is too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    large = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        for picture in PICTURES:
            path = take(browser, portal, picture)
            size = path.stat().st_size
            sys.stdout.write(f"{path.name}: {size / 1000:.0f} kB\n")
            if size > LARGEST:
                large.append(path.name)
        browser.close()
    if large:
        sys.stderr.write(f"Larger than {LARGEST / 1000:.0f} kB: {', '.join(large)}\n")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main((sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/") + "/"))
