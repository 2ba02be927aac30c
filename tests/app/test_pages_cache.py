"""Kept pages: only what a view reads makes a page of its own, bytes are bounded, and clients get what they take."""

import gzip
import threading

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory

from areas.models import PublishedFile
from atlas.pages import public_page
from atlas.serving import PublishedFiles
from dortmund_sozial.caching import BoundedMemoryCache

KILOBYTE = 1000


@public_page(reads={"ebene"})
def echo(request):
    """A page that shows all it knows of its address."""
    return HttpResponse(f"{dict(request.GET.lists())} {request.META['QUERY_STRING']}", content_type="text/plain")


@pytest.fixture
def small():
    cache = BoundedMemoryCache("small", {"OPTIONS": {"MAX_BYTES": 10 * KILOBYTE}})
    cache.clear()
    yield cache
    cache.clear()


def ask(query="", **headers):
    return echo(RequestFactory().get(f"/?{query}", headers=headers))


def kept():
    return len(caches["pages"]._cache)


@pytest.mark.django_db
def test_parameters_that_the_view_does_not_read_make_no_page_and_leave_no_trace():
    first = ask("ebene=bezirk&x=secret")
    assert first.content == b"{'ebene': ['bezirk']} ebene=bezirk"
    for number in range(20):
        assert ask(f"x={number}&ebene=bezirk&y={number}").content == first.content
    assert kept() == 1
    assert ask("ebene=stadt").content != first.content
    assert ask("ebene=stadt&ebene=bezirk").content == first.content
    assert kept() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/", "/karte/", "/karte/kennwerte.csv", "/gebiete/", "/aktionsplan/", "/rangliste/transferleistungsquote/"],
)
def test_no_page_is_kept_twice_for_an_invented_parameter(dortmund, address):
    first = Client().get(address, {"x": "1"})
    caches["pages"].set("probe", 0)
    before = kept()
    again = [Client().get(address, {"x": str(number), "utm_source": "<b>"}) for number in range(3)]
    assert {answer.content for answer in again} == {first.content}
    assert b"utm_source" not in first.content
    assert kept() == before


@pytest.mark.django_db
def test_the_interface_still_refuses_invented_parameters_after_a_kept_answer(dortmund):
    assert Client().get("/api/v1/levels/").status_code == 200
    assert Client().get("/api/v1/levels/?x=1").status_code == 400


@pytest.mark.django_db
def test_a_picture_is_not_packed_and_kept_unless_it_is_large(dortmund, monkeypatch):
    answer = Client().get("/karte/karte.png?breite=800", headers={"accept-encoding": "gzip"})
    assert answer.content.startswith(b"\x89PNG")
    assert "Content-Encoding" not in answer.headers
    assert kept() == 1
    monkeypatch.setattr("atlas.pages.KEPT_PICTURE", 1000)
    Client().get("/karte/karte.png?breite=600")
    assert kept() == 1
    again = Client().get("/karte/karte.png?breite=800", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
def test_who_has_too_many_pictures_drawn_waits_and_kept_ones_stay_free(dortmund, monkeypatch):
    monkeypatch.setattr("dortmund_sozial.throttling.PicturesByVisitor.THROTTLE_RATES", {"pictures": "1/hour"})
    caches["default"].clear()
    first = "/karte/karte.png?breite=600"
    assert Client().get(first).status_code == 200
    refused = Client().get("/karte/karte.png?breite=700")
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 3000
    assert "Bitte in 60 Minuten" in refused.text
    assert Client().get("/karte/karte.svg?breite=600&muster=1").status_code == 429
    assert Client().get(first).status_code == 200
    assert Client().get("/karte/karte.svg?breite=600").status_code == 200
    assert Client().get("/karte/karte.png?breite=700", REMOTE_ADDR="198.51.100.7").status_code == 200


def test_the_cache_never_holds_more_than_its_bytes_and_drops_the_least_recently_used(small):
    for number in range(9):
        small.set(number, bytes(KILOBYTE))
    assert small.get(0) is not None  # used just now
    for number in range(9, 12):
        small.set(number, bytes(KILOBYTE))
        assert small.size <= 10 * KILOBYTE
    assert small.get(0) is not None and small.get(11) is not None
    assert small.get(1) is None and small.get(2) is None


def test_what_is_larger_than_the_cache_is_not_kept_and_drives_nothing_out(small):
    small.set("a", b"1")
    small.set("b", b"old")
    small.set("b", bytes(11 * KILOBYTE))
    assert small.get("a") == b"1"
    assert small.get("b") is None
    assert small.size < KILOBYTE


def test_replaced_values_count_once(small):
    for _time in range(50):
        small.set("a", bytes(KILOBYTE))
    assert KILOBYTE < small.size < 2 * KILOBYTE


def test_the_cache_is_shared_by_threads_and_stays_bounded(small):
    def fill(start):
        own = BoundedMemoryCache("small", {"OPTIONS": {"MAX_BYTES": 10 * KILOBYTE}})
        for number in range(300):
            own.set(f"{start}-{number}", bytes(KILOBYTE))
            own.get(f"{start}-{number - 1}")

    threads = [threading.Thread(target=fill, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 8 * KILOBYTE < small.size <= 10 * KILOBYTE
    assert small._cache.keys() == small._expire_info.keys()


def test_pages_are_kept_in_the_bounded_cache():
    assert isinstance(caches["pages"], BoundedMemoryCache)
    assert caches["pages"]._max_bytes == 48_000_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("gzip;q=0, *", False), ("", False)],
)
def test_gzip_only_for_those_who_take_it(accepted, packed):
    answer = ask("ebene=bezirk", accept_encoding=accepted)
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed
    body = gzip.decompress(answer.content) if packed else answer.content
    assert body == b"{'ebene': ['bezirk']} ebene=bezirk"
    assert answer["Content-Length"] == str(len(answer.content))


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', 'W/"other", W/{}', "*"])
def test_known_answers_are_not_sent_again(form):
    etag = ask()["ETag"]
    assert ask(if_none_match=form.format(etag)).status_code == 304
    assert ask(if_none_match='"other"').status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_known_files_are_not_sent_again(dortmund, monkeypatch, form):
    monkeypatch.setattr("atlas.serving.close_old_connections", lambda: None)  # the test needs its connection
    file = PublishedFile.objects.filter(is_current=True).first()
    statuses = []
    server = PublishedFiles(lambda environ, start_response: [])
    given = {"PATH_INFO": file.path, "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "gzip;q=0"}
    body = server(given, lambda status, headers: statuses.append((status, dict(headers))))
    assert body == [bytes(file.plain)]
    known = {"HTTP_IF_NONE_MATCH": form.format(statuses[0][1]["ETag"])}
    server(given | known, lambda status, headers: statuses.append((status, dict(headers))))
    assert [status[:3] for status, _headers in statuses] == ["200", "304"]
    assert Client().get(file.path, headers={"if-none-match": known["HTTP_IF_NONE_MATCH"]}).status_code == 304
