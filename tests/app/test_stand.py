"""`?stand=`: what was cited keeps saying what it said, says that there is something newer, and what was corrected."""

import csv
import datetime
import io
from html import unescape

import pgtrigger
import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from atlas.stand import read_stand
from indicators.models import Correction, Figure, Indicator, Release
from indicators.standing import corrected_since, edition_at
from tests.app.correcting import SLUG, corrected, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("once")]

MAP = f"/karte/?indikator={SLUG}&ebene=unterbezirk&zeit=2024"
WITH_STAND = [
    MAP,
    f"/rangliste/{SLUG}/?ebene=unterbezirk&zeit=2024",
    f"/indikatoren/{SLUG}/?",
    "/gebiete/unterbezirk/061/?",
]
MOST_QUERIES = [23, 13, 16, 33]
FILES = [
    f"/karte/kennwerte.csv?indikator={SLUG}&ebene=unterbezirk&zeit=2024",
    f"/karte/karte.geojson?indikator={SLUG}&ebene=sozialraum&zeit=2024&vergleich=2018",
    f"/karte/karte.svg?indikator={SLUG}&ebene=sozialraum&zeit=2024",
    f"/indikatoren/{SLUG}/kennwerte.csv?",
    f"/indikatoren/{SLUG}/beschreibung.json?",
    "/gebiete/unterbezirk/061/kennwerte.csv?",
    f"/api/v1/figures/?indicator={SLUG}&level=unterbezirk",
    f"/api/v1/figures/?indicator={SLUG}&level=sozialraum&period=2024",
]


@pytest.fixture(scope="module")
def once(city_of_file):
    """Publishes a correction for all tests of this file; gives every file and page as it was before."""
    client, first = Client(), Release.objects.get()
    before = {path: client.get(at(path, first.slug)).content for path in FILES}
    before |= {path: client.get(path).content for path in WITH_STAND}
    before["map of then"] = client.get(at(MAP, first.slug)).content
    corrected()
    return before


@pytest.fixture
def first():
    return Release.objects.order_by("published_at").first()


@pytest.fixture
def release():
    """The correction."""
    return Release.objects.get(slug="2026-2")


def at(path, stand):
    name = "release" if path.startswith("/api/") else "stand"
    return f"{path.rstrip('?')}{'&' if '?' in path.rstrip('?') else '?'}{name}={stand}"


def read(client, path, stand=""):
    response = client.get(at(path, stand) if stand else path)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def days_ago(release, days):
    published(release, timezone.now() - datetime.timedelta(days=days))


def published(release, moment):
    """Let a release have been published at another moment: only a test may do that, without the triggers."""
    with pgtrigger.ignore():
        Release.objects.filter(pk=release.pk).update(published_at=moment)


@pytest.mark.parametrize("path", FILES)
def test_after_a_correction_the_permalink_gives_the_very_bytes_of_before(client, first, once, path):
    after = client.get(at(path, first.slug))
    assert after.status_code == 200
    assert after.content == once[path]
    assert client.get(path).content != once[path], "the correction changed nothing: the test proves nothing"


def test_ranks_and_classes_on_the_map_are_those_of_then(client, first, once):
    def table(page):
        return page.split('data-swap="table"', 1)[1].split("</table>", 1)[0]

    before = table(unescape(once["map of then"].decode()))
    assert table(read(client, MAP, first.slug)) == before
    assert table(read(client, MAP)) != before


@pytest.mark.parametrize("path", WITH_STAND)
def test_the_page_says_that_it_is_not_the_newest_and_what_was_corrected(client, first, path):
    page = read(client, path, first.slug)
    assert "Dies ist der Stand der Veröffentlichung „Erste Veröffentlichung" in page
    assert "Zum neuesten Stand" in page
    assert "damals 37,1\u202f%, heute <strong>50,0\u202f%</strong>" in page
    assert 'href="/veroeffentlichungen/2026-2/"' in page
    newest = read(client, path)
    assert "Dies ist der Stand" not in newest and "damals 37,1" not in newest


@pytest.mark.parametrize("path", WITH_STAND)
def test_the_newest_state_asked_for_by_name_says_nothing(client, release, path):
    assert "Dies ist der Stand" not in read(client, path, release.slug)


def test_a_figure_corrected_twice_is_told_once_and_one_corrected_back_not_at_all(client, first):
    corrected("60", slug="2026-3")
    assert "damals 37,1\u202f%, heute <strong>60,0\u202f%</strong>" in read(client, MAP, first.slug)
    assert "damals 50,0\u202f%, heute <strong>60,0\u202f%</strong>" in read(client, MAP, "2026-2")
    corrected("37.1", slug="2026-4")
    keys = [(c.correction.area.code, c.correction.period.code) for c in corrected_since(first.published_at)]
    assert ("061", "2024") not in keys


def test_a_day_is_the_state_at_its_end(client, first, release):
    days_ago(first, 40)
    days_ago(release, 10)
    old, new = (timezone.localdate() - datetime.timedelta(days=days) for days in (11, 10))
    assert read(client, FILES[0], old.isoformat()) == read(client, FILES[0], first.slug)
    assert read(client, FILES[0], new.isoformat()) == read(client, FILES[0])
    page = read(client, MAP, old.isoformat())
    assert "Dies ist der Stand vom" in page and "heute <strong>50,0" in page
    assert "Dies ist der Stand" not in read(client, MAP, timezone.localdate().isoformat())


