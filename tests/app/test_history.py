"""The database writes down every change, whoever makes it and however; the page shows it."""

import re

import pghistory
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from pghistory.models import Context

from areas.acting import acting
from areas.models import Area, AreaHistory, Source, SourceHistory
from dortmund_sozial.recording import recorded
from indicators.models import (
    Dimension,
    Indicator,
    IndicatorHistory,
    Release,
    ReleaseHistory,
    SeriesBreak,
    SeriesBreakHistory,
    Value,
    ValueHistory,
)
from tests.app.small_city import small_city, value_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return small_city()


@pytest.fixture
def draft(city):
    release = Release.objects.create(slug="entwurf", title="Entwurf")
    value_in(release, city, 0, 5)
    value_in(release, city, 1, 7)
    return release


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def kept():
    return sorted(ValueHistory.objects.values_list("pgh_label", "value"))


def test_adding_costs_nothing_and_is_told_by_the_row(draft):
    assert not ValueHistory.objects.exists()


def test_a_saved_change_keeps_what_was_before(draft):
    value = Value.objects.get(value=5)
    value.value = 6
    value.save()
    assert kept() == [("changed", 5)]


def test_saving_without_a_change_keeps_nothing(draft):
    Value.objects.first().save()
    assert kept() == []


def test_bulk_changes_are_kept(draft):
    Value.objects.update(value=9)
    assert kept() == [("changed", 5), ("changed", 7)]


def test_raw_sql_is_kept_too(draft):
    sql("UPDATE indicators_value SET value = value + 1 WHERE value = 5")
    sql("DELETE FROM indicators_value WHERE value = 7")
    assert kept() == [("changed", 5), ("deleted", 7)]
    assert set(ValueHistory.objects.values_list("pgh_context", flat=True)) == {None}


def test_one_statement_costs_one_query_whatever_the_number_of_rows(draft, django_assert_num_queries):
    with django_assert_num_queries(1):
        Value.objects.update(value=9)


def test_deleting_a_draft_keeps_its_values(draft):
    draft.delete()
    assert kept() == [("deleted", 5), ("deleted", 7)]


@pytest.mark.parametrize(
    ("change", "model"),
    [
        (lambda c: Indicator.objects.update(definition="Neu."), IndicatorHistory),
        (lambda c: Source.objects.update(licence="Frei"), SourceHistory),
        (lambda c: Area.objects.update(note="Neu."), AreaHistory),
        (lambda c: Release.objects.create(slug="x", title="X") and Release.objects.update(title="Y"), ReleaseHistory),
        (lambda c: SeriesBreak.objects.create(indicator=c["indicator"], period=c["period"], reason="x").delete(),
         SeriesBreakHistory),
    ],
)  # fmt: skip
def test_the_catalogue_has_a_history(city, change, model):
    change(city)
    assert model.objects.exists()


def test_a_new_boundary_is_not_copied_into_the_history(city):
    Area.objects.filter(code="01").update(geometry="SRID=25832;MULTIPOLYGON(((0 0, 0 2, 2 2, 0 0)))")
    assert not AreaHistory.objects.exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE indicators_valuehistory SET value = 1", "DELETE FROM indicators_valuehistory"]
)
def test_the_history_itself_cannot_be_changed(draft, statement):
    Value.objects.update(value=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)


def test_what_is_frozen_leaves_no_history(draft):
    Release.objects.filter(pk=draft.pk).update(status="published", published_at="2024-01-01T00:00Z")
    with pytest.raises(DatabaseError), transaction.atomic():
        Value.objects.update(value=9)
    assert kept() == []


def test_who_and_how_are_kept_as_number_role_and_path(draft, django_user_model):
    user = django_user_model.objects.create_user("ada", first_name="Ada", last_name="Beispiel")
    user.groups.add(Group.objects.get_or_create(name="Redaktion")[0])
    with acting(way="/redaktion/raster/quote/", user=user):
        Value.objects.update(value=9)
    kept_context = Context.objects.get().metadata
    assert kept_context == {"way": "/redaktion/raster/quote/", "user": user.pk, "role": "Redaktion"}


def test_commands_say_their_name(draft):
    recorded(lambda: Value.objects.update(value=9), "manage.py zahlen")()
    assert ValueHistory.objects.first().pgh_context.metadata == {"way": "manage.py zahlen"}


