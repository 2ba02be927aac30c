"""The page Veröffentlichungen: what comes without figures, what was published, what was corrected or withdrawn."""

import csv
import datetime
import io
import re
from html import unescape

import pytest
from django.core.cache import caches
from django.utils import timezone

from areas.models import Area
from indicators.actions import publish_release
from indicators.models import Correction, Figure, Indicator, Period, Release, Value
from tests.app.correcting import SLUG, corrected, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PAGE, FIRST = "/veroeffentlichungen/", "/veroeffentlichungen/2026-1/"
PUBLIC = [PAGE, "/veroeffentlichungen/atom.xml", "/veroeffentlichungen/termine.ics", "/", "/api/v1/releases/"]
LEAK = "98765"


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return re.sub(r"[ \n]+", " ", unescape(response.content.decode()))


@pytest.fixture
def coming():
    return stored("scheduled")


def stored(state):
    """A release with a date, whose figures are stored already but must not be seen."""
    at = datetime.datetime(2027, 1, 12, 9, 30, tzinfo=datetime.UTC)
    release = Release.objects.create(
        slug="2027-1",
        title="Arbeitslosigkeit 2026",
        notice="Geheimer Hinweis",
        status=state,
        approved_at=timezone.now(),
        publish_at=at,
    )
    Value.objects.create(
        release=release,
        indicator=Indicator.objects.get(slug="einwohner"),
        area=Area.objects.in_force().at_level("unterbezirk").first(),
        period=Period.objects.order_by("start").last(),
        value=LEAK,
        status="reported",
        source=Indicator.objects.get(slug="einwohner").source,
    )
    return release


@pytest.mark.parametrize("count", [1, 4])
def test_takes_few_queries_however_many_releases_and_the_second_time_one(
    client, coming, count, django_assert_max_num_queries
):
    for number in range(2, 2 + count):
        corrected(40 + number, slug=f"2026-{number}")
    for path, most in ((PAGE, 8), (FIRST, 14), (f"{PAGE}atom.xml", 6), (f"{PAGE}termine.ics", 3)):
        caches["pages"].clear()
        with django_assert_max_num_queries(most):
            first = client.get(path)
        with django_assert_max_num_queries(1):
            assert client.get(path).content == first.content


def test_what_comes_is_named_with_its_hour_in_berlin_and_nothing_else(client, coming):
    page = read(client, PAGE)
    assert "Arbeitslosigkeit 2026" in page and "12. Januar 2027" in page and "10:30 Uhr" in page
    assert "2027-1/" not in page
    calendar = client.get(f"{PAGE}termine.ics").content.decode()
    assert "DTSTART:20270112T093000Z\r\n" in calendar and "SUMMARY:Arbeitslosigkeit 2026\r\n" in calendar
    for path in PUBLIC:
        assert LEAK not in read(client, path) and "98.765" not in read(client, path)
        assert "Geheimer Hinweis" not in read(client, path), path


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled"])
def test_what_is_not_public_cannot_be_told_from_what_does_not_exist(client, state):
    stored(state)
    missing = client.get(f"{PAGE}gibt-es-nicht/")
    for ending in ("", "berichtigungen.csv"):
        assert client.get(f"{PAGE}2027-1/{ending}").status_code == 404
    hidden = client.get(f"{PAGE}2027-1/").content.decode()
    assert hidden.replace("2027-1", "gibt-es-nicht") == missing.content.decode()
    if state != "scheduled":
        for path in PUBLIC:
            assert "Arbeitslosigkeit 2026" not in read(client, path), path


def test_without_a_date_or_correction_the_page_says_so(client):
    page = read(client, PAGE)
    assert "Zurzeit ist kein Termin festgelegt." in page
    assert "Bisher musste keine veröffentlichte Zahl berichtigt werden." in page


def test_the_history_counts_what_a_release_brought(client):
    page = read(client, PAGE)
    release = Release.objects.get(slug="2026-1")
    assert release.editions.count() == 40  # 37 indicators and 3 indices
    told = re.search(r"40 Indikatoren · ([\d.]+) Kennwerte", page).group(1)
    known = Figure.objects.filter(edition__release=release, value__isnull=False).count()
    assert int(told.replace(".", "")) == known
    assert f'href="{FIRST}"' in page


