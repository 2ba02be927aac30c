"""How a spreadsheet shows a number exactly as the page does and still computes with it. Pure.

A format has up to three parts: for numbers above zero, below it, and zero. Each is a number between literal marks, or
marks alone where a sign stands instead of the number.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from atlas.reports.document import Number

MINUS, PLUS_MINUS = "\N{MINUS SIGN}", "±"
LONGEST_MARK = 40  # letters around a number; what is longer is no mark
LONGEST_FORMAT = 255  # letters, of Excel


@dataclass(frozen=True)
class Part:
    """One part: marks around a number, or `before` alone where `has_number` is not set."""

    before: str
    after: str
    has_number: bool = True


@dataclass(frozen=True)
class NumberFormat:
    """What numbers above zero, below zero and zero look like; `decimals` are common to all."""

    decimals: int
    above: Part
    below: Part
    zero: Part

    @property
    def excel(self) -> str:
        """The format in the language of Excel.

        >>> number_format(Number(Decimal("34.6"), 1, "(", ") %"), "(34,6) %").excel
        '"("#,##0.0") %";"(−"#,##0.0") %";"("#,##0.0") %"'
        """
        core = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        parts = (self.above, self.below, self.zero)
        return ";".join(f"{_quoted(p.before)}{core if p.has_number else ''}{_quoted(p.after)}" for p in parts)


def number_format(number: Number, text: str) -> NumberFormat | None:
    """The format of a number whose cell shows `text`; None where no spreadsheet can show that: then it stays text."""
    decimals = max(0, number.decimals)
    if number.sign:
        mark = Part(_one_line(text or number.sign), "", has_number=False)
        made = NumberFormat(0, mark, mark, mark)
    else:
        before, after = _one_line(number.before), _one_line(number.after)
        plain, minus = Part(before, after), Part(f"{before}{MINUS}", after)
        if number.signed:
            made = NumberFormat(decimals, Part(f"{before}+", after), minus, Part(f"{before}{PLUS_MINUS}", after))
        else:
            made = NumberFormat(decimals, plain, minus, plain)
        if rounds_to_zero(number):
            made = NumberFormat(decimals, made.zero, made.zero, made.zero)
    marks = (made.above.before, made.above.after, made.below.before)
    if max(map(len, marks)) > LONGEST_MARK or len(made.excel) > LONGEST_FORMAT:
        return None
    return made


def rounds_to_zero(number: Number) -> bool:
    """Whether nothing is left of the number at its decimals, though it may not be zero."""
    return Decimal(number.value).quantize(Decimal(1).scaleb(-max(0, number.decimals)), rounding=ROUND_HALF_UP) == 0


def _one_line(mark: str) -> str:
    return " ".join(mark.split("\n"))


def _quoted(mark: str) -> str:
    if not mark:
        return ""
    return r"\"".join(f'"{piece}"' if piece else "" for piece in mark.split('"'))
