"""Stored results: published with their release, frozen with it, and never shown longer than the figures they tell about."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from areas.models import PublicState
from indicators.actions import analysing, prepare_release, publish_release
from indicators.actions.preparing import figures_digest, forget_preparation
from indicators.actions.publishing import show_release
from indicators.actions.withdrawing import withdraw_release
from indicators.actions.workflow import WorkflowError
from indicators.analyses import analyses_at, analysis_at, figures_seen_with
from indicators.models import Analysis, Indicator, Release
from tests.app.small_city import small_city, value_in

pytestmark = pytest.mark.django_db


def highest(release):
    """The highest figure of every indicator, over all that readers see with the release."""
    figures = figures_seen_with(release, Indicator.objects.all())
    if highest_one := max((f.value for f in figures if f.value is not None), default=None):
        slugs = sorted({f.edition.indicator.slug for f in figures})
        yield Analysis(kind="hoechster", key="alle", inputs=slugs, content={"value": float(highest_one)})


@pytest.fixture
def city(monkeypatch):
    monkeypatch.setattr(analysing, "ANALYSERS", (highest,))
    return small_city()


@pytest.fixture
def public(city):
    return release_of(city, "erste", city["indicator"], "20.0", publish=True)


@pytest.fixture
def other(city):
    indicator = Indicator.objects.get(pk=city["indicator"].pk)
    indicator.pk, indicator.slug, indicator.name, indicator.current_edition = None, "andere", "Andere Quote", None
    indicator.save(force_insert=True)
    indicator.levels.set(city["indicator"].levels.all())
    return indicator


def release_of(city, slug, indicator, number, *, publish=False):
    release = Release.objects.create(slug=slug, title=slug)
    value_in(release, city | {"indicator": indicator}, 0, number)
    return publish_release(release=release) if publish else release


def value_shown(moment=None):
    found = analysis_at("hoechster", "alle", moment)
    return found and found.content["value"]


def test_it_is_computed_from_published_figures_and_public_with_them(city, public, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert value_shown() == 20
    with django_assert_num_queries(1):
        assert [a.release.slug for a in analyses_at("hoechster")] == ["erste"]
    assert analysis_at("hoechster", "alle", public.published_at - datetime.timedelta(seconds=1)) is None


def test_what_is_prepared_is_not_public_but_a_preview_shows_it(city, public):
    draft = prepare_release(release=release_of(city, "zweite", city["indicator"], "30.0"))
    assert draft.analyses.count() == 1 and value_shown() == 20
    with transaction.atomic():
        show_release(Release.objects.get(pk=draft.pk))
        assert value_shown() == 30
        transaction.set_rollback(True)
    assert value_shown() == 20


def test_results_belong_to_what_is_approved(city, public):
    draft = prepare_release(release=release_of(city, "zweite", city["indicator"], "30.0"))
    draft.analyses.update(content={"value": 31})
    assert figures_digest(draft) != draft.prepared_digest


def test_forgetting_the_preparation_forgets_them(city):
    draft = prepare_release(release=release_of(city, "erste", city["indicator"], "30.0"))
    forget_preparation(draft)
    assert not Analysis.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda release: Analysis.objects.update(content={}),
        lambda release: Analysis.objects.all().delete(),
        lambda release: Analysis.objects.create(release=release, kind="x", key="x", inputs=["quote"], content={}),
    ],
    ids=["change", "delete", "add"],
)
def test_the_database_freezes_them_with_their_release(public, change):
    with pytest.raises(DatabaseError, match="nicht mehr geändert"), transaction.atomic():
        change(public)


def test_a_change_is_a_new_public_state(city):
    draft = prepare_release(release=release_of(city, "erste", city["indicator"], "30.0"))
    before = PublicState.objects.get().version
    draft.analyses.update(content={})
    assert PublicState.objects.get().version == before + 1


def test_results_over_several_indicators_see_what_is_public_of_the_others(city, public, other):
    release_of(city, "zweite", other, "10.0", publish=True)
    found = analysis_at("hoechster", "alle")
    assert (found.release.slug, found.inputs, found.content) == ("zweite", ["andere", "quote"], {"value": 20.0})
    assert analysis_at("hoechster", "alle", public.published_at).release == public


def test_a_preparation_is_stale_when_another_indicator_changes(city, public, other):
    draft = prepare_release(release=release_of(city, "dritte", other, "10.0"))
    first = draft.prepared_digest
    release_of(city, "zweite", city["indicator"], "40.0", publish=True)
    assert prepare_release(release=draft).prepared_digest != first


def test_a_result_does_not_outlive_its_figures(city, public, monkeypatch):
    monkeypatch.setattr(analysing, "ANALYSERS", ())
    second = release_of(city, "zweite", city["indicator"], "30.0", publish=True)
    assert value_shown() is None
    assert value_shown(public.published_at) == 20
    withdraw_release(release=second, user=None, reason="Falsch.")
    assert value_shown() == 20


def test_what_others_have_computed_with_is_not_withdrawn(city, public, other):
    release_of(city, "zweite", other, "10.0", publish=True)
    with pytest.raises(WorkflowError, match="zweite"):
        withdraw_release(release=public, user=None, reason="Falsch.")


@pytest.mark.parametrize("more", [{"inputs": []}, {"key": "alle", "inputs": ["quote"]}], ids=["no inputs", "twice"])
def test_the_database_refuses_results_from_nothing_and_twice(city, more):
    draft = prepare_release(release=release_of(city, "erste", city["indicator"], "30.0"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Analysis.objects.create(**{"release": draft, "kind": "hoechster", "key": "x", "content": {}} | more)
