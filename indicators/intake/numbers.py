"""What a cell says as a number: read exactly or refused, never changed."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

DEFAULT_SIGNS = {
    "": "missing",
    "-": "zero",
    "–": "zero",
    "—": "zero",
    "−": "zero",
    ".": "missing",
    "..": "missing",
    "...": "not_yet",
    "…": "not_yet",
    "*": "suppressed",
    "/": "missing",
    "x": "not_applicable",
    "k.a.": "missing",
    "n.v.": "missing",
    "n/a": "missing",
}


@dataclass(frozen=True)
class NumberRules:
    """How numbers and signs are meant in one kind of file. Signs are compared in lower case without spaces."""

    decimal: str = ""  # "," or "."; "" when the file does not show it: then "1.234" is a doubt
    signs: dict[str, str] = field(default_factory=lambda: dict(DEFAULT_SIGNS))  # sign -> status
    zero: str = "zero"  # status of a written 0: "zero" (exactly nothing) or "reported" (less than half a unit)
    brackets: str = "estimated"  # "(12,3)": "estimated", "negative" (book-keeping) or "refuse"
    round_to: int | None = None  # decimals to round to when a number has more than MAX_DECIMALS; None refuses


class Reading(NamedTuple):
    """What a cell says. With a `fault` there is no value; a `note` says what was done to read it."""

    value: Decimal | None
    status: str  # value of `indicators.statuses.Status`; "" with a fault
    unit: str = ""  # as written in the cell, "%" for percent cells
    fault: str = ""
    note: str = ""
    footnote: str = ""


class NumberReader:
    """Reads cells by one set of rules and remembers what it has seen. `reader(cell)` gives a `Reading`."""

    def __init__(self, rules: NumberRules | None = None):
        self.rules = rules or NumberRules()

    def __call__(self, cell: object) -> Reading:
        raise NotImplementedError


def read_number(cell: object, rules: NumberRules | None = None) -> Reading:
    """One cell; for many cells of a file make one `NumberReader`."""
    return NumberReader(rules)(cell)
