"""Publishing: everything at once, and nothing afterwards."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from areas.models import Area, PublicState, PublishedFile
from indicators.actions import PublishingError, publish_release
from indicators.models import Figure, Indicator, Release, Value

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(dortmund):
    return Release.objects.get()


def test_a_published_release_cannot_be_published_again(release):
    with pytest.raises(PublishingError, match="schon veröffentlicht"):
        publish_release(release=release)


def test_a_release_without_values_is_refused(dortmund):
    empty = Release.objects.create(slug="leer", title="Leer")
    with pytest.raises(PublishingError, match="keine Werte"):
        publish_release(release=empty)


@pytest.mark.parametrize("model", [Value, Figure])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_published_numbers_are_frozen_even_for_bulk_writes(release, model, change):
    rows = model.objects.filter(status="reported")[:1]
    rows = model.objects.filter(pk__in=[row.pk for row in rows])
    with pytest.raises(DatabaseError, match="nicht mehr geändert"), transaction.atomic():
        rows.update(value=1) if change == "update" else rows.delete()


def test_published_numbers_are_frozen_even_for_raw_sql(release):
    with pytest.raises(DatabaseError, match="nicht mehr geändert"), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("UPDATE indicators_figure SET rank = 1")


def test_a_correction_is_a_new_release_and_the_old_answer_stays(release):
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    old = indicator.current_edition
    value = Value.objects.get(indicator=indicator, area__code="061", period__code="2024")
    fixed = Release.objects.create(slug="2026-2", title="Berichtigung")
    value.pk, value.release, value.value, value.status = None, fixed, 50, "reported"
    value.save(force_insert=True)
    old_file = old.files.get(name="kennwerte/transferleistungsquote/sozialraum.json")

    publish_release(release=fixed)
    indicator.refresh_from_db()

    assert indicator.current_edition.release == fixed
    new_file = indicator.current_edition.files.get(name=old_file.name)
    assert new_file.is_current and new_file.digest != old_file.digest
    old_file.refresh_from_db()
    assert not old_file.is_current and old_file.path != new_file.path
    assert PublishedFile.objects.filter(name=old_file.name, is_current=True).count() == 1
    new = Figure.objects.get(
        edition=indicator.current_edition, area__code="061", area__level__slug="unterbezirk", period__code="2024"
    )
    assert new.value == 50
    untouched = Figure.objects.get(
        edition=indicator.current_edition, area__code="062", area__level__slug="unterbezirk", period__code="2018"
    )
    before = Figure.objects.get(edition=old, area__code="062", area__level__slug="unterbezirk", period__code="2018")
    assert untouched.value == before.value


def test_publishing_fails_as_a_whole(release, monkeypatch):
    fixed = Release.objects.create(slug="kaputt", title="Kaputt")
    value = Value.objects.filter(indicator__slug="frauenanteil").first()
    value.pk, value.release = None, fixed
    value.save(force_insert=True)
    monkeypatch.setattr("indicators.actions.computing.store_figure_files", lambda **kw: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish_release(release=fixed)
    fixed.refresh_from_db()
    assert fixed.status == "draft"
    assert not fixed.editions.exists()


def test_the_public_state_counts_every_public_change(release):
    before = PublicState.objects.get().version
    Indicator.objects.filter(slug="einwohner").update(note="geändert")
    assert PublicState.objects.get().version > before


def test_a_value_needs_a_number_exactly_when_its_status_says_so(dortmund):
    draft = Release.objects.create(slug="entwurf", title="Entwurf")
    value = Value.objects.filter(status="reported").first()
    value.pk, value.release, value.value = None, draft, None
    with pytest.raises(IntegrityError, match="exactly_when"):
        value.save(force_insert=True)


def test_the_classes_of_2005_can_be_drawn_from_their_own_limits(dortmund):
    """Constructed rates in the steps of the Sozialstrukturatlas 2005 (page 75) fall into its six classes."""
    indicator = Indicator.objects.get(slug="arbeitslosenrate")
    draft = Release.objects.create(slug="2005", title="2005")
    sample = Value.objects.filter(area__level__slug="unterbezirk").first()
    areas = Area.objects.at_level("sozialraum").order_by("code")[:7]
    rates = ["5.21", "8.52", "11.83", "15.14", "18.45", "21.77", "30.0"]
    for area, rate in zip(areas, rates, strict=True):
        Value.objects.create(
            release=draft, indicator=indicator, area=area, period=sample.period, value=rate, status="reported", source=sample.source
        )  # fmt: skip
    publish_release(release=draft)
    figures = Figure.objects.filter(edition__release=draft, area__in=areas).order_by("area__code")
    assert [figure.classes["author"] for figure in figures] == [0, 1, 2, 3, 4, 5, 5]
    edition = figures[0].edition
    assert edition.breaks["sozialraum"]["methods"]["author"]["own"] == [8.52, 11.83, 15.14, 18.45, 21.77]
