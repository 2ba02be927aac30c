"""The grid of one indicator: who may, what is saved, what is refused, and that nobody overwrites another unseen."""

import json
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from areas.models import AreaLevel
from indicators.actions.editing import CellsInConflict, CellsRefused, EditingError, save_cells
from indicators.intake.cells import Typed
from indicators.models import Edit, Indicator, Release, Upload, Value
from indicators.selectors_grid import GridCell, grid

pytestmark = pytest.mark.usefixtures("dortmund", "db")
SLUG = "transferleistungsquote"
PAGE_LIMIT = 22  # queries of the page, session, account and permissions included
EMPTY = GridCell().seen


@pytest.fixture
def draft():
    return Release.objects.create(slug="raster", title="Probe")


@pytest.fixture
def editor(django_user_model):
    user = django_user_model.objects.create(username="redaktion")
    user.user_permissions.add(Permission.objects.get(codename="edit_values"))
    return user


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def indicator():
    return Indicator.objects.get(slug=SLUG)


@pytest.fixture
def level():
    return AreaLevel.objects.get(slug="unterbezirk")


@pytest.fixture
def save(draft, indicator, level, editor):
    """`save(Typed(...), note="…")` as the editor."""

    def run(*cells, note="", **more):
        given = {"release": draft, "indicator": indicator, "level": level, "user": editor, **more}
        return save_cells(cells=cells, note=note, **given)

    return run


def seen(draft, indicator, level, area, period):
    return grid(indicator, level, draft).cells.get((area, period), GridCell()).seen


def address(name, draft=None, level="unterbezirk", **more):
    query = "&".join(f"{k}={v}" for k, v in {"ebene": level, "entwurf": draft.slug if draft else "", **more}.items())
    return f"{reverse(f'indicators:{name}', args=[SLUG])}?{query}"


def post(client, name, draft, cells, **more):
    return client.post(address(name, draft), json.dumps({"cells": cells, **more}), content_type="application/json")


def new(area="003", period="2025", text="8,5", **more):
    return {"area": area, "period": period, "seen": EMPTY, "text": text, **more}


# ---- Saving ----


def test_numbers_are_stored_exactly_with_who_and_why(save, draft, editor):
    saved = save(Typed("003", "2025", EMPTY, "8,123456", comment="vorläufig"), note="Nachlieferung")
    value = Value.objects.get(release=draft)
    assert (value.value, value.status, value.comment) == (Decimal("8.123456"), "reported", "vorläufig")
    assert (value.edit, value.upload, value.origin) == (saved.edit, None, "im Raster bearbeitet")
    assert (saved.edit.cells, saved.edit.note, saved.edit.user) == (1, "Nachlieferung", editor)
    assert draft.events.get().kind == "edited"


def test_the_draft_holds_only_what_differs(save, draft, indicator, level):
    was = grid(indicator, level, draft).cells["003", "2024"]
    save(Typed("003", "2024", was.seen, "8,6"))
    assert Value.objects.get(release=draft).value == Decimal("8.6")
    save(Typed("003", "2024", seen(draft, indicator, level, "003", "2024"), "8,4"))
    assert not Value.objects.filter(release=draft).exists(), "set back to what is published"
    assert save(Typed("003", "2024", was.seen, "8,4")).changed == 0
    assert Edit.objects.count() == 2, "saving what is there already is no edit"


def test_emptied_cells(save, draft, indicator, level):
    save(Typed("003", "2025", EMPTY, "8,5"))
    save(Typed("003", "2025", seen(draft, indicator, level, "003", "2025"), ""))
    assert not Value.objects.filter(release=draft).exists(), "nothing was published: nothing is left"
    save(Typed("003", "2024", seen(draft, indicator, level, "003", "2024"), ""))
    assert Value.objects.get(release=draft).status == "missing"


def test_a_value_from_a_file_becomes_one_of_the_edit(save, draft, indicator, level):
    save(Typed("003", "2025", EMPTY, "8,5"))
    upload = Upload.objects.create(file_name="lieferung.xlsx", digest="0" * 64, size=1)
    Value.objects.filter(release=draft).update(edit=None, upload=upload, sheet="Tabelle1", row=7, column=3)
    cell = grid(indicator, level, draft).cells["003", "2025"]
    assert cell.changed == "Lieferung „lieferung.xlsx“"
    save(Typed("003", "2025", cell.seen, "8,7"))
    value = Value.objects.get(release=draft)
    assert (value.upload, value.sheet, value.row) == (None, "", None) and value.edit


