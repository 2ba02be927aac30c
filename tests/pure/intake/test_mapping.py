"""A mapping survives being written and read; a broken one is refused with the place of the mistake."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.intake.findings import Refusal
from indicators.intake.mapping import LAYOUTS, ROLES, Column, Mapping, Table
from indicators.intake.numbers import NumberRules
from indicators.intake.signs import DEFAULT_SIGNS, STATUSES

words = st.text(max_size=12)
columns = st.builds(Column, st.integers(1, 99), st.sampled_from(ROLES), words, words, words)
tables = st.builds(
    Table,
    st.lists(columns, max_size=4).map(tuple),
    words,
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(1, 99),
    st.none() | st.integers(1, 10**6),
    words,
    words,
    words,
)
rules = st.builds(
    NumberRules,
    st.sampled_from(["", ",", "."]),
    st.dictionaries(st.sampled_from(list(DEFAULT_SIGNS)), st.sampled_from(STATUSES)),
    st.sampled_from(["zero", "reported"]),
    st.sampled_from(["estimated", "negative", "refuse"]),
    st.none() | st.integers(0, 6),
)
mappings = st.builds(
    Mapping,
    layout=st.sampled_from(LAYOUTS),
    tables=st.lists(tables, max_size=3).map(tuple),
    level=words,
    indicator=words,
    period=words,
    source=words,
    numbers=rules,
    level_words=st.dictionaries(words, words, max_size=3),
    area_words=st.dictionaries(words, words, max_size=3),
    indicator_words=st.dictionaries(words, words, max_size=3),
    period_words=st.dictionaries(words, words, max_size=3),
    fill_down=st.booleans(),
    skip_totals=st.booleans(),
    total_words=st.lists(words, max_size=3).map(tuple),
)


@given(mappings)
def test_a_mapping_survives_json(mapping):
    assert Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping
    assert Mapping.from_json(json.dumps(mapping.to_json())) == mapping


def test_what_later_versions_leave_out_has_its_default():
    assert Mapping.from_json({"format": 1, "layout": "long"}) == Mapping()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "Die Vorlage ist beschädigt"),
        ([], "kein Objekt"),
        ({}, "Fassung »None«"),
        ({"format": 2}, "Fassung »2«"),
        ({"format": 1, "layuot": "long"}, "unbekannte Angabe »layuot«"),
        ({"format": 1, "layout": "crooked"}, "unbekannte Anordnung »crooked«"),
        ({"format": 1, "layout": 5}, "layout hat den Wert 5"),
        ({"format": 1, "fill_down": 1}, "fill_down hat den Wert 1"),
        ({"format": 1, "tables": {}}, "tables ist keine Liste"),
        ({"format": 1, "tables": [{"columns": [{"index": "A"}]}]}, "tables[0].columns[0].index hat den Wert 'A'"),
        ({"format": 1, "tables": [{"columns": [{"role": "value"}]}]}, "index"),
        ({"format": 1, "tables": [{"columns": [{"index": 0}]}]}, "Spalte 0"),
        ({"format": 1, "tables": [{"columns": [{"index": 1, "role": "king"}]}]}, "unbekannte Rolle »king«"),
        ({"format": 1, "tables": [{"first_row": True}]}, "first_row"),
        ({"format": 1, "numbers": {"signs": {"-": "reported"}}}, "Zeichen »-«"),
        ({"format": 1, "numbers": {"signs": {"-": 1}}}, "numbers.signs"),
        ({"format": 1, "numbers": {"decimal": ";"}}, "Schreibweise der Zahlen"),
        ({"format": 1, "numbers": {"round_to": 9}}, "Schreibweise der Zahlen"),
        ({"format": 1, "numbers": "German"}, "kein Objekt"),
    ],
)
def test_a_broken_mapping_is_refused_with_the_place(data, words):
    with pytest.raises(Refusal) as refused:
        Mapping.from_json(data)
    assert words in refused.value.finding.found
    assert refused.value.finding.code in ("mapping_broken", "mapping_version")
