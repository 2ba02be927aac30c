"""Numbers in spreadsheets: they compute, and they look as on the page, with every sign."""

from decimal import Decimal

import pytest

from atlas.reports.document import Number
from atlas.reports.number_formats import LONGEST_FORMAT, number_format
from tests.pure.report_reading import shown

CASES = [
    (Number(Decimal("34.6"), 1), "34,6"),
    (Number(Decimal("13570"), 0, "(", ")"), "(13.570)"),
    (Number(Decimal("34.6"), 1, "(", ")\u202f%"), "(34,6)\u202f%"),
    (Number(Decimal("34.6"), 1, "", "\u202f%\u00a0J"), "34,6\u202f%\u00a0J"),
    (Number(Decimal("-1.2"), 1), "−1,2"),
    (Number(Decimal("-1.2"), 1, signed=True), "−1,2"),
    (Number(Decimal("1.25"), 1, signed=True), "+1,3"),
    (Number(Decimal("-0.04"), 1, signed=True), "±0,0"),
    (Number(Decimal(0), 2, signed=True), "±0,00"),
    (Number(Decimal("-0.04"), 1), "0,0"),
    (Number(Decimal(0), 1, sign="–"), "–"),
    (Number(Decimal("0.04"), 1, sign="0"), "0\u202f%"),
    (Number(Decimal("-0.04"), 1, sign="0"), "0"),
    (Number(21, 0, after=". von 39"), "21. von 39"),
    (Number(Decimal("1234567.5"), 0, after="\u00a0€"), "1.234.568\u00a0€"),
    (Number(Decimal(5), 0, '"', '" 0;#\\'), '"5" 0;#\\'),
]


@pytest.mark.parametrize(("number", "text"), CASES)
def test_a_number_looks_as_on_the_page(number, text):
    assert shown(float(number.value), number_format(number, text).excel) == text


@pytest.mark.parametrize(("number", "text"), [case for case in CASES if not case[0].sign])
def test_the_format_holds_for_other_numbers_too(number, text):
    """Who types another number over it sees its sign, and no sign twice."""
    made = number_format(number, text)
    if number.signed and text.startswith("±"):
        return
    assert shown(-7.0, made.excel).count("−") == (0 if text == "0,0" else 1)


def test_marks_that_no_spreadsheet_can_show_are_refused_not_cut():
    assert number_format(Number(Decimal(1), 0, after="x" * 10_000), "1") is None
    assert number_format(Number(Decimal(0), 0, sign="–" * 50), "–" * 50) is None
    assert len(number_format(Number(Decimal(1), 6, "(" * 9, ")" * 9), "").excel) <= LONGEST_FORMAT
