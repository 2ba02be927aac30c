"""Keeping findings: a few hundred of each kind one by one, the others as a number."""

from collections import Counter
from typing import NamedTuple

from django.utils.translation import ngettext

from .findings import KINDS, Finding

KEPT_PER_CODE = 500


class Collected(NamedTuple):
    """A finding, and how many it stands for."""

    finding: Finding
    count: int = 1


class Collection:
    """All findings of a check; memory does not grow with their number."""

    def __init__(self, kept_per_code: int = KEPT_PER_CODE):
        self.kept_per_code = kept_per_code
        self.counts: Counter[tuple[str, str]] = Counter()
        self._kept: list[Collected] = []
        self._rows: set[tuple] = set()

    def is_full(self, kind: str, code: str) -> bool:
        """Whether further findings of this sort are only counted: then nobody needs to word them."""
        return self.counts[kind, code] >= self.kept_per_code

    def count_more(self, kind: str, code: str, number: int = 1) -> None:
        """Further findings that are not worded."""
        self.counts[kind, code] += number

    def add(self, finding: Finding, count: int = 1) -> None:
        """One more finding; `count` when it speaks for several cells."""
        key = finding.kind, finding.code
        if self.counts[key] < self.kept_per_code:
            self._kept.append(Collected(finding, count))
        self.counts[key] += count

    def add_once(self, finding: Finding) -> None:
        """The same thing about the same row only once, however many cells the row has."""
        key = finding.code, finding.sheet, finding.row, finding.found
        if key in self._rows:
            return
        if len(self._rows) < 100_000:
            self._rows.add(key)
        self.add(finding)

    def result(self) -> list[Collected]:
        """Everything kept, errors first, and one line per sort for what was only counted."""
        shown: Counter[tuple[str, str]] = Counter()
        for finding, count in self._kept:
            shown[finding.kind, finding.code] += count
        rest = []
        for (kind, code), total in self.counts.items():
            more = total - shown[kind, code]
            if more > 0:
                text = ngettext("%(count)s weiterer Befund dieser Art", "%(count)s weitere Befunde dieser Art", more)
                rest.append(Collected(Finding(kind, code, text % {"count": more}), more))
        place = {kind: number for number, kind in enumerate(KINDS)}
        kept = sorted(self._kept, key=lambda c: (place[c.finding.kind], c.finding.sheet, c.finding.row or 0))
        return kept + sorted(rest, key=lambda c: place[c.finding.kind])
