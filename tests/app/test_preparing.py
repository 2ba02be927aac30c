"""Computing a release before its hour: once, from exactly what it will show, and visible to nobody."""

import pytest

from areas.models import Area, PublishedFile
from indicators.actions import PublishingError, is_prepared, prepare_release, publish_release
from indicators.actions.preparing import figures_digest, forget_preparation
from indicators.models import Correction, Figure, Indicator, Release, SeriesBreak
from tests.app.small_city import small_city, value_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return small_city()


@pytest.fixture
def public(city):
    release = Release.objects.create(slug="erste", title="Erste")
    value_in(release, city, 0, "10.0")
    value_in(release, city, 1, "20.0")
    return publish_release(release=release)


@pytest.fixture
def draft(city, public):
    release = Release.objects.create(slug="zweite", title="Zweite", kind="correction", corrects=public)
    value_in(release, city, 0, "12.5")
    return release


def editions(release):
    return list(release.editions.values_list("pk", flat=True))


def test_what_is_prepared_is_seen_by_nobody(city, public, draft, client):
    shown = list(Figure.objects.current().values_list("area__code", "value"))
    prepare_release(release=draft)
    files = PublishedFile.objects.filter(editions__release=draft)
    assert {(file.is_current, file.is_public) for file in files} == {(False, False)}
    assert list(Figure.objects.current().values_list("area__code", "value")) == shown
    for file in files:
        assert client.get(file.path).status_code == 404
        assert client.head(file.path).status_code == 404
        assert client.get(file.path, headers={"If-None-Match": f'"{file.digest}"'}).status_code == 404


def test_nothing_is_computed_twice(draft):
    prepared = prepare_release(release=draft)
    first = editions(draft)
    assert prepared.prepared_digest == figures_digest(draft) and is_prepared(prepared)
    again = prepare_release(release=draft)
    assert editions(draft) == first and again.prepared_digest == prepared.prepared_digest


@pytest.mark.parametrize(
    "change",
    [
        lambda city, draft: draft.values.update(value=13),
        lambda city, draft: value_in(draft, city, 1, "21.0"),
        lambda city, draft: Indicator.objects.update(decimals=0),
        lambda city, draft: Indicator.objects.update(author_breaks=[11, 15]),
        lambda city, draft: SeriesBreak.objects.create(
            indicator=city["indicator"], period=city["period"], reason="neu"
        ),
        lambda city, draft: Area.objects.filter(code="02").update(code="03"),
    ],
    ids=["value", "new value", "decimals", "own limits", "break in the series", "division"],
)
def test_it_is_computed_anew_when_anything_changes_that_decides(city, draft, change):
    prepare_release(release=draft)
    first = editions(draft)
    change(city, draft)
    draft.refresh_from_db()
    assert not is_prepared(draft)
    assert is_prepared(prepare_release(release=draft))
    assert editions(draft) != first


def test_texts_decide_nothing(city, draft):
    prepare_release(release=draft)
    Indicator.objects.update(definition="Anders gesagt.")
    draft.refresh_from_db()
    assert is_prepared(draft)


def test_another_publication_makes_it_stale(city, public, draft):
    prepare_release(release=draft)
    between = Release.objects.create(slug="dazwischen", title="Dazwischen")
    value_in(between, city, 1, "30.0")
    publish_release(release=between)
    draft.refresh_from_db()
    assert not is_prepared(draft)
    publish_release(release=draft)
    assert dict(Figure.objects.current().values_list("area__code", "value")) == {"01": 12.5, "02": 30}


def test_publishing_computes_nothing_more(draft, monkeypatch):
    prepared = prepare_release(release=draft)
    monkeypatch.setattr("indicators.actions.preparing.compute_editions", lambda release: 1 / 0)
    published = publish_release(release=draft)
    assert figures_digest(published) == prepared.prepared_digest
    files = PublishedFile.objects.filter(editions__release=draft)
    assert {(file.is_current, file.is_public) for file in files} == {(True, True)}


def test_corrections_say_old_and_new(draft):
    prepare_release(release=draft)
    kept = Correction.objects.get(release=draft)
    assert (kept.area.code, kept.old_value, kept.new_value) == ("01", 10, 12.5)


def test_forgetting_leaves_what_is_public(draft):
    before = set(PublishedFile.objects.values_list("pk", flat=True))
    prepare_release(release=draft)
    assert PublishedFile.objects.filter(is_public=False).exists()
    forget_preparation(draft)
    assert editions(draft) == []
    assert set(PublishedFile.objects.values_list("pk", flat=True)) == before


def test_what_cannot_be_prepared_is_said(public):
    with pytest.raises(PublishingError, match="schon veröffentlicht"):
        prepare_release(release=public)
    with pytest.raises(PublishingError, match="enthält keine Werte"):
        prepare_release(release=Release.objects.create(slug="leer", title="Leer"))
