"""Boundaries for the map: small enough, still fitting, under addresses that never change their answer."""

import gzip
import json

import pytest
import shapely
from django.test import Client

from areas.actions import publish_boundaries, publish_file
from areas.models import AreaLevel, PublishedFile
from atlas.serving import PublishedFiles
from tests.pure.test_topology import decoded

pytestmark = pytest.mark.django_db

BUDGETS = {"stadt": 25_000, "stadtbezirk": 25_000, "sozialraum": 25_000, "bezirk": 60_000, "unterbezirk": 60_000}


def file_of(level):
    return PublishedFile.objects.get(name=f"grenzen/{level}.json", is_current=True)


@pytest.mark.parametrize(("level", "budget"), BUDGETS.items())
def test_boundaries_keep_their_budget(dortmund, level, budget):
    assert len(file_of(level).gzip) <= budget


@pytest.mark.parametrize("level", BUDGETS)
def test_simplified_boundaries_still_fit(dortmund, level):
    shapes = decoded(json.loads(bytes(file_of(level).plain)))
    assert len(shapes) == AreaLevel.objects.get(slug=level).areas.count()
    assert all(shape.is_valid for shape in shapes.values())
    assert shapely.coverage_is_valid(list(shapes.values()))


def test_borders_of_levels_lie_on_top_of_each_other(dortmund):
    fine, coarse = (decoded(json.loads(bytes(file_of(level).plain))) for level in ("unterbezirk", "stadt"))
    city = coarse["05913000"]
    union = shapely.union_all(list(fine.values()))
    assert union.symmetric_difference(city).area / city.area < 1e-4


def test_publishing_again_changes_nothing(dortmund):
    before = file_of("sozialraum")
    assert publish_boundaries(level=AreaLevel.objects.get(slug="sozialraum")).pk == before.pk


def test_an_address_keeps_its_answer_after_a_new_one_is_published(db):
    old = publish_file(name="x.json", body=b"1", content_type="application/json")
    new = publish_file(name="x.json", body=b"2", content_type="application/json")
    assert old.path != new.path
    assert Client().get(old.path).content == b"1"
    assert Client().get(new.path).content == b"2"
    again = publish_file(name="x.json", body=b"1", content_type="application/json")
    assert again.pk == old.pk and again.is_current
    assert PublishedFile.objects.filter(name="x.json", is_current=True).count() == 1


@pytest.fixture
def shortcut(db, monkeypatch):
    """The shortcut in front of an application that says who answered; keeps the test's connection open."""
    monkeypatch.setattr("atlas.serving.close_old_connections", lambda: None)
    return lambda **options: PublishedFiles(lambda environ, start: [b"django"], **options)


def call(application, path, **environ):
    answer = {}

    def start_response(status, headers):
        answer.update(status=status, headers=dict(headers))

    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", **environ}
    answer["body"] = b"".join(application(environ, start_response))
    return answer


def test_the_shortcut_answers_as_the_view_does(shortcut):
    file = publish_file(name="a/b.json", body=b'{"x": 1}' * 50, content_type="application/json")
    application = shortcut()
    for encoding in ("gzip", ""):
        fast = call(application, file.path, HTTP_ACCEPT_ENCODING=encoding)
        slow = Client().get(file.path, headers={"Accept-Encoding": encoding})
        assert fast["body"] == slow.content
        for header in ("Content-Type", "Cache-Control", "ETag"):
            assert fast["headers"][header] == slow.headers[header]
        assert fast["headers"].get("Content-Encoding") == slow.headers.get("Content-Encoding")
    assert gzip.decompress(call(application, file.path, HTTP_ACCEPT_ENCODING="gzip")["body"]) == bytes(file.plain)


def test_the_shortcut_says_unchanged_and_passes_on_what_it_does_not_know(shortcut):
    file = publish_file(name="x.json", body=b"1", content_type="application/json")
    application = shortcut()
    assert call(application, file.path, HTTP_IF_NONE_MATCH=f'"{file.digest}"')["status"].startswith("304")
    assert call(application, file.path, REQUEST_METHOD="HEAD")["body"] == b""
    for path in ("/karte/", "/daten/0123/x.json", f"/daten/{'0' * 24}/x.json", "/daten/../etc"):
        assert call(application, path)["body"] == b"django"
    assert call(application, file.path, REQUEST_METHOD="POST")["body"] == b"django"


def test_the_shortcut_forgets_the_oldest_when_full(shortcut):
    files = [publish_file(name=f"{i}.json", body=bytes(1000), content_type="text/plain") for i in range(5)]
    application = shortcut(max_bytes=2500)
    for file in files:
        assert call(application, file.path)["body"] == bytes(1000)
    assert len(application._answers) < 5
    assert call(application, files[0].path)["body"] == bytes(1000)
