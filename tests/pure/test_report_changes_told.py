"""Changes in words: one line for what came or went as a whole, signs and numbers as they stand in the documents."""

from decimal import Decimal

import pytest
from django.utils import translation

from atlas.reports.changes import changes_between
from atlas.reports.changes_told import change_blocks, change_sheet, counts, lines, summary
from atlas.reports.document import Cell, Column, Heading, Number, Paragraph, Row, RowGroup, Table, plain, runs, tables
from atlas.reports.formats import written
from tests.pure import report_samples as samples
from tests.pure.test_report_changes import document, number, table


@pytest.fixture(autouse=True)
def _german():
    with translation.override("de"):
        yield


def told(old, new):
    return [
        (line.label, line.chapter, line.table, line.what, line.old, line.new, line.difference)
        for line in lines(changes_between(old, new))
    ]


def test_numbers_with_their_difference_and_signs_without():
    old = document(table([("Nord", number("34.6"), number(7, 0)), ("Süd", Cell("."), number(1, 0))]))
    new = document(table([("Nord", number("33.1"), number(7, 0)), ("Süd", number(5), Cell("."))]))
    assert told(old, new) == [
        ("andere Zahl", "Lage", "Kennwerte", "Nord, Quote (2023)", "34.6", "33.1", "−1,5"),
        ("neu bekannt", "Lage", "Kennwerte", "Süd, Quote (2023)", ".", "5", ""),
        ("nicht mehr bekannt", "Lage", "Kennwerte", "Süd, Zahl", "1", ".", ""),
    ]


def test_a_row_a_table_and_a_chapter_are_one_line_each():
    old = document(table([("Nord", number(1), number(2, 0))]))
    new = samples.document(
        Heading(1, "Lage"),
        table([("Nord", number(1), number(2, 0)), ("Süd", number(3), Cell("."))]),
        table([("x", number(1), Cell("y"))], name="Mittel"),
        Heading(1, "Geld"),
        Paragraph(runs("Text")),
        table([("x", number(1), Cell("y"))]),
        Heading(2, "Ein Kapitel darin"),
        Paragraph(runs("Text")),
    )
    assert told(old, new) == [
        ("Zeile dazugekommen", "Lage", "Kennwerte", "Süd", "", "Quote (2023): 3; Zahl: .", ""),
        ("Tabelle dazugekommen", "Lage", "", "Mittel", "", "", ""),
        ("Kapitel dazugekommen", "", "", "Geld", "", "", ""),
    ]
    assert [row[0] for row in told(new, old)] == ["Zeile weggefallen", "Tabelle weggefallen", "Kapitel weggefallen"]
    assert told(new, old)[0][4:6] == ("Quote (2023): 3; Zahl: .", "")


def test_a_new_year_is_told_once():
    old = document(table([("Nord", number(1), Cell("x")), ("Süd", number(2), Cell("y"))]))
    new = document(
        table([("Nord", number(2), Cell("x")), ("Süd", number(2), Cell("y"))], ("Gebiet", "Quote (2024)", "Zahl"))
    )
    assert [row[0] for row in told(old, new)] == ["heißt jetzt anders", "andere Zahl"]
    assert told(old, new)[0][4:6] == ("Quote (2023)", "Quote (2024)")


def test_of_a_text_the_paragraphs_that_changed():
    old = samples.document(Paragraph(runs("Eins.")), Paragraph(runs("Zwei.")), Paragraph(runs("Drei.")))
    new = samples.document(Paragraph(runs("Eins.")), Paragraph(runs("Zwo.")), Paragraph(runs("Drei.")))
    assert told(old, new) == [("anderer Text", "", "", "Text", "Zwei.", "Zwo.", "")]


def test_the_summary_counts_lines():
    old = document(table([("Nord", number(1), Cell("."))]))
    new = document(table([("Nord", number(2), number(3))]))
    found = lines(changes_between(old, new))
    assert summary(found) == "andere Zahl: 1; neu bekannt: 1."
    assert list(counts(found).values()) == [1, 1]
    assert summary([]) == "Es hat sich nichts geändert."
    assert plain(change_blocks([], "x")[0].runs) == "Verglichen mit x. Es hat sich nichts geändert."


def test_the_tables_carry_numbers_and_every_format_takes_them():
    long = "Wort " * 400
    old = samples.document(
        Table("T", "T", (Column("a"), Column("b")), (RowGroup("", (Row((Cell("x"), Cell(long))),)),))
    )
    new = samples.document(
        Table("T", "T", (Column("a"), Column("b")), (RowGroup("", (Row((Cell("x"), number(5, 0, before="("))),)),))
    )
    found = lines(changes_between(old, new))
    sheet = change_sheet(found)
    row = sheet.groups[0].rows[0].cells
    assert len(row) == len(sheet.columns) == 7
    assert row[5].number == Number(Decimal(5), 0, "(") and len(row[4].text) <= 400
    whole = samples.document(Heading(1, "Was sich geändert hat"), *change_blocks(found, "2025-1"))
    assert tables(whole)[0].groups[0].rows[0].cells[0].note == "neu bekannt"
    assert written(whole, "pdf").startswith(b"%PDF")


def test_hostile_texts_break_nothing():
    for text in samples.HOSTILE.values():
        found = lines(changes_between(samples.document(), samples.hostile(text)))
        written(samples.document(*change_blocks(found, text)), "pdf")
