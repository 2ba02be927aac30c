"""The rules "below the average" of the loaded city: what was decided in 2021 comes out of the figures of 2018."""

import datetime
from decimal import Decimal

import pytest

from actionplan.models import ActionArea
from areas.models import Area
from indicators.actions import publish_release
from indicators.actions.analysing_screens import screenings_of
from indicators.analyses import analysis_at
from indicators.models import Figure, Indicator, Release, Screening, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
RULE = "transferleistungen-13-hoechste/2018"
DECIDED = datetime.date(2021, 4, 13)


def content(key=RULE):
    return analysis_at("unter-durchschnitt", key).content


def with_verdict(rows, verdict="stands_out"):
    return {row["code"] for row in rows if row["verdict"] == verdict}


def test_the_13_highest_of_2018_are_the_13_action_areas_of_2021():
    """Rates of Sozialräume are means weighted by estimated inhabitants, so this is a check of the estimate as well."""
    plan = ActionArea.objects.in_force(DECIDED).filter(kind="aktionsraum").values_list("area__code", flat=True)
    found = content()
    assert len(plan) == 13 and with_verdict(found["areas"]) == set(plan)
    assert found["has_estimates"] and found["limits"] == [{"value": "19.9", "is_inside": True, "tied": []}]


def test_the_quarters_of_2021_stand_out_inside_their_inconspicuous_areas():
    """Wambeler Heide is part of Unterbezirk 262; of Meylantviertel 85 % lie in 341 and 15 % in 343."""
    found = content()
    inside = {row["code"]: row["inside"] for row in found["below"] if row["verdict"] == "stands_out"}
    assert inside["262"] == "053" and inside["341"] == "064"
    assert not {"053", "064"} & with_verdict(found["areas"])
    others = {code for code, whole in inside.items() if whole not in with_verdict(found["areas"])}
    assert others == {"072", "251", "262", "323", "341", "735", "821", "822", "841", "842"}


def test_the_small_part_in_343_stands_out_by_three_of_five():
    """By benefits alone it does not: 16.2 % is less than the city's 16.8 %."""
    Screening.objects.filter(slug="vier-von-fuenf").update(needed=3)
    release = analysis_at("unter-durchschnitt", RULE).release
    found = {a.key: a.content for a in screenings_of(release)}
    assert {"262", "341", "343"} <= with_verdict(found["vier-von-fuenf/2018"]["below"])
    assert "343" not in with_verdict(found[RULE]["below"])


def test_recomputed_from_the_public_figures():
    """Four of five, once more by counting comparisons of public figures with the city's."""
    found = content("vier-von-fuenf/2018")
    met: dict[str, int] = {}
    for criterion in found["definition"]["criteria"]:
        figures = Figure.objects.current().for_period("2018").filter(edition__indicator__slug=criterion["indicator"])
        city = figures.at_level("stadt").get().value
        for figure in figures.at_level("sozialraum").select_related("area"):
            worse = figure.value > city if criterion["side"] == "above" else figure.value < city
            met[figure.area.code] = met.get(figure.area.code, 0) + worse
    assert {row["code"]: row["met"] for row in found["areas"]} == met
    assert with_verdict(found["areas"]) == {code for code, count in met.items() if count >= 4}


def test_what_is_missing_or_secret_cannot_be_judged():
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    value = Value.objects.filter(
        indicator=indicator, area__code="341", area__level__slug="unterbezirk", period__code="2018"
    ).first()
    release = Release.objects.create(slug="geheim", title="Geheim")
    Value.objects.create(
        release=release,
        indicator=indicator,
        area=value.area,
        period=value.period,
        value=None,
        status="suppressed",
        source=value.source,
    )
    publish_release(release=release)
    row = next(row for row in content()["below"] if row["code"] == "341")
    assert row["verdict"] == "unknown" and row["reasons"][0]["status"] == "suppressed"
    assert row["reasons"][0]["value"] is None and row["reasons"][0]["met"] is None


def test_who_shares_the_last_place_is_in_and_it_is_said():
    """A rate of Wickede that equals the 13th place makes 14 of 13."""
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    area = Area.objects.in_force().at_level("sozialraum").get(code="064")
    value = Value.objects.filter(indicator=indicator, period__code="2018").first()
    release = Release.objects.create(slug="gleich", title="Gleich")
    Value.objects.create(
        release=release,
        indicator=indicator,
        area=area,
        period=value.period,
        value=Decimal("19.9"),
        status="reported",
        source=value.source,
    )
    publish_release(release=release)
    assert content()["limits"][0]["tied"] == ["064", "103"]
    assert len(with_verdict(content()["areas"])) == 14
