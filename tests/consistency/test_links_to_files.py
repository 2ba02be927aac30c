"""No page offers a file that is refused: every link to one is followed, on the newest figures and on those taken back."""

import html
import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache

from atlas.models import Report
from dortmund_sozial.throttling import ReportsByVisitor
from tests.app.correcting import SLUG, corrected, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

LINK = re.compile(r'(?:href|formaction|data)="([^"#]+)"')
FILE = re.compile(r"\.(pdf|docx|xlsx|ods|zip|csv|json|geojson|svg|png|ics|xml|atom)$")
SAME = ("docx", "xlsx", "ods", "zip")  # made of the same document as the PDF
PAGES = [
    "/", "/karte/", f"/karte/?indikator={SLUG}&ebene=unterbezirk&zeit=2024&vergleich=2018", "/karte/?indikator=einwohner",
    "/gebiete/", "/gebiete/stadt/05913000/", "/gebiete/sozialraum/023/", "/gebiete/unterbezirk/061/", "/indikatoren/",
    f"/indikatoren/{SLUG}/", f"/rangliste/{SLUG}/", f"/raeumliche-muster/{SLUG}/", f"/ungleichheit/{SLUG}/", "/zusammenhang/",
    "/aehnliche-gebiete/sozialraum/023/", "/sozialindex/", "/typologie/", "/unter-dem-durchschnitt/", "/aktionsplan/",
    "/aktionsplan/projekte/", "/aktionsplan/geld/", "/veroeffentlichungen/", "/veroeffentlichungen/2026-1/",
    "/daten-und-quellen/", f"/herkunft/{SLUG}/unterbezirk/061/2024/",
]  # fmt: skip
STANDS = ["2026-2", "1999-01-01"]  # the one that was taken back, and a day before the first figures
WITH_STAND = [page for page in PAGES if not page.startswith(("/veroeff", "/aktions", "/daten")) and page != "/"]


@pytest.fixture
def quick(monkeypatch):
    """Documents are built, but not written; pictures are drawn, but not painted; nobody asks too often."""
    cache.clear()
    monkeypatch.setattr("atlas.actions.report_work.written", lambda document, ending: b"written")
    monkeypatch.setattr("atlas.map_picture._pixels", lambda svg, width: b"painted" * 8)
    monkeypatch.setattr(ReportsByVisitor, "allow_request", lambda *_args: True)


def files_on(client, page):
    """Addresses of files that a page offers; each document in one format."""
    answer = client.get(page)
    assert answer.status_code in (200, 404, 410), page
    found = {urljoin(page, html.unescape(link)) for link in LINK.findall(answer.text)}
    paths = {link: urlsplit(link).path for link in found if link.startswith("/")}
    return {link for link, path in paths.items() if FILE.search(path) and not path.endswith(SAME)}


def refused(client, pages):
    """Links to files that answer 400 or more, with the page that offers them; of links that differ only in the
    values of their parameters, the first."""
    seen, found = {}, []
    for page in pages:
        for link in sorted(files_on(client, page)):
            kind = re.sub(r"/[^/]*\d[^/]*(?=/)|=[^&]*", "", link) + re.sub(r".*stand=", "", link)[:10]
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] == 1 and not link.startswith("/static/") and client.get(link).status_code >= 400:
                found.append((link, page))
    assert seen
    return found


def test_every_file_that_a_page_offers_is_there(client, quick):
    assert refused(client, PAGES) == []


@pytest.mark.parametrize("stand", STANDS)
def test_a_page_of_another_state_offers_only_what_is_given_out(client, quick, stand):
    later = corrected()
    client.get(f"/karte/karte.svg?indikator={SLUG}&stand=2026-2")
    withdrawn(later)
    pages = [f"{page}{'&' if '?' in page else '?'}stand={stand}" for page in WITH_STAND]
    assert refused(client, pages) == []
    codes = {report.code for report in Report.objects.all()}
    assert codes and refused(client, ["/karte/", *(f"/b/{code}/" for code in codes)]) == []
