"""The pages of the social index: classes, contributions, matrix, stability, what-if; CSV, interface, frozen results."""

import csv
import io
import json
from decimal import Decimal

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from indicators.index_definitions import components_from, rules_from
from indicators.models import Figure, IndexEdition, IndexResult, Release
from indicators.statistics.composite import combined_index
from indicators.statistics.ranking import publish_rounded
from indicators.statistics.sensitivity import stability

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

STATUS, DYNAMICS, REPORT = "mss_status", "mss_dynamik", "dortmund_2018"


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


def results(slug, level="sozialraum", period="2024"):
    return list(
        IndexResult.objects.filter(
            edition__indicator__slug=slug, area__level__slug=level, period__code=period
        ).select_related("area")
    )


def table(client, slug, query=""):
    content = client.get(f"/sozialindex/{slug}/ergebnisse.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_the_entrance_says_what_it_is_and_what_it_is_not(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        text = page(client, "/sozialindex/")
    assert (
        "Er urteilt nicht über Menschen" in text
        and "Ein hoher Wert heißt: Hier sind die Bedingungen ungünstiger" in text
    )
    for slug in (STATUS, DYNAMICS, REPORT):
        assert f'href="/sozialindex/{slug}/"' in text
    assert "/sozialindex/mss_status/matrix/" in text and "/methoden/#sozialindex" in text
    assert "It does not judge people" in page(client, "/en/sozialindex/")


@pytest.mark.parametrize("slug", [STATUS, DYNAMICS, REPORT])
def test_each_index_has_a_page_in_few_queries(client, slug, django_assert_max_num_queries):
    page(client, f"/sozialindex/{slug}/?zeit=warm", 400)
    with django_assert_max_num_queries(20):
        text = page(client, f"/sozialindex/{slug}/")
    assert "Hoch heißt ungünstig." in text and "Die Regel" in text and "was-waere-wenn" in text
    with django_assert_max_num_queries(1):
        page(client, f"/sozialindex/{slug}/")
    assert "High means unfavourable." in page(client, f"/en/sozialindex/{slug}/")


def test_every_area_stands_in_its_class_and_action_areas_are_marked(client):
    text = page(client, f"/sozialindex/{STATUS}/")
    for result in results(STATUS):
        assert f"/gebiete/sozialraum/{result.area.code}/" in text
    assert "sehr niedriger Status" in text and "(Aktionsraum)" in text
    assert "bleibt in allen Varianten" in text and "wechselt in " in text


def test_what_an_address_asks_for_in_vain_is_said(client):
    assert "unsinn" in page(client, f"/sozialindex/{STATUS}/?ebene=unsinn", 400)
    assert client.get("/sozialindex/einwohner/").status_code == 404
    assert client.get(f"/sozialindex/{REPORT}/matrix/").status_code == 404
    assert client.get(f"/sozialindex/{STATUS}/ergebnisse.csv?zeit=1999").status_code == 400


def test_the_scores_are_figures_and_ranked_mapped_and_listed_as_such(client):
    for result in results(STATUS):
        figure = Figure.objects.current().get(edition=result.edition_id, area=result.area, period=result.period_id)
        assert figure.value == publish_rounded(result.score, 2) and figure.status == "estimated"
    assert "Statusindex" in page(client, f"/karte/?indikator={STATUS}&ebene=sozialraum")
    assert "Statusindex" in page(client, f"/rangliste/{STATUS}/")
    assert f"/sozialindex/{STATUS}/" in page(client, f"/indikatoren/{STATUS}/")
    origin = page(client, f"/herkunft/{STATUS}/sozialraum/023/2024/")
    assert "ist ein Indexwert: aus 3 Indikatoren" in origin and f"/sozialindex/{STATUS}/" in origin


def test_scores_are_recomputed_in_numpy_from_the_delivered_values(client):
    """From the unrounded means of the parts, not from rounded figures."""
    from indicators.cells import combined_cells, concerned_by
    from indicators.grounds import grounds_seen

    edition = IndexEdition.objects.get(edition__indicator__slug=STATUS, edition__current_for__isnull=False)
    release = edition.edition.release
    concerned = concerned_by(release)
    cells = combined_cells(release, concerned, grounds_seen(release))
    pks = edition.edition.indicator.index.components.values_list("indicator_id", flat=True)
    found = {r.area.code: float(r.score) for r in results(STATUS)}
    codes = sorted(found)
    columns = [np.array([float(cells[pk]["2024"]["sozialraum", code].value) for code in codes]) for pk in pks]
    total = sum((x - x.mean()) / x.std() for x in columns)
    expected = (total - total.mean()) / total.std()
    assert np.allclose([found[code] for code in codes], expected, atol=1e-5)
    assert abs(sum(found.values())) < 1e-9


def test_contributions_add_up_and_stability_is_what_the_rule_gives():
    edition = IndexEdition.objects.get(edition__indicator__slug=REPORT, edition__current_for__isnull=False)
    rows = {r.area.code: r for r in results(REPORT, period="2018") if r.score is not None}
    rules, components = rules_from(edition.definition), components_from(edition.definition)
    comparable = {code: tuple(Decimal(c["z"]) for c in r.contributions) for code, r in rows.items()}
    scores = combined_index(comparable, [c.weight for c in components], rules)
    stable = stability(scores, components, rules)
    for code, row in rows.items():
        assert abs(sum(Decimal(c["part"]) for c in row.contributions) - row.score) < Decimal("1e-10")
        assert scores[code].number_class == row.number_class
        assert [list(change) for change in stable[code].changes] == row.changes and row.variants == 15


def test_the_report_of_2018_says_what_is_missing(client):
    text = page(client, f"/sozialindex/{REPORT}/")
    assert "Es fehlt der Bereich Gesundheit" in text and "Annahme dieses Portals" in text
    assert "ein Wert fehlt: " in text
    without = [r for r in results(REPORT, period="2018") if r.score is None]
    assert {r.reason for r in without} == {"missing"} and {tuple(r.about) for r in without} == {
        ("gymnasialempfehlungen",)
    }
    assert not IndexResult.objects.filter(edition__indicator__slug=REPORT, period__code="2024").exists()


def test_small_and_jointly_published_areas_take_no_part():
    reasons = {r.area.code: r.reason for r in results(DYNAMICS, "unterbezirk") if r.score is None}
    assert set(reasons.values()) == {"few", "incomparable"} and len(reasons) == 47
    few = {r.area.code for r in results(STATUS, "unterbezirk") if r.reason == "few"}
    people = Figure.objects.current().filter(edition__indicator__slug="einwohner", period__code="2024")
    small = people.filter(area__level__slug="unterbezirk", value__lt=300).values_list("area__code", flat=True)
    assert few == set(small)


def test_the_matrix_holds_every_area_once(client, django_assert_max_num_queries):
    client.get(f"/sozialindex/{STATUS}/matrix/?ebene=warm")
    with django_assert_max_num_queries(28):
        text = page(client, f"/sozialindex/{STATUS}/matrix/")
    assert "39 Gebiete nach Status und Dynamik" in text and text.count('<td><span class="index-matrix__count">') == 12
    cells = text.split("<tbody>")[1].split("</tbody>")[0]
    assert len({r.area.code for r in results(STATUS) if f"/gebiete/sozialraum/{r.area.code}/" in cells}) == 39
    small = page(client, f"/sozialindex/{STATUS}/matrix/?ebene=unterbezirk")
    assert "123 Gebiete nach Status und Dynamik" in small and "47 Gebiete fehlen" in small


def test_other_weights_are_computed_and_nothing_is_stored(client):
    before = list(IndexResult.objects.order_by("pk").values_list("pk", "score"))
    text = page(client, f"/sozialindex/{STATUS}/was-waere-wenn/")
    assert "Mit diesen Gewichten bleibt jedes Gebiet in seiner Klasse." in text
    moved = page(client, f"/sozialindex/{STATUS}/was-waere-wenn/?g3=0")
    expected = sum(any(c[:2] == ["without", "kinder_unter_15_sgb2"] for c in r.changes) for r in results(STATUS))
    assert expected > 1 and f"Mit diesen Gewichten kommen {expected} Gebiete in eine andere Klasse." in moved
    assert moved.count('class="chosen"') == expected
    assert list(IndexResult.objects.order_by("pk").values_list("pk", "score")) == before


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("g1=0&g2=0&g3=0", "Alle Gewichte sind 0"),
        ("g1=-1", "eine Zahl von 0 bis 100"),
        ("g1=viel", "eine Zahl von 0 bis 100"),
        ("g1=NaN", "eine Zahl von 0 bis 100"),
        ("g1=1e400", "eine Zahl von 0 bis 100"),
    ],
)
def test_weights_that_cannot_be_are_said(client, query, message):
    assert message in page(client, f"/sozialindex/{STATUS}/was-waere-wenn/?{query}", 400)