def test_another_editor_is_not_overwritten(save, draft):
    save(Typed("003", "2025", EMPTY, "8,5"))
    with pytest.raises(CellsInConflict) as conflict:
        save(Typed("003", "2025", EMPTY, "9,9"), Typed("004", "2025", EMPTY, "1,1"))
    assert conflict.value.keys == [("003", "2025")]
    assert list(Value.objects.filter(release=draft).values_list("value", flat=True)) == [Decimal("8.5")]


def test_only_drafts_are_changed(save, draft):
    Release.objects.filter(pk=draft.pk).update(status="in_review")
    with pytest.raises(EditingError, match="kein Entwurf"):
        save(Typed("003", "2025", EMPTY, "8,5"))


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        (Typed("999", "2025", EMPTY, "8,5"), "999"),
        (Typed("003", "Sommer", EMPTY, "8,5"), "Sommer"),
    ],
)
def test_unknown_areas_and_years_are_refused(save, cell, word):
    with pytest.raises(EditingError, match=word):
        save(cell)
    assert not Edit.objects.exists()


def test_errors_block_and_warnings_need_a_reason(save, draft, indicator, level):
    with pytest.raises(CellsRefused, match="Fehler"):
        save(Typed("003", "2025", EMPTY, "108,5"), note="stimmt so")
    cell = Typed("003", "2024", seen(draft, indicator, level, "003", "2024"), "84")
    with pytest.raises(CellsRefused, match="begründen") as refused:
        save(cell)
    assert [r.code for r in refused.value.remarks if r.kind == "warning"] == ["jump"]
    assert not Value.objects.filter(release=draft).exists()
    assert save(cell, note="Ersatzneubau, vom Fachamt bestätigt").changed == 1


def test_sums_of_parts_are_compared_with_the_whole(save, draft):
    of = {"indicator": Indicator.objects.get(slug="einwohner"), "level": AreaLevel.objects.get(slug="stadtbezirk")}
    stored = grid(of["indicator"], of["level"], draft)
    period = "2023"  # a year for which the city's total was delivered
    cells = [Typed(code, period, stored.cells.get((code, period), GridCell()).seen, "1000") for code in stored.areas]
    with pytest.raises(CellsRefused) as refused:
        save(*cells, **of)
    assert "sum" in {r.code for r in refused.value.remarks}


def test_a_total_is_compared_with_the_sum_of_its_parts(save, draft):
    of = {"indicator": Indicator.objects.get(slug="einwohner"), "level": AreaLevel.objects.get(slug="sozialraum")}
    parts = Value.objects.filter(indicator=of["indicator"], period__code="2024", area__parent__code="011")
    total = sum(part.value for part in parts.filter(area__level__slug="unterbezirk"))
    assert save(Typed("011", "2024", EMPTY, f"({total:.0f})"), **of).changed == 1
    with pytest.raises(CellsRefused) as refused:
        save(Typed("012", "2024", EMPTY, f"({total * 3:.0f})"), **of)
    assert "sum" in {r.code for r in refused.value.remarks if r.area == "012"}


# ---- The page ----


