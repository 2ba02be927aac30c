"""Where a figure comes from: the page for readers, the same as data, the page for staff; links to it everywhere."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from areas.models import Area, Source
from indicators.models import Figure, Indicator, IndicatorEdition, Period, Release, Upload, Value
from indicators.origins import origin_of
from indicators.selectors_provenance import figure_at, provenance

PATH = "/herkunft/transferleistungsquote/sozialraum/023/2024/"
DELIVERED = "/herkunft/transferleistungsquote/unterbezirk/061/2024/"

pytestmark = pytest.mark.django_db


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def walked(slug, level, code, period):
    edition = Indicator.objects.get(slug=slug).current_edition
    return provenance(edition, figure_at(edition, level=level, code=code, period=period))


def test_a_combined_figure_shows_parts_weights_and_every_step(client, dortmund, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        text = text_of(client.get(PATH))
    for expected in (
        "(34,6)",
        "Mittel aus 2 Teilen",
        "37,1",
        "3.156",
        "117.087,6",
        "469.080,8",
        "13.570",
        "34,567487…",
    ):
        assert expected in text
    assert "Kaufmännisch gerundet auf 1 Nachkommastelle 34,6" in text
    assert "statistikatlas.csv, Zeile 6162" in text
    assert "Schätzung der Einwohnerzahlen in den Unterbezirken" in text  # source of these weights, not of all weights


def test_a_delivered_figure_shows_file_and_line(client, dortmund):
    text = text_of(client.get(DELIVERED))
    for expected in ("wurde so geliefert", "statistikatlas.csv", "Zeile 6162", "Statistikatlas: Dortmunder"):
        assert expected in text


@pytest.mark.parametrize("ending", ["/", ".json"])
def test_no_digest_of_what_was_delivered_is_public(client, admin_client, dortmund, ending):
    """Whoever knows all of a folder but a few secret numbers could try them until the digest fits."""
    digest = Release.objects.get().content_digest
    assert len(digest) == 64
    for path in (DELIVERED, "/herkunft/hilfen_in_der_familie/sozialraum/073/2001/"):
        answer = client.get(path.rstrip("/") + ending)
        assert answer.status_code == 200
        assert digest not in answer.content.decode()
        assert not re.search(r"\b[0-9a-f]{64}\b", re.sub(r"/daten/[0-9a-f]+/", "", answer.content.decode()))
    assert digest in text_of(admin_client.get(f"/redaktion{DELIVERED}"))


def test_a_missing_figure_says_why(client, dortmund):
    figure = (
        Figure.objects.current()
        .filter(status="missing")
        .exclude(edition__indicator__aggregation="computed")
        .select_related("edition__indicator", "area__level")
        .first()
    )
    path = (
        f"/herkunft/{figure.edition.indicator.slug}/{figure.area.level.slug}/{figure.area.code}/{figure.period.code}/"
    )
    response = client.get(path)
    assert response.status_code == 200
    assert "wurde keine Zahl geliefert" in text_of(response)


@pytest.mark.parametrize(
    "path",
    [
        "/herkunft/nichts/sozialraum/023/2024/",
        "/herkunft/transferleistungsquote/nichts/023/2024/",
        "/herkunft/transferleistungsquote/sozialraum/999/2024/",
        "/herkunft/transferleistungsquote/sozialraum/023/1900/",
        "/herkunft/transferleistungsquote/sozialraum/023/1900.json",
    ],
)
def test_what_is_not_published_has_no_provenance(client, dortmund, path):
    assert client.get(path).status_code == 404


def test_the_same_as_data(client, dortmund):
    data = json.loads(client.get(PATH.rstrip("/") + ".json").content)
    assert data["value"] == "34.6"
    assert data["prov:wasGeneratedBy"]["is_reproducible"] is True
    assert data["prov:wasGeneratedBy"]["weight"] == "einwohner"
    assert [part["origin"]["line"] for part in data["prov:wasDerivedFrom"]] == [
        "statistikatlas.csv, Zeile 6162",
        "statistikatlas.csv, Zeile 6164",
    ]
    assert client.get(PATH.rstrip("/") + ".json?stand=nie").status_code == 400


def test_reading_leaves_no_trace(client, dortmund):
    from pghistory.models import Context

    before = Context.objects.count()
    client.get(PATH)
    assert Context.objects.count() == before


@pytest.fixture
def uploaded(db):
    """A published figure from an upload: sheet `Werte`, cell B7."""
    source = Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")
    area = Area.objects.create(**_area(source))
    indicator = Indicator.objects.create(**_indicator(source))
    indicator.levels.add(area.level)
    period = Period.objects.create(code="2024", start="2024-01-01", end="2024-12-31")
    release = Release.objects.create(slug="r", title="R")
    upload = Upload.objects.create(
        file_name="zahlen.xlsx", digest="a" * 64, size=3, state="accepted", release=release,
        accepted_at=timezone.now(), role="Redaktion",
    )  # fmt: skip
    Value.objects.create(
        release=release, indicator=indicator, area=area, period=period, value=Decimal("1.26"), status="reported",
        numerator=Decimal(3), denominator=Decimal(238), source=source, upload=upload, sheet="Werte", row=7, column=2,
    )  # fmt: skip
    edition = IndicatorEdition.objects.create(release=release, indicator=indicator)
    Figure.objects.create(
        edition=edition, area=area, period=period, value=Decimal("1.3"), status="reported",
        numerator=Decimal(3), denominator=Decimal(238),
    )  # fmt: skip
    release.status, release.published_at = "published", timezone.now() - timedelta(days=1)
    release.save()
    Indicator.objects.update(current_edition=edition)
    return upload


def _area(source):
    from areas.models import AreaLevel

    level = AreaLevel.objects.create(
        slug="stadtteil", name="Stadtteil", name_plural="Stadtteile", name_en="q", name_plural_en="q", rank=1,
        is_smallest=True,
    )  # fmt: skip
    square = "SRID=25832;MULTIPOLYGON(((0 0, 0 1, 1 1, 0 0)))"
    return {
        "level": level,
        "code": "01",
        "name": "Mitte",
        "geometry": square,
        "valid": "[2000-01-01,)",
        "source": source,
    }


def _indicator(source):
    from indicators.models import Dimension

    dimension = Dimension.objects.create(slug="d", name="D", name_en="D")
    return {
        "slug": "quote", "name": "Quote", "name_en": "Rate", "definition": "…", "dimension": dimension, "unit": "%",
        "unit_long": "% der Menschen", "aggregation": "ratio", "source": source, "min_cases": 5,
    }  # fmt: skip


def test_an_uploaded_figure_names_file_sheet_cell_and_role_and_staff_see_its_digest(client, admin_client, uploaded):
    text = text_of(client.get("/herkunft/quote/stadtteil/01/2024/"))
    for expected in ("zahlen.xlsx", "Werte", "B7", "Redaktion", "Geliefert wurde 1,26"):
        assert expected in text
    assert "a" * 64 not in text
    assert "a" * 64 not in client.get("/herkunft/quote/stadtteil/01/2024.json").content.decode()
    assert "a" * 64 in text_of(admin_client.get("/redaktion/herkunft/quote/stadtteil/01/2024/"))


def test_small_counts_are_for_staff_only(client, admin_client, uploaded):
    assert "238" not in text_of(client.get("/herkunft/quote/stadtteil/01/2024/"))
    assert "238" in text_of(admin_client.get("/redaktion/herkunft/quote/stadtteil/01/2024/"))


def test_names_only_on_the_staff_page_and_only_with_permission(client, uploaded, django_user_model):
    planner = django_user_model.objects.create_user("p", first_name="Ada", last_name="Beispiel")
    Upload.objects.update(accepted_by=planner)
    reader = django_user_model.objects.create_user("r")
    path = "/redaktion/herkunft/quote/stadtteil/01/2024/"
    assert client.get(path).status_code == 302
    client.force_login(reader)
    assert client.get(path).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_upload"))
    assert "Ada Beispiel" not in text_of(client.get(path))
    reader.user_permissions.add(Permission.objects.get(codename="view_editor_names"))
    assert "Ada Beispiel" in text_of(client.get(path))
    assert "Ada Beispiel" not in text_of(client.get(path.removeprefix("/redaktion")))


def test_an_old_figure_is_not_explained_by_newer_values(client, uploaded):
    first = Value.objects.get()
    later = Release.objects.create(slug="r2", title="R2")
    Value.objects.create(
        release=later, indicator=first.indicator, area=first.area, period=first.period, value=9, status="reported",
        source=first.source, origin="neu.csv, Zeile 1",
    )  # fmt: skip
    Release.objects.filter(pk=later.pk).update(status="published", published_at=timezone.now())
    assert Value.objects.visible_to(first.release).get() == first
    assert walked("quote", "stadtteil", "01", "2024").raw == Decimal("1.26")
    after = Release.objects.create(slug="r3", title="R3")
    assert Value.objects.visible_to(after).get().value == 9
    Release.objects.filter(pk=later.pk).update(status="withdrawn", withdrawn_at=timezone.now())
    assert Value.objects.visible_to(after).get() == first


def test_a_rule_changed_since_is_taken_as_it_was(uploaded):
    Indicator.objects.filter(slug="quote").update(decimals=0)
    found = walked("quote", "stadtteil", "01", "2024")
    assert found.rules.decimals == 1
    assert found.is_exact


def test_origin_of_a_copy_is_the_first_place(uploaded):
    value = Value(
        release=Release.objects.get(), source=Source.objects.get(), origin="übernommen: alt.csv, Zeile 3", comment="c"
    )
    origin = origin_of(value)
    assert (origin.line, origin.file_name, origin.is_repeated) == ("alt.csv, Zeile 3", "alt.csv", True)


@pytest.mark.parametrize(
    "path",
    [
        "/karte/?indikator=transferleistungsquote&ebene=sozialraum&zeit=2024&gebiet=023",
        "/gebiete/sozialraum/023/",
        "/rangliste/transferleistungsquote/?ebene=sozialraum&zeit=2024",
        "/api/v1/figures/?indicator=transferleistungsquote&level=sozialraum&period=2024",
        "/karte/kennwerte.csv?indikator=transferleistungsquote&ebene=sozialraum&zeit=2024",
        "/karte/karte.geojson?indikator=transferleistungsquote&ebene=sozialraum&zeit=2024",
        "/gebiete/sozialraum/023/kennwerte.csv",
        "/indikatoren/transferleistungsquote/kennwerte.csv",
    ],
)
def test_wherever_the_number_is_its_provenance_is_linked(client, dortmund, path):
    content = client.get(path).content.decode()
    address = re.search(r"/herkunft/transferleistungsquote/sozialraum/023/2024(?:/|\.json)(?:\?stand=2026-1)?", content)
    assert address, path
    assert client.get(address[0]).status_code == 200


def test_the_sentences_of_the_start_page_lead_to_the_number_of_the_city(client, dortmund):
    addresses = re.findall(r'href="(/herkunft/[^"]+)"', client.get("/").content.decode())
    assert len(addresses) == 4
    for address in addresses:
        assert "/stadt/" in address
        assert client.get(address).status_code == 200


def test_a_ranking_of_then_leads_to_the_number_of_then(client, dortmund):
    content = client.get("/rangliste/transferleistungsquote/?stand=2026-1").content.decode()
    addresses = set(re.findall(r'href="(/herkunft/[^"]+)"', content))
    assert len(addresses) == 40  # 39 areas and the city
    assert all(address.endswith("?stand=2026-1") for address in addresses)