def test_the_table_to_take_away_holds_everything(client):
    rows = table(client, STATUS)
    assert len(rows) == 39 and [r["gebiet"] for r in rows][:2] == ["022", "023"]
    first = rows[0]
    assert (first["klasse"], first["klassenname"], first["zeichen"]) == ("4", "sehr niedriger Status", "( )")
    parts = [
        float(first[f"beitrag_{k}"].replace(",", "."))
        for k in ("arbeitslosenquote", "transferleistungsquote", "kinder_unter_15_sgb2")
    ]
    assert abs(sum(parts) - float(first["indexwert"].replace(",", "."))) < 1e-5
    left = [r for r in table(client, DYNAMICS, "?ebene=unterbezirk") if not r["indexwert"]]
    assert len(left) == 47 and all(r["grund"] and not r["klasse"] for r in left)


def test_the_interface_gives_rule_and_results(client, django_assert_max_num_queries):
    url = reverse("api:index_results")
    with django_assert_max_num_queries(18):
        found = json.loads(page(client, f"{url}?index={STATUS}&level=sozialraum&period=2024"))
    assert found["rule"]["standardisation"] == "z" and len(found["results"]) == 39
    top = found["results"][0]
    assert (top["area"], top["number_class"], top["status"]) == ("022", 4, "estimated")
    assert abs(sum(c["share"] for c in top["contributions"]) - 1) < 1e-4
    wrong = client.get(f"{url}?index={STATUS}&level=stadt").json()
    assert wrong["parameter"] == "level" and wrong["expected"] == ["sozialraum", "unterbezirk"]
    assert client.get(f"{url}?index=einwohner").status_code == 400


