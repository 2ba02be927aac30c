"""Names as people type them."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas import naming, searching
from areas.naming import fold
from areas.searching import EXACT, INSIDE, PREFIX, WORD, match_kind, similarity

LETTERS = st.text(alphabet="abdeghiklmnorstuäöüßÄÖÜ -/.", max_size=30)
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LEFT_OUT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def test_the_examples_in_the_modules_hold():
    assert doctest.testmod(naming).failed == doctest.testmod(searching).failed == 0


@pytest.mark.parametrize("typed", ["Hörde", "hoerde", "Horde", "HÖRDE", " hörde ", "Ho\u0308rde", "Hörde."])
def test_every_spelling_is_the_same_place(typed):
    assert fold(typed) == fold("Hörde")


@pytest.mark.parametrize(("one", "other"), [("Eving", "Aving"), ("Hörde", "Herde"), ("Asseln", "Aplerbeck")])
def test_different_places_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_a_folded_text_holds_only_letters_digits_and_single_spaces(text):
    folded = fold(text)
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789 " for c in folded)
    assert folded == " ".join(folded.split())


@given(
    st.sampled_from(
        ["Hörde", "Kirchhörde-Süd", "Bövinghausen/Westrich", "Brünninghausen", "Möllerbrücke", "Großholthausen"]
    )
)
def test_umlauts_transcribed_or_left_out_fold_alike(name):
    assert fold(name) == fold(name.lower().translate(WRITTEN_OUT)) == fold(name.lower().translate(LEFT_OUT))


@pytest.mark.parametrize(
    ("name", "kind"), [("hor", EXACT), ("horde", PREFIX), ("alt horde", WORD), ("kirchhorde", INSIDE)]
)
def test_better_matches_come_first(name, kind):
    assert match_kind("hor", name) == kind


def test_what_does_not_contain_the_query_is_no_match():
    assert match_kind("hor", "asseln") is None


@given(LETTERS.filter(fold))
def test_a_name_is_most_similar_to_itself(name):
    assert similarity(fold(name), fold(name)) == 1.0
