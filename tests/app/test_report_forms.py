"""Forms made of options: each kind becomes a field, its answer plain data again, and a wrong answer a sentence."""

import json

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from atlas.report_forms import OptionForm
from atlas.reports.sections import Option

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
ALL = (
    Option("areas", "Gebiete", "areas", needed=True),
    Option("level", "Ebene", "level", needed=True),
    Option("indicators", "Indikatoren", "indicators"),
    Option("periods", "Jahre", "periods"),
    Option("day", "Stichtag", "day"),
    Option("head", "Kopf", "text"),
    Option("words", "Text", "longtext"),
    Option("with_money", "Mit Geld", "flag"),
    Option("size", "Papier", "choice", choices=(("A4", "A4"), ("A3", "A3")), default="A3", needed=True),
    Option("bodies", "Beratungsfolge", "rows", choices=(("body", "Gremium"), ("date", "Tag"))),
)
SENT = (
    "p-areas=sozialraum/023&p-areas=stadtbezirk/01&p-level=sozialraum&p-indicators=einwohner&p-periods=2024"
    "&p-day=2026-11-27&p-head=Kopf&p-words=Zwei%0AZeilen&p-with_money=on&p-size=A4"
    "&p-bodies-0-body=Rat&p-bodies-0-date=1.12.&p-bodies-1-body=&p-bodies-1-date=&p-bodies-2-body=Ausschuss"
)
FOUND = {
    "areas": ["sozialraum/023", "stadtbezirk/01"],
    "level": "sozialraum",
    "indicators": ["einwohner"],
    "periods": ["2024"],
    "day": "2026-11-27",
    "head": "Kopf",
    "words": "Zwei\nZeilen",
    "with_money": True,
    "size": "A4",
    "bodies": [{"body": "Rat", "date": "1.12."}, {"body": "Ausschuss", "date": ""}],
}


def drawn(form):
    return render_to_string("redaktion/reports/fields.html", {"form": form})


def test_every_kind_is_asked_for_and_comes_back_as_plain_data():
    form = OptionForm(ALL, QueryDict(SENT), prefix="p")
    assert form.is_valid(), form.errors
    assert form.options() == FOUND
    assert json.loads(json.dumps(form.options())) == FOUND


def test_what_was_chosen_before_stands_in_the_form(django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = drawn(OptionForm(ALL, initial=FOUND, prefix="p"))
    assert page.count("checked") == 5
    assert 'value="2026-11-27"' in page and 'value="Ausschuss"' in page and "Zwei\nZeilen" in page
    assert "1 von 39 gewählt" in page
    assert page.count("<details") > 8 and page.count('<details class="option-group" open>') == 3


def test_defaults_hold_until_something_is_chosen():
    assert '<option value="A3" selected>' in drawn(OptionForm(ALL, prefix="p"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("areas", "sozialraum/999", "aus der Liste"),
        ("areas", None, "Bitte etwas wählen"),
        ("level", "strasse", "aus der Liste"),
        ("day", "31.2.2026", "gültiges Datum"),
        ("size", "A0", "aus der Liste"),
        ("head", "x" * 301, "300"),
        ("bodies-0-body", "x" * 301, "Zeile 1: höchstens 300 Zeichen"),
    ],
)
def test_wrong_answers_get_a_sentence_at_their_field(name, value, said):
    data = QueryDict(SENT, mutable=True)
    data.pop(f"p-{name}")
    if value is not None:
        data[f"p-{name}"] = value
    form = OptionForm(ALL, data, prefix="p")
    assert not form.is_valid()
    assert list(form.errors) == [name.split("-")[0]]
    assert said in drawn(form)


def test_hostile_text_is_only_text():
    data = QueryDict(SENT, mutable=True)
    data["p-head"] = data["p-bodies-0-body"] = '"><script>alert(1)</script>'
    form = OptionForm(ALL, data, prefix="p")
    assert form.is_valid()
    assert "<script>" not in drawn(form)
