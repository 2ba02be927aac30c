"""A map is as large as its sheet allows; entries of its legend stay beside their fields."""

import io
from dataclasses import replace

import pdfplumber
import pytest

from atlas.reports.document import Beside, Cell, Column, Paragraph, Picture, Row, RowGroup, Small, Table, runs, walk
from atlas.reports.formats import written
from atlas.reports.heights import height_of
from atlas.reports.map_layout import LEAST_PART, SPARE, Parts, below, beside
from tests.pure.report_samples import document

SHAPE = 0.9
FIELD = Picture('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 3.4"/>', "Feld", "feld", 7, 3.4)
LEGEND = Table(
    name="Legende",
    caption="Prozent",
    columns=(Column("Farbe", "text", 4), Column("Gebiete", "number", 1)),
    groups=(RowGroup("", tuple(Row((Cell(f"{n} bis unter {n + 1}", swatch=FIELD), Cell("9"))) for n in range(6))),),
    dense=True,
)
WORDS = (Paragraph(runs("Wer von hundert Menschen Leistungen erhält. " * 9)),)


def table(rows, across):
    body = RowGroup("", tuple(Row((Cell(f"Gebiet {n}"), Cell("12,3"))) for n in range(rows)))
    return Table("Werte", "Werte", LEGEND.columns, (body,), dense=True, across=across)


def drawn(width):
    return Picture("<svg/>", "Karte", "karte", width, round(width * SHAPE, 2))


def parts(rows=0):
    lead = Paragraph(runs("In Dortmund erhält etwa jede sechste Person Leistungen der Grundsicherung."), "lead")
    return Parts(lead, LEGEND, WORDS, tuple(table(rows, across) for across in range(2, 6)) if rows else ())


def map_in(blocks):
    return next(block for block in walk(blocks) if isinstance(block, Picture) and block.name == "karte")


@pytest.mark.parametrize("rows", [0, 40, 80])
@pytest.mark.parametrize(("plan", "width", "height"), [(beside, 388, 210), (below, 265, 333), (beside, 265, 142)])
def test_all_fits_and_two_steps_more_would_not(plan, width, height, rows):
    if rows and height == 142:
        pytest.skip("on A4 the table has a page of its own")
    blocks = plan(parts(rows), drawn, SHAPE, width, height)
    assert height_of(blocks, width) <= height - SPARE + 2
    larger = plan(parts(rows), drawn, SHAPE, width, height + 12)
    assert map_in(larger).width >= map_in(blocks).width >= 150
    tables = [block for block in walk(blocks) if isinstance(block, Table) and block.name == "Werte"]
    assert len(tables) == bool(rows)


def test_parts_of_a_table_are_never_narrower_than_names_need():
    blocks = beside(parts(80), drawn, SHAPE, 388, 210)
    (pair,) = blocks
    assert isinstance(pair, Beside)
    (long,) = [block for block in walk(blocks) if isinstance(block, Table) and block.name == "Werte"]
    assert 388 * pair.share / long.across >= LEAST_PART


def test_what_fits_nowhere_is_set_all_the_same():
    wordy = replace(parts(80), words=(Paragraph(runs("Wort " * 4000)),))
    for plan in (beside, below):
        blocks = plan(wordy, drawn, SHAPE, 265, 200)
        assert map_in(blocks).width >= 100
        assert any(isinstance(block, Small) for block in walk(blocks))


def test_a_long_entry_of_the_legend_does_not_run_under_its_field():
    long = "gemeinsamer Wert mehrerer Gebiete, die nur zusammen gezählt werden, weil sie klein sind"
    legend = replace(LEGEND, groups=(RowGroup("", (Row((Cell(long, swatch=FIELD), Cell("2"))),)),))
    made = document(Beside((legend,), (Paragraph(runs("Daneben.")),), 0.6))
    with pdfplumber.open(io.BytesIO(written(made, "pdf"))) as pdf:
        words = pdf.pages[0].extract_words()
    inside = [word for word in words if word["text"].rstrip(",-") in long and word["text"] != "2"]
    first = next(word for word in inside if word["text"] == "gemeinsamer")
    assert len({round(word["top"]) for word in inside}) > 1
    assert min(word["x0"] for word in inside) >= first["x0"] - 1.5
