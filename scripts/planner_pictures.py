"""Make docs/planner/bilder/*.png: walks the year of a planner on a portal of its own, made for this and thrown away.

`python scripts/planner_pictures.py http://127.0.0.1:8000/` needs a running portal with Dortmund's data and a worker,
and DATABASE_URL of its database: it makes two accounts, uploads a file with made-up rates for 2025 and begins a
correction. Never run it on a portal that somebody uses.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import django
import openpyxl
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "planner" / "bilder"
SLUG = "transferleistungsquote"
WIDTH, HEIGHT = 1280, 860


def spreadsheet(path: Path) -> Path:
    """Made-up rates of all Unterbezirke, two of them impossible, so that there are findings to show."""
    content = json.loads((ROOT / "fixtures/areas/unterbezirke.geojson").read_text(encoding="utf-8"))
    areas = sorted((f["properties"]["schluessel"], f["properties"]["name"]) for f in content["features"])
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Transferleistungsquote nach Unterbezirken, 31.12.2025 (erfundene Beispielzahlen)"])
    sheet.append(["Schlüssel", "Unterbezirk", "2025"])
    for number, (code, name) in enumerate(areas):
        value = {4: "k.A.", 9: 135.2, 12: 71.0}.get(number, round(3 + number * 7 % 31 + number % 10 / 10, 1))
        sheet.append([int(code) if number < 3 else code, name, value])
    sheet.append(["", "Insgesamt", 15.9])
    book.save(path)
    return path


def cookie_of(name: str) -> dict:
    """A session of an account made for the pictures."""
    from django.conf import settings  # noqa: PLC0415 - after django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    user, _made = get_user_model().objects.get_or_create(
        username=name, defaults={"is_staff": True, "is_superuser": True}
    )
    client = Client()
    client.force_login(user)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def shoot(page: Page, name: str, top: str = "") -> None:
    """The window as a picture; `top` is the selector of what stands at its top."""
    page.wait_for_load_state("networkidle")
    if top:
        page.locator(top).first.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.screenshot(path=FOLDER / f"{name}.png")


def bring(page: Page, portal: str, path: Path) -> None:
    """Steps 1 to 5: overview, catalogue, upload, mapping, findings."""
    from indicators.models import Indicator  # noqa: PLC0415

    page.goto(f"{portal}redaktion/")
    shoot(page, "01-uebersicht")
    page.goto(f"{portal}verwaltung/indicators/indicator/{Indicator.objects.get(slug=SLUG).pk}/change/")
    shoot(page, "02-katalog", "[data-histogram], .histogram, fieldset:has(#id_author_breaks)")
    page.goto(f"{portal}redaktion/lieferungen/")
    page.set_input_files("#id_file", path)
    shoot(page, "03-hochladen")
    page.get_by_role("button", name="Hochladen").click()
    page.get_by_role("link", name="Zur Zuordnung").click()
    shoot(page, "04-zuordnen")
    page.fill("#id_template_name", "Quote je Unterbezirk")
    page.get_by_role("button", name="Zuordnung speichern und prüfen").click()
    page.get_by_role("heading", name="Was aufgefallen ist").wait_for(timeout=60_000)
    shoot(page, "05-befunde")


def draft_and_review(page: Page, portal: str) -> None:
    """Steps 6 to 8: a draft from the grid, its review, its preview."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    from indicators.actions import prepare_release  # noqa: PLC0415
    from indicators.actions.withdrawing import create_draft  # noqa: PLC0415
    from indicators.actions.workflow import submit_release  # noqa: PLC0415
    from indicators.models import Release, Value  # noqa: PLC0415

    planner = get_user_model().objects.get(username="planerin")
    release = create_draft(
        title="Berichtigung der Quote 2024", user=planner, corrects=Release.objects.published().last()
    )
    value = Value.objects.filter(
        indicator__slug=SLUG, area__code="061", area__level__slug="unterbezirk", period__code="2024"
    ).first()
    value.pk, value.release, value.value = None, release, 35
    value.save(force_insert=True)
    page.goto(f"{portal}redaktion/raster/{SLUG}/?ebene=unterbezirk&entwurf={release.slug}")
    shoot(page, "06-raster")
    submit_release(release=release, user=planner)
    prepare_release(release=release)
    page.goto(f"{portal}redaktion/veroeffentlichungen/{release.slug}/")
    shoot(page, "07-pruefen")
    page.goto(f"{portal}vorschau/intern-{release.pk}/karte/?ebene=sozialraum&gebiet=023")
    shoot(page, "08-vorschau")


def public(page: Page, portal: str) -> None:
    """Steps 9 and 10 as readers see them."""
    page.goto(f"{portal}veroeffentlichungen/")
    shoot(page, "09-veroeffentlichungen")
    page.goto(f"{portal}herkunft/{SLUG}/sozialraum/023/2024/")
    shoot(page, "10-herkunft")


def main() -> None:
    """All ten pictures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dortmund_sozial.settings.development")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sys.path.insert(0, str(ROOT))
    django.setup()
    portal = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"
    FOLDER.mkdir(parents=True, exist_ok=True)
    cookies = {name: cookie_of(name) for name in ("planerin", "pruefer")}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, step in (("planerin", "bring"), ("pruefer", "review"), (None, "public")):
            context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="de-DE")
            if name:
                context.add_cookies([{**cookies[name], "url": portal}])
            page = context.new_page()
            if step == "bring":
                bring(page, portal, spreadsheet(Path(folder) / "quote-2025.xlsx"))
            elif step == "review":
                draft_and_review(page, portal)
            else:
                public(page, portal)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
