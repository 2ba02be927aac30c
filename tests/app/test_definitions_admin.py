"""Definitions of indices, typologies and rules in the administration: bad input is told in German, nothing is saved."""

from html import unescape

import pytest
from django.urls import reverse

from areas.models import AreaLevel
from indicators.models import (
    CompositeIndex,
    Formula,
    FormulaTerm,
    IndexComponent,
    Indicator,
    Period,
    Screening,
    ScreeningCriterion,
    Typology,
    TypologyIndicator,
)
from tests.app import uploading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    uploading.make_city()
    Indicator.objects.filter(slug="quote").update(direction="higher_is_worse")
    like = Indicator.objects.get(slug="alter")
    Indicator.objects.create(
        slug="lage", name="Lage", definition="x", dimension=like.dimension, source=like.source, aggregation="none",
        unit="", unit_long="Indexwert", decimals=2,
    )  # fmt: skip


def pk(slug):
    return Indicator.objects.get(slug=slug).pk


def rows(prefix, *given):
    found = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(given):
        found |= {f"{prefix}-{number}-{key}": value for key, value in row.items()}
    return found


def save(client, model, data):
    """The answer's text; "" when it was saved."""
    answer = client.post(reverse(f"admin:indicators_{model}_add"), data)
    assert answer.status_code in (200, 302)
    return unescape(answer.content.decode()) if answer.status_code == 200 else ""


def component(slug="quote", weight="1,5", direction="raises"):
    return {"indicator": pk(slug), "weight": weight, "direction": direction, "order": 0}


def index(*, components=None, exclusions=(), **changes):
    rule = {
        "indicator": pk("lage"), "kind": "status", "standardisation": "z", "combining": "sum",
        "limit_kind": "deviation", "limits": "-1; 1", "class_names": "günstig; mittel; ungünstig",
        "class_names_en": "", "min_population": 0, "origin": "", "origin_en": "",
    }  # fmt: skip
    parts = [component()] if components is None else components
    return {**rule, **changes, **rows("components", *parts), **rows("exclusions", *exclusions)}


def test_a_right_index_is_saved(admin_client):
    assert save(admin_client, "compositeindex", index()) == ""
    made = CompositeIndex.objects.get()
    assert (made.limits, made.class_names) == ([-1, 1], ["günstig", "mittel", "ungünstig"])
    assert str(made.components.get().weight) == "1.5000"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"limits": "1; -1"}, "Die Grenzen müssen von klein nach groß stehen, jede nur einmal."),
        ({"limits": "eins"}, "Bitte Zahlen mit Komma, getrennt durch Semikolon"),
        ({"limits": "NaN; 1"}, "Die Grenzen müssen von klein nach groß stehen"),
        ({"class_names": "günstig; ungünstig"}, "Bei 2 Grenzen sind es 3 Namen, hier stehen 2."),
        ({"class_names": "a; b; " + "c" * 61}, "Ein Name hat höchstens 60 Zeichen."),
        ({"class_names_en": "good"}, "ebenso viele englische Namen sein wie deutsche, oder keine"),
        ({"min_population": 300}, "Eine Mindestzahl braucht einen Indikator, der die Einwohner nennt."),
        ({"kind": "dynamics"}, "nennt entweder zwei Zeiträume oder, wie viele Zeiträume er zurückgeht"),
        ({"periods_back": 1}, "ein Status-Index nichts davon"),
    ],
)
def test_a_wrong_rule_of_an_index_is_told(admin_client, changes, message):
    assert message in save(admin_client, "compositeindex", index(**changes))
    assert not CompositeIndex.objects.exists() and not IndexComponent.objects.exists()


def test_the_earlier_period_lies_before_the_later(admin_client):
    codes = dict(Period.objects.values_list("code", "pk"))
    told = save(admin_client, "compositeindex", index(kind="dynamics", earlier=codes["2024"], later=codes["2023"]))
    assert "Der frühere Zeitraum muss vor dem späteren liegen." in told
    assert not CompositeIndex.objects.exists()


def test_wrong_indicators_of_an_index_are_told(admin_client):
    told = "Ein Index braucht mindestens einen Indikator mit einem Gewicht über 0."
    assert told in save(admin_client, "compositeindex", index(components=[]))
    assert told in save(admin_client, "compositeindex", index(components=[component(weight="0")]))
    told = save(admin_client, "compositeindex", index(components=[component(weight="-1")]))
    assert "Ein Gewicht ist nie negativ" in told
    told = save(admin_client, "compositeindex", index(components=[component("lage")]))
    assert "Ein Index kann nicht aus sich selbst berechnet werden." in told
    twice = save(admin_client, "compositeindex", index(components=[component(), component()]))
    assert "doppelt" in twice.lower()
    assert not CompositeIndex.objects.exists()


def test_an_index_is_no_part_of_an_index(admin_client):
    other = Indicator.objects.get(slug="alter")
    CompositeIndex.objects.create(indicator=other, class_names=["alle"])
    told = save(admin_client, "compositeindex", index(components=[component("alter")]))
    assert "Das ist selbst ein Index; ein Index fasst nur Indikatoren zusammen." in told
    assert CompositeIndex.objects.count() == 1


def test_what_a_formula_uses_does_not_become_an_index(admin_client):
    like = Indicator.objects.get(slug="alter")
    change = Indicator.objects.create(
        slug="mehr", name="Zuwachs", definition="x", dimension=like.dimension, source=like.source,
        aggregation="computed", unit_long="Punkte",
    )  # fmt: skip
    formula = Formula.objects.create(indicator=change, kind="change", periods_back=1)
    FormulaTerm.objects.create(formula=formula, role="of", input_id=pk("lage"))
    told = save(admin_client, "compositeindex", index())
    assert "„Lage“ steht in der Formel von „Zuwachs“; ein Index steht in keiner Formel." in told
    told = save(admin_client, "compositeindex", index(indicator=change.pk))
    assert "„Zuwachs“ wird schon nach einer Formel berechnet und kann kein Index sein." in told
    assert not CompositeIndex.objects.exists()