def test_a_release_lists_its_indicators_with_links_that_stay(client):
    page = read(client, FIRST)
    assert f"/karte/?indikator={SLUG}&stand=2026-1" in page
    assert f"/rangliste/{SLUG}/?stand=2026-1" in page and f"/indikatoren/{SLUG}/kennwerte.csv?stand=2026-1" in page
    assert page.count("erstmals") == 40
    for path in re.findall(r'href="([^"]*stand=2026-1)"', page)[:6]:
        assert client.get(path).status_code == 200, path


def test_a_correction_shows_old_and_new_and_which_release_it_corrects(client):
    corrected("50")
    page = read(client, PAGE)
    assert "Ein Komma war verrutscht." in page and "berichtigt „Erste Veröffentlichung" in page
    one = read(client, "/veroeffentlichungen/2026-2/")
    row = re.search(r"Statistischer Unterbezirk 061</span>.*?</tr>", one).group()
    assert "37,1\u202f%" in row and "50,0\u202f%" in row
    assert "Zahlen dieser Veröffentlichung wurden am" in read(client, FIRST)
    assert "erstmals" not in one and "5 berichtigt" in one


def test_table_signs_stand_in_the_correction(client):
    fixed = Release.objects.create(slug="2026-2", title="Gesperrt", kind="correction")
    row = Value.objects.get(indicator__slug=SLUG, area__code="061", period__code="2024")
    row.pk, row.release, row.value, row.status = None, fixed, None, "suppressed"
    row.save(force_insert=True)
    publish_release(release=fixed)
    one = read(client, "/veroeffentlichungen/2026-2/")
    row = re.search(r"Statistischer Unterbezirk 061</span>.*?</tr>", one).group()
    assert "<del>37,1\u202f%</del>" in row and "<ins>.</ins>" in row


def test_all_corrected_figures_as_a_table(client):
    corrected("50")
    response = client.get("/veroeffentlichungen/2026-2/berichtigungen.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    row = next(r for r in rows if (r["ebene"], r["gebiet"]) == ("unterbezirk", "061"))
    assert (row["wert_vorher"], row["wert_nachher"], row["zeit"]) == ("37,1", "50,0", "2024")
    assert [r["indikator"] for r in rows[:5]] == [SLUG] * 5  # what was delivered anew leads
    told = {r["indikator"] for r in rows}
    assert {SLUG, f"{SLUG}_seit_2018", "mss_status"} <= told  # what is computed from it follows
    assert len(rows) == Correction.objects.filter(release__slug="2026-2").count()


def test_what_was_withdrawn_says_when_and_why_and_shows_no_figures(client):
    withdrawn(corrected("93.7", title="Die falsche"))
    for path in (PAGE, "/veroeffentlichungen/2026-2/"):
        page = read(client, path)
        assert "zurückgezogen" in page and "Die Datei war die falsche." in page
        assert "93,7" not in page
    assert "stand=2026-2" not in read(client, "/veroeffentlichungen/2026-2/")
    assert client.get("/veroeffentlichungen/2026-2/berichtigungen.csv").status_code == 404


def test_pages_of_the_history(client):
    now = timezone.now()
    for number in range(25):
        at = now - datetime.timedelta(days=100 + number)
        Release.objects.create(slug=f"alt-{number}", title=f"Alte {number}", status="superseded", published_at=at)
    first, second = read(client, PAGE), read(client, f"{PAGE}?seite=2")
    assert "Alte 3" in first and "Alte 24" not in first and 'href="?seite=2"' in first
    assert "Alte 24" in second and "Demnächst" not in second
    assert read(client, f"{PAGE}?seite=999") == second.replace("?seite=2", "?seite=999")


def test_english(client):
    page = read(client, "/en/veroeffentlichungen/")
    assert 'href="/en/veroeffentlichungen/2026-1/"' in page and 'href="/en/veroeffentlichungen/abonnieren/"' in page


@pytest.mark.parametrize("path", ["/daten-und-quellen/", "/ueber/"])
def test_other_pages_lead_there(client, path):
    assert f'href="{PAGE}"' in read(client, path)