def test_a_change_in_the_administration_says_who(admin_client, admin_user, city):
    dimension = Dimension.objects.get()
    form = {"slug": dimension.slug, "name": "Anders", "name_en": "Other", "kind": "dimension", "order": 0}
    response = admin_client.post(f"/verwaltung/indicators/dimension/{dimension.pk}/change/", form)
    assert response.status_code == 302
    context = Context.objects.get().metadata
    assert context["user"] == admin_user.pk
    assert context["way"].startswith("/verwaltung/")


def test_reading_requests_do_not_even_look_at_the_account(rf: RequestFactory, django_assert_num_queries):
    from dortmund_sozial.recording import record_who

    with django_assert_num_queries(0):
        record_who(lambda request: None)(rf.get("/"))
    assert not hasattr(pghistory.runtime._tracker, "value")


# ---- The page ----


def reader(client, django_user_model, *codenames):
    user = django_user_model.objects.create_user("leserin")
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return user


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def test_the_page_shows_before_and_after_with_role_and_without_name(client, django_user_model, draft):
    ada = django_user_model.objects.create_user("ada", first_name="Ada", last_name="Beispiel")
    with acting(way="/redaktion/raster/quote/", user=ada):
        Value.objects.filter(value=5).update(value=6)
    reader(client, django_user_model, "view_valuehistory")
    text = text_of(client.get("/redaktion/verlauf/"))
    assert "Quote, Mitte (01), 2024" in text
    assert re.search(r"Wert vorher: 5 → nachher: 6", text)
    assert "im Raster" in text
    assert "Ada Beispiel" not in text


def test_names_are_for_those_who_may_see_them(client, django_user_model, draft):
    ada = django_user_model.objects.create_user("ada", first_name="Ada", last_name="Beispiel")
    with acting(way="/redaktion/raster/quote/", user=ada):
        Value.objects.update(value=6)
    reader(client, django_user_model, "view_valuehistory", "view_editor_names")
    assert "Ada Beispiel" in text_of(client.get("/redaktion/verlauf/"))


def test_long_texts_are_compared_word_by_word(client, django_user_model, city):
    long = "Anteil der Menschen, die in diesem Gebiet leben und Leistungen der Grundsicherung erhalten."
    Indicator.objects.update(definition=long)
    Indicator.objects.update(definition=long.replace("diesem", "jenem"))
    reader(client, django_user_model, "view_indicatorhistory")
    content = client.get("/redaktion/verlauf/?art=indikatoren").content.decode()
    assert re.search(r"<del>.*diesem</del><ins>.*jenem</ins>", content)


def test_only_kinds_that_one_may_see(client, django_user_model, draft):
    Value.objects.update(value=6)
    reader(client, django_user_model, "view_indicatorhistory")
    assert "Mitte" not in text_of(client.get("/redaktion/verlauf/"))
    event = ValueHistory.objects.first()
    assert client.get(f"/redaktion/verlauf/werte/{event.pk}/").status_code == 403


def test_without_any_permission_there_is_no_page(client, django_user_model):
    assert client.get("/redaktion/verlauf/").status_code == 302
    reader(client, django_user_model)
    assert client.get("/redaktion/verlauf/").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("indikator=quote", True), ("indikator=quote&gebiet=stadtteil/01&zeit=2024", True),
        ("gebiet=stadtteil/02&indikator=quote&zeit=2024", False), ("art=indikatoren", False), ("von=2099-01-01", False),
        ("bis=2001-01-01", False), ("rolle=Freigabe", False), ("seite=2", False),
        ("seite=x&indikator=nichts&von=gestern&gebiet=kein/99", True),
    ],
)  # fmt: skip
def test_filters(client, django_user_model, draft, query, found):
    Value.objects.filter(value=5).update(value=6)
    reader(client, django_user_model, "view_valuehistory", "view_indicatorhistory")
    response = client.get(f"/redaktion/verlauf/?{query}")
    assert response.status_code == 200
    assert ("vorher:" in text_of(response)) is found


def test_many_changes_cost_no_more_queries(client, django_user_model, draft, django_assert_max_num_queries):
    for number in range(40):
        Value.objects.update(value=number)
        Indicator.objects.update(note=str(number))
    reader(client, django_user_model, "view_valuehistory", "view_indicatorhistory")
    with django_assert_max_num_queries(40):
        text = text_of(client.get("/redaktion/verlauf/"))
    assert "ältere" in text


def test_loading_the_city_again_changes_nothing_in_the_history(dortmund):
    before = IndicatorHistory.objects.count(), SeriesBreakHistory.objects.count()
    call_command("load_city", "fixtures", commit=True, verbosity=0)
    assert (IndicatorHistory.objects.count(), SeriesBreakHistory.objects.count()) == before
