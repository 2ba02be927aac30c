"""Adjusting the plan: drafts change nothing, decisions need reasons, and what was decided stays."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from actionplan.actions.adjusting import AdjustmentError, decide_adjustment, draft_adjustment, drop_adjustment
from actionplan.actions.choosing import Choice, ChoiceFaults, save_choices
from actionplan.models import (
    ActionArea,
    Adjustment,
    AdjustmentFigure,
    AdjustmentLine,
    CouncilPaper,
    MembershipFigure,
)
from actionplan.selectors.adjustments import grounds_of, results_to_adjust, small_areas_of
from areas.models import Area
from indicators.models import Figure
from tests.app.before_2021 import plan_rows, undo_2021

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

APRIL_12, APRIL_13 = datetime.date(2021, 4, 12), datetime.date(2021, 4, 13)
REASONS = {
    "014": "Quote über 20 Prozent.",
    "103": "Quote über 20 Prozent.",
    "053": "Nur ein Quartier.",
    "064": "Nur eins.",
}
QUARTERS = {"053": ("Wambeler Heide", ["262"]), "064": ("Meylantviertel", ["341"])}


def result(key="transferleistungen-13-hoechste/2018"):
    return results_to_adjust().get(key=key)


def draft(plan_day=APRIL_12, key="transferleistungen-13-hoechste/2018") -> Adjustment:
    return draft_adjustment(result=result(key), plan_day=plan_day, title="Anpassung 2021")


def line(adjustment, code) -> AdjustmentLine:
    return adjustment.lines.get(area__code=code)


def chosen(adjustment, outcomes=None, reasons=REASONS) -> Adjustment:
    """Save the reasons, and quarters for the two areas that leave."""
    choices = {}
    for one in adjustment.lines.select_related("area"):
        code = one.area.code
        if code in QUARTERS and outcomes is None:
            name, parts = QUARTERS[code]
            boundary = ActionArea.objects.filter(name=name).first()
            choices[one.pk] = Choice("quarter", reasons[code], name, () if boundary else parts, _geojson(boundary))
        elif code in (outcomes or {}) or code in reasons:
            choices[one.pk] = Choice((outcomes or {}).get(code, one.outcome), reasons.get(code, ""))
    return save_choices(
        adjustment=adjustment, version=adjustment.version, title="Anpassung 2021", text="", choices=choices
    )


def _geojson(membership) -> str:
    return membership.geometry.transform(4326, clone=True).geojson if membership else ""


def paper() -> CouncilPaper:
    return CouncilPaper.objects.get(number="19100-20")


def test_the_rule_on_the_figures_of_2018_proposes_what_was_decided_in_2021():
    adjustment = draft()
    changing = {
        one.area.code: (one.before, one.outcome) for one in adjustment.lines.select_related("area") if one.changes
    }
    assert changing == {
        "014": ("outside", "join"), "103": ("outside", "join"), "053": ("area", "leave"), "064": ("area", "leave"),
    }  # fmt: skip
    assert adjustment.lines.count() == 39


def test_figures_are_copied_as_they_are_published():
    adjustment = draft()
    published = Figure.objects.current().filter(
        edition__indicator__slug="transferleistungsquote", area__level__slug="sozialraum", period__code="2018"
    )
    copied = AdjustmentFigure.objects.filter(line__adjustment=adjustment)
    assert {(f.line.area.code, f.value, f.status) for f in copied.select_related("line__area")} == set(
        published.values_list("area__code", "value", "status")
    )
    criterion = adjustment.criteria.get()
    assert (criterion.city, criterion.limit) == (Decimal("16.8"), Decimal("19.9"))


def test_the_fixture_holds_the_same_figures_as_the_release():
    """What is frozen for 2021 was recomputed from the same data; a correction later may make them differ."""
    loaded = Adjustment.objects.get(slug="anpassung-2021")

    def rows(of):
        return sorted(
            AdjustmentFigure.objects.filter(line__adjustment=of).values_list(
                "line__area__code", "line__before", "line__proposed", "value", "status", "met"
            )
        )

    assert rows(loaded) == rows(draft())


def test_a_draft_changes_nothing():
    before = plan_rows()
    chosen(draft())
    assert plan_rows() == before


def frozen_figures() -> list[tuple]:
    """What is frozen for the memberships of 13 April 2021, in order."""
    rows = MembershipFigure.objects.filter(membership__valid__startswith=APRIL_13)
    which = ("membership__name", "indicator_slug", "period__code", "value", "status", "city_value", "is_earliest")
    return sorted(rows.values_list(*which))


def test_the_decision_of_2021_taken_once_more_gives_exactly_the_plan_of_today():
    wanted, figures = plan_rows(), frozen_figures()
    shapes = dict(ActionArea.objects.filter(kind="aktionsquartier").values_list("name", "geometry"))
    boundaries = {name: _geojson(ActionArea.objects.get(name=name)) for name in shapes}
    undo_2021()
    assert plan_rows() != wanted
    adjustment = draft()
    choices = {
        one.pk: Choice(
            "quarter", REASONS[one.area.code], QUARTERS[one.area.code][0], (), boundaries[QUARTERS[one.area.code][0]]
        )
        if one.area.code in QUARTERS
        else Choice("join", REASONS[one.area.code])
        for one in adjustment.lines.select_related("area").filter(area__code__in=REASONS)
    }
    saved = save_choices(adjustment=adjustment, version=1, title="Anpassung 2021", text="", choices=choices)
    decide_adjustment(adjustment=saved, version=2, day=APRIL_13, paper=paper())
    assert plan_rows() == wanted
    assert frozen_figures() == figures and len(figures) == 20
    for name, shape in ActionArea.objects.filter(kind="aktionsquartier").values_list("name", "geometry"):
        assert shape.sym_difference(shapes[name]).area < 1  # square metres: there and back through WGS84


def test_a_decision_needs_a_reason_for_every_change():
    undo_2021()
    saved = chosen(draft(), reasons={**REASONS, "014": ""})
    before = plan_rows()
    with pytest.raises(AdjustmentError, match="Begründung fehlt noch für: Dorstfeld"):
        decide_adjustment(adjustment=saved, version=saved.version, day=APRIL_13, paper=paper())
    assert plan_rows() == before


def test_going_against_the_rule_needs_a_reason_too():
    undo_2021()
    saved = chosen(draft(), outcomes={"014": "outside"}, reasons={**REASONS, "014": "", "053": "a", "064": "b"})
    with pytest.raises(AdjustmentError, match="Dorstfeld"):
        decide_adjustment(adjustment=saved, version=saved.version, day=APRIL_13, paper=paper())


def test_what_changes_nothing_needs_no_decision():
    adjustment = draft(plan_day=datetime.date(2026, 11, 1))
    assert not [one for one in adjustment.lines.all() if one.changes]
    with pytest.raises(AdjustmentError, match="ändert nichts"):
        decide_adjustment(adjustment=adjustment, version=1, day=datetime.date(2026, 11, 2), paper=paper())


def test_a_plan_that_has_moved_on_is_not_decided_about():
    saved = chosen(draft())
    with pytest.raises(AdjustmentError, match=r"nach dem 12\.04\.2021 schon geändert"):
        decide_adjustment(adjustment=saved, version=saved.version, day=APRIL_13, paper=paper())


def test_the_day_of_the_decision_lies_after_the_day_compared_with():
    undo_2021()
    saved = chosen(draft())
    with pytest.raises(AdjustmentError, match="nicht nach dem Tag"):
        decide_adjustment(adjustment=saved, version=saved.version, day=APRIL_12, paper=paper())


def test_what_was_decided_stays_in_bulk_and_raw_writes():
    loaded = Adjustment.objects.get(slug="anpassung-2021")
    for write in (
        lambda: Adjustment.objects.filter(pk=loaded.pk).update(rule="andere"),
        loaded.delete,
        lambda: loaded.lines.update(reason="andere"),
        lambda: loaded.lines.first().figures.update(value=0),
        lambda: loaded.criteria.update(limit=0),
        lambda: AdjustmentFigure.objects.filter(line__adjustment=loaded).delete(),
    ):
        with pytest.raises(IntegrityError, match="entschieden"), transaction.atomic():
            write()


def test_a_dropped_draft_is_no_longer_chosen_or_decided():
    adjustment = draft()
    drop_adjustment(adjustment=adjustment)
    with pytest.raises(AdjustmentError, match="verworfen"):
        save_choices(adjustment=adjustment, version=1, title="x", text="", choices={})
    with pytest.raises(AdjustmentError, match="verworfen"):
        drop_adjustment(adjustment=adjustment)


def test_two_planners_do_not_overwrite_each_other():
    adjustment = draft()
    save_choices(adjustment=adjustment, version=1, title="Erste", text="", choices={})
    with pytest.raises(AdjustmentError, match="Jemand anderes"):
        save_choices(adjustment=adjustment, version=1, title="Zweite", text="", choices={})
    assert Adjustment.objects.get(pk=adjustment.pk).title == "Erste"


@pytest.mark.parametrize(
    ("code", "choice", "sentence"),
    [
        ("053", Choice("quarter", "", ""), "braucht einen Namen"),
        ("053", Choice("quarter", "", "Heide"), "Wählen Sie die kleinen Gebiete"),
        ("053", Choice("quarter", "", "Heide", ("341",)), "liegt nicht in Alt-Scharnhorst"),
        ("053", Choice("quarter", "", "Heide", (), "kein json"), "kein GeoJSON"),
        ("053", Choice("quarter", "", "Heide", (), "[1, 2]"), "kein GeoJSON"),
        ("053", Choice("quarter", "", "Heide", (), '{"type":"Point","coordinates":[7.5,51.5]}'), "kein GeoJSON"),
        (
            "053",
            Choice("quarter", "", "Heide", (), '{"type":"Polygon","coordinates":[[[7.4,51.5],[7.41,51.5],[7.41,51.51],[7.4,51.5]]]}'),
            "nur zu 0 Prozent in Alt-Scharnhorst",
        ),
        ("053", Choice("outside"), "passt nicht"),
        ("014", Choice("leave"), "passt nicht"),
        ("014", Choice("quatsch"), "passt nicht"),
    ],
)  # fmt: skip
def test_a_choice_that_does_not_fit_is_told_at_its_area(code, choice, sentence):
    adjustment = draft()
    wrong = line(adjustment, code)
    with pytest.raises(ChoiceFaults) as told:
        save_choices(adjustment=adjustment, version=1, title="x", text="", choices={wrong.pk: choice})
    assert list(told.value.by_line) == [wrong.pk]
    assert sentence in told.value.by_line[wrong.pk]
    assert Adjustment.objects.get(pk=adjustment.pk).version == 1


def test_a_quarter_is_made_of_small_areas():
    undo_2021()
    adjustment = draft()
    parts = small_areas_of(adjustment, [line(adjustment, "053")])
    assert ("262", True) in [(part.code, part.stands_out) for found in parts.values() for part in found]
    choices = {line(adjustment, "053").pk: Choice("quarter", "Nur dort.", "Wambeler Heide", ("262",))}
    choices |= {line(adjustment, c).pk: Choice("join", "Über 20 Prozent.") for c in ("014", "103")}
    choices |= {line(adjustment, "064").pk: Choice("leave", "Deutlich besser.")}
    saved = save_choices(adjustment=adjustment, version=1, title="x", text="", choices=choices)
    decide_adjustment(adjustment=saved, version=2, day=APRIL_13, paper=paper())
    quarter = ActionArea.objects.get(name="Wambeler Heide")
    part = Area.objects.in_force().get(level__slug="unterbezirk", code="262")
    assert quarter.geometry.sym_difference(part.geometry).area < 1
    assert not ActionArea.objects.in_force(APRIL_13).filter(area__code="064").exists()


def test_a_quarter_that_becomes_a_whole_area_ends():
    adjustment = draft(plan_day=datetime.date(2026, 11, 1), key="vier-von-fuenf/2024")
    joining = [one for one in adjustment.lines.select_related("area") if one.changes]
    assert [(one.area.code, one.before) for one in joining if one.before == "quarter"] == [("064", "quarter")]
    choices = {one.pk: Choice(one.outcome, "Vier von fünf.") for one in joining}
    choices |= {
        one.pk: Choice(one.outcome, "Bleibt.")
        for one in adjustment.lines.all()
        if one.is_against_the_rule and not one.changes
    }
    saved = save_choices(adjustment=adjustment, version=1, title="x", text="", choices=choices)
    day = datetime.date(2026, 11, 20)
    decide_adjustment(adjustment=saved, version=2, day=day, paper=paper())
    held = ActionArea.objects.in_force(day).filter(area__code="064")
    assert [(m.kind, m.name) for m in held] == [("aktionsraum", "Wickede")]
    assert ActionArea.objects.get(name="Meylantviertel").valid.upper == day


def test_an_area_tells_why_it_joined_and_why_only_a_part_is_left():
    area = Area.objects.in_force().get(level__slug="sozialraum", code="053")
    first, second = grounds_of(area)
    assert (first.outcome, second.outcome) == ("join", "quarter")
    assert "Cluster 4" in first.reason and "deutlich verbessert" in second.reason
    assert [f.value for f in second.figures.all()] == [Decimal("15.3")]


def test_pages_tell_rule_figures_and_reasons(client):
    page = client.get("/aktionsplan/anpassungen/anpassung-2021/").content.decode()
    assert "Werte in Klammern sind geschätzt" in page, "a reason says more than 20 per cent, the estimate 19.9"
    assert "die 13 höchsten" in page and "Annahme" in page and "(21,1)" in page and "Wambeler Heide" in page
    assert page.count('scope="row"') == 39
    page = client.get("/aktionsplan/gebiete/014/").content.decode()
    assert "Transferleistungsquote 2018: (21,1)" in page and "Normalgewicht" in page
    assert (
        "/aktionsplan/anpassungen/anpassung-2021/"
        in client.get("/aktionsplan/beschluesse/anpassung-2021/").content.decode()
    )
    assert client.get(f"/aktionsplan/anpassungen/{draft().slug}/").status_code == 404


def as_member_of(client, group):
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)


def test_a_planner_works_on_the_pages_and_loses_nothing(client):
    as_member_of(client, "Aktionsplan")
    begun = {"result": result().pk, "plan_day": "2021-04-12", "title": "Probe 2021"}
    assert client.post("/redaktion/aktionsplan/anpassungen/", {**begun, "plan_day": "2099-01-01"}).status_code == 422
    url = client.post("/redaktion/aktionsplan/anpassungen/", begun)["Location"]
    page = client.get(url).content.decode()
    assert "Dazu kommen: Dorstfeld und Bövinghausen/Westrich." in page
    assert "Es scheiden aus: Wickede und Alt-Scharnhorst." in page or "Alt-Scharnhorst und Wickede" in page
    made = Adjustment.objects.get(slug="probe-2021")
    pk = line(made, "053").pk
    sent = {
        "version": "1",
        "title": "Probe 2021",
        "text": "",
        f"ergebnis-{pk}": "quarter",
        f"grund-{pk}": "Mein langer Grund",
    }
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Mein langer Grund" in refused.content.decode() and "braucht einen Namen" in refused.content.decode()
    sent |= {f"quartier-{pk}": "Heide", f"teile-{pk}": ["262"]}
    assert client.post(url, sent).status_code == 302
    assert line(made, "053").reason == "Mein langer Grund"
    page = client.get(url).content.decode()
    assert page.count('class="thumbnail quarter-map"') == 1, "the saved quarter is drawn beside its line"
    drawn = page.split(f'name="ergebnis-{pk}"')[0]
    assert 'aria-label="Karte: die gespeicherte Grenze von Heide in Alt-Scharnhorst"' in drawn
    assert drawn.rindex('class="is-quarter"') > drawn.rindex('class="is-plan"') > drawn.rindex('id="gebiet-053"')
    again = client.post(url, sent)
    assert again.status_code == 422 and "Jemand anderes" in again.content.decode()
    decided = {**sent, "version": "2", "step": "decide", "paper": paper().pk, "day": "2021-04-13"}
    told = client.post(url, decided).content.decode()
    assert "Der Entwurf ist gespeichert, der Beschluss nicht eingetragen" in told


def test_the_council_reads_and_changes_nothing(client):
    made = draft()
    as_member_of(client, "Rat")
    url = f"/redaktion/aktionsplan/anpassungen/{made.slug}/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": "1", "title": "x"}).status_code == 403
    assert client.post(url + "verwerfen/").status_code == 403
    assert client.post("/redaktion/aktionsplan/anpassungen/", {}).status_code == 403
