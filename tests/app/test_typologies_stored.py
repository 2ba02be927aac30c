"""Typologies of the loaded city: stored with the release, computed from published figures, readable in full."""

import json

import pytest

from areas.models import Area
from indicators.actions import prepare_release, publish_release
from indicators.actions.analysing_types import typologies_of
from indicators.actions.preparing import input_digest, is_prepared
from indicators.analyses import analyses_at, analysis_at
from indicators.models import Figure, Indicator, Release, Typology, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
KEY = "soziale-lage/2018"


def content(key=KEY):
    return analysis_at("typologie", key).content


def names(label, key=KEY):
    found = {area["code"] for area in content(key)["areas"] if area["cluster"] == label}
    return set(Area.objects.in_force().at_level("sozialraum").filter(code__in=found).values_list("name", flat=True))


def test_five_clusters_by_severity_as_the_report_of_2007_ordered_them():
    """Cluster 5 of 2018 holds the three areas that were cluster 5 in 2007, and Scharnhorst-Ost."""
    assert names(5) == {"Hafen", "Nordmarkt", "Borsigplatz", "Scharnhorst-Ost"}
    assert names(4) == {
        *("Dorstfelder Brücke", "Dorstfeld", "Lindenhorst/Eving II", "Eving I/Kemminghausen", "Hörde", "Marten"),
        *("Bodelschwingh/Westerfilde", "Nette"),
    }
    severity = [cluster["severity"] for cluster in content()["clusters"]]
    assert severity == sorted(severity) and len(severity) == 5
    assert content()["in_order"] and content()["has_estimates"] and not content()["left_out"]


def test_who_moved_until_2024():
    earlier = content("soziale-lage/2024")["earlier"]
    assert (earlier["period"], earlier["compared"], earlier["broken"]) == ("2018", 39, [])
    assert {(m["code"], m["from"], m["to"]) for m in earlier["moves"]} == {("011", 3, 4), ("031", 3, 4)}
    assert "earlier" not in content()


def test_small_areas_without_a_value_are_left_out_and_named():
    found = content("soziale-lage-unterbezirke/2018")
    codes = {area["code"] for area in found["areas"]}
    missing = Figure.objects.current().at_level("unterbezirk").for_period("2018").filter(value=None)
    parts = Typology.objects.get(slug="soziale-lage-unterbezirke").parts.values("indicator")
    missing = missing.filter(edition__indicator__in=parts)
    expected = set(missing.values_list("area__code", flat=True))
    assert {area["code"] for area in found["left_out"]} == expected and not codes & expected
    assert len(codes) + len(expected) == 170
    later = content("soziale-lage-unterbezirke/2024")["earlier"]
    joint = Figure.objects.current().at_level("unterbezirk").for_period("2024").exclude(joint_with="")
    assert set(later["not_compared"]) >= set(
        joint.filter(edition__indicator__slug="transferleistungsquote").values_list("area__code", flat=True)
    )


def test_recomputed_from_the_public_figures_by_the_plain_formula():
    """Means and profile of every cluster once more with numpy, from the figures that everybody sees."""
    import numpy as np

    found = content()
    slugs = [entry["slug"] for entry in found["definition"]["indicators"]]
    codes = [area["code"] for area in found["areas"]]
    figures = Figure.objects.current().at_level("sozialraum").for_period("2018")
    values = {
        (f.edition.indicator.slug, f.area.code): float(f.value)
        for f in figures.filter(edition__indicator__slug__in=slugs).select_related("edition__indicator", "area")
    }
    raw = np.array([[values[slug, code] for slug in slugs] for code in codes])
    z = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    labels = np.array([area["cluster"] for area in found["areas"]])
    for cluster in found["clusters"]:
        assert cluster["means"] == pytest.approx(raw[labels == cluster["label"]].mean(axis=0), abs=1e-5)
        assert cluster["profile"] == pytest.approx(z[labels == cluster["label"]].mean(axis=0), abs=1e-5)


def test_the_same_to_the_byte():
    release = analysis_at("typologie", KEY).release
    stored = {a.key: a.content for a in analyses_at("typologie") if a.release_id == release.pk}
    again = {a.key: a.content for a in typologies_of(release)}
    assert json.dumps(again, sort_keys=True) == json.dumps(stored, sort_keys=True)


def test_a_changed_definition_makes_a_preparation_old_and_the_next_release_new():
    indicator = Indicator.objects.get(slug="arbeitslosenquote")
    area = Area.objects.in_force().at_level("unterbezirk").first()
    release = Release.objects.create(slug="neu", title="Neu")
    value = Value.objects.filter(indicator=indicator, area=area, period__code="2018").first()
    Value.objects.create(
        release=release,
        indicator=indicator,
        area=area,
        period=value.period,
        value="12.3",
        status="reported",
        source=value.source,
    )
    release = prepare_release(release=release)
    assert is_prepared(release)
    before = input_digest(release)
    Typology.objects.filter(slug="soziale-lage").update(cluster_count=4)
    assert input_digest(release) != before and not is_prepared(release)
    assert len(content()["clusters"]) == 5
    publish_release(release=release)
    assert len(content()["clusters"]) == 4


def test_a_suppressed_value_takes_the_area_out():
    """Its cluster would tell about the value; so it has none, and the sign says why."""
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    value = Value.objects.filter(
        indicator=indicator, area__code="061", area__level__slug="unterbezirk", period__code="2018"
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
    found = content("soziale-lage-unterbezirke/2018")
    assert {"code": "061", "missing": {"transferleistungsquote": "suppressed"}} in found["left_out"]
    assert "061" not in {area["code"] for area in found["areas"]}


def test_too_few_areas_make_no_typology():
    Typology.objects.filter(slug="soziale-lage").update(level=Area.objects.in_force().at_level("stadt").get().level)
    release = analysis_at("typologie", KEY).release
    assert not [a for a in typologies_of(release) if a.key.startswith("soziale-lage/")]
