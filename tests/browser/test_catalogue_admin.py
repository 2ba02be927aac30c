"""The histogram beside the class limits moves while one types; colours chosen in the catalogue reach the map."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from indicators.models import Figure, Indicator
from tests.browser.map_page import open_map, table_of

pytestmark = pytest.mark.usefixtures("portal")
SLUG = "transferleistungsquote"


@pytest.fixture
def form(page, server, watch_page):
    """The form of an indicator, opened by an account that exists only during the test."""
    user = get_user_model().objects.create_superuser("katalog", password=None)
    client = Client()
    client.force_login(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([{**cookie, "url": server.url}])
    watch_page(page)
    address = reverse("admin:indicators_indicator_change", args=[Indicator.objects.get(slug=SLUG).pk])
    page.goto(server.url + address)
    yield page
    client.logout()
    user.delete()


def counts(form):
    return [int(text) for text in form.locator("[data-counts] td:last-child").all_inner_texts()]


def test_limits_are_counted_while_one_types(form):
    form.select_option("#histogram-place", "sozialraum/2024")
    form.fill("#id_author_breaks", "10; 20,5")
    numbers = Figure.objects.current().filter(
        edition__indicator__slug=SLUG, area__level__slug="sozialraum", period__code="2024", value__isnull=False
    )
    values = list(numbers.values_list("value", flat=True))
    expected = [sum(v < 10 for v in values), sum(10 <= v < 20.5 for v in values), sum(v >= 20.5 for v in values)]
    expect(form.locator("[data-counts] tr")).to_have_count(3)
    assert counts(form) == expected
    expect(form.locator("line.limit")).to_have_count(2)
    before = form.locator("line.limit").last.get_attribute("x1")
    form.fill("#id_author_breaks", "10; 30")
    assert form.locator("line.limit").last.get_attribute("x1") > before
    assert sum(counts(form)) == len(values)


def test_what_cannot_be_read_is_said_at_once(form):
    expect(form.locator("[data-words]")).not_to_be_empty()
    form.fill("#id_author_breaks", "10; 5")
    expect(form.locator("[data-words]")).to_contain_text("nicht lesbar")
    assert counts(form) == []


def test_bars_take_the_chosen_colours(form):
    form.fill("#id_author_breaks", "10; 20")
    bar = form.locator("rect.bar").first
    petrol = bar.evaluate("e => getComputedStyle(e).fill")
    form.locator("input[name=colours][value=ochre]").check()
    assert bar.evaluate("e => getComputedStyle(e).fill") != petrol


@pytest.fixture
def ochre(server):
    """The indicator in ochre, committed, because the server runs in another thread."""
    Indicator.objects.filter(slug=SLUG).update(colours="ochre")
    yield
    Indicator.objects.filter(slug=SLUG).update(colours="petrol")


_FILLS = """() => Object.fromEntries([...document.querySelectorAll("path.map-area")].map(path =>
  [path.dataset.code, getComputedStyle(path).fill]))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("count", [3, 6, 7])
def test_map_table_and_legend_are_ochre(visit, ochre, scheme, count):
    page = open_map(visit, scheme=scheme, indikator=SLUG, ebene="sozialraum", zeit="2024", anzahl=count)
    fills, table = page.evaluate(_FILLS), table_of(page)
    shown = {code: row["colour"] for code, row in table.items() if "is-missing" not in row["swatch"]}
    assert {code: fills[code] for code in shown} == shown
    for colour in set(shown.values()):
        red, _green, blue = (float(part) for part in page.evaluate(_RGB, colour))
        assert red > blue, colour  # ochre is warm in every class, petrol in none


_RGB = """colour => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


def test_the_formula_is_told_in_words_while_it_is_chosen(form):
    words = form.locator("#formula-words")
    expect(words).to_be_hidden()
    form.select_option("#id_aggregation", "computed")
    form.select_option("#id_formula_kind", "quotient")
    form.select_option("#id_formula_of", label="Einwohner unter 18 Jahren (Schätzung)")
    expect(words).to_contain_text("Es fehlt der Nenner.")
    form.select_option("#id_formula_by", label="Einwohner")
    sentence = "„Einwohner unter 18 Jahren (Schätzung)“ geteilt durch „Einwohner“, mal 100"
    expect(words.locator("[data-sentence]")).to_have_text(sentence)
    expect(words.locator("[data-faults]")).to_be_hidden()