def test_the_day_ends_at_midnight_in_berlin(first, release):
    summer = datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)  # 0:30 on 2 July in Berlin
    published(first, summer - datetime.timedelta(days=30))
    published(release, summer)
    indicator = Indicator.objects.get(slug=SLUG)
    assert read_stand("2026-07-01").edition_of(indicator).release == first
    assert read_stand("2026-07-02").edition_of(indicator).release == release


@pytest.mark.parametrize("path", WITH_STAND)
@pytest.mark.parametrize(
    ("stand", "sentence"),
    [
        ("2001-01-01", "Am 1. Januar 2001 war noch nichts veröffentlicht; die ersten Zahlen sind vom "),
        ("2999-01-01", "Der 1. Januar 2999 liegt in der Zukunft."),
        ("2026-02-30", "Den Tag „2026-02-30“ gibt es im Kalender nicht."),
        ("gestern", "Einen Stand „gestern“ gibt es nicht"),
    ],
)
def test_what_cannot_be_shown_is_said_and_the_newest_is_shown(client, path, stand, sentence):
    page = read(client, path, stand)
    assert sentence in page and "Gezeigt wird der neueste Stand." in page


@pytest.mark.parametrize("path", [each for each in FILES if "svg" not in each])
def test_a_download_of_a_state_that_there_is_not_is_refused(client, path):
    response = client.get(at(path, "2001-01-01"))
    assert response.status_code == 400
    assert "war noch nichts veröffentlicht" in response.content.decode()


@pytest.mark.parametrize("path", WITH_STAND)
def test_a_withdrawn_release_is_not_shown_again(client, path):
    withdrawn(corrected("93.7", slug="2026-3"))
    page = read(client, path, "2026-3")
    assert "wurde am" in page and "zurückgezogen: Die Datei war die falsche." in page
    assert "93,7" not in page
    assert client.get(at(FILES[3], "2026-3")).status_code == 400


def test_a_day_on_which_something_was_public_that_is_withdrawn_shows_what_was_before_and_says_so(
    client, first, release
):
    days_ago(first, 40)
    days_ago(release, 20)
    withdrawn(release)
    third = corrected("44", slug="2026-3")
    page = read(client, MAP, (timezone.localdate() - datetime.timedelta(days=15)).isoformat())
    assert "Damals galt „Berichtigung Westliche Innenstadt“; diese Zahlen wurden am" in page
    assert "50,0" not in page and "damals 37,1" in page and third.slug in page


def test_an_indicator_that_came_later_says_so(client, first):
    edition = Indicator.objects.get(slug=SLUG).current_edition
    before = first.published_at - datetime.timedelta(seconds=1)
    assert edition_at(edition.indicator, before) is None
    published(edition.release, before)
    page = read(client, "/karte/?indikator=einwohner", edition.release.slug)
    assert "Zahlen zu „Einwohner" in page and "gab es mit der Veröffentlichung" in page


def test_links_keep_the_state(client, first):
    page = read(client, f"{MAP}&gebiet=061", first.slug)
    assert f"/gebiete/unterbezirk/061/?stand={first.slug}" in page
    assert f"/rangliste/{SLUG}/?stand={first.slug}" in page
    profile = read(client, "/gebiete/unterbezirk/061/", first.slug)
    assert f"kennwerte.csv?stand={first.slug}" in profile and f"&stand={first.slug}&gebiet=061" in profile


@pytest.mark.parametrize(
    ("path", "most"),
    list(zip(WITH_STAND, MOST_QUERIES, strict=True)),
    ids=["map", "ranking", "indicator", "profile"],
)
def test_takes_few_queries_and_the_second_time_one(client, first, path, most, django_assert_max_num_queries):
    caches["pages"].clear()
    with django_assert_max_num_queries(most):
        page = client.get(at(path, first.slug))
    with django_assert_max_num_queries(1):
        assert client.get(at(path, first.slug)).content == page.content


@pytest.mark.parametrize("path", WITH_STAND)
def test_pages_with_a_figure_corrected_lately_say_so_discreetly(client, once, release, path):
    assert "erichtigt am" not in unescape(once[path].decode())
    page = read(client, path)
    if path.startswith("/rangliste/"):
        return
    assert "erichtigt am" in page and f'href="/veroeffentlichungen/{release.slug}/"' in page
    days_ago(release, 120)
    caches["pages"].clear()
    assert "erichtigt am" not in read(client, path)


def test_another_areas_profile_says_nothing_but_of_indices_in_which_all_areas_are_measured_by_each_other(client):
    page = read(client, "/gebiete/unterbezirk/062/")
    rows = {row.split('"', 1)[0]: row.split("</tr>", 1)[0] for row in page.split('<tr role="row" id="')[1:]}
    assert len(rows) > 20
    assert {slug for slug, row in rows.items() if "erichtigt am" in row} <= {"mss_status", "mss_dynamik"}


def test_the_table_to_take_away_has_ranks_of_then(client, first):
    def ranks(stand=""):
        rows = csv.DictReader(io.StringIO(read(client, FILES[0], stand).lstrip("\ufeff")), delimiter=";")
        return {row["gebiet"]: row["rang"] for row in rows}

    then = {
        f.area.code: str(f.rank or "")
        for f in Figure.objects.filter(edition__release=first, edition__indicator__slug=SLUG)
        .at_level("unterbezirk")
        .for_period("2024")
        .select_related("area")
    }
    corrected("99", slug="2026-3")
    assert ranks(first.slug) == then
    assert ranks()["061"] == "1" != then["061"]
    assert Correction.objects.filter(area__code="061", period__code="2024", new_value=99).exists()
