"""What changed between two documents: complete, robust to order, and never a zero for what is not known."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.reports.changes import (
    Kind,
    applied,
    as_data,
    changed_facts,
    changes_between,
    changes_of,
    counted,
    pairs,
)
from atlas.reports.document import Cell, Column, Heading, Number, Paragraph, Row, RowGroup, Table, runs
from atlas.reports.facts import HEAD, TEXT, facts_of
from atlas.reports.sections.changes import renamed_chapters
from tests.pure import report_samples as samples


def number(value, decimals=1, **marks):
    return Cell(str(value), Number(Decimal(str(value)), decimals, **marks))


def table(rows, columns=("Gebiet", "Quote (2023)", "Zahl"), group="", name="Kennwerte"):
    body = tuple(Row((Cell(head), *cells)) for head, *cells in rows)
    return Table(name, "Werte", tuple(Column(label) for label in columns), (RowGroup(group, body),))


def document(*blocks, **named):
    return samples.document(Heading(1, "Lage"), *blocks, **named)


OLD = document(
    Paragraph(runs("Vorab.")),
    table([("Nord", number("34.6"), number(100, 0)), ("Süd", Cell("."), Cell("...")), ("West", number(3), Cell())]),
)


def told(old, new):
    """The changes as short tuples."""
    return [
        (c.kind.value, c.place.row, c.place.column, c.old and c.old.text, c.new and c.new.text, c.difference)
        for c in changes_between(old, new)
    ]


def test_nothing_changed():
    assert told(OLD, OLD) == []
    assert told(samples.everything(), samples.everything()) == []


def test_numbers_and_what_is_known():
    new = document(
        Paragraph(runs("Vorab.")),
        table([
            ("Nord", number("33.1"), Cell(".")),
            ("Süd", number(12), Cell(".")),
            ("West", number(3), number(0, 0, sign="–")),
        ]),
    )  # fmt: skip
    assert told(OLD, new) == [
        ("value", "Nord", "Quote (2023)", "34.6", "33.1", Decimal("-1.5")),
        ("unknown", "Nord", "Zahl", "100", ".", None),
        ("known", "Süd", "Quote (2023)", ".", "12", None),
        ("words", "Süd", "Zahl", "...", ".", None),
        ("known", "West", "Zahl", None, "0", None),
    ]


def test_the_order_of_rows_and_columns_does_not_matter():
    new = document(
        table(
            [("West", Cell(), number(3)), ("Süd", Cell("..."), Cell(".")), ("Nord", number(100, 0), number("34.6"))],
            columns=("Gebiet", "Zahl", "Quote (2023)"),
        ),
        Paragraph(runs("Vorab.")),
    )
    assert told(OLD, new) == []


def test_a_column_of_the_next_year_is_the_same_column():
    new = document(
        Paragraph(runs("Vorab.")),
        table(
            [("Nord", number("35.6"), number(100, 0)), ("Süd", Cell("."), Cell("...")), ("West", number(3), Cell())],
            columns=("Gebiet", "Quote (2024)", "Zahl"),
        ),
    )
    assert told(OLD, new) == [
        ("value", "Nord", "Quote (2024)", "34.6", "35.6", Decimal("1.0")),
        ("renamed", "Süd", "Quote (2024)", ".", ".", None),
        ("renamed", "West", "Quote (2024)", "3", "3", Decimal(0)),
    ]
    first = changes_between(OLD, new)[0]
    assert (first.before.column, first.after.column) == ("Quote (2023)", "Quote (2024)")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (["2022", "2023"], ["2023", "2024"], {}),
        (["Zahl 2022", "Zahl 2023"], ["Zahl 2023", "Zahl 2024"], {}),
        (["Stand 31.12.2023"], ["Stand 31.12.2024"], {"Stand 31.12.2023": "Stand 31.12.2024"}),
        (["Stand 31. Dezember 2023"], ["Stand 30. Juni 2024"], {"Stand 31. Dezember 2023": "Stand 30. Juni 2024"}),
        (["011"], ["012"], {}),
        (["Projekte 2023/24"], ["Projekte 2024/25"], {"Projekte 2023/24": "Projekte 2024/25"}),
    ],
)
def test_which_labels_mean_the_same(old, new, found):
    assert pairs(old, new) == found


def test_units_that_differ_give_no_difference():
    old, new = (document(table([("Nord", number(5, after=after), Cell())])) for after in (" €", " Tsd. €"))
    new_value = document(table([("Nord", number(6, after=" Tsd. €"), Cell())]))
    assert told(old, new)[0][0] == "note"
    assert told(old, new_value) == [("value", "Nord", "Quote (2023)", "5", "6", None)]
    rank = [document(table([("Nord", number(n, 0, after=f". von {n + 30}"), Cell())])) for n in (5, 7)]
    assert told(*rank)[0][-1] == 2


def test_rows_tables_chapters_and_columns_that_come_and_go():
    without = document(Paragraph(runs("Vorab.")), table([("Nord", number("34.6"), number(100, 0))]))
    assert counted(changes_between(OLD, without)) == {Kind.ROW_GONE: 5}
    assert counted(changes_between(without, OLD)) == {Kind.ROW_NEW: 5}
    more = replace(OLD, blocks=(*OLD.blocks, Heading(1, "Geld"), Paragraph(runs("Neu")), table([("x", number(1))])))
    assert counted(changes_between(OLD, more)) == {Kind.CHAPTER_NEW: 3}
    assert counted(changes_between(more, OLD)) == {Kind.CHAPTER_GONE: 3}
    two = replace(OLD, blocks=(*OLD.blocks, table([("x", number(1))], name="Mittel")))
    assert counted(changes_between(OLD, two)) == {Kind.TABLE_NEW: 2}
    wide = document(table([("Nord", number("34.6"), Cell("neu"))], columns=("Gebiet", "Quote (2023)", "Wort")))
    narrow = document(table([("Nord", number("34.6"))], columns=("Gebiet", "Quote (2023)")))
    assert counted(changes_between(narrow, wide)) == {Kind.COLUMN_NEW: 1}


def test_texts_titles_and_chapters_of_the_next_year():
    old = samples.document(Heading(1, "Stand 2023"), Paragraph(runs("Alt.")), title="Bericht 2023")
    new = samples.document(Heading(1, "Stand 2024"), Paragraph(runs("Neu.")), title="Bericht 2024")
    found = changes_between(old, new)
    assert [(c.kind, c.place.kind) for c in found] == [(Kind.WORDS, HEAD), (Kind.TEXT, TEXT)]


def test_a_part_with_another_heading_is_the_same_part():
    def plan(*parts):
        return {"parts": [{"key": key, "section": "text", "title": title} for key, title in parts]}

    renamed = renamed_chapters(plan(("t1", "Lage"), ("t2", "Geld")), plan(("t3", "Geld"), ("t1", "Stand")))
    assert renamed == {"Lage": "Stand"}
    assert renamed_chapters(plan(("t1", "A"), ("t2", "B")), plan(("t1", "B"), ("t2", "A"))) == {}
    new = replace(OLD, blocks=(Heading(1, "Stand"), Paragraph(runs("Neu.")), table([("Nord", number(30))])))
    found = changes_between(OLD, new, renamed)
    kinds = {change.kind for change in found}
    assert Kind.CHAPTER_NEW not in kinds and Kind.CHAPTER_GONE not in kinds
    assert [c.difference for c in found if c.kind == Kind.VALUE] == [Decimal("-4.6")]
    assert applied(found, facts_of(OLD)) == facts_of(new)


def test_rows_that_are_called_the_same_are_told_apart_whatever_their_order():
    rows = [("Projekt", number(1), Cell("A")), ("Projekt", number(2), Cell("B"))]
    assert told(document(table(rows)), document(table(rows[::-1]))) == []
    same = document(table([("x", Cell("1"))], columns=("", "")), table([("x", Cell("2"))], columns=("", "")))
    assert len(facts_of(same)) == 3 + 4


LABELS = st.sampled_from(["", "Nord", "Süd", "Quote (2023)", "Quote (2024)", "2023", "2024", "Geld 2023", "Geld 2024"])
NUMBERS = st.builds(
    Number,
    st.decimals(-1000, 1000, places=2),
    st.integers(0, 2),
    st.sampled_from(["", "("]),
    st.sampled_from(["", ")", " €", " %"]),
)
CELLS = st.builds(Cell, st.sampled_from(["", ".", "...", "–", "5", "läuft"]), st.none() | NUMBERS, LABELS)


@st.composite
def tables(draw):
    columns = draw(st.lists(LABELS, min_size=1, max_size=3))
    row = st.builds(lambda cells: Row(tuple(cells)), st.lists(CELLS, min_size=len(columns), max_size=len(columns)))
    groups = st.lists(st.builds(RowGroup, LABELS, st.lists(row, max_size=3).map(tuple)), max_size=2)
    return Table(draw(LABELS), "x", tuple(Column(label) for label in columns), tuple(draw(groups)))


BLOCKS = st.one_of(
    tables(),
    st.builds(Heading, st.integers(1, 3), LABELS),
    st.builds(lambda text: Paragraph(runs(text)), LABELS),
)
DOCUMENTS = st.lists(BLOCKS, max_size=7).map(lambda blocks: samples.document(*blocks))


@given(DOCUMENTS, DOCUMENTS)
def test_the_list_applied_to_the_old_gives_the_new(old, new):
    old, new = facts_of(old), facts_of(new)
    found = changed_facts(old, new)
    assert applied(found, old) == new
    assert all(change.kind != Kind.VALUE or change.old.value != change.new.value for change in found)
    assert all(change.difference is None or None not in (change.old.value, change.new.value) for change in found)
    assert changes_of(json.loads(json.dumps(as_data(found)))) == found


@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document):
    assert changes_between(document, document) == ()