def test_an_area_that_takes_no_part_exists(admin_client):
    level = AreaLevel.objects.get(slug="viertel").pk
    row = {"level": level, "code": "099", "reason": "Hafen", "reason_en": ""}
    told = save(admin_client, "compositeindex", index(exclusions=[row]))
    assert "Dieses Gebiet gibt es auf dieser Ebene nicht." in told
    assert not CompositeIndex.objects.exists()
    assert save(admin_client, "compositeindex", index(exclusions=[{**row, "code": "001"}])) == ""


def typology(*parts, **changes):
    level = AreaLevel.objects.get(slug="viertel").pk
    plain = {
        "name": "Typen", "slug": "typen", "description": "", "level": level, "periods": "2023,2024", "order": 1,
        "method": "ward", "cluster_count": 5, "starts": 100, "seed": 2007, "name_en": "", "description_en": "",
    }  # fmt: skip
    given = [{"order": n, "indicator": pk(slug)} for n, slug in enumerate(parts or ("quote", "alter"))]
    return {**plain, **changes, **rows("parts", *given)}


def test_a_right_typology_is_saved(admin_client):
    assert save(admin_client, "typology", typology()) == ""
    assert Typology.objects.get().periods == ["2023", "2024"] and TypologyIndicator.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cluster_count": 1}, "Eine Typologie hat 2 bis 7 Cluster."),
        ({"cluster_count": 8}, "Eine Typologie hat 2 bis 7 Cluster."),
        ({"starts": 0}, "k-Means braucht 1 bis 500 Startpunkte."),
        ({"starts": 501}, "k-Means braucht 1 bis 500 Startpunkte."),
        ({"periods": "2023,gestern"}, "Bitte Jahre mit vier Ziffern, durch Komma getrennt, zum Beispiel: 2018,2024"),
        ({"name": ""}, "Dieses Feld ist zwingend erforderlich."),
    ],
)
def test_a_wrong_typology_is_told(admin_client, changes, message):
    assert message in save(admin_client, "typology", typology(**changes))
    assert not Typology.objects.exists() and not TypologyIndicator.objects.exists()


def test_a_typology_knows_what_is_severe(admin_client):
    message = "Mindestens ein Indikator muss sagen, welche Werte ungünstig sind (Richtung im Katalog)."
    assert message in save(admin_client, "typology", typology("alter"))
    assert not Typology.objects.exists()


def screening(*criteria, **changes):
    level = AreaLevel.objects.get(slug="bezirk").pk
    plain = {
        "name": "Regel", "slug": "regel", "description": "", "level": level, "needed": 1, "order": 1,
        "name_en": "", "description_en": "",
    }  # fmt: skip
    return {**plain, **changes, **rows("criteria", *(criteria or (condition(),)))}


def condition(**changes):
    plain = {"order": 0, "indicator": pk("quote"), "comparison": "highest", "side": "above", "threshold": "10"}
    return {**plain, **changes}


def test_a_right_rule_is_saved(admin_client):
    assert save(admin_client, "screening", screening()) == ""
    assert ScreeningCriterion.objects.get().threshold == 10
    kept = condition(comparison="ratio", threshold="1,5")
    assert save(admin_client, "screening", screening(kept, name="Zwei", slug="zwei")) == ""
    assert str(Screening.objects.get(slug="zwei").criteria.get().threshold) == "1.5000"


def test_a_rule_never_needs_more_conditions_than_it_has(admin_client):
    told = save(admin_client, "screening", screening(needed=2))
    assert "So viele Bedingungen gibt es nicht: nötig 2, vorhanden 1." in told
    assert "Mindestens eine Bedingung muss erfüllt sein." in save(admin_client, "screening", screening(needed=0))
    assert not Screening.objects.exists() and not ScreeningCriterion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"threshold": "-1"}, "Die Schwelle ist nicht negativ"),
        ({"threshold": "0"}, "unter den schlechtesten ist mindestens 1"),
        ({"threshold": "1,5"}, "Die Zahl der schlechtesten Gebiete ist eine ganze Zahl."),
        ({"comparison": "worst"}, "worst ist keine gültige Auswahl"),
        ({"threshold": "viel"}, "Bitte eine Zahl eingeben."),
    ],
)
def test_a_wrong_condition_is_told(admin_client, changes, message):
    assert message in save(admin_client, "screening", screening(condition(**changes)))
    assert not Screening.objects.exists()


def test_an_index_and_a_count_can_be_saved_in_the_catalogue_though_they_have_no_short_unit(admin_client):
    for slug in ("lage", "einwohner"):
        indicator = Indicator.objects.get(slug=slug)
        plain = {
            field.name: getattr(indicator, field.attname)
            for field in indicator._meta.concrete_fields
            if field.editable and getattr(indicator, field.attname) is not None
        }
        breaks = {"breaks-TOTAL_FORMS": 0, "breaks-INITIAL_FORMS": 0}
        changed = {"author_breaks": "", "headline": "{}", "name_en": "X", "definition": "Neu.", **breaks}
        levels = list(AreaLevel.objects.values_list("pk", flat=True))
        address = reverse("admin:indicators_indicator_change", args=[indicator.pk])
        answer = admin_client.post(address, {**plain, **changed, "levels": levels})
        assert answer.status_code == 302, answer.context["adminform"].form.errors
        assert Indicator.objects.get(slug=slug).definition == "Neu."
