"""Recognising how a spreadsheet is laid out, and saying why."""

from dataclasses import dataclass, field

from .findings import Finding
from .grid import Book
from .known import Known
from .mapping import Mapping


@dataclass(frozen=True)
class Proposal:
    """A mapping that seems to fit, why, and how sure that is (0 to 1; below 0.5 the planner decides)."""

    mapping: Mapping
    notes: tuple[Finding, ...] = ()
    confidence: float = 0.0
    reasons: tuple[str, ...] = field(default_factory=tuple)


def recognise(book: Book, known: Known) -> Proposal:
    """The mapping that the cells of `book` suggest."""
    raise NotImplementedError
