"""Administering levels, areas and places."""

import datetime
import re

import pytest
from django.urls import reverse
from django_tasks import TaskResultStatus

from actionplan.models import ActionArea, CouncilPaper
from areas.models import Area, AreaLevel, Facility, PublishedFile, Source
from areas.tasks import republish_boundaries

pytestmark = pytest.mark.usefixtures("dortmund", "db")
LIST_LIMIT = 10


@pytest.fixture
def staff(admin_client):
    return admin_client


def area(level: str, code: str) -> Area:
    return Area.objects.in_force().at_level(level).get(code=code)


def form_of(response) -> dict[str, str]:
    """What a browser would send for an untouched form."""
    form = response.context["adminform"].form
    data = {"valid_0": "", "valid_1": ""}
    for bound in form:
        value = bound.value()
        data[bound.html_name] = "" if value is None else value
    match = re.search(r'<textarea id="id_(?:geometry|point)"[^>]*>([^<]*)</textarea>', response.content.decode())
    name = "geometry" if "geometry" in data else "point"
    data[name] = match[1].replace("&quot;", '"')
    management = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    rows = {f"{name}-{key}": value for name in ("part_links", "figures") for key, value in management.items()}
    return {k: v for k, v in data.items() if k != "valid"} | rows


@pytest.mark.parametrize("model", ["arealevel", "area", "facility", "source", "publishedfile"])
def test_lists_need_few_queries(staff, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(LIST_LIMIT):
        response = staff.get(reverse(f"admin:areas_{model}_changelist"))
    assert response.status_code == 200
    assert response.context["cl"].result_count > 0


def test_the_public_state_is_not_shown(staff):
    assert "Stand des Portals" not in staff.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("typed", ["hörde", "Hoerde", "HORDE"])
def test_areas_are_found_in_any_spelling(staff, typed):
    response = staff.get(
        reverse("admin:areas_area_changelist"), {"q": typed, "level__id__exact": area("bezirk", "53").level_id}
    )
    assert {a.name for a in response.context["cl"].result_list} == {"Hörde", "Kirchhörde-Löttringhausen"}


def test_areas_are_found_by_code_and_offered_for_completion(staff):
    query = {"term": "082", "app_label": "areas", "model_name": "area", "field_name": "parent"}
    results = staff.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [r["text"] for r in results] == ["Hörde (082)", "Gartenstadt-Nord (082)"]


def test_the_filter_separates_today_from_history(staff):
    from datetime import date

    Area.objects.filter(pk=area("sozialraum", "082").pk).update(valid=(None, date(2020, 1, 1)))
    url = reverse("admin:areas_area_changelist")
    assert [a.code for a in staff.get(url, {"stand": "andere"}).context["cl"].result_list] == ["082"]
    assert staff.get(url, {"stand": "heute"}).context["cl"].result_count == 283


def test_the_form_shows_boundary_and_parts_under_a_strict_policy(staff, django_assert_max_num_queries):
    url = reverse("admin:areas_area_change", args=[area("stadt", "05913000").pk])
    with django_assert_max_num_queries(LIST_LIMIT + 5):
        response = staff.get(url)
    page, policy = response.content.decode(), response["Content-Security-Policy"]
    assert page.count("⊂ Dortmund") == 170
    nonce = re.search(r"script-src 'self' 'nonce-([^']+)'", policy)[1]
    assert "unsafe" not in policy
    inline = [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag and "application/json" not in tag]
    assert inline
    assert all(f'nonce="{nonce}"' in tag for tag in inline)
    assert not re.search(r"<style|\sstyle=", page.split('id="content"')[1])


def test_other_admin_pages_allow_no_inline_script(staff):
    for name in ("admin:index", "admin:areas_area_changelist", "admin:areas_source_changelist"):
        assert "nonce" not in staff.get(reverse(name))["Content-Security-Policy"]


def test_saving_without_change_leaves_the_boundary_exactly_as_it_is(staff):
    before = area("sozialraum", "082")
    url = reverse("admin:areas_area_change", args=[before.pk])
    response = staff.post(url, form_of(staff.get(url)))
    assert response.status_code == 302
    after = Area.objects.get(pk=before.pk)
    assert bytes(after.geometry.wkb) == bytes(before.geometry.wkb)
    assert (after.valid, after.name) == (before.valid, before.name)


def test_a_stored_boundary_cannot_be_redrawn(staff):
    before = area("sozialraum", "082")
    url = reverse("admin:areas_area_change", args=[before.pk])
    other = area("sozialraum", "081").geometry.transform(4326, clone=True).geojson
    assert staff.post(url, form_of(staff.get(url)) | {"geometry": other}).status_code == 302
    assert Area.objects.get(pk=before.pk).geometry.equals(before.geometry)


def test_a_new_name_is_found_and_reaches_the_map(staff):
    before = area("sozialraum", "082")
    old_file = PublishedFile.objects.get(name="grenzen/sozialraum.json", is_current=True)
    url = reverse("admin:areas_area_change", args=[before.pk])
    assert staff.post(url, form_of(staff.get(url)) | {"name": "Hörder Brücke"}).status_code == 302
    assert Area.objects.get(pk=before.pk).search_name == "horder brucke"
    new_file = PublishedFile.objects.get(name="grenzen/sozialraum.json", is_current=True)
    assert new_file.digest != old_file.digest
    assert "Hörder Brücke" in bytes(new_file.plain).decode()


def test_a_code_against_the_pattern_is_refused(staff):
    url = reverse("admin:areas_area_change", args=[area("sozialraum", "082").pk])
    response = staff.post(url, form_of(staff.get(url)) | {"code": "82"})
    assert "passt nicht zum Muster" in response.content.decode()


def test_a_drawn_area_must_not_lie_on_another(staff):
    url = reverse("admin:areas_area_add")
    data = {
        "level": area("sozialraum", "082").level_id,
        "code": "999",
        "name": "Neu",
        "valid_0": "",
        "valid_1": "",
        "certainty": "published",
        "source": Source.objects.first().pk,
        "geometry": area("sozialraum", "082").geometry.transform(4326, clone=True).geojson,
        "part_links-TOTAL_FORMS": 0,
        "part_links-INITIAL_FORMS": 0,
    }
    assert "liegt zum Teil auf" in staff.post(url, data).content.decode()
    beside = '{"type":"MultiPolygon","coordinates":[[[[7.0,51.0],[7.01,51.0],[7.01,51.01],[7.0,51.0]]]]}'
    assert staff.post(url, data | {"geometry": beside}).status_code == 302
    assert area("sozialraum", "999").geometry.area > 0


def test_areas_are_ended_not_deleted(staff):
    assert staff.post(reverse("admin:areas_area_delete", args=[area("sozialraum", "082").pk])).status_code == 403


def test_a_place_keeps_its_position(staff):
    before = Facility.objects.first()
    url = reverse("admin:areas_facility_change", args=[before.pk])
    assert staff.post(url, form_of(staff.get(url)) | {"name": "Anders"}).status_code == 302
    after = Facility.objects.get(pk=before.pk)
    assert (after.name, after.point.coords) == ("Anders", before.point.coords)


def test_the_background_shows_the_areas_of_the_level(staff, client):
    level = AreaLevel.objects.get(slug="stadtbezirk")
    url = reverse("admin:areas_area_background", args=[level.pk])
    features = staff.get(url).json()["features"]
    assert len(features) == 12
    assert {f["properties"]["name"] for f in features} >= {"Hörde", "Eving"}
    assert len(staff.get(reverse("admin:areas_area_background", args=[0])).json()["features"]) == 39
    client.logout()
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("name", ["areas_area", "areas_facility", "actionplan_actionarea"])
def test_the_map_is_told_where_its_background_comes_from(staff, name):
    page = staff.get(reverse(f"admin:{name}_add")).content.decode()
    tag = re.search(r"<script[^>]*admin-map[^>]*>", page)[0]
    address = re.search(r'data-background="([^"]+/0/)"', tag)[1]
    assert len(staff.get(address).json()["features"]) == 39


def test_published_files_are_only_looked_at(staff):
    file = PublishedFile.objects.filter(is_current=True).first()
    page = staff.get(reverse("admin:areas_publishedfile_change", args=[file.pk])).content.decode()
    assert f'href="{file.path}"' in page
    assert 'name="_save"' not in page
    assert staff.get(reverse("admin:areas_publishedfile_add")).status_code == 403


def test_a_level_needs_a_usable_pattern(staff):
    level = AreaLevel.objects.get(slug="bezirk")
    url = reverse("admin:areas_arealevel_change", args=[level.pk])
    data = {f.name: getattr(level, f.name) for f in AreaLevel._meta.fields if f.name != "id"}
    data = {k: v for k, v in data.items() if v is not False}
    assert "kein regulärer Ausdruck" in staff.post(url, data | {"code_pattern": "[0-9"}).content.decode()
    assert staff.post(url, data | {"code_pattern": r"\d{2}"}).status_code == 302


def test_the_action_publishes_the_chosen_levels(staff):
    level = AreaLevel.objects.get(slug="stadtbezirk")
    PublishedFile.objects.filter(name="grenzen/stadtbezirk.json").delete()
    data = {"action": "republish", "_selected_action": [level.pk]}
    page = staff.post(reverse("admin:areas_arealevel_changelist"), data, follow=True).content.decode()
    assert "Beauftragt: Stadtbezirk" in page
    assert PublishedFile.objects.filter(name="grenzen/stadtbezirk.json", is_current=True).count() == 1


def test_the_task_answers_with_the_address():
    result = republish_boundaries.enqueue("stadt")
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == PublishedFile.objects.get(name="grenzen/stadt.json", is_current=True).path


def test_a_membership_of_the_plan_ends_on_a_day_with_its_decision(staff):
    membership = ActionArea.objects.filter(valid__upper_inf=True, kind="aktionsraum").first()
    address = reverse("admin:actionplan_actionarea_change", args=[membership.pk])
    page = staff.get(address)
    assert 'aria-label="Gilt bis (ausschließlich)"' in page.text
    first = membership.valid.lower
    sent = {**form_of(page), "valid_0": first.strftime("%d.%m.%Y"), "valid_1": "01.01.2027", "end_decision": "Drs. 1"}
    assert "Welche Drucksache das beschlossen hat, fehlt." in staff.post(address, sent).text
    sent["end_paper"] = CouncilPaper.objects.first().pk
    assert staff.post(address, {**sent, "valid_1": "01.01.1990"}).status_code == 200  # ends before it began
    answer = staff.post(address, sent)
    assert answer.status_code == 302, answer.context["errors"]
    membership.refresh_from_db()
    assert (membership.valid.upper, membership.end_decision) == (datetime.date(2027, 1, 1), "Drs. 1")