def test_the_page_needs_few_queries(desk, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(PAGE_LIMIT):
        response = desk.get(address("grid", draft, neu="2025,2026"))
    assert response.status_code == 200
    assert [p.code for p in response.context["grid"].periods][-2:] == ["2025", "2026"]
    assert len(response.context["data"]["areas"]) == 170


def test_without_a_draft_it_is_only_readable(desk):
    response = desk.get(address("grid"))
    assert response.context["data"] is None
    assert "Entwurf anlegen" in response.content.decode() and "data-save" not in response.content.decode()


def test_a_release_in_review_is_only_readable(desk, draft):
    Release.objects.filter(pk=draft.pk).update(status="in_review")
    assert "kein Entwurf mehr" in desk.get(address("grid", draft)).content.decode()


def test_odd_parameters_are_answered_calmly(desk, draft):
    assert "ist kein Jahr" in desk.get(address("grid", draft, neu="Sommer,2025")).content.decode()
    assert desk.get(address("grid", draft, level="galaxie")).status_code == 200
    assert desk.get(reverse("indicators:grid", args=["gibt-es-nicht"])).status_code == 404


def test_choosing_and_beginning_a_draft(desk):
    response = desk.get(reverse("indicators:grid_choose"), {"indikator": SLUG, "ebene": "bezirk"})
    assert response.url == f"/redaktion/raster/{SLUG}/?ebene=bezirk"
    sent = {"titel": "Zahlen für 2025", "indikator": SLUG, "ebene": "bezirk"}
    response = desk.post(reverse("indicators:grid_draft"), sent)
    made = Release.objects.get(title="Zahlen für 2025")
    assert response.url == f"/redaktion/raster/{SLUG}/?ebene=bezirk&entwurf={made.slug}"
    response = desk.post(reverse("indicators:grid_draft"), {**sent, "titel": ""}, follow=True)
    assert "Titel" in response.content.decode() and Release.objects.filter(status="draft").count() == 1


# ---- JSON ----


def test_checking_saves_nothing(desk, draft):
    answer = post(desk, "grid_check", draft, [new(text="108,5"), new("004", text="(7,25)")]).json()
    assert answer["cells"] == {
        "003|2025": {"t": "108,5", "s": "reported"},
        "004|2025": {"t": "(7,25)", "s": "estimated"},
    }
    assert [(r["kind"], r["area"]) for r in answer["remarks"] if r["code"] == "range"] == [("error", "003")]
    assert answer["stale"] == {} and not Value.objects.filter(release=draft).exists()


def test_saving_answers_what_is_stored_now(desk, draft):
    answer = post(desk, "grid_save", draft, [new()])
    assert answer.status_code == 200 and answer.json()["cells"]["003|2025"]["t"] == "8,5"
    conflict = post(desk, "grid_save", draft, [new(text="9,9")])
    assert conflict.status_code == 409 and conflict.json()["conflicts"]["003|2025"]["t"] == "8,5"
    refused = post(desk, "grid_save", draft, [new("004", text="viel")])
    assert refused.status_code == 422 and refused.json()["remarks"][0]["code"] == "unreadable"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"cells": 5}',
        '{"cells": [5]}',
        '{"cells": [{"area": "003"}]}',
        '{"cells": [{"area": "003", "period": "2025", "text": 8.5}]}',
        '{"cells": [{"area": "003", "period": "2025"}, {"area": "003", "period": "2025"}]}',
        '{"cells": [], "note": {}}',
        '{"cells": [{"area": "003", "period": "2025", "text": "\\u0000"}]}',
    ],
)
def test_unreadable_requests_are_refused(desk, draft, body):
    answer = desk.post(address("grid_save", draft), body, content_type="application/json")
    assert answer.status_code == 400 and answer.json()["message"]


def test_what_does_not_exist_is_said_as_json(desk, draft):
    assert post(desk, "grid_save", Release(slug="weg"), [new()]).status_code == 404
    assert desk.get(address("grid_save", draft)).status_code == 405
    Release.objects.filter(pk=draft.pk).update(status="in_review")
    assert "kein Entwurf" in post(desk, "grid_save", draft, [new()]).json()["message"]


# ---- Who may ----


def test_without_log_in(client, draft):
    assert client.get(address("grid", draft)).status_code == 302
    assert client.get(address("grid_cell", draft)).status_code == 302
    assert post(client, "grid_save", draft, [new()]).status_code == 401
    assert post(client, "grid_check", draft, [new()]).status_code == 401


def test_without_permission(client, django_user_model, draft):
    client.force_login(django_user_model.objects.create(username="rat"))
    assert client.get(address("grid", draft)).status_code == 403
    assert client.get(reverse("indicators:grid_choose")).status_code == 403
    assert client.post(reverse("indicators:grid_draft"), {"titel": "Neu und anders"}).status_code == 403
    assert client.get(address("grid_cell", draft, gebiet="003", zeit="2024")).status_code == 403
    assert post(client, "grid_save", draft, [new()]).status_code == 403
    assert post(client, "grid_check", draft, [new()]).status_code == 403
    assert not Value.objects.filter(release=draft).exists()


# ---- Without JavaScript ----


def test_one_cell_as_a_form(desk, draft):
    where = address("grid_cell", draft, gebiet="003", zeit="2024")
    page = desk.get(where)
    assert page.context["form"]["text"] == "8,4"
    sent = {"seen": page.context["seen"], "text": "8,6"}
    assert desk.post(where, {**sent, "text": "viel"}).status_code == 422
    assert desk.post(where, sent).status_code == 302
    late = desk.post(where, {**sent, "text": "8,8"})
    assert late.status_code == 422 and "Inzwischen steht hier: 8,6" in late.content.decode()
    assert desk.post(where, {"seen": late.context["seen"], "text": "8,8"}).status_code == 302
    assert Value.objects.get(release=draft).value == Decimal("8.8")
    assert desk.get(address("grid_cell", draft, gebiet="999", zeit="2024")).status_code == 404


# ---- From the administration ----


def test_the_administration_leads_to_the_grid(admin_client, indicator):
    page = admin_client.get(reverse("admin:indicators_indicator_change", args=[indicator.pk])).content.decode()
    assert f'href="/redaktion/raster/{SLUG}/"' in page
