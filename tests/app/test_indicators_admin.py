"""Administering catalogue, releases, values and action areas."""

import datetime

import pytest
from django.urls import reverse

from actionplan.models import ActionArea, CouncilPaper
from areas.models import Area, Source
from indicators.models import Figure, Indicator, Period, Release, Value

pytestmark = pytest.mark.usefixtures("dortmund", "db")
LIST_LIMIT = 10
LISTS = [
    *("indicators_indicator", "indicators_dimension", "indicators_period", "indicators_release"),
    *("indicators_value", "indicators_figure", "actionplan_actionarea"),
]


@pytest.fixture
def draft():
    return Release.objects.create(slug="korrektur", title="Korrektur Nordmarkt")


def add_value(release, number="12.3"):
    return Value.objects.create(
        release=release,
        indicator=Indicator.objects.get(slug="hilfen_in_der_familie"),
        area=Area.objects.in_force().at_level("sozialraum").get(code="022"),
        period=Period.objects.get(code="2001"),
        value=number,
        status="reported",
        source=Source.objects.first(),
    )


def untouched(response):
    """What a browser would send for an untouched form with its inlines."""
    form = response.context["adminform"].form
    data = {}
    for bound in form:
        widget = bound.field.widget
        if hasattr(widget, "widgets") or hasattr(getattr(widget, "widget", None), "widgets"):
            continue
        value = bound.value()
        if getattr(widget, "allow_multiple_selected", False) and not value:
            continue  # a browser sends nothing where nothing is chosen
        data[bound.html_name] = "" if value is None or value is False else value
    for inline in response.context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data


@pytest.mark.parametrize("name", LISTS)
def test_lists_need_few_queries(admin_client, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(LIST_LIMIT):
        response = admin_client.get(reverse(f"admin:{name}_changelist"))
    assert response.status_code == 200 and response.context["cl"].result_count > 0


@pytest.mark.parametrize("name", LISTS)
def test_every_record_can_be_opened(admin_client, name):
    app, model = name.split("_")
    from django.apps import apps

    first = apps.get_model(app, model).objects.first()
    assert admin_client.get(reverse(f"admin:{name}_change", args=[first.pk])).status_code == 200


def test_limits_are_written_as_people_write_them(admin_client):
    indicator = Indicator.objects.get(slug="arbeitslosenquote")
    address = reverse("admin:indicators_indicator_change", args=[indicator.pk])
    data = untouched(admin_client.get(address))
    data |= {
        "author_breaks": "8,52; 11,83;15,14",
        "headline": "{}",
        "levels": [level.pk for level in indicator.levels.all()],
    }
    answer = admin_client.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    indicator.refresh_from_db()
    assert [float(limit) for limit in indicator.author_breaks] == [8.52, 11.83, 15.14]
    assert "8,52; 11,83; 15,14" in admin_client.get(address).content.decode()


@pytest.mark.parametrize(("typed", "told"), [("8,52; abc", "Bitte Zahlen mit Komma"), ("9; 8", "von klein nach groß")])
def test_limits_that_make_no_sense_are_refused(admin_client, typed, told):
    address = reverse("admin:indicators_indicator_change", args=[Indicator.objects.get(slug="arbeitslosenquote").pk])
    answer = admin_client.post(address, untouched(admin_client.get(address)) | {"author_breaks": typed})
    assert answer.status_code == 200 and told in answer.content.decode()


def test_nobody_publishes_here(admin_client, draft):
    add_value(draft)
    address = reverse("admin:indicators_release_changelist")
    page = admin_client.get(address)
    assert f"/redaktion/veroeffentlichungen/{draft.slug}/" in page.content.decode()
    admin_client.post(address, {"action": "publish", "_selected_action": [draft.pk]}, follow=True)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_who_changes_a_value_here_has_edited_the_draft(admin_client, admin_user, draft):
    value = add_value(draft)
    address = reverse("admin:indicators_value_change", args=[value.pk])
    answer = admin_client.post(address, untouched(admin_client.get(address)) | {"value": "12,9"})
    assert answer.status_code == 302, answer.context["errors"]
    assert list(draft.edits.values_list("user", "cells")) == [(admin_user.pk, 1)]


def test_published_releases_and_values_are_read_only(admin_client):
    release = Release.objects.get(slug="2026-1")
    for name, record in (("release", release), ("value", release.values.first()), ("figure", Figure.objects.first())):
        address = reverse(f"admin:indicators_{name}_change", args=[record.pk])
        assert 'name="_save"' not in admin_client.get(address).content.decode()
        assert admin_client.post(address, {}).status_code == 403
        assert admin_client.post(reverse(f"admin:indicators_{name}_delete", args=[record.pk])).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        admin_client.post(reverse(f"admin:indicators_{name}_changelist"), chosen)
        assert type(record).objects.filter(pk=record.pk).exists()


def test_a_value_of_a_draft_can_be_corrected_and_missing_is_never_zero(admin_client, draft):
    value = add_value(draft)
    address = reverse("admin:indicators_value_change", args=[value.pk])
    data = untouched(admin_client.get(address))
    answer = admin_client.post(address, data | {"value": "", "status": "reported"})
    assert "gehört hier eine Zahl hin" in answer.content.decode()
    answer = admin_client.post(address, data | {"value": "0", "status": "missing"})
    assert "bleibt der Wert leer" in answer.content.decode()
    assert admin_client.post(address, data | {"value": "13,4", "status": "reported"}).status_code == 302
    value.refresh_from_db()
    assert float(value.value) == 13.4


def test_values_are_added_to_drafts_only(admin_client, draft):
    page = admin_client.get(reverse("admin:indicators_value_add"))
    offered = page.context["adminform"].form.fields["release"].queryset
    assert list(offered) == [draft]


def test_an_action_area_ends_on_a_day(admin_client):
    membership = ActionArea.objects.in_force().get(area__code="022")
    address = reverse("admin:actionplan_actionarea_change", args=[membership.pk])
    data = untouched(admin_client.get(address)) | {"valid_0": "01.01.2008", "valid_1": "31.12.2030", "geometry": ""}
    data |= {"end_decision": "Rat", "end_paper": CouncilPaper.objects.first().pk}
    answer = admin_client.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    membership.refresh_from_db()
    assert membership.valid.upper == datetime.date(2030, 12, 31)


def test_a_quarter_without_boundary_is_refused(admin_client):
    membership = ActionArea.objects.in_force().get(area__code="022")
    address = reverse("admin:actionplan_actionarea_change", args=[membership.pk])
    data = untouched(admin_client.get(address))
    data |= {"valid_0": "01.01.2008", "valid_1": "", "geometry": "", "kind": "aktionsquartier"}
    assert "braucht eine eigene Grenze" in admin_client.post(address, data).content.decode()
