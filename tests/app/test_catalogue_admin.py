"""The catalogue in the administration: reviews that are due, warnings when figures follow later, the histogram's numbers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import Indicator
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db


def text_of(client, **query):
    return client.get(reverse("admin:indicators_indicator_changelist"), query).content.decode()


@pytest.mark.parametrize(("days", "chosen"), [(-1, "faellig"), (0, "faellig"), (1, "geplant"), (None, "ohne")])
def test_reviews_can_be_filtered(admin_client, days, chosen):
    small_city()
    day = None if days is None else timezone.localdate() + timedelta(days=days)
    Indicator.objects.update(next_review=day)
    for name in ("faellig", "geplant", "ohne"):
        assert ("Quote</a>" in text_of(admin_client, durchsicht=name)) is (name == chosen)


def test_the_list_costs_few_queries(admin_client, dortmund, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        text_of(admin_client)


def posted(indicator, **changes):
    """The form as the browser would send it."""
    plain = {
        field.name: getattr(indicator, field.attname)
        for field in indicator._meta.concrete_fields
        if field.editable and getattr(indicator, field.attname) is not None
    }
    breaks = {"breaks-TOTAL_FORMS": 0, "breaks-INITIAL_FORMS": 0}
    plain |= {"author_breaks": "", "headline": "{}", "levels": list(indicator.levels.values_list("pk", flat=True))}
    return {**plain, **breaks, **changes}


def saved(client, indicator, **changes):
    address = reverse("admin:indicators_indicator_change", args=[indicator.pk])
    response = client.post(address, posted(indicator, **changes), follow=True)
    assert response.redirect_chain, response.context["errors"]
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("changes", "warns"),
    [({"decimals": 2}, True), ({"author_breaks": "10; 20"}, True), ({"definition": "Neu."}, False),
     ({"colours": "ochre"}, False), ({"easy_text": "Ganz einfach."}, False)],
)  # fmt: skip
def test_what_needs_a_new_release_is_said(admin_client, dortmund, changes, warns):
    indicator = Indicator.objects.get(slug="einpersonenhaushalte_ab_65")
    indicator.breaks.all().delete()
    messages = saved(admin_client, indicator, **changes)
    assert any("nächste Veröffentlichung" in message for message in messages) is warns


def test_plain_words_and_colours_reach_the_readers(client, dortmund):
    Indicator.objects.filter(slug="transferleistungsquote").update(
        easy_text="Wie viele Menschen Hilfe bekommen.", colours="ochre", numerator_en="people on benefits",
        denominator_en="all residents",
    )  # fmt: skip
    page = client.get("/indikatoren/transferleistungsquote/").content.decode()
    assert "Wie viele Menschen Hilfe bekommen." in page
    assert "colours-ochre" in page
    assert "people on benefits" in client.get("/en/indikatoren/transferleistungsquote/").content.decode()
    picture = client.get("/karte/karte.svg?indikator=transferleistungsquote&ebene=sozialraum").content.decode()
    assert "#442e0d" in picture
    assert "#0e4257" not in picture


def test_numbers_for_the_histogram(admin_client, client, dortmund):
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    address = reverse("admin:indicators_indicator_histogram", args=[indicator.pk])
    values = admin_client.get(address, {"ebene": "sozialraum", "zeit": "2024"}).json()["values"]
    assert len(values) == 39
    assert values == sorted(values)
    assert admin_client.get(address, {"ebene": "nichts", "zeit": "x"}).json() == {"values": []}
    assert client.get(address).status_code == 302


def test_an_indicator_without_figures_has_no_histogram(admin_client):
    small_city()
    page = admin_client.get(reverse("admin:indicators_indicator_change", args=[Indicator.objects.get().pk]))
    assert 'id="histogram"' not in page.content.decode()