def test_a_permanent_link_keeps_working(client):
    slug = Release.objects.published().get().slug
    assert f"stand={slug}" in page(client, f"/sozialindex/{STATUS}/?stand={slug}")
    assert "noch nichts veröffentlicht" in page(client, f"/sozialindex/{STATUS}/?stand=2001-01-01")


def test_the_profile_names_the_class_with_a_link(client):
    text = page(client, "/gebiete/sozialraum/022/")
    assert "sehr niedriger Status" in text and f"/sozialindex/{STATUS}/?ebene=sozialraum&amp;zeit=2024" in text
    assert "kein Indexwert" in page(client, "/gebiete/sozialraum/052/")


@pytest.mark.parametrize("model", [IndexResult, IndexEdition])
def test_the_database_freezes_results_with_their_release(model):
    row = model.objects.first()
    with pytest.raises(DatabaseError, match="wird nicht mehr geändert"), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError, match="wird nicht mehr geändert"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(edition=row.edition_id)


def test_the_database_refuses_a_score_without_class_and_silence_without_reason():
    row = IndexResult.objects.filter(score__isnull=False).first()
    release = Release.objects.create(slug="entwurf", title="Entwurf")
    edition = release.editions.create(indicator=row.edition.indicator)
    told = {"edition": edition, "area": row.area, "period": row.period}
    for wrong in ({"score": 1}, {"score": None}, {"score": 1, "number_class": 1, "reason": "few"}):
        with pytest.raises(DatabaseError, match="an_area_has_a_score_or_a_reason_why_not"), transaction.atomic():
            IndexResult.objects.create(**told, **wrong)
